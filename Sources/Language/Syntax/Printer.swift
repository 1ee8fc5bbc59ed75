/// Writes a tree as source text that reads back as the same tree.
///
/// Brackets are written only where they are needed, blocks of more than one statement over several lines.
struct Printer {
  /// How many levels are written before the rest becomes `…`.
  static let maximumDepth = Parser.maximumHeight + Parser.maximumNesting
  /// How long a single statement may be to stand on one line with its braces.
  static let maximumInlineLength = 60

  private(set) var text = ""
  /// The spaces before a new line.
  var indentation = 0
  /// Whether everything must stay on one line, because a string contains it.
  var isInline = false
  private var depth = 0

  /// A printer that starts in the state of another, with nothing written.
  init(like other: Printer? = nil) {
    indentation = other?.indentation ?? 0
    isInline = other?.isInline ?? false
    depth = other?.depth ?? 0
  }

  /// Writes text as it is.
  mutating func write(_ text: String) { self.text += text }

  /// Starts a new line.
  mutating func startLine() { text += "\n" + String(repeating: " ", count: indentation) }

  /// Writes an expression, in brackets if its operator binds more loosely than `minimum`.
  mutating func write(_ expression: Expression, _ minimum: Precedence = .lambda) {
    guard depth < Printer.maximumDepth else { return write("…") }
    depth += 1
    if expression.precedence < minimum {
      write("(")
      writeBare(expression)
      write(")")
    } else {
      writeBare(expression)
    }
    depth -= 1
  }

  /// Writes items with commas between them.
  mutating func writeList<Item>(_ items: [Item], _ writeItem: (inout Printer, Item) -> Void) {
    for (index, item) in items.enumerated() {
      if index > 0 { write(", ") }
      writeItem(&self, item)
    }
  }
}

extension Expression: CustomStringConvertible {
  /// The expression as source text.
  public var description: String {
    var printer = Printer()
    printer.write(self)
    return printer.text
  }
}

extension Statement: CustomStringConvertible {
  /// The statement as source text, with the documentation of a definition above it.
  public var description: String {
    var printer = Printer()
    printer.write(self)
    return printer.text
  }
}

extension FunctionSyntax: CustomStringConvertible {
  /// The definition or lambda as source text.
  public var description: String {
    var printer = Printer()
    printer.write(self)
    return printer.text
  }

  /// The name and parameters: `f(x, scale: 1)`; a lambda has parameters only.
  public var signature: String {
    var printer = Printer()
    printer.write(name?.text ?? "")
    printer.write(parameters)
    return printer.text
  }
}

extension Expression {
  /// How tightly its outermost operator binds.
  fileprivate var precedence: Precedence {
    switch node {
    // As operands they would be readable without brackets only to the parser.
    case .lambda, .conditional, .attempt, .block: .lambda
    case .binary(let operation, _, _): operation.precedence
    case .comparison: .comparison
    case .range: .range
    case .unary(let operation, _): operation.precedence
    case .number(let value): value < 0 ? .unary : .postfix
    case .string, .interpolation, .name, .bracket, .list, .record, .comprehension, .call, .index, .field,
      .derivative, .gradient:
      .postfix
    }
  }
}
