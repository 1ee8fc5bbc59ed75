import Tensors

/// Many numbers into few.
extension BuiltinTable {
  static let reduceBuiltins: [Builtin] = sums + extremes + truths

  private static let options = "axis: none, keepdims: false)"

  private static let sums: [Builtin] = [
    Builtin(
      "sum(x, \(options)", .reduce, "Sum of the elements, of all of them or along axes.",
      formula: "sum_i x_i", gradient: "1 for every element",
      convention:
        "axis is a number or a list; keepdims keeps the summed axes with length 1; the sum of nothing is 0",
      example: """
        sum([[1, 2], [3, 4]])
        #> 10
        sum([[1, 2], [3, 4]], axis: 0)
        #> [4, 6]
        sum([[1, 2], [3, 4]], axis: 1, keepdims: true)
        #> [2, 1] f64
        #>   3
        #>   7
        """
    ) { call in Value(try call.numbers(0).sum(axes: call.axes(1), keepdims: call.bool(2))) },
    Builtin(
      "prod(x, \(options)", .reduce, "Product of the elements.",
      formula: "prod_i x_i", gradient: "the product of the other elements",
      convention: "the product of nothing is 1; the gradient is exact at zeros",
      example: """
        prod([1, 2, 3, 4])
        #> 24
        """
    ) { call in Value(try call.numbers(0).prod(axes: call.axes(1), keepdims: call.bool(2))) },
    Builtin(
      "mean(x, \(options)", .reduce, "Arithmetic mean of the elements.",
      formula: "sum_i x_i / n", gradient: "1 / n for every element", convention: "the mean of nothing is nan",
      example: """
        mean([1, 2, 6])
        #> 3
        """
    ) { call in Value(try call.numbers(0).mean(axes: call.axes(1), keepdims: call.bool(2))) },
    Builtin(
      "var(x, axis: none, ddof: 0, keepdims: false)", .reduce, "Variance of the elements.",
      formula: "sum_i (x_i - mean)^2 / (n - ddof)", gradient: "2 (x_i - mean) / (n - ddof)",
      convention: "ddof is 0 unless given; 1 estimates the variance of a population",
      example: """
        var([1, 2, 3, 4])
        #> 1.25
        """
    ) { call in
      Value(try call.numbers(0).variance(axes: call.axes(1), ddof: call.number(2), keepdims: call.bool(3)))
    },
    Builtin(
      "std(x, axis: none, ddof: 0, keepdims: false)", .reduce, "Standard deviation of the elements.",
      formula: "sqrt(sum_i (x_i - mean)^2 / (n - ddof))", gradient: "(x_i - mean) / ((n - ddof) std)",
      convention: "ddof is 0 unless given; the derivative is 0 where all elements are equal",
      example: """
        std([1, 1, 3, 3])
        #> 1
        """
    ) { call in
      Value(
        try call.numbers(0).standardDeviation(
          axes: call.axes(1), ddof: call.number(2), keepdims: call.bool(3)))
    },
    Builtin(
      "norm(x, p: 2, axis: none, keepdims: false)", .reduce,
      "Length of a vector, or of all numbers of a structure.",
      formula: "(sum_i |x_i|^p)^(1/p)", gradient: "x / norm for p = 2",
      convention: "p may be inf; matrices are taken element by element; the derivative at 0 is 0",
      example: """
        norm([3, 4])
        #> 5
        norm((w: [3, 0], b: 4))
        #> 5
        """
    ) { call in
      let p = try call.number(1)
      if call[0].isStructure, call.isMissing(2) {
        let leaves = try Structure.quantities(of: call[0]).map { try $0.norm(p: p) }
        return Value(try BracketRule.stacked(leaves, .f64).norm(p: p))
      }
      return Value(try call.numbers(0).norm(p: p, axes: call.axes(2), keepdims: call.bool(3)))
    },
    Builtin(
      "logsumexp(x, \(options)", .reduce, "Logarithm of the sum of exponentials, without overflow.",
      formula: "log(sum_i e^x_i)", gradient: "softmax(x)", convention: "-inf for nothing",
      example: """
        logsumexp([1000, 1000])
        #> 1000.693147
        """
    ) { call in Value(try call.numbers(0).logsumexp(axes: call.axes(1), keepdims: call.bool(2))) },
  ]

