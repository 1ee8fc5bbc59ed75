import Tensors

extension TensorError {
  /// The error as the user reads it: a sentence, its kind and what to try; the place is added later.
  func diagnostic() -> Diagnostic {
    switch self {
    case .broadcast(let a, let b, let axis):
      Diagnostic(
        "\(a) and \(b) do not fit together: \(TensorError.disagreement(a, b, axis: axis))", kind: .shape,
        operands: ["\(a)", "\(b)"], hint: TensorError.broadcastHint(a, b))
    case .inner(let a, let b, let left, let right):
      Diagnostic(
        "cannot multiply \(a) by \(b): inner sizes \(left) and \(right) differ", kind: .shape,
        operands: ["\(a)", "\(b)"], hint: TensorError.productHint(a, b))
    case .shape(let operation, let shape, let wanted):
      Diagnostic(
        "\(operation) needs \(wanted), not \(shape.rank == 0 ? "a number" : "\(shape)")", kind: .shape)
    case .shapes(let operation, let a, let b, let wanted):
      Diagnostic("\(operation) needs \(wanted), not \(a) and \(b)", kind: .shape)
    case .reshape(let shape, let lengths):
      TensorError.reshapeDiagnostic(shape, lengths)
    case .axis(let axis, let shape):
      Diagnostic(
        "there is no axis \(axis) in \(shape)", kind: .shape,
        hint: axisHint(shape))
    case .repeatedAxis(let axis):
      Diagnostic("axis \(axis) is named twice", kind: .argument)
    case .index(let index, let axis, let length):
      Diagnostic(
        "index \(index) is outside axis \(axis), which has length \(length)", kind: .index,
        hint: length == 0
          ? "the axis is empty"
          : length == 1
            ? "its only index is 0" : "indices go from 0 to \(length - 1), or from -\(length) to -1")
    case .tooManyIndices(let count, let shape):
      Diagnostic(
        shape.rank == 0
          ? "a number has no items to index"
          : "\(count) indices are too many for \(shape), which has \(shape.rank) ax\(shape.rank == 1 ? "is" : "es")",
        kind: .index)
    case .fraction(let number):
      Diagnostic(
        "an index must be a whole number, not \(Display.number(number))", kind: .index,
        hint: "round(i), floor(i) and a // b give whole numbers")
    case .mask(let mask, let shape):
      Diagnostic(
        "a mask of shape \(mask) does not fit \(shape)", kind: .index,
        hint: "a mask has one truth value for each element, or for each row")
    case .rank(let rank):
      Diagnostic("\(rank) axes are too many: a tensor has at most \(Shape.maximumRank)", kind: .limit)
    case .negativeLength(let length):
      Diagnostic("a length cannot be negative, but one is \(length)", kind: .value)
    case .empty(let operation):
      Diagnostic("\(operation) of nothing has no answer", kind: .value, hint: "check len(x) > 0 first")
    case .singular(let operation):
      Diagnostic(
        "\(operation): the matrix is singular, it has no inverse", kind: .arithmetic,
        hint: "pinv(a) and lstsq(a, b) also work for singular matrices")
    case .notPositiveDefinite:
      Diagnostic(
        "cholesky: the matrix is not positive definite", kind: .arithmetic,
        hint: "it must be symmetric with positive eigenvalues; adding 1e-6 * eye(n) often helps")
    case .noConvergence(let operation):
      Diagnostic(
        "\(operation) did not converge", kind: .arithmetic, hint: "look for nan or inf in what goes in")
    case .allocation(let bytes, let limit):
      Diagnostic(
        bytes == Int.max
          ? "the result would not fit into any memory"
          : "the result needs \(TensorError.memory(bytes)), more than the limit of \(TensorError.memory(limit))",
        kind: .limit)
    case .exhausted(let bytes, let used, let limit):
      Diagnostic(
        "\(TensorError.memory(bytes)) more on top of the \(TensorError.memory(used)) in use is beyond the limit of "
          + TensorError.memory(limit), kind: .limit, hint: "del a frees what a name holds")
    case .trace(let bytes, let limit):
      TensorError.traceDiagnostic(bytes, limit)
    case .dtype(let operation, let dtype):
      Diagnostic("\(operation) does not work on \(dtype.name) tensors", kind: .type)
    case .notTruth(let number, let dtype):
      Diagnostic(
        "a bool tensor holds true and false, not \(number.map(Display.number) ?? "\(dtype.name) numbers")",
        kind: .type, hint: "x = f64(x) turns its truth values into numbers")
    case .argument(let operation, let wanted):
      Diagnostic("\(operation): \(wanted)", kind: .argument)
    case .missingLibrary(let library):
      Diagnostic("the system library \(library) is not installed", kind: .file)
    case .notDifferentiable(let operation):
      Diagnostic(
        "\(operation) has no derivative here", kind: .value, hint: "stop_gradient(x) makes x a constant")
    case .callback(let error):
      (error as? Diagnostic) ?? (error as? TensorError)?.diagnostic() ?? Diagnostic("\(error)")
    case .interrupted:
      Diagnostic("interrupted", kind: .interrupted)
    }
  }
}

