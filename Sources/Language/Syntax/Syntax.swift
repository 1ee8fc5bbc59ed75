/// A part of a program together with the bytes it was read from.
public struct Expression: Sendable {
  /// What it says.
  public indirect enum Node: Sendable {
    case number(Double)
    case string(String)
    case interpolation([StringPart])
    case name(String)
    /// `[a, b]`, possibly with spread items.
    case bracket([Argument])
    /// `(a, b)`, `(a,)` or `()`.
    case list([Argument])
    /// `(w: 1, ...p)`; a nil name is a spread record.
    case record([Argument])
    /// `[f(x) for x in xs if c]` (bracket) or with round brackets (a list).
    case comprehension(Comprehension)
    case lambda(FunctionSyntax)
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
    /// `a < b <= c`: operands and the operators between them, at least one.
    case comparison([Expression], [ComparisonOperator])
    /// `lo..<hi` or `lo...hi`.
    case range(Expression, Expression, closed: Bool)
    case call(Expression, [Argument])
    case index(Expression, [IndexItem])
    case field(Expression, Name)
    /// `f'`
    case derivative(Expression)
    /// `∇f`
    case gradient(Expression)
    case conditional(condition: Expression, then: Block, otherwise: Block?)
    case attempt(Block, failure: Pattern?, handler: Block)
    /// `{ … }` where an expression stands: only as a function body.
    case block(Block)
  }

  /// What it says.
  public var node: Node
  /// Where it stands.
  public var span: SourceSpan
  /// Whether the source wraps it in round brackets; a pipe into `(f(x))` calls its value.
  public var isParenthesized = false
  /// The levels of the tree below and including this one; the parser bounds it.
  public let height: Int32

  /// An expression read from `span`.
  public init(_ node: Node, _ span: SourceSpan) {
    self.node = node
    self.span = span
    height = Int32(clamping: 1 + node.contentHeight)
  }
}

/// An identifier and its place.
public struct Name: Sendable {
  /// The identifier in NFC.
  public var text: String
  /// Where it stands.
  public var span: SourceSpan

  /// A name read from `span`.
  public init(_ text: String, _ span: SourceSpan) {
    self.text = text
    self.span = span
  }
}

/// A piece of an interpolated string.
public enum StringPart: Sendable {
  case text(String)
  case value(Expression, format: String?)
}

/// An item of a call, list, bracket or record.
public struct Argument: Sendable {
  /// The name before the colon.
  public var name: Name?
  /// Whether it is written `...value`.
  public var isSpread: Bool
  /// Its value.
  public var value: Expression

  /// An argument, named or not.
  public init(name: Name? = nil, isSpread: Bool = false, value: Expression) {
    self.name = name
    self.isSpread = isSpread
    self.value = value
  }
}

/// One entry between the brackets of an index.
public enum IndexItem: Sendable {
  case at(Expression)
  /// `start:stop:step`, each optional.
  case slice(Expression?, Expression?, Expression?, SourceSpan)
  /// `...`
  case ellipsis(SourceSpan)
}

/// Operators with one operand.
public enum UnaryOperator: String, Sendable, CaseIterable {
  case negate = "-"
  case complement = "!"
  case not = "not"
}

/// Operators with two operands, comparisons apart.
public enum BinaryOperator: String, Sendable, CaseIterable {
  case pipe = "|>"
  case or = "or"
  case and = "and"
  case elementwiseOr = "|"
  case elementwiseAnd = "&"
  case add = "+"
  case subtract = "-"
  case join = "++"
  case multiply = "*"
  case divide = "/"
  case modulo = "%"
  case floorDivide = "//"
  case matrixMultiply = "@"
  case power = "^"
}

/// The links of a comparison chain.
public enum ComparisonOperator: String, Sendable, CaseIterable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case `in` = "in"
  case approximately = "≈"
}

/// A name or a nested list of names to bind.
public indirect enum Pattern: Sendable {
  case name(Name)
  case list([Pattern], SourceSpan)
}

