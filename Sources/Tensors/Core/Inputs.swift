/// The operands of a primitive; up to three without allocating.
public struct Inputs {
  /// How many there are.
  public private(set) var count: Int
  private var first: Quantity = .number(0)
  private var second: Quantity = .number(0)
  private var third: Quantity = .number(0)
  private var more: [Quantity] = []

  /// One operand.
  public init(_ a: Quantity) {
    count = 1
    first = a
  }

  /// Two operands.
  public init(_ a: Quantity, _ b: Quantity) {
    count = 2
    first = a
    second = b
  }

  /// Three operands.
  public init(_ a: Quantity, _ b: Quantity, _ c: Quantity) {
    count = 3
    first = a
    second = b
    third = c
  }

  /// Any number of operands.
  public init(_ operands: [Quantity]) {
    count = operands.count
    if count > 0 { first = operands[0] }
    if count > 1 { second = operands[1] }
    if count > 2 { third = operands[2] }
    if count > 3 { more = Array(operands[3...]) }
  }
}

extension Inputs {
  /// The operand at a position.
  public subscript(index: Int) -> Quantity {
    get {
      precondition(index >= 0 && index < count, "operand \(index) of \(count)")
      switch index {
      case 0: return first
      case 1: return second
      case 2: return third
      default: return more[index - 3]
      }
    }
    set {
      precondition(index >= 0 && index < count, "operand \(index) of \(count)")
      switch index {
      case 0: first = newValue
      case 1: second = newValue
      case 2: third = newValue
      default: more[index - 3] = newValue
      }
    }
  }

  /// Whether any operand is recorded, or was.
  var isTraced: Bool {
    first.isTraced || second.isTraced || third.isTraced || more.contains(where: \.isTraced)
  }

  /// The innermost recording that any operand belongs to.
  ///
  /// Derivatives nest, and the innermost one opened last; taking it first is what keeps nested
  /// derivatives from mixing up their variables.
  var innermostTrace: Trace? {
    var result = Trace.inner(nil, first)
    if count > 1 { result = Trace.inner(result, second) }
    if count > 2 { result = Trace.inner(result, third) }
    for operand in more { result = Trace.inner(result, operand) }
    return result
  }
}
