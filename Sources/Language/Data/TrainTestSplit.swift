import Tensors

/// Which rows are for training and which for testing.
struct TrainTestSplit {
  private(set) var training: [Int] = []
  private(set) var test: [Int] = []

  /// Draws the rows as the arguments of `train_test_split` say.
  init(_ call: borrowing Call, rows count: Int) throws {
    let testCount = try TrainTestSplit.testCount(call, count)
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
    let shares = TrainTestSplit.shares(members.map(\.count), testCount, of: count)
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
    let test = try call.plainNumber(2)
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
