import CKernels

/// The largest element of every window of planes; its derivative goes to the first of equals.
final class MaxPool: Primitive {
  private let windows: nns_windows
  private let result: Shape
  /// Where the largest elements lie, known once there is a value.
  private(set) var picks = Picks([], shape: [0])

  init(_ windows: nns_windows, result: Shape) {
    self.windows = windows
    self.result = result
  }

  var name: String { "max_pool" }
  var keeps: Kept { [] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let dtype = inputs[0].dtype.arithmetic
    let x = try inputs[0].tensor().converted(to: dtype)
    let y = try Tensor(uninitialized: result, dtype)
    var (windows, planes) = (windows, result.count(of: 0..<2))
    if result.count == 0 { planes = 0 }
    var positions = ContiguousArray<Int64>(repeating: 0, count: result.count)
    try positions.withUnsafeMutableBufferPointer { (positions) throws(TensorError) in
      let positions = positions.baseAddress
      try x.withPointer { (x) throws(TensorError) in
        try y.withPointer { (y) throws(TensorError) in
          switch dtype {
          case .f32: nns_max_pool_f32(&windows, planes, x.f32, y.f32, positions)
          case .f64, .bool: nns_max_pool_f64(&windows, planes, x.f64, y.f64, positions)
          }
        }
      }
    }
    if Threads.isInterrupted { throw .interrupted }
    picks = Picks(positions, shape: result)
    return .tensor(y)
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (g, shape) = (g, application.shape(of: 0))
    try cotangents.add(0) { () throws(TensorError) in try MaxPoolBack(self, shape)(g) }
  }
}

/// What came in for the largest elements, added to where these were.
final class MaxPoolBack: Primitive {
  private let pool: MaxPool
  private let target: Shape

  init(_ pool: MaxPool, _ target: Shape) {
    self.pool = pool
    self.target = target
  }

  var name: String { "max_pool_back" }
  var keeps: Kept { [] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    try PutBack(pool.picks, target).evaluate(inputs)
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let g = g
    try cotangents.add(0) { () throws(TensorError) in try MaxPoolPick(pool, target)(g) }
  }
}

/// The elements at the places where a pool found the largest ones.
final class MaxPoolPick: Primitive {
  private let pool: MaxPool
  private let source: Shape

  init(_ pool: MaxPool, _ source: Shape) {
    self.pool = pool
    self.source = source
  }

  var name: String { "max_pool_pick" }
  var keeps: Kept { [] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity { try Pick(pool.picks).evaluate(inputs) }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let g = g
    try cotangents.add(0) { () throws(TensorError) in try MaxPoolBack(pool, source)(g) }
  }
}
