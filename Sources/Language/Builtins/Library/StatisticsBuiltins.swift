import Tensors

/// Order statistics, counts and how variables hang together.
extension BuiltinTable {
  static let statisticsBuiltins: [Builtin] = [
    Builtin(
      "median(x, axis: none, keepdims: false)", .reduce, "Middle of the sorted elements.",
      gradient: "goes to the middle element, half to each of two",
      convention: "the mean of the two middle values of an even number; nan if there is one",
      example: """
        median([5, 1, 3, 100])
        #> 4
        """
    ) { call in Value(try call.numbers(0).median(axes: call.axes(1), keepdims: call.bool(2))) },
    Builtin(
      "quantile(x, q, axis: none, keepdims: false)", .reduce,
      "Value below which a share q of the elements lies.",
      formula: "linear interpolation at position (n - 1) q of the sorted elements",
      gradient: "goes to the two elements between which it lies, by their shares",
      convention: "several shares give a new axis 0",
      example: """
        quantile([1, 2, 3, 4, 5], 0.25)
        #> 2
        quantile([1, 2, 3, 4, 5], [0, 1])
        #> [1, 5]
        """
    ) { call in
      let (x, shares) = (try call.numbers(0), try call.numbers(1))
      try call.refuseDerivative(in: 1)
      let values = try x.quantiles(shares.numbers(), axes: call.axes(2), keepdims: call.bool(3))
      guard shares.shape.rank > 0 else { return values.first.map { Value($0) } ?? .none }
      return Value(try BracketRule.stacked(values, x.dtype))
    },
    Builtin(
      "histogram(x, bins: 10, low: none, high: none)", .reduce,
      "Counts of elements in intervals of equal width, as (counts, edges).", gradient: "0",
      convention: "the last interval includes its upper edge; elements outside are not counted",
      example: """
        (counts, edges) = histogram([0, 1, 1, 2], bins: 2)
        counts
        #> [1, 3]
        edges
        #> [0, 1, 2]
        """
    ) { call in
      let x = try call.numbers(0)
      let bins = try call.length(1, limit: Call.itemLimit)
      let finite = try x.numbers().filter(\.isFinite)
      let low = call.isMissing(2) ? finite.min() ?? 0 : try call.number(2)
      let high = call.isMissing(3) ? finite.max() ?? 1 : try call.number(3)
      let (counts, edges) = try x.histogram(bins: bins, range: (low, high))
      return .list(try List([Value(counts), Value(edges)]))
    },
    Builtin(
      "bincount(x, weights: none, length: 0)", .reduce, "How often each whole number from 0 on occurs.",
      convention: "weights are added instead of ones; the result has at least the given length",
      example: """
        bincount([0, 2, 2])
        #> [1, 0, 2]
        """
    ) { call in
      let (x, length) = (try call.numbers(0), try call.length(2, limit: Call.itemLimit))
      let counts = try x.bincount(minimumLength: length)
      guard !call.isMissing(1) else { return Value(counts) }
      return Value(try Quantity.zeros(counts.shape).scatterAdd(x.plainTensor(), call.quantity(1)))
    },
    Builtin(
      "count(x)", .reduce, "How many elements are true; of anything else, how many numbers it has.",
      convention: "counts the numbers of structures too, which is the size of a model",
      example: """
        count([1, 5, 3] > 2)
        #> 2
        count((w: zeros(2, 3), b: 0))
        #> 7
        """
    ) { call in
      if case .bool(let bool) = call[0] { return .number(bool ? 1 : 0) }
      if case .tensor(let tensor) = call[0] {
        return tensor.dtype == .bool
          ? Value(try Quantity.tensor(tensor).sum()) : .number(Double(tensor.count))
      }
      guard call[0].quantity != nil || call[0].isStructure else {
        throw call.wrong(0, "a tensor or a structure")
      }
      return .number(Double(try Structure.quantities(of: call[0]).reduce(0) { $0 + $1.shape.count }))
    },
    Builtin(
      "cov(x, y: none, ddof: 1)", .reduce,
      "Covariance of two vectors, or the matrix of those of the rows of x.",
      formula: "sum((x - mean(x)) (y - mean(y))) / (n - ddof)",
      gradient: "(y - mean(y)) / (n - ddof) for x",
      example: """
        cov([1, 2, 3], [2, 4, 6])
        #> 2
        """
    ) { call in
      let (x, ddof) = (try call.numbers(0), try call.number(2))
      if call.isMissing(1) { return Value(try x.covariance(ddof: ddof)) }
      let y = try partner(call, of: x)
      return Value(try pair(x, y, x.covariance(with: y, ddof: ddof)))
    },
    Builtin(
      "corr(x, y: none)", .reduce, "Correlation of two vectors, or the matrix of those of the rows of x.",
      formula: "cov(x, y) / (std(x) std(y))",
      gradient: "(v - r u) / (n std(x)) for x, with u and v the standardized x and y",
      example: """
        corr([1, 2, 3], [3, 2, 1])
        #> -1
        """
    ) { call in
      let x = try call.numbers(0)
      if call.isMissing(1) { return Value(try x.correlation()) }
      let y = try partner(call, of: x)
      return Value(try pair(x, y, x.correlation(with: y)))
    },
  ]

  /// The second variable, which was observed as often as the first.
  private static func partner(_ call: borrowing Call, of x: Quantity) throws -> Quantity {
    let y = try call.numbers(1)
    if let mine = x.shape.array.last, let theirs = y.shape.array.last, mine != theirs {
      throw Diagnostic(
        "\(call.builtin.name): x has \(mine) items and y has \(theirs), they must be equally long",
        kind: .shape)
    }
    return y
  }

  /// The one number that two vectors have together, out of the matrix of all pairs.
  private static func pair(_ x: Quantity, _ y: Quantity, _ all: Quantity) throws -> Quantity {
    x.shape.rank == 1 && y.shape.rank == 1 ? try all.indexed([.at(0), .at(1)]) : all
  }
}
