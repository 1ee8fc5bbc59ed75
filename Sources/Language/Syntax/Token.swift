/// A word, number, sign or piece of a string, with its place.
struct Token {
  /// Which one it is.
  var kind: Kind
  /// Whether a line end before it ends the statement.
  var startsLine: Bool
  /// Whether anything but a token stands directly before it.
  var followsSpace: Bool
  /// The bytes it was read from.
  var span: SourceSpan
}

extension Token {
  /// The kinds of tokens; the raw value is the spelling, or a description where the spelling varies.
  enum Kind: String, CaseIterable {
    case identifier = "a name"
    case number = "a number"
    case rawString = "a raw string"
    case stringStart = "a string"
    case stringText = "text"
    case interpolationStart = "an interpolation"
    case format = "a format"
    case interpolationEnd = "the end of an interpolation"
    case stringEnd = "the end of a string"
    /// What the parser sees in place of a token that starts a line.
    case lineEnd = "the end of the line"
    case end = "the end of the text"
    /// Where the lexer gave up.
    case invalid = "an error"

    case `if`, `else`, `for`, `in`, `while`, `repeat`, `break`, `continue`, `return`
    case and, or, not, `try`, `catch`, del

    case leftRound = "("
    case rightRound = ")"
    case leftSquare = "["
    case rightSquare = "]"
    case leftCurly = "{"
    case rightCurly = "}"
    case comma = ","
    case semicolon = ";"
    case colon = ":"
    case dot = "."
    case prime = "'"

    case assign = "="
    case addAssign = "+="
    case subtractAssign = "-="
    case multiplyAssign = "*="
    case divideAssign = "/="
    case powerAssign = "^="
    case arrow = "->"

    case pipe = "|>"
    case elementwiseOr = "|"
    case elementwiseAnd = "&"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case approximately = "≈"
    case halfOpenRange = "..<"
    case closedRange = "..."
    case plus = "+"
    case minus = "-"
    case join = "++"
    case times = "*"
    case divide = "/"
    case modulo = "%"
    case floorDivide = "//"
    case matrixMultiply = "@"
    case complement = "!"
    case power = "^"
    case nabla = "∇"
  }
}
