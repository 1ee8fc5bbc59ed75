/// How an optimizer shows itself: its settings, and how far it has come.
enum OptimiserReport {
  static let row = ResultPresentation(kind: OptimiserRecord.kind) { record, _ in
    guard let own = OptimiserRecord(record), let steps = record.number("steps") else { return nil }
    let settings = own.rule.settings.compactMap { setting in
      record[setting.name].map { "\(setting.name): \(Display.brief($0, width: 60))" }
    }
    return
      "\(own.rule.name)(\(settings.joined(separator: ", "))) after \(MinimumReport.counted(steps, "step"))"
  }
}
