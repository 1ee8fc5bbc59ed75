import Tensors

/// Products, decompositions and systems of equations.
extension BuiltinTable {
  static let linearAlgebraBuiltins: [Builtin] = products + systems + decompositions + matrixNumbers

  private static let products: [Builtin] = [
    Builtin(
      "dot(a, b)", .linearAlgebra, "Inner product of two vectors, or of all numbers of two structures.",
      formula: "sum_i a_i b_i", gradient: "b for a, a for b",
      convention: "of matrices the matrix product, as a @ b",
      example: """
        dot([1, 2, 3], [4, 5, 6])
        #> 32
        dot((w: [1, 2], b: 3), (w: [1, 1], b: 1))
        #> 6
        """
    ) { call in
      if call[0].isStructure || call[1].isStructure {
        var total: Quantity = 0
        _ = try Structure.zip(call[0], call[1], to: "multiply") { a, b in
          total = try total + (a * b).sum()
          return a
        }
        return Value(total)
      }
      let (a, b) = (try call.quantity(0), try call.quantity(1))
      return Value(try a.dot(b))
    },
    Builtin(
      "outer(a, b)", .linearAlgebra, "Every product of an element of one vector with one of the other.",
      formula: "a_i b_j",
      gradient: "g @ b for a, a @ g for b",
      example: """
        outer([1, 2], [3, 4])[1]
        #> [6, 8]
        """
    ) { call in Value(try call.quantity(0).outer(call.quantity(1))) },
    Builtin(
      "kron(a, b)", .linearAlgebra, "Kronecker product: the second matrix times every element of the first.",
      gradient: "the product with the other matrix",
      example: """
        kron(eye(2), [[1, 2]])[1]
        #> [0, 0, 1, 2]
        """
    ) { call in Value(try call.quantity(0).kron(call.quantity(1))) },
    Builtin(
      "einsum(subscripts, ...tensors)", .linearAlgebra,
      "Sum of products over indices, in Einstein's notation.",
      gradient: "the product of the incoming one with all other tensors",
      example: """
        einsum("ij,j->i", [[1, 2], [3, 4]], [1, 1])
        #> [3, 7]
        """
    ) { call in Value(try Quantity.einsum(call.string(0), call.tensors(1))) },
  ]

  private static let systems: [Builtin] = [
    Builtin(
      "solve(a, b)", .linearAlgebra, "Solution x of a @ x = b.",
      gradient: "solve(a.T, g) in b", convention: "a singular matrix is an error",
      example: """
        solve([[2, 0], [0, 4]], [2, 8])
        #> [1, 2]
        """
    ) { call in Value(try call.quantity(0).solve(call.quantity(1))) },
    Builtin(
      "lstsq(a, b)", .linearAlgebra, "Solution x with the least sum of squares of a @ x - b.",
      gradient: "exact, in a and b",
      convention: "the shortest one when there are several",
      example: """
        lstsq([[1, 0], [1, 1], [1, 2]], [1, 3, 5])
        #> [1, 2]
        """
    ) { call in Value(try call.quantity(0).leastSquares(call.quantity(1)).solution) },
    Builtin(
      "inv(a)", .linearAlgebra, "Inverse of a square matrix.",
      gradient: "-inv(a).T g inv(a).T", convention: "a singular matrix is an error",
      example: """
        inv([[2, 0], [0, 4]])[1]
        #> [0, 0.25]
        """
    ) { call in Value(try call.quantity(0).inverse()) },
    Builtin(
      "pinv(a)", .linearAlgebra, "Pseudo-inverse of Moore and Penrose.",
      gradient: "exact, where the rank does not change",
      example: """
        pinv([[2, 0], [0, 0]])[0]
        #> [0.5, 0]
        """
    ) { call in Value(try call.quantity(0).pseudoInverse()) },
    Builtin(
      "polyfit(x, y, degree)", .linearAlgebra,
      "Coefficients of the polynomial nearest to points, the highest power first.",
      formula: "least squares over sum_k c_k x^(degree - k)",
      gradient: "exact, in x and y",
      example: """
        polyfit([0, 1, 2], [1, 3, 7], 2)
        #> [1, 1, 1]
        polyfit([0, 1, 2, 3], [1, 2.9, 5.1, 7], 1)
        #> [2.02, 0.97]
        """
    ) { call in
      Value(try call.vector(0).polynomialFit(call.quantity(1), degree: call.length(2)))
    },
  ]

