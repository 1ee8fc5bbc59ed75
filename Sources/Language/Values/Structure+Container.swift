/// A list or a record, seen alike by walks over structures.
enum Container {
  case list(List)
  case record(Record)

  init?(_ value: Value) {
    switch value {
    case .list(let list): self = .list(list)
    case .record(let record): self = .record(record)
    case .none, .bool, .number, .tensor, .traced, .text, .string, .function, .fixed: return nil
    }
  }
}

extension Container {
  var count: Int {
    switch self {
    case .list(let list): list.items.count
    case .record(let record): record.values.count
    }
  }

  var depth: Int {
    switch self {
    case .list(let list): list.depth
    case .record(let record): record.depth
    }
  }

  /// A part with its mark, if it is marked as fixed.
  subscript(position: Int) -> Value {
    switch self {
    case .list(let list): list.items[position]
    case .record(let record): record.values[position]
    }
  }

  /// The object, to recognise shared parts.
  var identity: ObjectIdentifier {
    switch self {
    case .list(let list): ObjectIdentifier(list)
    case .record(let record): ObjectIdentifier(record)
    }
  }

  /// How the way to a part is written: `[2]` or `.w`.
  func step(to position: Int) -> String {
    switch self {
    case .list: "[\(position)]"
    case .record(let record): ".\(record.layout.names[position])"
    }
  }

  /// Whether both have the same parts: equally many items or the same fields.
  func matches(_ other: Container) -> Bool {
    switch (self, other) {
    case (.list(let a), .list(let b)): a.items.count == b.items.count
    case (.record(let a), .record(let b)): a.layout === b.layout
    case (.list, .record), (.record, .list): false
    }
  }

  /// The same form with other values.
  func filled(with values: ContiguousArray<Value>) throws(Diagnostic) -> Value {
    switch self {
    case .list: .list(try List(values))
    case .record(let record): .record(try Record(record.layout, values))
    }
  }

  /// What it is, with what its parts are, for messages.
  var form: String {
    switch self {
    case .list(let list): "a list of \(list.items.count)"
    case .record(let record): "a record (\(record.layout.names.joined(separator: ", ")))"
    }
  }
}

/// Two containers met together, to recognise them when they are met again.
struct ContainerPair: Hashable {
  let first: ObjectIdentifier
  let second: ObjectIdentifier?

  init(_ first: Container, _ second: Container?) {
    self.first = first.identity
    self.second = second?.identity
  }
}

/// Writes the way to a part of a structure: `layers[1].w`.
func structurePath(_ steps: some Sequence<String>) -> String {
  let path = steps.joined()
  return path.hasPrefix(".") ? String(path.dropFirst()) : path
}
