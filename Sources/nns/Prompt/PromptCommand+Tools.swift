import Language

extension PromptCommand {
  /// About measuring, asking, writing and setting.
  static let toolCommands = [
    PromptCommand("time", [PromptArgument("EXPR", .expression)], "evaluate a cell and tell how long it takes")
    {
      call throws(Diagnostic) in
      let source = Source(name: "[\(call.session.cellNumber)]", text: call.arguments[0])
      let (outcome, timing) = call.session.time(source)
      switch outcome {
      case .failed(let diagnostic): throw diagnostic
      case .incomplete:
        throw Diagnostic("what is timed stops in the middle", kind: .syntax, hint: ":time takes one line")
      case .done: return .text(timing.map { text($0, isUnicode: call.host.isUnicode) } ?? "")
      }
    },
    PromptCommand(
      "sql", [PromptArgument("QUERY")], "ask the store (datasets, runs, metrics, cells, ...) and your tables"
    ) { call throws(Diagnostic) in
      call.host.show(.value(.table(try call.session.answer(call.arguments[0]))))
      return .text("")
    },
    PromptCommand(
      "export", [PromptArgument("FILE", .path)], "write this session as .md, .html, .ipynb or .nns"
    ) {
      call throws(Diagnostic) in
      let (path, history) = (call.arguments[0], try call.history())
      let cells = try history.path()
      try call.host.write(SessionExport(path: path).bytes(cells, title: history.entry.name), to: path)
      return .text("\(counted(cells.count, "cell")) written to \(path)")
    },
    PromptCommand(
      "set", [.setting, .settingValue], "change how things look and what they may use, or list that",
      .both
    ) {
      call throws(Diagnostic) in
      guard let name = call[0] else { return .text(Setting.list(Setting.all, call)) }
      let setting = try Setting.named(name)
      guard let value = call[1] else { return .text(Setting.list([setting], call)) }
      return try setting.set(value, call)
    },
  ]

  private static func text(_ timing: Timing, isUnicode: Bool) -> String {
    func text(_ seconds: Double) -> String { DurationText.text(seconds, isUnicode: isUnicode) }
    guard timing.runs > 1 else { return "time: \(text(timing.best)), 1 run" }
    return
      "time: \(text(timing.best)) at best, median \(text(timing.median)), \(Display.number(Double(timing.runs))) runs"
  }
}
