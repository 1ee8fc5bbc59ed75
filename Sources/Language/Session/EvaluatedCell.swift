/// What is known about a cell when it has been evaluated.
struct EvaluatedCell {
  let source: Source
  /// The part of the source it is.
  let span: SourceSpan
  let statements: [Statement]
  let code: Code
  /// When it started, on the calendar and on the clock.
  let date: Double
  let seconds: Double
}

extension EvaluatedCell {
  /// What was typed.
  var text: String { source.text(of: span) }

  /// Where the text begins in what it was cut from: lines before it, and bytes before it in its line.
  var place: (line: Int, column: Int) {
    let start = Int(span.start)
    let index = source.lineIndex(of: start)
    return (index + source.precedingLines, start - source.lineStarts[index])
  }

  /// The line of the text under which a statement shows its output: its last one.
  func line(of offset: Int?) -> Int {
    let statement = statements.first { Int($0.span.end) > offset ?? Int.max } ?? statements.last
    let end = Int((statement?.span ?? span).end)
    return max(0, source.lineIndex(of: end) - source.lineIndex(of: Int(span.start)))
  }
}
