/// A value that can be found without evaluating anything: a name, then fields and literal indices.
struct StoredPath {
  /// A way from a value to a part of it.
  enum Step {
    case field(String)
    case item(Int)
  }

  /// The name it starts with.
  private(set) var root = ""
  /// The way from there.
  private(set) var steps: [Step] = []

  /// Reads the path at the end of some tokens: `a.b[2].c`, `r["w"]`. Nil when something else stands there.
  init?(_ source: Source, _ tokens: ArraySlice<Token>) {
    var rest = tokens
    while let last = rest.popLast() {
      switch last.kind {
      case .identifier:
        let name = source.text(of: last.span)
        guard rest.last?.kind == .dot else {
          root = name
          return
        }
        steps.insert(.field(name), at: 0)
        rest.removeLast()
      case .rightSquare:
        guard let step = StoredPath.index(source, &rest) else { return nil }
        steps.insert(step, at: 0)
      default: return nil
      }
    }
    return nil
  }

  /// Takes what stands between square brackets, and the opening one.
  private static func index(_ source: Source, _ rest: inout ArraySlice<Token>) -> Step? {
    guard let last = rest.popLast() else { return nil }
    var step: Step?
    if last.kind == .number {
      step = Int(source.text(of: last.span)).map { .item($0) }
    } else if last.kind == .stringEnd, let text = rest.popLast(), text.kind == .stringText,
      rest.popLast()?.kind == .stringStart
    {
      step = .field(source.text(of: text.span))
    }
    guard rest.popLast()?.kind == .leftSquare else { return nil }
    return step
  }
}

extension Session {
  /// The value at a path of names and stored fields; nil when it does not lead to one.
  func stored(_ path: StoredPath) -> Value? {
    guard var value = globals.value(path.root) else { return nil }
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

  /// The names the user gave values.
  var assignedNames: [String] { globals.assignedNames }

  /// The names that mean something by themselves.
  static var predefinedNames: [String] { ModuleLoader.predefinedNames }

  /// Whether a name stands for a function, without making the function when nobody used it yet.
  func isFunction(_ name: String) -> Bool {
    guard let value = globals.value(name) else { return ModuleLoader.isPredefinedFunction(name) }
    if case .function = value.unfixed { return true }
    return false
  }
}
