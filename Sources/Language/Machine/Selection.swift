import Tensors

/// Which items of a list, text vector or string an index selects.
enum Selection {
  case one(Int)
  case many([Int])

  /// Reads an index of one axis of `count` items.
  init(_ shape: [IndexShape.Item], _ items: [Value], count: Int, what: String) throws(Diagnostic) {
    guard shape.count == 1 else {
      throw Diagnostic("\(what) has one axis, not \(shape.count)", kind: .index)
    }
    switch shape[0] {
    case .ellipsis: self = .many(Array(0..<count))
    case .slice(let hasStart, let hasStop, let hasStep):
      var rest = items[...]
      let start = hasStart ? try Selection.bound(rest.removeFirst()) : nil
      let stop = hasStop ? try Selection.bound(rest.removeFirst()) : nil
      let step = hasStep ? try Selection.bound(rest.removeFirst()) ?? 1 : 1
      self = .many(try Selection.slice(start, stop, step, count))
    case .value:
      switch items[0].unfixed {
      case .number(let number):
        self = .one(try Selection.checked(try Selection.position(number), count, what))
      case .tensor(let mask) where mask.dtype == .bool:
        guard mask.shape.rank == 1, mask.count == count else {
          throw Diagnostic(
            "a mask of shape \(mask.shape) does not fit \(what) of \(count) items", kind: .shape)
        }
        self = .many((0..<count).filter { mask[flat: $0] != 0 })
      case .traced(let traced):
        self = try Selection(shape, [Value(Quantity.traced(traced).concrete)], count: count, what: what)
      case let value:
        guard let integers = try Call.integers(value) else {
          throw Diagnostic("\(what) is indexed by whole numbers, not \(value.kind)", kind: .index)
        }
        var positions: [Int] = []
        for integer in integers { positions.append(try Selection.checked(integer, count, what)) }
        self = .many(positions)
      }
    }
  }

  /// A whole number from a number.
  static func position(_ number: Double) throws(Diagnostic) -> Int {
    guard number == number.rounded() else { throw TensorError.fraction(number).diagnostic() }
    guard abs(number) < 1e18 else {
      throw Diagnostic("index \(Display.number(number)) is outside of everything", kind: .index)
    }
    return Int(number)
  }

  /// One end of a slice; none means that it is open.
  static func bound(_ value: Value) throws(Diagnostic) -> Int? {
    if case .none = value { return nil }
    guard case .number(let number)? = value.quantity?.concrete else {
      throw Diagnostic("a slice runs between whole numbers, not \(value.kind)", kind: .index)
    }
    return try position(number)
  }

  /// A position that exists, negative ones counting from the end.
  static func checked(_ position: Int, _ count: Int, _ what: String) throws(Diagnostic) -> Int {
    let result = position < 0 ? position + count : position
    guard result >= 0, result < count else {
      throw Diagnostic("there is no item \(position): \(what) has \(count)", kind: .index)
    }
    return result
  }

  /// The positions of a slice, clamped as in Python.
  private static func slice(_ start: Int?, _ stop: Int?, _ step: Int, _ count: Int) throws(Diagnostic)
    -> [Int]
  {
    guard step != 0 else { throw Diagnostic("the step of a slice must not be 0", kind: .index) }
    func clamp(_ bound: Int, _ low: Int, _ high: Int) -> Int {
      let position = bound < 0 ? max(bound, -count - 1) + count : bound
      return min(max(position, low), high)
    }
    if step > 0 {
      let first = start.map { clamp($0, 0, count) } ?? 0
      let last = stop.map { clamp($0, 0, count) } ?? count
      return Array(stride(from: first, to: last, by: step))
    }
    let first = start.map { clamp($0, -1, count - 1) } ?? count - 1
    let last = stop.map { clamp($0, -1, count - 1) } ?? -1
    return Array(stride(from: first, to: last, by: step))
  }
}
