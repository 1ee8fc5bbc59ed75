import Formats

/// A function as source: enough to parse it again, with errors pointing where they did.
///
/// In JSON: `{"function": text, "captures": {…}, "scope": 0}`, with `documentation`, `from` (what its source is
/// called), `line` and `column` of its first character (from 0), and `nested` for a definition inside another.
struct FunctionForm {
  /// The definition, or the lambda.
  var text: String
  var documentation: String?
  /// What its source is called.
  var origin: String
  /// Lines before the one it starts in.
  var line: Int
  /// Bytes before it in that line.
  var column: Int
  /// Whether it is a definition inside another, which calls itself without looking up its name.
  var isNested: Bool

  /// The form of compiled code.
  init(_ code: Code) {
    let source = code.source
    guard let syntax = code.syntax else { preconditionFailure("a cell is no function") }
    let start = source.offsets(of: syntax.span).lowerBound
    let index = source.lineIndex(of: start)
    text = source.text(of: syntax.span)
    documentation = syntax.documentation
    origin = source.name
    line = index + source.precedingLines
    column = start - source.lineStarts[index]
    isNested = code.selfName != nil
  }

  func json(captures: [JSON.Member], scope: Int) -> JSON {
    var members = [JSON.Member("function", .string(text))]
    if !captures.isEmpty { members.append(JSON.Member("captures", .object(captures))) }
    members.append(JSON.Member("scope", .number(Double(scope))))
    if let documentation { members.append(JSON.Member("documentation", .string(documentation))) }
    members.append(JSON.Member("from", .string(origin)))
    members.append(JSON.Member("line", .number(Double(line))))
    members.append(JSON.Member("column", .number(Double(column))))
    if isNested { members.append(JSON.Member("nested", .bool(true))) }
    return .object(members)
  }

  /// Reads the form; nil when a part is missing.
  init?(_ json: JSON) {
    guard let text = json["function"]?.string, let origin = json["from"]?.string,
      let line = json["line"]?.count, let column = json["column"]?.count, column <= 1 << 20
    else { return nil }
    self.text = text
    self.origin = origin
    self.line = line
    self.column = column
    documentation = json["documentation"]?.string
    isNested = json["nested"] == .bool(true)
  }

  /// The function compiled for a space of names; captured names are found in `captures`.
  func code(in globals: Globals, captures: [String]) throws(Diagnostic) -> Code {
    let (syntax, source) = try parsed()
    let compiler = FunctionCompiler(
      parent: nil, globals: globals, source: source, isCell: !isNested && captures.isEmpty)
    for name in captures { try compiler.declare(name) }
    return try compiler.function(syntax)
  }

  /// Brackets let a lambda go on over line ends as it did where it stood; they open on a line of their own,
  /// so that places stay what they were.
  private func parsed() throws(Diagnostic) -> (FunctionSyntax, Source) {
    let indent = String(repeating: " ", count: column)
    let definition = Source(name: origin, text: indent + text, precedingLines: line)
    if case .program(let program) = Parser.parse(definition), program.statements.count == 1,
      case .define(var syntax)? = program.statements.first?.node
    {
      syntax.documentation = documentation
      return (syntax, definition)
    }
    let lambda = Source(name: origin, text: "(\n" + indent + text + ")", precedingLines: line - 1)
    switch Parser.parse(lambda) {
    case .program(let program):
      guard program.statements.count == 1, case .expression(let expression)? = program.statements.first?.node,
        case .lambda(var syntax) = expression.node
      else {
        throw Diagnostic("a stored function is no function: \(Display.literal(String(text.prefix(40))))")
      }
      syntax.documentation = documentation
      return (syntax, lambda)
    case .incomplete(let diagnostic), .failure(let diagnostic): throw diagnostic
    }
  }
}

extension JSON {
  /// The value of a member of an object.
  subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// Itself as a string.
  var string: String? {
    if case .string(let string) = self { string } else { nil }
  }

  /// Itself as a whole number from 0 on.
  var count: Int? {
    guard case .number(let number) = self, number >= 0, number <= 9_007_199_254_740_992 else { return nil }
    return Int(exactly: number)
  }
}
