/// A list or a record, seen alike by walks over structures.
///
/// Walks that look into what is marked as fixed see the mark as a container of one part.
enum Container {
  case list(List)
  case record(Record)
  case fixed(Fixed)

  init?(_ value: Value) {
    switch value {
    case .list(let list): self = .list(list)
    case .record(let record): self = .record(record)
    case .none, .bool, .number, .tensor, .traced, .text, .string, .table, .function, .figure, .fixed:
      return nil
    }
  }
}

extension Container {
  var count: Int {
    switch self {
    case .list(let list): list.items.count
    case .record(let record): record.values.count
    case .fixed: 1
    }
  }

  var depth: Int {
    switch self {
    case .list(let list): list.depth
    case .record(let record): record.depth
    case .fixed(let fixed): fixed.value.depth
    }
  }

  /// A part with its mark, if it is marked as fixed.
  subscript(position: Int) -> Value {
    switch self {
    case .list(let list): list.items[position]
    case .record(let record): record.values[position]
    case .fixed(let fixed): fixed.value
    }
  }

  /// The object, to recognise shared parts.
  var identity: ObjectIdentifier {
    switch self {
    case .list(let list): ObjectIdentifier(list)
    case .record(let record): ObjectIdentifier(record)
    case .fixed(let fixed): ObjectIdentifier(fixed)
    }
  }

  /// How the way to a part is written: `[2]` or `.w`.
  func step(to position: Int) -> String {
    switch self {
    case .list: "[\(position)]"
    case .record(let record): ".\(record.layout.names[position])"
    case .fixed: ""
    }
  }

  /// Whether both have the same parts: equally many items or the same fields.
  func matches(_ other: Container) -> Bool {
    switch (self, other) {
    case (.list(let a), .list(let b)): a.items.count == b.items.count
    case (.record(let a), .record(let b)): a.layout === b.layout || a.layout.names == b.layout.names
    case (.list, _), (.record, _), (.fixed, _): false
    }
  }

  /// The same form with other values.
  func filled(with values: ContiguousArray<Value>) throws(Diagnostic) -> Value {
    switch self {
    case .list: .list(try List(values))
    case .record(let record): .record(try Record(record.layout, values))
    case .fixed: .fixed(Fixed(values[0]))
    }
  }

  /// What it is, with what its parts are, for messages.
  var form: String {
    switch self {
    case .list(let list): "a list of \(list.items.count)"
    case .record(let record): "a record (\(record.layout.listing))"
    case .fixed(let fixed): fixed.value.kind
    }
  }
}

/// Two containers met together, to recognise them when they are met again.
struct ContainerPair: Hashable {
  let first: ObjectIdentifier
  let second: ObjectIdentifier?
  /// Whether they were met inside a part marked as fixed.
  let isFixed: Bool

  init(_ first: Container, _ second: Container?, isFixed: Bool = false) {
    self.first = first.identity
    self.second = second?.identity
    self.isFixed = isFixed
  }
}

/// Writes the way to a part of a structure: `layers[1].w`.
func structurePath(_ steps: some Sequence<String>) -> String {
  let path = steps.joined()
  return path.hasPrefix(".") ? String(path.dropFirst()) : path
}
