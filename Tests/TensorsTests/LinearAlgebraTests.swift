import Testing

#if canImport(Glibc)
  import Glibc
#endif

@testable import Tensors

/// What holds of every factorisation, solution and derivative.
@Suite struct LinearAlgebraTests {
  private static func square(_ x: Quantity) throws(TensorError) -> Quantity { try x * x }

  /// Something positive definite that depends on every element of a square matrix.
  private static func positive(_ x: Quantity) throws(TensorError) -> Quantity {
    let n = x.shape[x.shape.rank - 1]
    return try x.matrixProduct(x, transposeB: true) + .eye(n)
  }

  /// Signs of vectors are a matter of taste: what is tested must not depend on them.
  static let differentiable = [
    DifferentiableCase("inv", [3, 3]) { (x) throws(TensorError) in try x[0].inverse() },
    DifferentiableCase("inv of a stack", [2, 3, 3]) { (x) throws(TensorError) in try x[0].inverse() },
    DifferentiableCase("det", [4, 4]) { (x) throws(TensorError) in try x[0].determinant() },
    DifferentiableCase("det of a stack", [3, 2, 2]) { (x) throws(TensorError) in try x[0].determinant() },
    DifferentiableCase("det of a number", [1, 1]) { (x) throws(TensorError) in try x[0].determinant() },
    DifferentiableCase("logdet", [3, 3]) { (x) throws(TensorError) in try positive(x[0]).logDeterminant() },
    DifferentiableCase("logdet of any sign", [2, 3, 3]) { (x) throws(TensorError) in
      try x[0].logDeterminant()
    },
    DifferentiableCase("solve a vector", [3, 3], [3]) { (x) throws(TensorError) in try x[0].solve(x[1]) },
    DifferentiableCase("solve a matrix", [3, 3], [3, 2]) { (x) throws(TensorError) in try x[0].solve(x[1]) },
    DifferentiableCase("solve a stack", [2, 3, 3], [3, 2]) { (x) throws(TensorError) in try x[0].solve(x[1])
    },
    DifferentiableCase("solve stacked sides", [3, 3], [2, 3, 1]) { (x) throws(TensorError) in
      try x[0].solve(x[1])
    },
    DifferentiableCase("solve transposed", [3, 3], [3, 2]) { (x) throws(TensorError) in
      try x[0].solveTransposed(x[1])
    },
    DifferentiableCase("cholesky", [3, 3]) { (x) throws(TensorError) in try positive(x[0]).cholesky() },
    DifferentiableCase("cholesky of a stack", [2, 2, 2]) { (x) throws(TensorError) in
      try positive(x[0]).cholesky()
    },
    DifferentiableCase("qr of a tall matrix", [4, 3]) { (x) throws(TensorError) in
      let (q, r) = try x[0].qr()
      return try q.indexed([.all, .at(1)]).outer(r.indexed([.at(1)]))
    },
    DifferentiableCase("qr of a square matrix", [3, 3]) { (x) throws(TensorError) in try square(x[0].qr().q)
    },
    DifferentiableCase("qr of a wide matrix", [2, 4]) { (x) throws(TensorError) in
      let (q, r) = try x[0].qr()
      return try square(r)
        + q.indexed([.all, .at(0)]).outer(r.indexed([.at(0)])).indexed([
          .ellipsis, .slice(start: 0, stop: 4, step: 1),
        ])
    },
    DifferentiableCase("eigenvalues", [3, 3]) { (x) throws(TensorError) in
      try x[0].symmetricEigenvalues().values
    },
    DifferentiableCase("eigenvectors", [3, 3]) { (x) throws(TensorError) in
      let (w, v) = try x[0].symmetricEigenvalues()
      return try square(v) * w
    },
    DifferentiableCase("eigh of a stack", [2, 2, 2]) { (x) throws(TensorError) in
      let (w, v) = try x[0].symmetricEigenvalues()
      return try square(v) * w.perColumn()
    },
    DifferentiableCase("singular values", [3, 4]) { (x) throws(TensorError) in try x[0].singularValues() },
    DifferentiableCase("svd of a square matrix", [3, 3]) { (x) throws(TensorError) in
      let (u, s, vt) = try x[0].singularValueDecomposition()
      return try square(u) * s + square(vt)
    },
    DifferentiableCase("svd of a tall matrix", [4, 2]) { (x) throws(TensorError) in
      let (u, s, vt) = try x[0].singularValueDecomposition()
      return try (square(u) * s).matrixProduct(square(vt)) + (u * s).matrixProduct(vt)
    },
    DifferentiableCase("svd of a wide stack", [2, 2, 4]) { (x) throws(TensorError) in
      let (u, s, vt) = try x[0].singularValueDecomposition()
      return try square(u).matrixProduct(square(vt) * s.perRow())
    },
    DifferentiableCase("pinv of a tall matrix", [4, 2]) { (x) throws(TensorError) in try x[0].pseudoInverse()
    },
    DifferentiableCase("pinv of a wide matrix", [2, 4]) { (x) throws(TensorError) in try x[0].pseudoInverse()
    },
    DifferentiableCase("lstsq of a tall matrix", [5, 2], [5]) { (x) throws(TensorError) in
      try x[0].leastSquares(x[1]).solution
    },
    DifferentiableCase("lstsq of a wide matrix", [2, 4], [2, 3]) { (x) throws(TensorError) in
      try x[0].leastSquares(x[1]).solution
    },
    DifferentiableCase("residuals", [5, 2], [5, 2]) { (x) throws(TensorError) in
      try x[0].leastSquares(x[1]).residuals
    },
    DifferentiableCase("polyfit", [7], [7]) { (x) throws(TensorError) in
      try x[0].polynomialFit(x[1], degree: 2)
    },
    DifferentiableCase("dot", [3], [3]) { (x) throws(TensorError) in try x[0].dot(x[1]) },
    DifferentiableCase("dot of a stack", [2, 3], [2, 3, 2]) { (x) throws(TensorError) in try x[0].dot(x[1]) },
    DifferentiableCase("outer", [3], [2, 2]) { (x) throws(TensorError) in try x[0].outer(x[1]) },
    DifferentiableCase("kron", [2, 2], [3]) { (x) throws(TensorError) in try x[0].kron(x[1]) },
    DifferentiableCase("matrix chain", [3, 3], [3, 3]) { (x) throws(TensorError) in
      try x[0].matrixProduct(x[1]).matrixProduct(x[0], transposeB: true) * x[1].inverse()
    },
  ]