  private static let decompositions: [Builtin] = [
    Builtin(
      "cholesky(a)", .linearAlgebra, "Lower triangular l with l @ l.T = a.",
      gradient: "exact, as a symmetric matrix",
      convention: "an error unless a is symmetric with positive eigenvalues; the lower half is read",
      example: """
        cholesky([[4, 2], [2, 5]])[1]
        #> [1, 2]
        """
    ) { call in Value(try call.quantity(0).cholesky()) },
    Builtin(
      "qr(a)", .linearAlgebra,
      "Decomposition (q, r) with orthonormal columns in q, r upper triangular and q @ r = a.",
      gradient: "exact, where a has full rank",
      example: """
        (q, r) = qr([[3, 1], [4, 2]])
        all(abs(q @ r - [[3, 1], [4, 2]]) < 1e-12)
        #> true
        """
    ) { call in
      let (q, r) = try call.quantity(0).qr()
      return .list(try List([Value(q), Value(r)]))
    },
    Builtin(
      "svd(a)", .linearAlgebra, "Singular value decomposition (u, s, vt) with u * s @ vt = a.",
      gradient: "exact, where singular values differ",
      convention: "reduced; s descends",
      example: """
        (u, s, vt) = svd([[3, 0], [0, 4]])
        s
        #> [4, 3]
        """
    ) { call in
      let (u, s, vt) = try call.quantity(0).singularValueDecomposition()
      return .list(try List([Value(u), Value(s), Value(vt)]))
    },
    Builtin(
      "svdvals(a)", .linearAlgebra, "Singular values, in descending order.",
      gradient: "u_k vt_k for the k-th",
      example: """
        svdvals([[3, 0], [0, 4]])
        #> [4, 3]
        """
    ) { call in Value(try call.quantity(0).singularValues()) },
    Builtin(
      "eigh(a)", .linearAlgebra,
      "Eigenvalues in ascending order and eigenvectors (w, v) of a symmetric matrix.",
      formula: "a @ v = v * w", gradient: "exact, where eigenvalues differ",
      convention: "the lower half is read; eigenvectors are the columns",
      example: """
        (w, v) = eigh([[2, 0], [0, 1]])
        w
        #> [1, 2]
        """
    ) { call in
      let (values, vectors) = try call.quantity(0).symmetricEigenvalues()
      return .list(try List([Value(values), Value(vectors)]))
    },
    Builtin(
      "eigvalsh(a)", .linearAlgebra, "Eigenvalues of a symmetric matrix, in ascending order.",
      gradient: "v_k v_k.T for the k-th",
      convention: "the lower half is read",
      example: """
        eigvalsh([[2, 1], [1, 2]])
        #> [1, 3]
        """
    ) { call in Value(try call.quantity(0).symmetricEigenvalues().values) },
  ]

  private static let matrixNumbers: [Builtin] = [
    Builtin(
      "det(a)", .linearAlgebra, "Determinant of a square matrix.",
      gradient: "det(a) inv(a).T", convention: "the gradient is exact where the determinant is 0",
      example: """
        det([[1, 2], [3, 4]])
        #> -2
        """
    ) { call in Value(try call.quantity(0).determinant()) },
    Builtin(
      "logdet(a)", .linearAlgebra, "Logarithm of the size of the determinant, without overflow.",
      formula: "log(|det(a)|)", gradient: "inv(a).T", convention: "-inf for a singular matrix",
      example: """
        logdet([[2, 0], [0, 3]])
        #> 1.791759469
        logdet([[0, 2], [3, 0]])
        #> 1.791759469
        """
    ) { call in Value(try call.quantity(0).logDeterminant()) },
    Builtin(
      "trace(a)", .linearAlgebra, "Sum of the diagonal.",
      formula: "sum_i a_ii", gradient: "the identity",
      example: """
        trace([[1, 2], [3, 4]])
        #> 5
        """
    ) { call in Value(try call.quantity(0).trace()) },
    Builtin(
      "matrix_rank(a, tol: none)", .linearAlgebra, "Number of singular values that are not negligible.",
      convention: "negligible is below tol, unless given the largest times max(rows, columns) times 2.2e-16",
      example: """
        matrix_rank([[1, 2], [2, 4]])
        #> 1
        """
    ) { call in
      let tolerance = call.isMissing(1) ? nil : try call.plainNumber(1)
      return Value(try call.quantity(0).matrixRank(tolerance: tolerance))
    },
  ]
}
