/// The names that can be completed: those of a session, and before them those of a training that waits.
struct CompletionNames {
  /// The spaces of names, the innermost first.
  private let scopes: [Globals]

  init(_ session: Session, _ paused: PausedRun?) {
    scopes = [paused?.scope, session.globals].compactMap(\.self)
  }

  /// The names the user gave values.
  var assigned: [String] { scopes.flatMap(\.assignedNames) }

  /// All names that mean something.
  var all: [String] { assigned + ModuleLoader.predefinedNames }

  /// Whether a name stands for a function, without making the function when nobody used it yet.
  func isFunction(_ name: String) -> Bool {
    guard let value = value(of: name) else { return ModuleLoader.isPredefinedFunction(name) }
    if case .function = value.unfixed { return true }
    return false
  }

  /// The value at a path of names and stored fields; nil when it does not lead to one.
  func value(at path: StoredPath) -> Value? {
    guard var value = value(of: path.root) else { return nil }
    for step in path.steps {
      switch (step, value.unfixed) {
      case (.field(let name), .record(let record)):
        guard let field = record[name] else { return nil }
        value = field
      case (.field(let name), .table(let table)):
        guard let index = table.names.firstIndex(of: name) else { return nil }
        value = table.columns[index].value
      case (.item(let index), .list(let list)):
        guard list.items.indices.contains(index) else { return nil }
        value = list.items[index]
      default: return nil
      }
    }
    return value.unfixed
  }

  private func value(of name: String) -> Value? {
    for scope in scopes {
      if let value = scope.value(name) { return value }
    }
    return nil
  }
}
