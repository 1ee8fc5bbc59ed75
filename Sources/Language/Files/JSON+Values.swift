import Formats
import Tensors

extension JSON {
  /// The document as a value: an object is a record, an array what `[…]` would make of its items.
  ///
  /// null is none; among numbers it is nan. Throws a diagnostic when the value lies too deep.
  func value(_ precision: DType) throws -> Value {
    switch self {
    case .null: return .none
    case .bool(let bool): return .bool(bool)
    case .number(let number): return .number(number)
    case .string(let string): return .string(string)
    case .array(let items):
      let hasNumber = items.contains { if case .number = $0 { true } else { false } }
      var values: [Value] = []
      values.reserveCapacity(items.count)
      for item in items {
        if hasNumber, case .null = item {
          values.append(.number(.nan))
        } else {
          values.append(try item.value(precision))
        }
      }
      return try JSON.bracket(values, precision)
    case .object(let members):
      var positions: [String: Int] = [:]
      var (names, values): ([String], [Value]) = ([], [])
      for member in members {
        let value = try member.value.value(precision)
        // Of a repeated name the last value counts, as in JavaScript.
        if let position = positions[member.name] {
          values[position] = value
        } else {
          positions[member.name] = names.count
          names.append(member.name)
          values.append(value)
        }
      }
      return .record(try Record(RecordLayout.named(names), values))
    }
  }

  /// What `[…]` makes of the items, but a list of tensors whose shapes differ stays one.
  private static func bracket(_ items: [Value], _ precision: DType) throws -> Value {
    let shapes = items.compactMap { $0.quantity?.shape }
    if shapes.count == items.count, let first = shapes.first,
      !shapes.allSatisfy({ $0 == first }) || first.rank == 8
    {
      return .list(try List(items))
    }
    return try BracketRule.collect(items, precision: precision)
  }

  /// The document that stands for a value: a table is an array of its rows.
  ///
  /// Throws a diagnostic for functions and plots, and for values that lie too deep.
  init(_ value: Value) throws { try self.init(value, level: 0) }

  private init(_ value: Value, level: Int) throws {
    guard level < JSON.maximumDepth else {
      throw Diagnostic("the value lies more than \(JSON.maximumDepth) levels deep", kind: .limit)
    }
    switch Display.settled(value) {
    case .none, .traced, .fixed: self = .null
    case .bool(let bool): self = .bool(bool)
    case .number(let number): self = .number(number)
    case .string(let string): self = .string(string)
    case .text(let vector): self = .array(vector.items.map { $0.map { .string($0) } ?? .null })
    case .tensor(let tensor): self = JSON.nested(tensor, tensor.shape.array[...], from: 0)
    case .list(let list):
      var items: [JSON] = []
      for item in list.items { items.append(try JSON(item, level: level + 1)) }
      self = .array(items)
    case .record(let record): self = .object(try JSON.members(record, level: level))
    case .table(let table):
      var rows: [JSON] = []
      for row in 0..<table.rowCount {
        rows.append(.object(try JSON.members(table.row(row, table.rowLayout), level: level + 1)))
      }
      self = .array(rows)
    case .function, .figure:
      throw Diagnostic("JSON has no form for \(value.kind)", kind: .type)
    }
  }

  private static func members(_ record: Record, level: Int) throws -> [Member] {
    var members: [Member] = []
    for (name, value) in zip(record.layout.names, record.values) {
      members.append(Member(name, try JSON(value, level: level + 1)))
    }
    return members
  }

  /// The elements of a tensor from a position on, an array for each axis.
  private static func nested(_ tensor: Tensor, _ lengths: ArraySlice<Int>, from start: Int) -> JSON {
    guard let length = lengths.first else {
      let element = tensor[flat: start]
      return tensor.dtype == .bool ? .bool(element != 0) : .number(element)
    }
    let inner = lengths.dropFirst()
    let size = inner.reduce(1, *)
    return .array((0..<length).map { nested(tensor, inner, from: start + $0 * size) })
  }
}
