import Language
import Persistence

/// The names of a session as `:vars` shows them: what each holds, how large it is, and which cell changed it.
struct VariableTable {
  private let rows: [(name: String, value: Value, cell: Int?)]

  /// The names that contain a text.
  init(_ call: PromptCall, naming part: String) throws(Diagnostic) {
    let session = call.session
    let graph = session.history == nil ? CellGraph([], []) : try session.graph()
    let variables = call.paused?.variables ?? session.variables
    rows = variables.filter { part.isEmpty || $0.name.contains(part) }
      .map { ($0.name, $0.value, graph.changed($0.name)) }
  }

  /// A line for each name, in so many columns.
  func text(width: Int) -> String {
    guard !rows.isEmpty else { return "no names have values yet" }
    var table = TextTable(headings: [
      ("name", false), ("type", false), ("shape", false), ("size", true), ("cell", true), ("value", false),
    ])
    for (name, value, cell) in rows {
      table.rows.append([
        name, VariableTable.type(of: value), VariableTable.shape(of: value),
        SQLiteStore.size(value.byteCount),
        cell.map(String.init) ?? "", VariableTable.line(value, limit: width),
      ])
    }
    return table.text(width: width)
  }

  private static func type(of value: Value) -> String {
    guard case .tensor(let tensor) = value.unfixed else { return value.typeName }
    return "\(tensor.dtype.name) tensor"
  }

  /// How many parts it has along each axis; empty for what has none.
  private static func shape(of value: Value) -> String {
    switch value.unfixed {
    case .tensor(let tensor): "\(tensor.shape)"
    case .table(let table): "\(table.rowCount) x \(table.columns.count)"
    case .text(let vector): "[\(vector.items.count)]"
    case .list(let list): counted(list.items.count, "item")
    case .record(let record): counted(record.values.count, "field")
    case .string(let string): counted(string.count, "character")
    case .none, .bool, .number, .traced, .function, .figure, .fixed: ""
    }
  }

  /// The value where it fits in a line; a large one is not even looked at.
  private static func line(_ value: Value, limit: Int) -> String {
    switch value.unfixed {
    case .table, .figure: ""
    default: Display.line(value, limit: limit) ?? ""
    }
  }
}
