import Tensors

/// Preparing data for training.
extension BuiltinTable {
  static let dataBuiltins: [Builtin] = [
    Builtin(
      "train_test_split(x, y: none, test: 0.2, shuffle: true, stratify: none)", .data,
      "Rows divided at random into a training and a test part: (x_train, x_test, y_train, y_test), or (train, test) of x alone.",
      convention:
        "test is a share, rounded up, or a number of rows; stratify is a vector of classes whose shares both parts keep",
      example: """
        (x_train, x_test, y_train, y_test) = train_test_split(0..<10, 10..<20)
        len(x_test)
        #> 2
        all(y_train == x_train + 10)
        #> true
        """
    ) { call in
      let (x, y) = (call[0], call[1])
      let count = try Rows.listableCount(x, "train_test_split: x")
      if !call.isMissing(1) { try Rows.requireSame(x, y, "train_test_split") }
      let split = try TrainTestSplit(call, rows: count)
      var parts: [Value] = []
      for value in call.isMissing(1) ? [x] : [x, y] {
        parts += [try Rows.picking(split.training, of: value), try Rows.picking(split.test, of: value)]
      }
      return .list(try List(parts))
    },
    Builtin(
      "standardize(x, keep_constant: false)", .data,
      "Columns with mean 0 and standard deviation 1, as (x:, mean:, std:, apply:); apply does the same to new data.",
      formula: "(x - mean) / std over axis 0, std with n in the denominator",
      gradient: "that of the formula",
      convention:
        "of a table, the columns of numbers; a constant column is an error unless keep_constant makes it 0",
      example: """
        s = standardize([[1, 10], [3, 30]])
        s.x[0]
        #> [-1, -1]
        s.apply([[5, 20]])[0]
        #> [3, 0]
        """,
      second: { call in try StandardizeCall.applied(call) }
    ) { call in try StandardizeCall(call).result() },
    Builtin(
      "batches(x, y: none, size: 32, shuffle: false)", .data,
      "Data in pieces of size rows: a list of (x, y), or of x alone, to walk over.",
      convention:
        "the last piece may be smaller; batches(x, 32) works too; pieces of tensors share their memory",
      example: """
        for (a, b) in batches(0..<5, 5..<10, 2) { print(a, b) }
        #> [0, 1] [5, 6]
        #> [2, 3] [7, 8]
        #> [4] [9]
        """
    ) { call in
      // A number in the place of y is the size.
      let isShort = if case .number = call[1] { true } else { false }
      let size = try call.count(isShort ? 1 : 2)
      guard size > 0 else { throw Diagnostic("batches: size must be at least 1", kind: .argument) }
      var data = [call[0]]
      let count = try Rows.listableCount(call[0], "batches: x")
      if !isShort, !call.isMissing(1) {
        try Rows.requireSame(call[0], call[1], "batches")
        data.append(call[1])
      }
      if try call.bool(3) {
        let order = try call.machine.state.random.permutation(count).numbers().map { Int($0) }
        data = try data.map { try Rows.picking(order, of: $0) }
      }
      var pieces: [Value] = []
      for start in stride(from: 0, to: count, by: size) {
        let rows = start..<(count - start > size ? start + size : count)
        let parts = try data.map { try Rows.slice(rows, of: $0) }
        pieces.append(parts.count == 1 ? parts[0] : .list(try List(parts)))
      }
      return .list(try List(pieces))
    },
  ]
}
