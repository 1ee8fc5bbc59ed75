extension Token.Kind {
  /// The reserved words.
  static let keywords = allCases.filter(\.isKeyword).map(\.rawValue)

  /// Whether it is a reserved word.
  var isKeyword: Bool {
    switch self {
    case .if, .else, .for, .in, .while, .repeat, .break, .continue, .return, .and, .or, .not, .try,
      .catch, .del:
      true
    default: false
    }
  }

  /// Whether it stands between two operands and never before a single one.
  var isInfixOnly: Bool {
    switch self {
    case .assign, .arrow, .pipe, .or, .and, .elementwiseOr, .elementwiseAnd, .equal, .notEqual, .less,
      .lessOrEqual, .greater, .greaterOrEqual, .in, .approximately, .halfOpenRange, .closedRange, .plus,
      .join, .times, .divide, .modulo, .floorDivide, .matrixMultiply, .power:
      true
    default: isCompoundAssignment
    }
  }

  /// Whether it is `+=` or one of its siblings.
  var isCompoundAssignment: Bool { updateOperator != nil }

  /// The operator that `+=` and its siblings apply.
  var updateOperator: BinaryOperator? {
    switch self {
    case .addAssign: .add
    case .subtractAssign: .subtract
    case .multiplyAssign: .multiply
    case .divideAssign: .divide
    case .powerAssign: .power
    default: nil
    }
  }

  /// Whether the statement goes on in the next line when a line ends with it.
  var awaitsMore: Bool {
    switch self {
    case .comma, .not, .minus, .complement: true
    default: isInfixOnly
    }
  }

  /// Whether the statement above goes on in a line that starts with it.
  var continuesLineAbove: Bool { self == .pipe || self == .else || self == .catch }

  /// Whether a value may end with it, so that `(`, `[`, `.` and `'` can follow.
  var endsValue: Bool {
    switch self {
    case .identifier, .number, .rawString, .stringEnd, .rightRound, .rightSquare, .rightCurly, .prime: true
    default: false
    }
  }

  /// The bracket that closes it.
  var closing: Token.Kind? {
    switch self {
    case .leftRound: .rightRound
    case .leftSquare: .rightSquare
    case .leftCurly: .rightCurly
    default: nil
    }
  }

  /// Whether it closes a bracket.
  var isClosingBracket: Bool { self == .rightRound || self == .rightSquare || self == .rightCurly }
}

extension Token.Kind {
  /// The kinds with a fixed spelling, by their bytes; none is longer than eight.
  static let spelled: [UInt64: Token.Kind] = {
    var table: [UInt64: Token.Kind] = [:]
    for kind in allCases where !kind.rawValue.contains(" ") && kind != .stringText {
      table[packed(kind.rawValue.utf8)] = kind
    }
    return table
  }()

  /// Up to eight bytes as one number.
  static func packed(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