  private static let extremes: [Builtin] = [
    Builtin(
      "max(x, \(options)", .reduce, "Largest element.",
      gradient: "1 for the largest, shared evenly among equals",
      convention: "nan if there is one; of nothing an error",
      example: """
        max([1, 5, 3])
        #> 5
        """
    ) { call in
      try call.requireAxis("maximum")
      return Value(try call.numbers(0).max(axes: call.axes(1), keepdims: call.bool(2)))
    },
    Builtin(
      "min(x, \(options)", .reduce, "Smallest element.",
      gradient: "1 for the smallest, shared evenly among equals",
      convention: "nan if there is one; of nothing an error",
      example: """
        min([[4, 5], [3, 6]], axis: 1)
        #> [4, 3]
        """
    ) { call in
      try call.requireAxis("minimum")
      return Value(try call.numbers(0).min(axes: call.axes(1), keepdims: call.bool(2)))
    },
    Builtin(
      "argmax(x, \(options)", .reduce, "Position of the largest element.",
      convention:
        "the first of equals, the first nan if there is one; without axis a position in the flattened tensor",
      example: """
        argmax([1, 5, 3])
        #> 1
        """
    ) { call in Value(try call.numbers(0).argmax(axis: call.oneAxis(1), keepdims: call.bool(2))) },
    Builtin(
      "argmin(x, \(options)", .reduce, "Position of the smallest element.",
      convention:
        "the first of equals, the first nan if there is one; without axis a position in the flattened tensor",
      example: """
        argmin([4, 5, 3])
        #> 2
        """
    ) { call in Value(try call.numbers(0).argmin(axis: call.oneAxis(1), keepdims: call.bool(2))) },
  ]

  private static let truths: [Builtin] = [
    Builtin(
      "any(x, \(options)", .reduce, "Whether some element is true.",
      convention: "numbers other than 0 are true",
      example: """
        any([1, 2, 3] > 2)
        #> true
        """
    ) { call in Value(truth: try call.numbers(0).any(axes: call.axes(1), keepdims: call.bool(2))) },
    Builtin(
      "all(x, \(options)", .reduce, "Whether every element is true.",
      convention: "numbers other than 0 are true",
      example: """
        all([1, 2, 3] > 2)
        #> false
        """
    ) { call in Value(truth: try call.numbers(0).all(axes: call.axes(1), keepdims: call.bool(2))) },
  ]
}

extension Call {
  /// A number, a tensor, or a list of numbers as a vector.
  func numbers(_ position: Int) throws -> Quantity {
    let value = self[position]
    if let quantity = value.quantity { return quantity }
    if case .list(let list) = value,
      let quantity = try BracketRule.collect(list.items.map(\.unfixed), precision: .f64).quantity
    {
      return quantity
    }
    throw wrong(position, "a number, a tensor or a list of numbers")
  }

  /// One axis; nil for none.
  func oneAxis(_ position: Int) throws(Diagnostic) -> Int? {
    isMissing(position) ? nil : try integer(position)
  }

  /// Throws when the second argument is not an axis but was meant as another operand.
  fileprivate func requireAxis(_ pairwise: String) throws {
    guard !isMissing(1), self[0].quantity?.shape.rank == 0 else { return }
    throw Diagnostic(
      "\(builtin.name) takes one tensor or list, its second argument is an axis", kind: .argument,
      hint: "\(pairwise)(a, b) compares two, \(builtin.name)([a, b]) any number of them")
  }
}