/// A parameter of a function.
public struct Parameter: Sendable {
  /// What it binds.
  public var pattern: Pattern
  /// Evaluated at each call where the argument is missing.
  public var defaultValue: Expression?
  /// Whether it collects the rest (`...xs`).
  public var isRest: Bool

  /// A parameter, with its default when it has one.
  public init(pattern: Pattern, defaultValue: Expression? = nil, isRest: Bool = false) {
    self.pattern = pattern
    self.defaultValue = defaultValue
    self.isRest = isRest
  }
}

/// A lambda or the right side of a definition.
public struct FunctionSyntax: Sendable {
  /// The name it was defined under; nil for a lambda.
  public var name: Name?
  /// Its parameters in order.
  public var parameters: [Parameter]
  /// A single expression is a block of one statement.
  public var body: Block
  /// The `##` lines above it, joined by line ends.
  public var documentation: String?
  /// The whole definition or lambda.
  public var span: SourceSpan

  /// A function as written.
  public init(
    name: Name?, parameters: [Parameter], body: Block, documentation: String? = nil, span: SourceSpan
  ) {
    self.name = name
    self.parameters = parameters
    self.body = body
    self.documentation = documentation
    self.span = span
  }
}

/// `element for pattern in source if condition`, with further `for` and `if` clauses.
public struct Comprehension: Sendable {
  /// A generator or a filter.
  public enum Clause: Sendable {
    case each(Pattern, in: Expression)
    case filter(Expression)
  }

  /// Evaluated for every combination that passes.
  public var element: Expression
  /// In source order; the first is a generator.
  public var clauses: [Clause]
  /// Whether round brackets were written, so that the result is always a list.
  public var isList: Bool

  /// A comprehension as written.
  public init(element: Expression, clauses: [Clause], isList: Bool) {
    self.element = element
    self.clauses = clauses
    self.isList = isList
  }
}

/// Statements in order; the value of the last is the value of the block.
public struct Block: Sendable {
  /// The statements.
  public var statements: [Statement]
  /// From the opening brace to the closing one, or the single expression.
  public var span: SourceSpan
  /// Whether it was written with braces.
  public var hasBraces: Bool
  /// The levels of the tree below and including this one.
  public let height: Int32

  /// A block as written.
  public init(_ statements: [Statement], _ span: SourceSpan, hasBraces: Bool) {
    height = Int32(clamping: 1 + (statements.lazy.map(\.height).max() ?? 0))
    self.statements = statements
    self.span = span
    self.hasBraces = hasBraces
  }
}

/// Something to be done.
public struct Statement: Sendable {
  /// What is done.
  public indirect enum Node: Sendable {
    case expression(Expression)
    case assign(Target, Expression)
    /// `target op= value`
    case update(Target, BinaryOperator, Expression)
    case define(FunctionSyntax)
    case forEach(Pattern, in: Expression, Block)
    case whileLoop(Expression, Block)
    case repeatLoop(Expression, Block)
    case breakLoop
    case continueLoop
    case returnValue(Expression?)
    case delete([Name])
  }

  /// What is done.
  public var node: Node
  /// Where it stands.
  public var span: SourceSpan
  /// Whether a `;` follows, which silences the echo at top level.
  public var isSilent = false

  /// A statement read from `span`.
  public init(_ node: Node, _ span: SourceSpan) {
    self.node = node
    self.span = span
  }
}

/// The left side of an assignment.
public indirect enum Target: Sendable {
  case name(Name)
  case field(Target, Name)
  case index(Target, [IndexItem], SourceSpan)
  /// `(a, b) = …`; the items are names or nested lists.
  case pattern(Pattern)
}

/// A whole source text or cell.
public struct Program: Sendable {
  /// Its statements in order.
  public var statements: [Statement]

  /// A program as written.
  public init(_ statements: [Statement]) { self.statements = statements }
}

/// What the parser makes of a text.
public enum ParseResult: Sendable {
  case program(Program)
  /// The text stops where more is needed: an open bracket, a multi-line string, a trailing operator.
  case incomplete(Diagnostic)
  case failure(Diagnostic)
}
