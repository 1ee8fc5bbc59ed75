/// Asking questions in SQL.
let queryBuiltins: [Builtin] = [
  Builtin(
    "sql(query, ...tables)", .data, "Table that answers a question in SQL over tables and the store.",
    convention: """
      Tables are given by name. The question only reads. A missing value is nan among numbers and none among texts; \
      columns of calculated numbers have the session's precision. Integers beyond 2^53 become the nearest number, \
      as everywhere; cast(n as text) keeps every digit. Without a table of that name, `datasets`, \
      `checkpoints`, `runs`, `metrics`, `sessions` and `cells` are the store's.
      """,
    example: """
      t = table(kind: ["a", "b", "a"], n: [1, 2, 3])
      sql("select kind, sum(n) as total from t group by kind", t: t)
      #> table of 2 rows and 2 columns
      #>   kind  total
      #>   text    f64
      #>   a         4
      #>   b         2
      sql("select 1 as x union select 2").x
      #> [1, 2]
      """, collectsNames: true
  ) { call in
    var tables: [(name: String, table: Table)] = []
    switch call.arguments[1] {
    case .record(let record):
      for (name, value) in zip(record.layout.names, record.values) {
        guard case .table(let table) = value.unfixed else {
          throw Diagnostic(
            "sql: \(name) must be a table, not \(value.kind)", kind: .type,
            hint: "table(…) makes one of columns")
        }
        tables.append((name, table))
      }
    default:
      guard try call.rest(1).isEmpty else {
        throw Diagnostic(
          "sql: tables are given by name", kind: .argument, hint: "sql(\"select * from t\", t: t)")
      }
    }
    guard let queries = call.machine.queries else {
      throw Diagnostic("sql: there is nobody here who knows SQL", kind: .value)
    }
    return .table(try queries.answer(call.string(0), over: tables, precision: call.state.precision))
  }
]
