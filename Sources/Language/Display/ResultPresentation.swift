import Plotting

/// How results that are records of some kind show themselves: one row for each kind.
///
/// A result stays an ordinary record in every other respect. Where a field has been replaced by
/// something of another type, the presentation declines and the record shows as a plain one.
///
/// A class, because the optimiser (6.3.1) crashes on a structure of functions that is passed on.
final class ResultPresentation: Sendable {
  /// The kind, as `type` gives it.
  let kind: String
  /// The picture that `plot` makes of the record, and whether it also stands under the text; nil for none.
  let figure: (isShown: Bool, make: @Sendable (_ record: Record) -> Figure?)?
  /// The text in so many columns; nil when the record does not have the fields it needs.
  let text: @Sendable (_ record: Record, _ width: Int) -> String?

  init(
    kind: String, figure: (isShown: Bool, make: @Sendable (_ record: Record) -> Figure?)? = nil,
    text: @escaping @Sendable (_ record: Record, _ width: Int) -> String?
  ) {
    self.kind = kind
    self.figure = figure
    self.text = text
  }

  /// The rows.
  static let all: [ResultPresentation] = [
    RunPresentation.row, OptimiserReport.row, MinimumReport.row, GridSearchReport.row, FitReport.curve,
    FitReport.linear, GradientReport.row,
  ]

  /// The presentation of a kind.
  static func of(_ record: Record) -> ResultPresentation? {
    guard let kind = record.layout.kind else { return nil }
    return all.first { $0.kind == kind }
  }

  /// How a record of some kind shows itself; nil for a plain one.
  static func parts(_ record: Record, width: Int) -> [Display.Part]? {
    guard let presentation = of(record), let text = presentation.text(record, width) else {
      return LayerPresentation.text(record).map { [.text($0)] }
    }
    guard let figure = presentation.figure, figure.isShown, let picture = figure.make(record) else {
      return [.text(text)]
    }
    return [.text(text), .figure(picture)]
  }
}
