import Tensors

/// Running results along an axis.
extension BuiltinTable {
  static let scanBuiltins: [Builtin] = [
    Builtin(
      "cumsum(x, axis: none)", .reduce, "Running sums.",
      formula: "y_i = x_0 + ... + x_i", gradient: "the running sums of the incoming gradient from the end",
      convention: "without axis, of the flattened elements",
      example: """
        cumsum([1, 2, 3])
        #> [1, 3, 6]
        """
    ) { call in Value(try call.numbers(0).cumsum(axis: call.oneAxis(1))) },
    Builtin(
      "cumprod(x, axis: none)", .reduce, "Running products.",
      formula: "y_i = x_0 ... x_i", gradient: "y_i / x_j for every j up to i",
      convention: "without axis, of the flattened elements",
      example: """
        cumprod([1, 2, 3, 4])
        #> [1, 2, 6, 24]
        """
    ) { call in Value(try call.numbers(0).cumprod(axis: call.oneAxis(1))) },
    Builtin(
      "cummax(x, axis: none)", .reduce, "Largest element so far.",
      gradient: "goes to the element that was the largest so far",
      convention: "without axis, of the flattened elements",
      example: """
        cummax([1, 3, 2, 5])
        #> [1, 3, 3, 5]
        """
    ) { call in Value(try call.numbers(0).cummax(axis: call.oneAxis(1))) },
  ]
}
