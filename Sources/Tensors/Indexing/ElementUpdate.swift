/// A tensor with one element, by its row-major position, replaced by a number or with it added.
///
/// ``IndexUpdate`` could do it; loops over elements are what this is fast for.
final class ElementUpdate: InPlacePrimitive, Sendable {
  private let position: Int
  private let adding: Bool

  private init(_ position: Int, adding: Bool) {
    self.position = position
    self.adding = adding
  }

  /// Changes the element, in place when nobody else can see the target.
  static func apply(
    to target: inout Quantity, at position: Int, _ value: Quantity, adding: Bool
  ) throws(TensorError) {
    if case .number(let number) = value, target.putInPlace(number, at: position, adding: adding) { return }
    try ElementUpdate(position, adding: adding).apply(to: &target, value)
  }

  var name: String { adding ? "scatter_add" : "indexed assignment" }
  var keeps: Kept { [] }

  func change(_ target: inout Quantity, by value: Quantity) throws(TensorError) {
    guard case .tensor = target, case .number(let number) = value else {
      target = adding ? try target + value : value
      return
    }
    if target.dtype == .bool {
      if adding { throw .dtype(operation: name, .bool) }
      guard number == 0 || number == 1 else { throw .notTruth(number: number, .f64) }
    }
    if target.putInPlace(number, at: position, adding: adding) { return }
    try target.makeOwn(changing: position..<position + 1).put(number, at: position, adding: adding)
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    var g = g
    try cotangents.add(1) { () throws(TensorError) in try g.element(flat: position) }
    try cotangents.add(0) { () throws(TensorError) in
      if !adding { try ElementUpdate.apply(to: &g, at: position, .number(0), adding: false) }
      var result = Quantity.number(0)
      swap(&result, &g)
      return result
    }
  }
}

extension Quantity {
  /// Changes an element if this is a tensor of floats that nobody else can see; else does nothing.
  fileprivate mutating func putInPlace(_ number: Double, at position: Int, adding: Bool) -> Bool {
    guard case .tensor(var tensor) = self, tensor.dtype != .bool else { return false }
    // The question about owners makes sense with one reference only.
    self = .number(0)
    let isOwn = isKnownUniquelyReferenced(&tensor) && tensor.ownsMemory
    self = .tensor(tensor)
    guard isOwn else { return false }
    tensor.isWorkedOn = true
    tensor.willWrite(position..<position + 1)
    tensor.put(number, at: position, adding: adding)
    return true
  }

  /// The element at a row-major position, as a number.
  func element(flat position: Int) throws(TensorError) -> Quantity {
    switch self {
    case .number: return self
    case .tensor(let tensor): return .number(tensor[flat: position])
    case .traced(let traced):
      // The path of differentiated loops.
      let element = try traced.primal.element(flat: position)
      guard traced.trace.isRecording else { return element }
      return try traced.trace.record(ElementRead(position), traced.index, 0, -1, 0, output: element)
    }
  }
}

extension Tensor {
  /// Changes an element of memory that nobody else sees.
  func put(_ number: Double, at position: Int, adding: Bool) {
    // A tensor with memory of its own has nothing to throw.
    try? withPointer { (pointer) throws(TensorError) in
      switch dtype {
      case .f64: pointer.f64[position] = adding ? pointer.f64[position] + number : number
      case .f32: pointer.f32[position] = adding ? pointer.f32[position] + Float(number) : Float(number)
      case .bool: pointer.storeBytes(of: number != 0 ? 1 : 0, toByteOffset: position, as: UInt8.self)
      }
    }
  }
}
