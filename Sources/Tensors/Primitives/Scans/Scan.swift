import CKernels

/// Running sums along an axis, from its end when reversed.
final class CumulativeSum: Primitive, Sendable {
  private let axis: Int
  private let reversed: Bool

  init(axis: Int, reversed: Bool) {
    self.axis = axis
    self.reversed = reversed
  }

  var name: String { "cumsum" }
  var keeps: Kept { [] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    Quantity(try inputs[0].tensor().scanned(NNS_CUMSUM, axis: axis, reversed: reversed))
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let g = g
    try cotangents.add(0) { () throws(TensorError) in
      try CumulativeSum(axis: axis, reversed: !reversed)(g)
    }
  }
}

/// Running products along an axis, from its end when reversed.
final class CumulativeProduct: Primitive, Sendable {
  private let axis: Int
  private let reversed: Bool

  init(axis: Int, reversed: Bool) {
    self.axis = axis
    self.reversed = reversed
  }

  var name: String { "cumprod" }
  var keeps: Kept { [.inputs, .output] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    Quantity(try inputs[0].tensor().scanned(NNS_CUMPROD, axis: axis, reversed: reversed))
  }

  // y[i] = y[i-1] x[i], so the cotangents of y collect as a[i] = g[i] + x[i+1] a[i+1]: no division, and so
  // right at zeros, to every order.
  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (g, x, y) = (g, application[input: 0], application.output)
    try cotangents.add(0) { () throws(TensorError) in
      let next = try x.shifted(axis: axis, forward: reversed, filling: 0)
      let collected = try Recurrence(axis: axis, reversed: !reversed)(next, g)
      return try y.shifted(axis: axis, forward: !reversed, filling: 1) * collected
    }
  }
}

/// h[i] = a[i] h[i-1] + b[i] along an axis, starting from h[-1] = 0; from the end when reversed.
final class Recurrence: Primitive, Sendable {
  private let axis: Int
  private let reversed: Bool

  init(axis: Int, reversed: Bool) {
    self.axis = axis
    self.reversed = reversed
  }

  var name: String { "recurrence" }
  var keeps: Kept { [.inputs, .output] }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let (a, b) = (try inputs[0].tensor().converted(to: .f64), try inputs[1].tensor().converted(to: .f64))
    let result = try Tensor(uninitialized: b.shape, .f64)
    let passes = Passes(along: axis, of: b.shape)
    let inner = passes.inner
    try a.withPointer { (a) throws(TensorError) in
      try b.withPointer { (b) throws(TensorError) in
        try result.withPointer { (h) throws(TensorError) in
          let (a, b, h) = (a.f64, b.f64, h.f64)
          for outer in 0..<passes.outer {
            for step in 0..<passes.n {
              let row = (outer * passes.n + (reversed ? passes.n - 1 - step : step)) * inner
              let previous = reversed ? row + inner : row - inner
              for i in 0..<inner {
                h[row + i] = step == 0 ? b[row + i] : a[row + i] * h[previous + i] + b[row + i]
              }
            }
          }
        }
      }
    }
    let dtype = Quantity.commonDType(inputs[0], inputs[1])
    return Quantity(try result.converted(to: dtype))
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (g, a, h) = (g, application[input: 0], application.output)
    let next = try a.shifted(axis: axis, forward: reversed, filling: 0)
    let collected = try Recurrence(axis: axis, reversed: !reversed)(next, g)
    try cotangents.add(0) { () throws(TensorError) in
      try collected * h.shifted(axis: axis, forward: !reversed, filling: 0)
    }
    try cotangents.add(1) { () throws(TensorError) in collected }
  }
}

extension Quantity {
  /// Running sums along `axis`, over all elements for nil.
  public func cumsum(axis: Int? = nil, reversed: Bool = false) throws(TensorError) -> Quantity {
    let (x, axis) = try alongAxis(axis)
    return try CumulativeSum(axis: axis, reversed: reversed)(x)
  }

  /// Running products along `axis`, over all elements for nil.
  public func cumprod(axis: Int? = nil, reversed: Bool = false) throws(TensorError) -> Quantity {
    let (x, axis) = try alongAxis(axis)
    return try CumulativeProduct(axis: axis, reversed: reversed)(x)
  }

  /// The largest element so far along `axis`, over all elements for nil.
  public func cummax(axis: Int? = nil) throws(TensorError) -> Quantity {
    let (x, axis) = try alongAxis(axis)
    return try x.picked(by: x.tensor().runningMaxima(along: axis))
  }

  /// Itself and the checked axis; flattened and axis 0 for nil.
  func alongAxis(_ axis: Int?) throws(TensorError) -> (Quantity, Int) {
    if let axis { return (self, try shape.axis(axis)) }
    return (try reshaped(to: [shape.count]), 0)
  }

  /// Moved by one along an axis, to higher positions when `forward`, with `value` in the place left open.
  func shifted(axis: Int, forward: Bool, filling value: Double) throws(TensorError) -> Quantity {
    let n = shape[axis]
    if n == 0 { return self }
    let rest = try slice(axis: axis, forward ? 0..<(n - 1) : 1..<n)
    return try rest.pad(axis: axis, before: forward ? 1 : 0, after: forward ? 0 : 1, value: value)
  }
}

extension Tensor {
  /// Running results along an axis.
  func scanned(_ operation: nns_scan_op, axis: Int, reversed: Bool) throws(TensorError) -> Tensor {
    let source = try converted(to: dtype.arithmetic)
    let result = try Tensor(uninitialized: shape, source.dtype)
    let (passes, dtype) = (Passes(along: axis, of: shape), source.dtype)
    try source.withPointer { (x) throws(TensorError) in
      try result.withPointer { (y) throws(TensorError) in
        switch dtype {
        case .f32: nns_scan_f32(operation, reversed, x.f32, y.f32, passes.outer, passes.n, passes.inner)
        case .f64, .bool:
          nns_scan_f64(operation, reversed, x.f64, y.f64, passes.outer, passes.n, passes.inner)
        }
      }
    }
    return result
  }

  /// For each element the position of the largest so far along an axis, of the first nan if there is one.
  func runningMaxima(along axis: Int) throws(TensorError) -> Picks {
    let source = try converted(to: .f64)
    let passes = Passes(along: axis, of: shape)
    try Storage.checkRoom(for: count, Int64.self)
    var positions = ContiguousArray<Int64>(repeating: 0, count: count)
    try source.withPointer { (x) throws(TensorError) in
      let x = x.f64
      for outer in 0..<passes.outer {
        for inner in 0..<passes.inner {
          var best = outer * passes.n * passes.inner + inner
          for step in 0..<passes.n {
            let here = (outer * passes.n + step) * passes.inner + inner
            if x[here] > x[best] || x[here].isNaN && !x[best].isNaN { best = here }
            positions[here] = Int64(best)
          }
        }
      }
    }
    return Picks(positions, shape: shape)
  }
}
