import CKernels

/// The matrix product A B by NumPy's rules, either operand read as if its last two axes were swapped.
///
/// A vector on the left counts as a row and on the right as a column; further axes broadcast.
final class MatrixProduct: Primitive, Sendable {
  private let transposeA: Bool
  private let transposeB: Bool

  private static let plain = MatrixProduct(false, false)
  private static let transposedA = MatrixProduct(true, false)
  private static let transposedB = MatrixProduct(false, true)
  private static let transposedBoth = MatrixProduct(true, true)

  private init(_ transposeA: Bool, _ transposeB: Bool) {
    self.transposeA = transposeA
    self.transposeB = transposeB
  }

  /// The product that reads its operands so.
  static func transposing(a: Bool, b: Bool) -> MatrixProduct {
    switch (a, b) {
    case (false, false): plain
    case (true, false): transposedA
    case (false, true): transposedB
    case (true, true): transposedBoth
    }
  }

  var name: String { "@" }
  var keeps: Kept { .inputs }

  func evaluate(_ inputs: Inputs) throws(TensorError) -> Quantity {
    let operands = try ProductShapes(inputs[0].shape, transposeA, inputs[1].shape, transposeB)
    let dtype = Quantity.commonDType(inputs[0], inputs[1])
    let (a, b) = (try inputs[0].tensor().converted(to: dtype), try inputs[1].tensor().converted(to: dtype))
    let plan = operands.plan
    guard plan.m * plan.n > 0, plan.k > 0, operands.count > 0 else {
      return try .zeros(operands.result, dtype)
    }
    guard max(plan.m, plan.n, plan.k) <= Int(Int32.max) else {
      throw .argument(operation: name, "an axis of a product must be shorter than 2^31")
    }
    let blas = plan.isSmall ? nil : try BLAS.shared()
    let result = try Tensor(uninitialized: operands.result, dtype)
    try a.withPointer { (x) throws(TensorError) in
      try b.withPointer { (y) throws(TensorError) in
        try result.withPointer { (z) throws(TensorError) in
          try ProductTask(
            plan: plan, dtype: dtype, a: x, b: y, c: z, aOffsets: operands.aOffsets,
            bOffsets: operands.bOffsets,
            blas: blas
          ).run()
        }
      }
    }
    return Quantity(result)
  }

  func pullback(
    _ application: Application, _ g: consuming Quantity, _ cotangents: inout Cotangents
  ) throws(TensorError) {
    let (a, b) = (application[input: 0], application[input: 1])
    let (a2, b2) = (try a.asMatrix(row: true), try b.asMatrix(row: false))
    let product = try ProductShapes(a2.shape, transposeA, b2.shape, transposeB)
    let g2 = try g.reshaped(to: product.result)
    try cotangents.add(0) { () throws(TensorError) in
      let gradient =
        transposeA
        ? try b2.matrixProduct(g2, transposeA: transposeB, transposeB: true)
        : try g2.matrixProduct(b2, transposeB: !transposeB)
      return try gradient.summed(to: a2.shape).reshaped(to: a.shape)
    }
    try cotangents.add(1) { () throws(TensorError) in
      // One product over all rows instead of one for each matrix of the stack.
      let folds = !transposeA && b2.shape.rank == 2 && a2.shape.rank > 2
      let left = folds ? try a2.reshape([a2.shape.dropLast().reduce(1, *), product.plan.k]) : a2
      let right = folds ? try g2.reshape([g2.shape.dropLast().reduce(1, *), product.plan.n]) : g2
      let gradient =
        transposeB
        ? try right.matrixProduct(left, transposeA: true, transposeB: transposeA)
        : try left.matrixProduct(right, transposeA: !transposeA)
      return try gradient.summed(to: b2.shape).reshaped(to: b.shape)
    }
  }
}

extension Quantity {
  /// The matrix product with `other`, by NumPy's rules for vectors, matrices and stacks of matrices.
  ///
  /// With a flag the last two axes of that operand count as swapped; nothing is copied for it.
  public func matrixProduct(
    _ other: Quantity, transposeA: Bool = false, transposeB: Bool = false
  ) throws(TensorError) -> Quantity {
    try MatrixProduct.transposing(a: transposeA, b: transposeB)(self, other)
  }

