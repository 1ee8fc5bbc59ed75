import Learning
import Tensors

extension MinimisationBuiltins {
  static let gridSearch = Builtin(
    "grid_search(loss, ...ranges, limit: 1e7)", .training,
    "The best of all combinations of values, by trying every one.",
    convention:
      "one record of ranges gives loss a record, one list of ranges a list, several ranges as many arguments; more evaluations than limit are refused; returns (at:, value:, evaluations:, values:, ...), where values are those of all combinations",
    example: """
      r = grid_search((w, b) -> (w - 2)^2 + (b + 1)^2, linspace(-5, 5, 11), linspace(-5, 5, 11))
      (r.at, r.evaluations)
      #> ((2, -1), 121)
      grid_search(p -> (p.w - 2)^2, (w: -5...5)).at
      #> (w: 2)
      """
  ) { call in
    let loss = try call.callable(0)
    let search = try GridSearch(call)
    let limit = try call.number(2)
    let count = search.grid.count
    guard count <= limit, count <= 1e15 else { throw tooMany(count, search.grid, limit) }
    guard count > 0 else { throw Diagnostic("grid_search: a range is empty, there is nothing to try") }
    return try best(of: loss, search, count: Int(count), call)
  }

  /// The most values that the result holds.
  private static let keptLimit = 10_000_000

  private static func best(
    of loss: Value, _ search: GridSearch, count: Int, _ call: borrowing Call
  ) throws -> Value {
    let machine = call.machine
    var values = Array(repeating: Double.nan, count: count <= keptLimit ? count : 0)
    var best: (index: Int, value: Double)?
    var (done, isInterrupted) = (0, false)
    var meter = ProgressMeter(machine)
    var progress = Progress(task: "grid_search", done: 0, total: count, unit: "points")
    defer { meter.finish(progress) }
    do {
      for index in 0..<count {
        try machine.checkInterruption()
        let output = try machine.call(loss, search.arguments(search.grid.point(at: index)))
        guard let value = output.quantity, value.shape.rank == 0 else {
          throw Diagnostic(
            "grid_search needs a loss that returns a single number, but \(loss.callName) returned \(output.kind)",
            kind: .type, hint: "sum(…) or mean(…) make one number of a tensor")
        }
        try LostGradient.refuse(
          Value(value),
          "grid_search: \(loss.callName) uses what is being differentiated, but the search has no derivative")
        let number = value.double
        if index < values.count { values[index] = number }
        done += 1
        if number < best?.value ?? .infinity || best == nil && !number.isNaN { best = (index, number) }
        meter.report {
          (progress.done, progress.loss) = (done, best?.value)
          return progress
        }
      }
    } catch  where machine.endsRun(error) {
      isInterrupted = true
    }
    guard let best else {
      throw Diagnostic(
        "grid_search: \(loss.callName) is nan at every point", kind: .arithmetic,
        hint: "logarithms, roots and divisions make nan outside of their domain, and so does nan in the data")
    }
    return .record(
      try Record(
        [
          ("at", try search.structure(search.grid.point(at: best.index))), ("value", .number(best.value)),
          ("evaluations", .number(Double(done))),
          ("stopped", .string(isInterrupted ? "interrupted" : "done")),
          ("ranges", try search.ranges()),
          ("values", values.isEmpty ? .none : .tensor(try Tensor(values, shape: search.shape()))),
        ], kind: GridSearchReport.kind))
  }

  private static func tooMany(_ count: Double, _ grid: Grid, _ limit: Double) -> Diagnostic {
    let factors = grid.ranges.map { String($0.count) }.joined(separator: " × ")
    return Diagnostic(
      "grid_search: \(factors) points are \(Display.number(count)) evaluations, more than the limit of "
        + Display.number(limit), kind: .limit,
      hint:
        "at a million a second they take \(duration(count / 1e6)); minimize(loss, start) follows the slope instead, "
        + "coarser ranges help, and limit: \(Display.number(count)) lets it run")
  }

  /// Seconds in words.
  private static func duration(_ seconds: Double) -> String {
    let units: [(name: String, seconds: Double)] = [
      ("years", 31_557_600), ("days", 86_400), ("hours", 3600), ("minutes", 60),
    ]
    let unit = units.first { seconds >= $0.seconds } ?? ("seconds", 1)
    let amount = seconds / unit.seconds
    return amount >= 1e6
      ? CFormat.text(amount, precision: 1, style: "e") + " \(unit.name)"
      : "\(Display.number(amount.rounded())) \(unit.name)"
  }
}

/// The ranges of a grid search and the form in which the loss wants a point.
private struct GridSearch {
  private enum Form {
    case arguments
    case record([String])
    case list
  }

  let grid: Grid
  private let form: Form

  init(_ call: borrowing Call) throws {
    let ranges = try call.rest(1)
    var given = ranges
    form =
      switch (ranges.count, ranges.first) {
      case (1, .record(let record)): .record(record.layout.names)
      case (1, .list(let list)) where list.items.contains { $0.quantity?.shape.rank != 0 }: .list
      default: .arguments
      }
    if case .record = form, case .record(let record) = ranges[0] { given = record.values.map(\.unfixed) }
    if case .list = form, case .list(let list) = ranges[0] { given = list.items.map(\.unfixed) }
    guard !given.isEmpty else {
      throw Diagnostic(
        "grid_search needs the values to try", kind: .argument,
        hint: "grid_search(loss, linspace(-5, 5, 101))")
    }
    var columns: [[Double]] = []
    for (index, range) in given.enumerated() { columns.append(try GridSearch.values(range, index)) }
    grid = Grid(columns)
  }

  /// The shape of the values at all points.
  func shape() throws(TensorError) -> Shape { try Shape(checking: grid.ranges.map(\.count)) }

  func arguments(_ point: [Double]) throws -> [Value] {
    if case .arguments = form { return point.map { .number($0) } }
    return [try structure(point)]
  }

  /// The values that were tried, in the form of a point.
  func ranges() throws -> Value {
    var columns: [Value] = []
    for range in grid.ranges { columns.append(.tensor(try Tensor(range))) }
    return try structure(columns)
  }

  /// The point as results give it: a number by itself, a record or a list.
  func structure(_ point: [Double]) throws -> Value {
    try structure(point.map { Value.number($0) })
  }

  private func structure(_ values: [Value]) throws -> Value {
    switch form {
    case .record(let names): return .record(try Record(Array(zip(names, values))))
    case .arguments where values.count == 1: return values[0]
    case .arguments, .list: return .list(try List(values))
    }
  }

  private static func values(_ range: Value, _ index: Int) throws -> [Double] {
    try LostGradient.refuse(
      range, "grid_search: range \(index + 1) is being differentiated, but the search has no derivative")
    switch range {
    case .list(let list):
      let numbers = list.items.compactMap { $0.quantity?.concrete }
      if numbers.count == list.items.count, numbers.allSatisfy({ $0.shape.rank == 0 }) {
        return numbers.map(\.double)
      }
    default:
      if let quantity = range.quantity?.concrete, quantity.shape.rank < 2 { return try quantity.elements() }
    }
    throw Diagnostic(
      "grid_search: range \(index + 1) must be a vector of numbers, not \(range.kind)", kind: .type,
      hint: "linspace(-5, 5, 101), 0..<11 or [0.1, 1, 10]")
  }
}
