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
      let count = try Rows.count(x, "train_test_split: x")
      if !call.isMissing(1) { try Rows.requireSame(x, y, "train_test_split") }
      let split = try Split(call, rows: count)
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
      let count = try Rows.count(call[0], "batches: x")
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

/// Which rows are for training and which for testing.
private struct Split {
  private(set) var training: [Int] = []
  private(set) var test: [Int] = []

  /// Draws the rows as the arguments of `train_test_split` say.
  init(_ call: borrowing Call, rows count: Int) throws {
    let testCount = try Split.testCount(call, count)
    let shuffles = try call.bool(3)
    var order = Array(0..<count)
    if shuffles { order = try call.machine.state.random.permutation(count).numbers().map { Int($0) } }
    guard !call.isMissing(4) else {
      // Without shuffling the last rows are for testing, as is right for what has an order in time.
      (training, test) =
        shuffles
        ? (Array(order[testCount...]), Array(order[..<testCount]))
        : (Array(order[..<(count - testCount)]), Array(order[(count - testCount)...]))
      return
    }
    guard shuffles else {
      throw Diagnostic("train_test_split: stratify needs shuffle: true", kind: .argument)
    }
    let classes = try Categories(try TableCall.column(call[4], "train_test_split: stratify"))
    guard classes.codes.count == count else {
      throw Diagnostic(
        "train_test_split: stratify has \(classes.codes.count) items for \(count) rows", kind: .shape)
    }
    let members = Dictionary(grouping: order) { classes.codes[$0] }.sorted { $0.key < $1.key }.map(\.value)
    if let single = members.first(where: { $0.count < 2 }) {
      let name = Display.text(
        classes.names.count > classes.codes[single[0]] ? classes.names.item(classes.codes[single[0]]) : .none)
      throw Diagnostic(
        "train_test_split: the class \(name) has one row, stratify needs two or more", kind: .value)
    }
    let shares = Split.shares(members.map(\.count), testCount, of: count)
    for (rows, share) in zip(members, shares) {
      test += rows[..<share]
      training += rows[share...]
    }
    // The classes would otherwise stand one after the other.
    let places = Dictionary(uniqueKeysWithValues: zip(order, 0...))
    training.sort { (places[$0] ?? 0) < (places[$1] ?? 0) }
    test.sort { (places[$0] ?? 0) < (places[$1] ?? 0) }
  }

  private static func testCount(_ call: borrowing Call, _ count: Int) throws(Diagnostic) -> Int {
    let test = try call.number(2)
    let wanted = test < 1 ? (Double(count) * test).rounded(.up) : test
    guard test > 0, test < 1 || test == test.rounded() else {
      throw Diagnostic(
        "train_test_split: test is a share between 0 and 1 or a number of rows, not \(Display.number(test))",
        kind: .argument)
    }
    guard wanted < Double(count) else {
      throw Diagnostic(
        "train_test_split: \(count) row\(count == 1 ? "" : "s") cannot be divided into a training and a test part of "
          + Display.number(wanted), kind: .value)
    }
    return Int(wanted)
  }

  /// How many rows of each class are for testing: its share, the largest remainders rounded up.
  private static func shares(_ sizes: [Int], _ testCount: Int, of count: Int) -> [Int] {
    let exact = sizes.map { Double($0) * Double(testCount) / Double(count) }
    var shares = exact.map { Int($0) }
    let byRemainder = Ordering.sorted(exact.map { $0 - $0.rounded(.down) }, descending: true) { $0 < $1 }
    for index in byRemainder.prefix(max(0, testCount - shares.reduce(0, +))) { shares[index] += 1 }
    return shares
  }
}

/// The work of `standardize`.
private struct StandardizeCall {
  private let builtin: Builtin
  private let x: Value
  private let keepsConstant: Bool

  init(_ call: borrowing Call) throws(Diagnostic) {
    builtin = call.builtin
    x = call[0]
    keepsConstant = try call.bool(1)
  }

  func result() throws -> Value {
    let names: [String]?
    let data: Quantity
    if case .table(let table) = x {
      names = table.numericNames.filter { StandardizeCall.isNumeric(table, $0) }
      data = try StandardizeCall.matrix(table, names ?? [])
    } else if let quantity = x.quantity {
      (names, data) = (nil, quantity)
    } else {
      throw Diagnostic("standardize: x must be a tensor or a table, not \(x.kind)", kind: .type)
    }
    let moments = try Standardization(data, names: names, keepsConstant: keepsConstant)
    let list = Value.list(try List((names ?? []).map { .string($0) }))
    let (mean, deviation) = (Value(moments.mean), Value(moments.deviation))
    let apply = try Function(derived: builtin, arguments: [mean, deviation, list])
    let changed = try StandardizeCall.applied(
      x, mean: moments.mean, deviation: moments.deviation, names: names ?? [])
    return .record(
      try Record([("x", changed), ("mean", mean), ("std", deviation), ("apply", .function(apply))]))
  }

  /// What `apply` does: its first arguments are mean, deviation and the names of columns.
  static func applied(_ call: borrowing Call) throws -> Value {
    guard case .list(let given) = call.arguments[3], given.items.count == 1 else {
      throw Diagnostic("apply takes one argument, the data", kind: .argument)
    }
    guard let mean = call[0].quantity, let deviation = call[1].quantity else { return .none }
    return try applied(
      given.items[0].unfixed, mean: mean, deviation: deviation, names: Call.names(call[2]) ?? [])
  }

  private static func applied(
    _ x: Value, mean: Quantity, deviation: Quantity, names: [String]
  ) throws -> Value {
    guard case .table(let table) = x else {
      guard let quantity = x.quantity else {
        throw Diagnostic("standardize: the data must be a tensor or a table, not \(x.kind)", kind: .type)
      }
      return Value(try Standardization.apply(quantity, mean: mean, deviation: deviation))
    }
    let scaled = try Standardization.apply(matrix(table, names), mean: mean, deviation: deviation)
    let result = table.copied()
    for (column, name) in names.enumerated() {
      try result.set(name, to: Value(try scaled.indexed([.all, .at(column)])))
    }
    return .table(result)
  }

  private static func isNumeric(_ table: Table, _ name: String) -> Bool {
    guard case .tensor(let tensor)? = try? table.column(name) else { return false }
    return tensor.dtype != .bool
  }

  private static func matrix(_ table: Table, _ names: [String]) throws -> Quantity {
    var parts: [Quantity] = []
    for name in names {
      guard case .tensor(let tensor) = try table.column(name) else {
        throw Diagnostic("standardize: column \(name) holds texts", kind: .type)
      }
      parts.append(.tensor(tensor))
    }
    guard !parts.isEmpty else {
      throw Diagnostic("standardize: the table has no column of numbers", kind: .type)
    }
    return try Quantity.stack(parts, axis: 1)
  }
}
