/// How results that are records of some kind show themselves: one row for each kind.
///
/// A result stays an ordinary record in every other respect. Where a field has been replaced by
/// something of another type, the presentation declines and the record shows as a plain one.
struct ResultPresentation {
  /// The kind, as `type` gives it.
  let kind: String
  /// The text in so many columns; nil when the record does not have the fields it needs.
  let text: @Sendable (_ record: Record, _ width: Int) -> String?

  /// The rows.
  static let all: [ResultPresentation] = [
    RunPresentation.row, OptimiserReport.row, MinimumReport.row, GridSearchReport.row, FitReport.curve,
    FitReport.linear,
  ]

  /// How a record of some kind shows itself; nil for a plain one.
  static func text(_ record: Record, width: Int) -> String? {
    guard let kind = record.layout.kind else { return nil }
    return all.first { $0.kind == kind }?.text(record, width) ?? LayerPresentation.text(record)
  }
}
