import Tensors

/// Cleaning data: missing values, and tables divided into groups.
extension BuiltinTable {
  static let cleaningBuiltins: [Builtin] = [
    Builtin(
      "dropna(x, columns: none)", .data, "Rows without missing values, of a table, tensor or text vector.",
      convention: "missing are none and nan; columns names those of a table that count",
      example: """
        t = table(x: [1, nan, 3], y: ["a", "b", none])
        len(dropna(t))
        #> 1
        dropna(t.x)
        #> [1, 3]
        """
    ) { call in
      var columns: [Table.Column] = []
      switch call[0] {
      case .table(let table):
        columns = (call.isMissing(1) ? table : try table.selecting(try call.names(1))).columns
      default: columns = try TableCall.table(Display.settled(call[0]), "dropna: x").columns
      }
      let count = try Rows.listableCount(call[0], "dropna: x")
      let kept = (0..<count).filter { row in !columns.contains { $0.isMissing(row) } }
      return try Rows.picking(kept, of: call[0])
    },
    Builtin(
      "fill(x, value)", .data, "Missing values replaced, in a table, tensor or text vector.",
      gradient: "1 where a value was there; the number of the others for a value given as a number",
      convention:
        "a number fills numbers, a string fills texts, a function such as mean or median is asked about the values that are there, a record says it for each column of a table",
      example: """
        fill([1, nan, 3], mean)
        #> [1, 2, 3]
        t = table(x: [1, nan], y: ["a", none])
        fill(t, (x: 0, y: "unknown")).y
        #> ["a", "unknown"]
        """
    ) { call in
      guard case .table(let table) = call[0] else { return try Filling(call).filled(call[0]) }
      return .table(try Filling(call).filled(table))
    },
    Builtin(
      "group_by(t, by, f: none)", .data,
      "Result of a function for the rows of each group, as a table; without one, the groups as a list of records.",
      convention:
        "by names one column or several, which come first; groups are in ascending order; a record that f returns gives the other columns, anything else the column value",
      example: """
        t = table(kind: ["b", "a", "b"], x: [1, 2, 3])
        g = group_by(t, "kind", rows -> (n: len(rows), mean: mean(rows.x)))
        g.mean
        #> [2, 2]
        [group.kind for group in group_by(t, "kind")]
        #> ["a", "b"]
        """
    ) { call in
      let (table, names) = (try call.table(0), try call.names(1))
      let groups = try Groups(table, by: names)
      let function = call.isMissing(2) ? nil : try call.callable(2)
      var results: [Value] = []
      for (key, rows) in zip(groups.keys, groups.rows) {
        try call.machine.checkInterruption()
        let part = Value.table(try table.picking(rows))
        let result = try function.map { try call.machine.call($0, [part]) }
        let found = summary(result, of: part)
        if let name = found.first(where: { names.contains($0.name) })?.name {
          throw Diagnostic(
            "group_by: the rows are grouped by \(name), what is found for them cannot be called the same",
            kind: .argument,
            hint: "let f return a record with other names, as in rows -> (total: sum(rows.x))")
        }
        results.append(.record(try Record(Array(zip(names, key)) + found)))
      }
      guard function != nil else { return .list(try List(results)) }
      guard !results.isEmpty else {
        return .table(try Table(names.map { ($0, try table.column($0).value) }))
      }
      return .table(try Table(rows: results, precision: call.state.precision))
    },
  ]

  /// What a group's record says besides its key.
  private static func summary(_ result: Value?, of part: Value) -> [(name: String, value: Value)] {
    switch result {
    case nil: [("rows", part)]
    case .record(let record)?: zip(record.layout.names, record.values).map { ($0, $1.unfixed) }
    case let result?: [("value", result)]
    }
  }
}
