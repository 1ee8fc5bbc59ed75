import CKernels

/// A range of positions along one axis.
final class Slice: Primitive, Sendable {
  private let axis: Int
  private let range: Range<Int>

  init(axis: Int, _ range: Range<Int>) {
    self.axis = axis
    self.range = range
  }

  var name: String { "slice" }
  var keeps: Kept { [] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let source = try inputs[0].tensor()
    var shape = source.shape
    shape[axis] = range.count
    let inner = source.shape.count(of: (axis + 1)..<source.shape.rank)
    if source.shape.count(of: 0..<axis) == 1 {
      return .tensor(try source.part(from: range.lowerBound * inner, shape: shape))
    }
    return .tensor(
      try source.gathered(shape: shape, strides: source.shape.strides, offset: range.lowerBound * inner))
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let g = g
    let length = application.shape(of: 0)[axis]
    try cotangents.add(0) { () throws(TensorError) in
      try g.pad(axis: axis, before: range.lowerBound, after: length - range.upperBound, value: 0)
    }
  }
}

extension Quantity {
  /// The positions `range` of an axis; both are known to exist.
  func slice(axis: Int, _ range: Range<Int>) throws(TensorError) -> Quantity {
    precondition(range.lowerBound >= 0 && range.upperBound <= shape[axis], "\(range) of \(shape)")
    if range.count == shape[axis] { return self }
    return try Slice(axis: axis, range)(self)
  }

  /// Neighbouring rows: a range of axis 0.
  ///
  /// Throws ``TensorError/index(_:axis:length:)`` for rows that are not there.
  public func rows(_ range: Range<Int>) throws(TensorError) -> Quantity {
    guard let length = shape.array.first, range.lowerBound >= 0, range.upperBound <= length else {
      throw .index(range.upperBound, axis: 0, length: shape.array.first ?? 0)
    }
    return try slice(axis: 0, range)
  }

  /// `count` parts along an axis, the first ones longer by one where it does not divide.
  public func chunk(_ count: Int, axis: Int = 0) throws(TensorError) -> [Quantity] {
    let axis = try shape.axis(axis)
    guard count > 0 else { throw .argument(operation: "chunk", "the number of parts must be at least 1") }
    let (length, longer) = shape[axis].quotientAndRemainder(dividingBy: count)
    var (result, start): ([Quantity], Int) = ([], 0)
    for part in 0..<count {
      if part % 4096 == 0 {
        if Threads.isInterrupted { throw .interrupted }
        try Storage.checkProgram(growingBy: 0)
      }
      let end = start + length + (part < longer ? 1 : 0)
      result.append(try slice(axis: axis, start..<end))
      start = end
    }
    return result
  }

  /// The parts along an axis between the given positions, which ascend.
  public func split(at positions: [Int], axis: Int = 0) throws(TensorError) -> [Quantity] {
    let axis = try shape.axis(axis)
    var (result, start): ([Quantity], Int) = ([], 0)
    for end in positions + [shape[axis]] {
      guard end >= start, end <= shape[axis] else { throw .index(end, axis: axis, length: shape[axis]) }
      result.append(try slice(axis: axis, start..<end))
      start = end
    }
    return result
  }
}