  @Test(arguments: differentiable.indices)
  func gradientsAgreeWithDifferences(_ position: Int) throws {
    let test = LinearAlgebraTests.differentiable[position]
    let inputs = try test.inputs(seed: 4)
    #expect(try gradientGap(test.f, at: inputs) < 1e-7, "\(test.name)")
    #expect(try secondGradientGap(test.f, at: inputs) < 1e-6, "\(test.name)")
  }

  @Test(arguments: [
    [3, 3], [5, 3], [3, 5], [1, 4], [4, 1], [2, 4, 3], [0, 3], [3, 0], [0, 0], [60, 40],
  ])
  func factorsMultiplyToTheMatrix(lengths: [Int]) throws {
    for dtype in [DType.f64, .f32] {
      var numbers = TestNumbers(seed: lengths.count)
      let x = Quantity.tensor(try numbers.tensor(Shape(unchecked: lengths)).converted(to: dtype))
      let tolerance = dtype == .f32 ? 1e-5 : 1e-12
      let (u, s, vt) = try x.singularValueDecomposition()
      #expect(try largestDifference((u * s.perColumn()).matrixProduct(vt), x) < tolerance)
      let (q, r) = try x.qr()
      #expect(try largestDifference(q.matrixProduct(r), x) < tolerance)
      let p = try x.pseudoInverse()
      #expect(try largestDifference(x.matrixProduct(p).matrixProduct(x), x) < tolerance)
      for part in [u, s, vt, q, r, p] { #expect(part.dtype == dtype) }
      let least = Double(min(lengths[lengths.count - 1], lengths[lengths.count - 2]))
      #expect(try x.matrixRank().elements.allSatisfy { $0 == least })
    }
  }

  @Test(arguments: [[3, 3], [1, 1], [0, 0], [2, 4, 4], [50, 50]])
  func squareMatricesAreSolved(lengths: [Int]) throws {
    var numbers = TestNumbers(seed: 3)
    let x = Quantity.tensor(try numbers.tensor(Shape(unchecked: lengths)))
    let n = lengths[lengths.count - 1]
    let identity = try Quantity.eye(n)
    let one = try identity.broadcast(to: x.shape)
    #expect(try largestDifference(x.matrixProduct(x.inverse()), one) < 1e-10)
    let side = Quantity(try numbers.tensor([n, 3]))
    #expect(
      try largestDifference(
        x.matrixProduct(x.solve(side)), side.broadcast(to: Shape(unchecked: lengths.dropLast() + [3])))
        < 1e-11)
    let symmetric = try x.symmetrised()
    let (w, v) = try symmetric.symmetricEigenvalues()
    #expect(try largestDifference((v * w.perColumn()).matrixProduct(v, transposeB: true), symmetric) < 1e-12)
    let positive = try x.matrixProduct(x, transposeB: true) + identity
    let l = try positive.cholesky()
    #expect(try largestDifference(l.matrixProduct(l, transposeB: true), positive) < 1e-11)
    #expect(try largestDifference(l.tril(), l) == 0)
    let roots = try (l * identity).sum(axes: [-1]).elements
    let halves = try positive.logDeterminant().elements
    for (index, half) in halves.enumerated() {
      #expect(abs(half - 2 * roots[index * n..<(index + 1) * n].reduce(0) { $0 + log($1) }) < 1e-10)
    }
    let sizes = try x.logDeterminant().tensor().doubles().map { exp($0) }
    for (size, determinant) in zip(sizes, try x.determinant().tensor().doubles()) {
      #expect(abs(size - abs(determinant)) <= 1e-11 * size)
    }
  }

