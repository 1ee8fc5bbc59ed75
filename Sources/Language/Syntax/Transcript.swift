/// The `#>` lines under a statement.
public struct ExpectedOutput: Sendable, Equatable {
  /// What follows `#>` and one optional space, line by line.
  public var lines: [String]
  /// The number of the first line, counted from 1 as messages do.
  public var firstLine: Int
  /// The bytes of the lines with their line ends.
  public var span: SourceSpan
}

/// A script with the output that is expected under its statements.
///
/// Every run of `#>` lines that starts at the beginning of a line ends a part of the script. The parts are read
/// by themselves, so that a syntax error ends its own part only and can be expected too.
public struct Transcript: Sendable {
  /// A statement, or an error in place of one, and what is expected of it.
  public struct Step: Sendable {
    /// What is to be evaluated, or why it cannot be.
    public enum Code: Sendable {
      case statement(Statement)
      case failure(Diagnostic)
    }

    /// What is to be evaluated.
    public var code: Code
    /// Where it stands.
    public var span: SourceSpan
    /// The lines under it; nil where none stand.
    public var expected: ExpectedOutput?
  }

  /// The statements in order.
  public private(set) var steps: [Step] = []
  /// Expected lines that stand under no statement.
  public private(set) var strayExpectations: [ExpectedOutput] = []

  /// Reads a script.
  public init(_ source: Source) {
    var start = 0
    var index = 0
    while index < source.lineStarts.count {
      guard let expected = Self.expectation(at: index, in: source),
        !source.endsInsideString(start..<Int(expected.span.start))
      else {
        index += 1
        continue
      }
      append(start..<Int(expected.span.start), of: source, expecting: expected)
      start = Int(expected.span.end)
      index += expected.lines.count
    }
    append(start..<source.bytes.count, of: source, expecting: nil)
  }

  private mutating func append(_ range: Range<Int>, of source: Source, expecting expected: ExpectedOutput?) {
    let count = steps.count
    let parser = Parser(source, in: range)
    do {
      steps += try parser.parseProgram().statements.map { Step(code: .statement($0), span: $0.span) }
    } catch {
      steps += parser.completed.map { Step(code: .statement($0), span: $0.span) }
      let place = parser.token.span
      steps.append(
        Step(
          code: .failure(error.diagnostic),
          span: error.diagnostic.span.map { $0.joined(with: place) } ?? place))
    }
    guard let expected else { return }
    if steps.count > count {
      steps[steps.count - 1].expected = expected
    } else {
      strayExpectations.append(expected)
    }
  }

  /// The run of `#>` lines that starts at a line.
  private static func expectation(at first: Int, in source: Source) -> ExpectedOutput? {
    var lines: [String] = []
    while first + lines.count < source.lineStarts.count {
      let line = source.line(first + lines.count)
      guard line.hasPrefix("#>") else { break }
      let content = line.dropFirst(2)
      lines.append(String(content.hasPrefix(" ") ? content.dropFirst() : content))
    }
    guard !lines.isEmpty else { return nil }
    let next = first + lines.count
    let end = next < source.lineStarts.count ? source.lineStarts[next] : source.bytes.count
    return ExpectedOutput(
      lines: lines, firstLine: first + 1 + source.precedingLines,
      span: SourceSpan(source.lineStarts[first], end))
  }
}

extension Source {
  /// Whether a part of the text ends inside a multi-line string.
  fileprivate func endsInsideString(_ range: Range<Int>) -> Bool {
    var lexer = Lexer(self, in: range)
    lexer.run()
    return lexer.endsInsideString
  }
}