  /// A vector as a matrix of one row or one column.
  fileprivate func asMatrix(row: Bool) throws(TensorError) -> Quantity {
    guard shape.rank == 1 else { return self }
    return try reshaped(to: row ? [1, shape[0]] : [shape[0], 1])
  }
}

/// What a product of two shapes looks like.
private struct ProductShapes {
  /// The offsets of a single product.
  private static let origin = [0]

  let plan: ProductPlan
  let result: Shape
  /// How many products there are.
  let count: Int
  let aOffsets: [Int]
  let bOffsets: [Int]

  init(_ a: Shape, _ transposeA: Bool, _ b: Shape, _ transposeB: Bool) throws(TensorError) {
    guard a.rank > 0, b.rank > 0 else {
      throw .argument(operation: "@", "a number is no matrix; it multiplies with *")
    }
    let aMatrix = a.rank == 1 ? Shape(matrix: 1, a[0]) : a
    let bMatrix = b.rank == 1 ? Shape(matrix: b[0], 1) : b
    let ta = transposeA && a.rank > 1
    let tb = transposeB && b.rank > 1
    let aLast = (aMatrix[aMatrix.rank - 2], aMatrix[aMatrix.rank - 1])
    let bLast = (bMatrix[bMatrix.rank - 2], bMatrix[bMatrix.rank - 1])
    var (m, k) = ta ? (aLast.1, aLast.0) : aLast
    let (bk, n) = tb ? (bLast.1, bLast.0) : bLast
    guard k == bk else { throw .inner(ta ? a.swapped : a, tb ? b.swapped : b, k, bk) }
    if aMatrix.rank == 2, bMatrix.rank == 2 {
      // By far the most frequent, so it allocates nothing.
      var result = Shape()
      if a.rank == 2 { result.append(m) }
      if b.rank == 2 { result.append(n) }
      self.result = result
      count = 1
      aOffsets = ProductShapes.origin
      bOffsets = ProductShapes.origin
      plan = ProductPlan(m: m, n: n, k: k, transposeA: ta, transposeB: tb)
      return
    }

    let aStack = Shape(unchecked: aMatrix.dropLast(2))
    let bStack = Shape(unchecked: bMatrix.dropLast(2))
    let stack: Shape
    do throws(TensorError) { stack = try aStack.broadcast(with: bStack) } catch {
      guard case .broadcast(_, _, let axis) = error else { throw error }
      throw .broadcast(a, b, axis: axis - 2)
    }
    result = try Shape(
      checking: stack.array + (a.rank == 1 ? [] : [m]) + (b.rank == 1 ? [] : [n]))

    if !ta, stack == aStack, bStack.count == 1 {
      // The rows of all matrices of A meet the same B.
      m *= stack.count
      count = 1
      aOffsets = ProductShapes.origin
      bOffsets = ProductShapes.origin
    } else {
      count = stack.count
      var (aPlaces, bPlaces): ([Int], [Int]) = ([], [])
      forEachOffset(stack.array, aStack.steps(whenSpreadTo: stack), bStack.steps(whenSpreadTo: stack)) {
        i, j in
        aPlaces.append(i * aLast.0 * aLast.1)
        bPlaces.append(j * bLast.0 * bLast.1)
      }
      aOffsets = aPlaces
      bOffsets = bPlaces
    }
    plan = ProductPlan(m: m, n: n, k: k, transposeA: ta, transposeB: tb)
  }
}

extension Shape {
  /// A matrix of so many rows and columns.
  fileprivate init(matrix rows: Int, _ columns: Int) {
    self.init()
    append(rows)
    append(columns)
  }

  /// With the last two axes exchanged, as the user wrote a transposed operand.
  fileprivate var swapped: Shape {
    var result = self
    result[rank - 2] = self[rank - 1]
    result[rank - 1] = self[rank - 2]
    return result
  }
}