  /// Matrices without an inverse, whose determinant still has a derivative.
  static let singular: [[Double]] = [
    [1, 2, 2, 4], [0, 0, 0, 0], [1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 0, 0, 0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 2, 0, 0, 0, 3],
    [1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 2, 3, 4, 2, 4, 6, 8, 1, 0, 1, 0, 0, 3, 0, 1],
  ]

  @Test(arguments: singular)
  func determinantsOfSingularMatricesHaveGradients(elements: [Double]) throws {
    let n = Int(Double(elements.count).squareRoot())
    let x = Quantity.tensor(try Tensor(elements, shape: [n, n]))
    let f: Differentiable = { (x) throws(TensorError) in try x[0].determinant() }
    #expect(try abs(x.determinant().elements[0]) < 1e-14)
    #expect(try gradientGap(f, at: [x]) < 1e-9)
    #expect(try secondGradientGap(f, at: [x]) < 1e-9)
    #expect(throws: TensorError.self) { try x.inverse() }
    #expect(throws: TensorError.self) { try x.solve(.ones([n])) }
    #expect(try x.logDeterminant().elements[0] < -30)
  }

  @Test func badlyScaledMatricesAreNotSingular() throws {
    let x = Quantity.tensor(try Tensor([1e-200, 0, 0, 0, 1, 2, 0, 1e150, 0], shape: [3, 3]))
    let side = Quantity(try Tensor([1.0, 2, 3]))
    #expect(try largestDifference(x.matrixProduct(x.inverse()), .eye(3)) < 1e-14)
    #expect(try largestDifference(x.matrixProduct(x.solve(side)), side) < 1e-14)
    let wide = Quantity.tensor(try Tensor([1e200, 0, 0, 0, 1e200, 0, 0, 0, 1e-300], shape: [3, 3]))
    #expect(try abs(wide.determinant().elements[0] / 1e100 - 1) < 1e-14)
    #expect(try Quantity.eye(2).determinant().elements == [1])
    #expect(try Quantity(Tensor([0.0, 2, 1, 0], shape: [2, 2])).logDeterminant().elements == [log(2)])
  }

