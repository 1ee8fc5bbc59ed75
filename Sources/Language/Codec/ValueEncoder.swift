import Formats
import Plotting
import Tensors

/// Writes one value; see ``StoredValue`` for the form.
///
/// Containers wait on a stack of its own, because they lie up to ten thousand deep, and are written once
/// however often they are shared.
final class ValueEncoder {
  private let codec: ValueCodec
  let binding: ValueCodec.Binding
  private var tensors: [Tensor] = []
  private var positions: [ObjectIdentifier: Int] = [:]
  private var nodes: [JSON] = []
  private var written: [ObjectIdentifier: Int] = [:]
  private(set) lazy var scopes = ScopeEncoder(codec, self)
  /// Fixed marks are made anew whenever a value is read, so they are kept until the end: an identifier
  /// must not be used twice.
  private var kept: [AnyObject] = []

  /// Something that has to be written before what refers to it.
  private struct Pending {
    let object: AnyObject
    let parts: [Value]
    let finish: ([JSON]) throws(Diagnostic) -> JSON
    var next = 0
  }

  init(_ codec: ValueCodec, _ binding: ValueCodec.Binding) {
    self.codec = codec
    self.binding = binding
  }

  func run(_ value: Value) throws(Diagnostic) -> StoredValue {
    let root = try item(value)
    try scopes.finish()
    var document = [JSON.Member("value", root)]
    if !nodes.isEmpty { document.append(JSON.Member("nodes", .array(nodes))) }
    if !scopes.isEmpty { document.append(JSON.Member("scopes", .array(scopes.forms))) }
    let structure = String(decoding: JSON.object(document).line, as: UTF8.self)
    return StoredValue(
      type: value.typeName, summary: Display.line(value), structure: structure, tensors: tensors)
  }

  /// The form of a value as part of something else, after writing what it refers to.
  func item(_ value: Value) throws(Diagnostic) -> JSON {
    var waiting: [Pending] = []
    if let leaf = try leaf(value) { return leaf }
    waiting.append(try pending(value))
    while var top = waiting.popLast() {
      while top.next < top.parts.count, try isReady(top.parts[top.next]) { top.next += 1 }
      if top.next < top.parts.count {
        let part = top.parts[top.next]
        waiting.append(top)
        waiting.append(try pending(part))
        continue
      }
      var items: [JSON] = []
      for part in top.parts { items.append(try leaf(part) ?? .null) }
      nodes.append(try top.finish(items))
      written[ObjectIdentifier(top.object)] = nodes.count - 1
    }
    return try leaf(value) ?? .null
  }

  /// The form of a value that needs no node, or whose node is written; nil for others.
  private func leaf(_ value: Value) throws(Diagnostic) -> JSON? {
    switch value {
    case .none: return .null
    case .bool(let bool): return .bool(bool)
    case .number(let number):
      return number.isFinite ? .number(number) : .object([JSON.Member("number", .string("\(number)"))])
    case .string(let string): return .string(string)
    case .tensor(let tensor): return form(of: tensor)
    case .traced(let traced): return try leaf(Value(Quantity.traced(traced).concrete))
    case .text(let vector): return reference(vector)
    case .list(let list): return reference(list)
    case .record(let record): return reference(record)
    case .table(let table): return reference(table)
    case .fixed(let fixed): return reference(fixed)
    case .function(let function):
      if case .builtin(let builtin) = function.body {
        return .object([JSON.Member("builtin", .string(builtin.name))])
      }
      return reference(function)
    case .figure(let figure): return .object([JSON.Member("figure", try form(of: figure))])
    }
  }

  /// Whether a part has a form already, or needs nothing that has to be written before.
  private func isReady(_ value: Value) throws(Diagnostic) -> Bool {
    if case .figure = value { return true }
    return try leaf(value) != nil
  }

  /// A plot, as the record of its parts.
  private func form(of figure: Figure) throws(Diagnostic) -> JSON {
    do {
      let record = try FigureRecord.value(of: figure)
      if case .record(let object) = record { kept.append(object) }
      return try item(record)
    } catch let error as Diagnostic {
      throw error
    } catch let error as TensorError {
      throw error.diagnostic()
    } catch {
      throw Diagnostic("the plot cannot be kept: \(error)")
    }
  }

  private func reference(_ object: AnyObject) -> JSON? {
    written[ObjectIdentifier(object)].map { .object([JSON.Member("node", .number(Double($0)))]) }
  }

  private func form(of tensor: Tensor) -> JSON {
    if let start = tensor.sequenceStart {
      return .object([
        JSON.Member("range", .array([.number(start), .number(Double(tensor.count))])),
        JSON.Member("dtype", .string(tensor.dtype.name)),
      ])
    }
    let position = positions[ObjectIdentifier(tensor)] ?? tensors.count
    if position == tensors.count {
      tensors.append(tensor)
      positions[ObjectIdentifier(tensor)] = position
    }
    return .object([JSON.Member("tensor", .number(Double(position)))])
  }

  /// A container or function that is not written yet.
  private func pending(_ value: Value) throws(Diagnostic) -> Pending {
    switch value {
    case .text(let vector):
      let items = vector.items.map { $0.map { JSON.string($0) } ?? .null }
      return Pending(object: vector, parts: []) { _ in .object([JSON.Member("text", .array(items))]) }
    case .list(let list):
      return Pending(object: list, parts: Array(list.items)) { .object([JSON.Member("list", .array($0))]) }
    case .record(let record):
      return Pending(object: record, parts: Array(record.values)) { items in
        let fields = zip(record.layout.names, items).map { JSON.Member($0, $1) }
        let kind = record.layout.kind.map { [JSON.Member("kind", .string($0))] } ?? []
        return .object([JSON.Member("record", .object(fields))] + kind)
      }
    case .table(let table):
      let columns = table.columns.map { column in
        switch column {
        case .tensor(let tensor): Value.tensor(tensor)
        case .text(let vector): Value.text(vector)
        }
      }
      return Pending(object: table, parts: columns) { items in
        let fields = zip(table.names, items).map { JSON.Member($0, $1) }
        return .object([
          JSON.Member("table", .object(fields)), JSON.Member("rows", .number(Double(table.rowCount))),
        ])
      }
    case .fixed(let fixed):
      kept.append(fixed)
      return Pending(object: fixed, parts: [fixed.value]) { .object([JSON.Member("fixed", $0[0])]) }
    case .function(let function):
      switch function.body {
      case .derived(let builtin, let arguments):
        return Pending(object: function, parts: arguments) {
          .object([JSON.Member("derived", .string(builtin.name)), JSON.Member("arguments", .array($0))])
        }
      case .code(let code, let captures):
        let form = FunctionForm(code)
        let captured = captures.named(as: code.captures.map(\.name))
        let scopes = scopes
        return Pending(object: function, parts: captured.map(\.value)) { (items) throws(Diagnostic) in
          let names = zip(captured, items).map { JSON.Member($0.name, $1) }
          return form.json(captures: names, scope: scopes.position(of: code))
        }
      case .builtin: preconditionFailure("a builtin is a leaf")
      }
    case .none, .bool, .number, .string, .tensor, .traced, .figure: preconditionFailure("a leaf")
    }
  }
}

extension Captures {
  /// What was captured under each name, without names that were not set.
  fileprivate func named(as names: [String]) -> [(name: String, value: Value)] {
    names.indices.compactMap { words[$0].isUnset ? nil : (names[$0], words[$0].value) }
  }
}
