import Tensors

/// Looking into lists, records and other collections.
extension BuiltinTable {
  static let collectionBuiltins: [Builtin] = [
    Builtin(
      "len(x)", .structure, "How many items: rows of a tensor or table, items of a list, fields, characters.",
      example: """
        len([[1, 2], [3, 4], [5, 6]])
        #> 3
        len("héllo")
        #> 5
        """
    ) { call in
      guard let count = Collections.count(call[0]) else {
        throw Diagnostic("\(call[0].kind) has no length", kind: .type)
      }
      return .number(Double(count))
    },
    Builtin(
      "keys(record)", .structure, "Names of a record's fields or a table's columns, as a list.",
      example: """
        keys((w: 1, b: 0))
        #> ("w", "b")
        """
    ) { call in .list(try List(try call.fields(0).map { .string($0.name) })) },
    Builtin(
      "values(record)", .structure, "Values of a record's fields or a table's columns, as a list.",
      example: """
        values((w: 1, b: 0))
        #> (1, 0)
        """
    ) { call in .list(try List(try call.fields(0).map(\.value))) },
    Builtin(
      "items(record)", .structure,
      "Names and values of a record's fields or a table's columns, as a list of pairs.",
      example: """
        for (name, value) in items((w: 1, b: 0)) { print(name, value) }
        #> w 1
        #> b 0
        """
    ) { call in
      var pairs: [Value] = []
      for (name, value) in try call.fields(0) { pairs.append(.list(try List([.string(name), value]))) }
      return .list(try List(pairs))
    },
    Builtin(
      "has(record, name)", .structure, "Whether a record has a field, or a table a column.",
      example: """
        has((w: 1), "b")
        #> false
        """
    ) { call in
      let name = try call.string(1)
      return .bool(try call.fields(0).contains { $0.name == name })
    },
    Builtin(
      "zip(...collections)", .structure, "Items that stand at the same place, as a list of lists.",
      convention: "as long as the shortest",
      example: """
        zip([1, 2], ("a", "b"))
        #> ((1, "a"), (2, "b"))
        """
    ) { call in
      var columns: [[Value]] = []
      for collection in try call.rest(0) {
        guard let items = try Collections.items(collection) else {
          throw Diagnostic("zip: \(collection.kind) has no items", kind: .type)
        }
        columns.append(items)
      }
      var rows: [Value] = []
      for index in 0..<(columns.map(\.count).min() ?? 0) {
        rows.append(.list(try List(columns.map { $0[index] })))
      }
      return .list(try List(rows))
    },
    Builtin(
      "enumerate(collection, start: 0)", .structure, "Items with their numbers, as a list of pairs.",
      example: """
        for (i, name) in enumerate(["a", "b"]) { print(i, name) }
        #> 0 a
        #> 1 b
        """
    ) { call in
      let start = try call.scalar(1)
      var pairs: [Value] = []
      for (index, item) in try call.items(0).enumerated() {
        pairs.append(.list(try List([Value(start + .number(Double(index))), item])))
      }
      return .list(try List(pairs))
    },
  ]
}

extension Call {
  /// The named parts of a record or a table.
  func fields(_ position: Int) throws(Diagnostic) -> [(name: String, value: Value)] {
    switch self[position] {
    case .record(let record): zip(record.layout.names, record.values).map { ($0, $1.unfixed) }
    case .table(let table): zip(table.names, table.columns).map { ($0, $1.value) }
    default: throw wrong(position, "a record or a table")
    }
  }

  /// A record.
  func record(_ position: Int) throws(Diagnostic) -> Record {
    guard case .record(let record) = self[position] else { throw wrong(position, "a record") }
    return record
  }
}