  @Test func coincidingValuesHaveFiniteGradients() throws {
    let x = try Quantity.eye(3)
    let values: Differentiable = { (x) throws(TensorError) in try x[0].symmetricEigenvalues().values.sum() }
    let vectors: Differentiable = { (x) throws(TensorError) in
      let (w, v) = try x[0].symmetricEigenvalues()
      return try (v * w).matrixProduct(v, transposeB: true)
    }
    let nuclear: Differentiable = { (x) throws(TensorError) in try x[0].singularValues().sum() }
    for f in [values, nuclear] { #expect(try gradientGap(f, at: [x]) < 1e-8) }
    #expect(try gradients(vectors, at: [x])[0].elements.allSatisfy(\.isFinite))
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func nonFiniteInputEnds(element: Double) throws {
    var elements = Array(repeating: 1.0, count: 30 * 30)
    elements[77] = element
    let x = Quantity.tensor(try Tensor(elements, shape: [30, 30]))
    let side = try Quantity.ones([30])
    let results = [
      try x.inverse(), try x.solve(side), try x.determinant(), try x.logDeterminant(), try x.cholesky(),
      try x.qr().q,
      try x.singularValues(), try x.symmetricEigenvalues().vectors, try x.pseudoInverse(),
      try x.leastSquares(side).solution,
    ]
    #expect(results.allSatisfy { $0.elements.allSatisfy(\.isNaN) })
    #expect(try x.matrixRank().elements == [0])
  }

  @Test func leastSquaresSaysHowGoodItIs() throws {
    let a = Quantity.tensor(try Tensor([1.0, 1, 1, 2, 1, 3, 1, 4], shape: [4, 2]))
    let answer = try a.leastSquares(Quantity(try Tensor([6.0, 5, 7, 10])))
    #expect(try largestDifference(answer.solution, Quantity(Tensor([3.5, 1.4]))) < 1e-13)
    #expect(abs(answer.residuals.elements[0] - 4.2) < 1e-12)
    #expect(answer.rank.elements == [2])
    // Of many solutions the shortest.
    let flat = Quantity.tensor(try Tensor([1.0, 1, 2, 2], shape: [2, 2]))
    #expect(
      try largestDifference(
        flat.leastSquares(Quantity(Tensor([2.0, 4]))).solution, Quantity(Tensor([1.0, 1]))) < 1e-14)
    let x = Quantity.tensor(try Tensor((0..<30).map { Double($0) * 100 }))
    let y = try x * x * 3 - x * 2 + 5
    #expect(try largestDifference(x.polynomialFit(y, degree: 2), Quantity(Tensor([3.0, -2, 5]))) < 1e-7)
  }

  @Test func mistakesAreErrors() throws {
    let wide = try Quantity.ones([2, 3])
    let vector = try Quantity.ones([3])
    let indefinite = Quantity.tensor(try Tensor([1.0, 2, 2, 1], shape: [2, 2]))
    #expect(throws: TensorError.self) { try indefinite.cholesky() }
    #expect(throws: TensorError.self) { try wide.inverse() }
    #expect(throws: TensorError.self) { try vector.determinant() }
    #expect(throws: TensorError.self) { try Quantity.number(1).inverse() }
    #expect(throws: TensorError.self) { try Quantity.eye(2).solve(vector) }
    #expect(throws: TensorError.self) { try Quantity.eye(2).solve(.number(1)) }
    #expect(throws: TensorError.self) { try wide.leastSquares(vector) }
    #expect(throws: TensorError.self) { try vector.qr() }
    #expect(throws: TensorError.self) { try vector.singularValues() }
    #expect(throws: TensorError.self) { try vector.matrixRank() }
    #expect(throws: TensorError.self) { try vector.polynomialFit(vector, degree: 3) }
    #expect(throws: TensorError.self) { try vector.polynomialFit(vector, degree: -1) }
    #expect(throws: TensorError.self) { try Quantity.ones([1, 1, 1, 1, 1]).kron(.ones([1, 1, 1, 1, 1])) }
    #expect(throws: TensorError.self) { try Quantity.ones([1, 1, 1, 1, 1, 1]).outer(.ones([2])).solve(wide) }
  }
}
