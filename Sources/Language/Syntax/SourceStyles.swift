/// The classes that parts of a text belong to, for colouring, and which brackets belong together.
///
/// Text that cannot be read, or not yet, has classes as far as it was read.
public struct SourceStyles: Sendable {
  /// What a part of a text is.
  public enum Style: String, Sendable {
    case keyword, number, string, comment
    /// The name of a prompt's command, or the sign that asks for help.
    case command
    /// A bracket that closes nothing, or not what is open.
    case unmatched
  }

  /// The parts with a class, in order and apart from one another, as ranges of bytes.
  public private(set) var parts: [(range: Range<Int>, style: Style)] = []
  /// For each bracket with a partner, the offset of the partner.
  public private(set) var partners: [Int: Int] = [:]

  /// The classes of source text.
  public init(_ source: Source) { self.init(source, from: 0) }

  /// The classes of what is typed at a prompt, where a line may be a command or a question.
  public init(input text: String) {
    let source = Source(name: "cell", text: text)
    switch source.bytes.first {
    case UInt8(ascii: ":"):
      let end = source.bytes.firstIndex { $0 <= UInt8(ascii: " ") } ?? source.bytes.count
      self.init(source, from: end)
      parts.insert((0..<end, .command), at: 0)
    case UInt8(ascii: "?"):
      // What is asked for is a name or words.
      self.init(source, from: source.bytes.count)
      parts = [(0..<source.bytes.prefix { $0 == UInt8(ascii: "?") }.count, .command)]
    default: self.init(source, from: 0)
    }
  }

  private init(_ source: Source, from start: Int) {
    var lexer = Lexer(source, in: start..<source.bytes.count)
    lexer.run()
    var end = start
    var open: [Token] = []
    for token in lexer.tokens where Int(token.span.end) > end && Int(token.span.start) >= end {
      let range = Int(token.span.start)..<Int(token.span.end)
      // A string that is not closed yet is the rest of the text.
      let isOpenString = token.kind == .invalid && lexer.contexts.last?.kind == .string
      if isOpenString, end < source.bytes.count {
        parts.append((max(end, lexer.contexts.last?.opening ?? end)..<source.bytes.count, .string))
        return
      }
      addComments(source, end..<range.lowerBound)
      if let style = token.kind.style { parts.append((range, style)) }
      match(token, &open)
      end = range.upperBound
    }
    addComments(source, end..<source.bytes.count)
  }

  /// Adds the comments in what stands between tokens.
  private mutating func addComments(_ source: Source, _ gap: Range<Int>) {
    var offset = gap.lowerBound
    while offset < gap.upperBound {
      guard source.bytes[offset] == UInt8(ascii: "#") else {
        offset += 1
        continue
      }
      let end = source.bytes[offset..<gap.upperBound].firstIndex(of: UInt8(ascii: "\n")) ?? gap.upperBound
      parts.append((offset..<end, .comment))
      offset = end
    }
  }

  private mutating func match(_ token: Token, _ open: inout [Token]) {
    if token.kind.closing != nil || token.kind == .interpolationStart { return open.append(token) }
    guard token.kind.isClosingBracket || token.kind == .interpolationEnd else { return }
    let range = Int(token.span.start)..<Int(token.span.end)
    let isMatch = open.last.map { $0.kind.closing ?? .interpolationEnd } == token.kind
    guard isMatch, let opening = open.popLast() else { return parts.append((range, .unmatched)) }
    partners[range.lowerBound] = Int(opening.span.start)
    partners[Int(opening.span.start)] = range.lowerBound
  }
}

extension Token.Kind {
  /// The class of text it belongs to, if it has one.
  fileprivate var style: SourceStyles.Style? {
    if isKeyword { return .keyword }
    return switch self {
    case .number: .number
    case .rawString, .stringStart, .stringText, .stringEnd, .format: .string
    default: nil
    }
  }
}
