import Tensors

/// What `[a, b, …]` makes of its items.
enum BracketRule {
  /// A tensor of numbers, bools or tensors of one shape, a text vector of strings, else a list.
  ///
  /// Numbers and what they stack to get the session's `precision`; stacked tensors keep their dtype.
  static func collect(_ items: [Value], precision: DType) throws -> Value {
    if let numbers = numbers(items) { return .tensor(try Tensor(numbers).converted(to: precision)) }
    if let bools = bools(items) { return .tensor(try Tensor(bools)) }
    if let texts = texts(items) { return .text(TextVector(texts)) }
    var quantities: [Quantity] = []
    quantities.reserveCapacity(items.count)
    for item in items {
      guard let quantity = item.quantity else { return .list(try List(items.map(\.unfixed))) }
      quantities.append(quantity)
    }
    return Value(try stacked(quantities, precision))
  }

  /// Quantities of one shape along a new axis 0.
  static func stacked(_ quantities: [Quantity], _ precision: DType) throws -> Quantity {
    guard let first = quantities.first else { return .tensor(try .filled(0, [0], precision)) }
    for (position, quantity) in quantities.enumerated() where quantity.shape != first.shape {
      throw Diagnostic(
        "the items of [ ] have different shapes: item 0 is \(name(first.shape)), item \(position) is \(name(quantity.shape))",
        kind: .shape, hint: "(a, b) is a list, which takes anything; a ++ b joins tensors end to end")
    }
    let stack = try Quantity.stack(quantities)
    return first.shape.rank == 0 ? try stack.cast(to: precision) : stack
  }

  private static func name(_ shape: Shape) -> String { shape.rank == 0 ? "a number" : "\(shape)" }

  /// The items as numbers when none is anything else; truth values among numbers count as 0 and 1.
  private static func numbers(_ items: [Value]) -> [Double]? {
    var numbers: [Double] = []
    numbers.reserveCapacity(items.count)
    var hasNumber = items.isEmpty
    for item in items {
      switch item {
      case .number(let number):
        numbers.append(number)
        hasNumber = true
      case .bool(let bool): numbers.append(bool ? 1 : 0)
      default: return nil
      }
    }
    return hasNumber ? numbers : nil
  }

  private static func bools(_ items: [Value]) -> [Bool]? {
    var bools: [Bool] = []
    for item in items {
      guard case .bool(let bool) = item else { return nil }
      bools.append(bool)
    }
    return bools
  }

  /// The items as texts when they are strings, some of them perhaps missing.
  private static func texts(_ items: [Value]) -> [String?]? {
    var texts: [String?] = []
    var hasString = false
    for item in items {
      switch item {
      case .string(let string):
        texts.append(string)
        hasString = true
      case .none: texts.append(nil)
      default: return nil
      }
    }
    return hasString ? texts : nil
  }
}
