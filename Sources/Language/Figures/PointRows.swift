import Plotting

/// One row of positions with one or several rows of values over it.
struct PointRows {
  let x: any Samples
  let rows: [NamedSamples]

  init(x: any Samples, rows: [NamedSamples]) {
    self.x = x
    self.rows = rows
  }
}

extension PointRows {
  /// Reads them from values of a builtin's arguments; without `x` the positions are 0, 1, 2, …
  init(_ call: borrowing Call, x: Value?, y: Value) throws {
    let name = call.builtin.name
    guard let rows = try NamedSamples.rows(y) else {
      if let odd = PointRows.oddField(of: y) {
        throw Diagnostic(
          "\(name): the field \(odd.name) is \(odd.kind), not a vector", kind: .type, hint: odd.hint)
      }
      throw Diagnostic(
        "\(name): y must be a vector, a matrix or a record of vectors, not \(y.kind)", kind: .type,
        hint: y.isCallable ? "\(name)(f, low, high) shows a function" : nil)
    }
    guard let x else {
      self.init(x: Positions(count: rows.map(\.samples.count).max() ?? 0), rows: rows)
      return
    }
    guard let positions = NamedSamples.vector(x) else {
      throw Diagnostic("\(name): x must be a vector, not \(x.kind)", kind: .type)
    }
    for row in rows where row.samples.count != positions.count {
      throw Diagnostic(
        "\(name): x has \(positions.count) numbers and \(row.name ?? "y") has \(row.samples.count)",
        kind: .shape,
        hint: "each point needs both")
    }
    self.init(x: positions, rows: rows)
  }

  /// The first field of a record that is no row of numbers, with what may be meant.
  private static func oddField(of value: Value) -> (name: String, kind: String, hint: String?)? {
    guard case .record(let record) = value, record.layout.kind == nil,
      let index = record.values.firstIndex(where: { NamedSamples.vector($0) == nil })
    else { return nil }
    let shape = record["x"]?.plainTensor?.shape
    let hasClasses = shape?.rank == 2 && shape?[1] == 2 && record["y"] != nil
    return (
      record.layout.names[index], record.values[index].unfixed.kind,
      hasClasses ? "scatter(data.x, by: data.y) shows points with their classes" : nil
    )
  }

  /// A panel of them, each row by itself or divided into classes by the argument `by`.
  func panel(_ call: borrowing Call, marks: (any Samples, any Samples) -> [any Mark]) throws -> Panel {
    guard let position = call.option("by") else {
      var panel = Panel(rows.map { Series($0.name, marks: marks(x, $0.samples)) })
      panel.x.isWhole = x is Positions
      return panel
    }
    guard rows.count == 1, let row = rows.first else {
      throw Diagnostic(
        "\(call.builtin.name): by divides one row of points, not \(rows.count)", kind: .argument)
    }
    let classes = try PointClasses(call, position, count: row.samples.count)
    let (xs, ys) = (classes.split(x), classes.split(row.samples))
    return Panel(classes.names.indices.map { Series(classes.names[$0], marks: marks(xs[$0], ys[$0])) })
  }
}
