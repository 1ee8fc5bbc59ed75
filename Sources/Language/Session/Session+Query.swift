extension Session {
  /// The answer to a question in SQL over the store's views and those of the session's tables that it names.
  public func answer(_ question: String) throws(Diagnostic) -> Table {
    guard let queries = machine.queries else {
      throw Diagnostic("there is nobody here who knows SQL", kind: .value)
    }
    let words = Set(question.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
    var tables: [(name: String, table: Table)] = []
    for (name, value) in variables where words.contains(name) {
      if case .table(let table) = value.unfixed { tables.append((name, table)) }
    }
    return try queries.answer(question, over: tables, precision: machine.state.precision)
  }
}