extension TensorError {
  /// Which axis of two shapes disagrees, in words; `axis` counts from the end.
  static func disagreement(_ a: Shape, _ b: Shape, axis: Int) -> String {
    let (left, right) = (a.rank + axis, b.rank + axis)
    guard left >= 0, right >= 0 else { return "axis \(axis) differs" }
    let name = axis == -1 ? "the last axis" : "axis \(axis)"
    return "\(name) is \(a[left]) on the left and \(b[right]) on the right"
  }

  private static func broadcastHint(_ a: Shape, _ b: Shape) -> String {
    if a.rank == 1, b.rank == 2, a[0] == b[0] { return "x[:, none] turns \(a) into [\(a[0]), 1]" }
    if a.rank == 2, b.rank == 1, a[0] == b[0] { return "x[:, none] turns \(b) into [\(b[0]), 1]" }
    return "lengths fit when they are equal or one of them is 1, counted from the last axis"
  }

  private func axisHint(_ shape: Shape) -> String {
    switch shape.rank {
    case 0: "a number has no axes"
    case 1: "its only axis is 0"
    default: "its axes are 0 to \(shape.rank - 1), or -1 for the last"
    }
  }

  private static func productHint(_ a: Shape, _ b: Shape) -> String? {
    guard a.rank == 2, b.rank == 2 else { return nil }
    if a[0] == b[0] { return "the transpose x.T of the left one fits" }
    if a[1] == b[1] { return "the transpose w.T of the right one fits" }
    return "the right one needs \(a[1]) rows"
  }

  private static func reshapeDiagnostic(_ shape: Shape, _ lengths: [Int]) -> Diagnostic {
    let wanted = "[" + lengths.map(String.init).joined(separator: ", ") + "]"
    return Diagnostic(
      "cannot read \(shape) as \(wanted): it has \(counted(shape.count, "element"))",
      kind: .shape, hint: "one length may be -1, it is then computed")
  }

  private static func traceDiagnostic(_ bytes: Int, _ limit: Int) -> Diagnostic {
    var diagnostic = Diagnostic(
      "what is kept for the derivative needs \(memory(bytes)), more than the limit of \(memory(limit))",
      kind: .limit, hint: "differentiate fewer steps at a time")
    diagnostic.concernsLoop = true
    return diagnostic
  }

  /// A number of bytes as people say it.
  private static func memory(_ bytes: Int) -> String {
    let units = ["bytes", "kB", "MB", "GB", "TB", "PB", "EB"]
    var amount = Double(bytes)
    var unit = 0
    while amount >= 1000, unit < units.count - 1 {
      amount /= 1000
      unit += 1
    }
    return "\(Display.number((amount * 10).rounded() / 10)) \(units[unit])"
  }
}
