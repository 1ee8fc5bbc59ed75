import Learning
import Tensors

/// Predicted and wanted classes as numbers of one list of classes.
struct ClassLabels {
  /// The classes that occur, in ascending order.
  let classes: Table.Column
  let prediction: [Int]
  let target: [Int]

  /// Reads the first two arguments of a call: vectors of numbers, truth values or texts; a matrix stands for the
  /// places of its rows' largest elements.
  ///
  /// Throws a diagnostic that names the arguments when they do not fit, are empty, have missing items or fractions.
  init(_ call: borrowing Call) throws {
    let (function, prediction, target) = (call.builtin.name, call[0], call[1])
    let (firstName, secondName) = (call.name(0), call.name(1))
    let first = try ClassLabels.column(prediction, "\(function): \(firstName)")
    let second = try ClassLabels.column(target, "\(function): \(secondName)")
    guard first.count == second.count else {
      throw Diagnostic(
        "\(function): \(firstName) has \(first.count) items and \(secondName) has \(second.count)",
        kind: .shape)
    }
    guard first.count > 0 else { throw Diagnostic("\(function) of nothing has no answer", kind: .value) }
    let joined: Table.Column
    switch (first, second) {
    case (.text(let x), .text(let y)): joined = .text(TextVector(x.items + y.items))
    case (.tensor(let x), .tensor(let y)): joined = .tensor(try Tensor(x.doubles() + y.doubles()))
    case (.text, .tensor), (.tensor, .text):
      throw Diagnostic(
        "\(function): \(firstName) and \(secondName) are of different kinds, \(prediction.kind) and \(target.kind)",
        kind: .type, hint: "categories(x) numbers the classes and tells their names")
    }
    let categories = try Categories(joined)
    classes = categories.names
    self.prediction = Array(categories.codes[..<first.count])
    self.target = Array(categories.codes[first.count...])
  }

  /// The number of the class that a value names.
  func position(of value: Value) -> Int? {
    (0..<classes.count).first { position in
      let item = classes.item(position)
      if let number = item.quantity?.concrete, let wanted = value.quantity?.concrete,
        case .number(let x) = number, case .number(let y) = wanted
      {
        return x == y
      }
      return Arithmetic.same(item, value)
    }
  }

  private static func column(_ value: Value, _ role: String) throws -> Table.Column {
    var value = Display.settled(value)
    if case .list(let list) = value {
      let plain = Value.list(try List(list.items.map { Display.settled($0) }))
      value = try TableCall.table(.record(Record([("c0", plain)])), role).columns[0].value
    }
    if case .tensor(let tensor) = value, tensor.shape.rank == 2 { value = try places(tensor, role) }
    let column = try TableCall.column(value, role)
    if column.missingCount > 0 {
      let row = (0..<column.count).first { column.isMissing($0) } ?? 0
      throw Diagnostic(
        "\(role) has a missing value, the first in row \(row)", kind: .value,
        hint: "dropna(x) leaves them out")
    }
    if case .tensor(let tensor) = column,
      let fraction = try tensor.doubles().first(where: { $0 != $0.rounded() })
    {
      throw Diagnostic(
        "\(role) has \(Display.number(fraction)), which is no class", kind: .value,
        hint: "p > 0.5 makes classes of probabilities, argmax(p, axis: -1) of one score for each class")
    }
    return column
  }

  /// The places of the largest elements in rows; a single column is taken as it is.
  private static func places(_ matrix: Tensor, _ role: String) throws -> Value {
    guard matrix.shape[1] > 0 else { throw Diagnostic("\(role) has no columns", kind: .shape) }
    let x = Quantity.tensor(matrix)
    if matrix.shape[1] == 1 { return Value(try x.reshape([matrix.shape[0]])) }
    if let row = try matrix.doubles().firstIndex(where: \.isNaN) {
      throw Diagnostic("\(role) has nan, the first in row \(row / matrix.shape[1])", kind: .value)
    }
    return Value(try x.argmax(axis: 1))
  }
}

extension ClassLabels {
  /// How each class fared.
  var outcomes: [ClassOutcome] {
    ClassOutcome.all(prediction: prediction, target: target, classCount: classes.count)
  }

  /// The classes by their own numbers, which are below `count`.
  func numbered(_ count: Int) throws -> (prediction: [Int], target: [Int], count: Int) {
    guard case .tensor(let tensor) = classes else {
      throw Diagnostic("confusion_matrix: classes: n is for classes that are numbers", kind: .type)
    }
    let numbers = try tensor.doubles()
    if let outside = numbers.first(where: { $0 < 0 || $0 >= Double(count) }) {
      throw Diagnostic(
        "confusion_matrix: class \(Display.number(outside)) is not one of 0 to \(count - 1)", kind: .value)
    }
    return (prediction.map { Int(numbers[$0]) }, target.map { Int(numbers[$0]) }, count)
  }
}
