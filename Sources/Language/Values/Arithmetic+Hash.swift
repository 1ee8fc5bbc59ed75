import Tensors

extension Arithmetic {
  /// A number that is equal for values that are the same, and mostly different for others.
  ///
  /// It looks at some parts only, so that neither deep nor large values take long.
  static func hash(_ value: Value) -> Int {
    var hasher = Hasher()
    var pending = [value.unfixed]
    var partsLeft = 64
    while partsLeft > 0, let part = pending.popLast() {
      partsLeft -= 1
      if let container = Container(part) {
        hasher.combine(container.count)
        for position in 0..<min(container.count, partsLeft) { pending.append(container[position].unfixed) }
      } else if let quantity = part.quantity?.concrete {
        combine(quantity, into: &hasher)
      } else {
        combine(part, into: &hasher)
      }
    }
    return hasher.finalize()
  }

  private static func combine(_ quantity: Quantity, into hasher: inout Hasher) {
    switch quantity {
    case .number(let number): combine(number, into: &hasher)
    case .tensor(let tensor):
      hasher.combine(tensor.shape)
      for position in 0..<min(tensor.count, 16) { combine(tensor[flat: position], into: &hasher) }
    case .traced: break
    }
  }

  /// 0 and -0 are the same, and all nans are.
  private static func combine(_ number: Double, into hasher: inout Hasher) {
    hasher.combine(number.isNaN ? .nan : number)
  }

  /// A value that neither is a number nor contains others.
  private static func combine(_ leaf: Value, into hasher: inout Hasher) {
    switch leaf {
    case .string(let string): hasher.combine(string)
    case .text(let vector):
      hasher.combine(vector.items.count)
      for text in vector.items.prefix(16) { hasher.combine(text) }
    case .table(let table): hasher.combine(table.names)
    case .function(let function):
      if case .builtin(let builtin) = function.body {
        hasher.combine(ObjectIdentifier(builtin))
      } else {
        hasher.combine(ObjectIdentifier(function))
      }
    case .none, .bool, .number, .tensor, .list, .record, .figure, .traced, .fixed: break
    }
  }
}
