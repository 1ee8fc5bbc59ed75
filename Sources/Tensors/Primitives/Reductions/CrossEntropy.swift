import CKernels

/// -log softmax(z)[label] for every row of logits; the labels are a setting.
final class CrossEntropy: Primitive, Sendable {
  private let labels: ContiguousArray<Int64>

  init(_ labels: ContiguousArray<Int64>) { self.labels = labels }

  var name: String { "cross_entropy" }
  var keeps: Kept { .inputs }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let shape = inputs[0].shape
    let logits = try inputs[0].tensor().converted(to: inputs[0].dtype.arithmetic)
    let result = try Tensor(uninitialized: shape.leading, logits.dtype)
    let (rows, classes) = (labels.count, shape.last ?? 0)
    try logits.withPointer { (z) throws(TensorError) in
      try result.withPointer { (y) throws(TensorError) in
        labels.withUnsafeBufferPointer { labels in
          switch logits.dtype {
          case .f32: nns_cross_entropy_f32(z.f32, labels.baseAddress, y.f32, rows, classes)
          case .f64, .bool: nns_cross_entropy_f64(z.f64, labels.baseAddress, y.f64, rows, classes)
          }
        }
      }
    }
    return Quantity(result)
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (g, z) = (g, application[input: 0])
    try cotangents.add(0) { () throws(TensorError) in try CrossEntropySlope(labels)(z, g) }
  }
}

/// g (softmax(z) - onehot(label)) for every row of logits z and its number g: the slope of ``CrossEntropy``.
final class CrossEntropySlope: Primitive, Sendable {
  private let labels: ContiguousArray<Int64>

  init(_ labels: ContiguousArray<Int64>) { self.labels = labels }

  var name: String { "cross_entropy_slope" }
  var keeps: Kept { .inputs }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let dtype = inputs[0].dtype.arithmetic
    let logits = try inputs[0].tensor().converted(to: dtype)
    let weights = try inputs[1].broadcast(to: logits.shape.leading).tensor().converted(to: dtype)
    let result = try Tensor(uninitialized: logits.shape, dtype)
    let (rows, classes) = (labels.count, logits.shape.last ?? 0)
    try logits.withPointer { (z) throws(TensorError) in
      try weights.withPointer { (g) throws(TensorError) in
        try result.withPointer { (y) throws(TensorError) in
          labels.withUnsafeBufferPointer { labels in
            switch dtype {
            case .f32: nns_cross_entropy_slope_f32(z.f32, labels.baseAddress, g.f32, y.f32, rows, classes)
            case .f64, .bool:
              nns_cross_entropy_slope_f64(z.f64, labels.baseAddress, g.f64, y.f64, rows, classes)
            }
          }
        }
      }
    }
    return Quantity(result)
  }

  /// With s = softmax(z) and the incoming u: z̄ = g s (u - Σ u s), ḡ = Σ u (s - onehot)
  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (u, z, weights) = (g, application[input: 0], application[input: 1])
    try cotangents.add(0) { () throws(TensorError) in
      let s = try z.softmax()
      return try weights.expandDims(-1) * s * (u - (u * s).sum(axes: [-1], keepdims: true))
    }
    try cotangents.addUnbroadcast(1) { () throws(TensorError) in
      try (u * CrossEntropySlope(labels)(z, .ones(z.shape.leading, z.dtype.arithmetic))).sum(axes: [-1])
    }
  }
}

extension Quantity {
  /// -log softmax(z)[label] for every row of these logits `[…, classes]`, exact where it is nearly 0.
  ///
  /// There is a label for each row, from 0 to classes - 1.
  public func crossEntropy(labels: [Int]) throws(TensorError) -> Quantity {
    let (rows, classes) = (shape.rank > 0 ? shape.leading.count : 0, shape.last ?? 0)
    guard shape.rank > 0, labels.count == rows, labels.allSatisfy({ $0 >= 0 && $0 < classes }) else {
      throw .argument(operation: "cross_entropy", "every row needs a label from 0 to \(classes - 1)")
    }
    return try CrossEntropy(ContiguousArray(labels.lazy.map { Int64($0) }))(self)
  }
}

extension Shape {
  /// All axes but the innermost.
  fileprivate var leading: Shape { removing(rank - 1) }
}
