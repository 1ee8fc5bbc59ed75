import Formats
import Tensors

/// Reads one value; see ``StoredValue`` for the form.
final class ValueDecoder {
  private let codec: ValueCodec
  private let stored: StoredValue
  private var nodes: [Value] = []
  private var scopes: [Globals] = []
  /// Names with values that are given to their scopes at the end, because the values belong to those scopes.
  private var namesToCome: [(scope: Globals, name: String, form: JSON)] = []

  init(_ codec: ValueCodec, _ stored: StoredValue) {
    self.codec = codec
    self.stored = stored
  }

  func run() throws(Diagnostic) -> Value {
    let document: JSON
    do {
      document = try JSON(reading: Array(stored.structure.utf8))
    } catch {
      throw damaged("it is no JSON document")
    }
    if case .array(let forms)? = document["scopes"] {
      for form in forms { scopes.append(try scope(form)) }
    }
    if case .array(let forms)? = document["nodes"] {
      for form in forms { nodes.append(try node(form)) }
    }
    for (scope, name, form) in namesToCome { scope.assign(name, try item(form)) }
    guard let root = document["value"] else { throw damaged("there is no value") }
    return try item(root)
  }

  func damaged(_ reason: String) -> Diagnostic {
    Diagnostic("a stored value is damaged: \(reason)", kind: .value)
  }

  private func item(_ form: JSON) throws(Diagnostic) -> Value {
    switch form {
    case .null: return .none
    case .bool(let bool): return .bool(bool)
    case .number(let number): return .number(number)
    case .string(let string): return .string(string)
    case .array: throw damaged("an item is an array")
    case .object(let members):
      guard let first = members.first else { throw damaged("an item says nothing") }
      switch (first.name, first.value) {
      case ("number", .string(let text)):
        guard let number = Double(text) else { throw damaged("\(Display.literal(text)) is no number") }
        return .number(number)
      case ("tensor", let position):
        guard let position = position.count, stored.tensors.indices.contains(position) else {
          throw damaged("it refers to a tensor that is not there")
        }
        return .tensor(stored.tensors[position])
      case ("range", .array(let ends)):
        guard ends.count == 2, case .number(let start) = ends[0], let count = ends[1].count,
          let dtype = form["dtype"]?.string.flatMap(DType.init), (try? Shape(checking: [count])) != nil
        else { throw damaged("a range is incomplete") }
        return .tensor(Tensor(integersFrom: start, count: count, dtype: dtype))
      case ("builtin", .string(let name)): return .function(Function(try builtin(name)))
      case ("figure", let parts):
        guard let figure = FigureRecord.figure(try item(parts)) else { throw damaged("a plot is incomplete") }
        return .figure(figure)
      case ("node", let position):
        guard let position = position.count, nodes.indices.contains(position) else {
          throw damaged("it refers to a part that does not come before it")
        }
        return nodes[position]
      default: throw damaged("\(Display.literal(first.name)) is no kind of item")
      }
    }
  }

  private func builtin(_ name: String) throws(Diagnostic) -> Builtin {
    guard let builtin = BuiltinTable.named(name) else {
      throw Diagnostic(
        "a stored value needs the function \(name), which this version does not have", kind: .name)
    }
    return builtin
  }

  private func items(_ forms: [JSON]) throws(Diagnostic) -> [Value] {
    var items: [Value] = []
    items.reserveCapacity(forms.count)
    for form in forms { items.append(try item(form)) }
    return items
  }

  private func fields(_ members: [JSON.Member]) throws(Diagnostic) -> [(String, Value)] {
    var fields: [(String, Value)] = []
    for member in members { fields.append((member.name, try item(member.value))) }
    return fields
  }

  private func node(_ form: JSON) throws(Diagnostic) -> Value {
    guard case .object(let members) = form, let first = members.first else {
      throw damaged("a part says nothing")
    }
    switch (first.name, first.value) {
    case ("list", .array(let forms)): return .list(try List(try items(forms)))
    case ("record", .object(let members)):
      return .record(try Record(try fields(members), kind: form["kind"]?.string))
    case ("text", .array(let texts)):
      return .text(TextVector(texts.map(\.string)))
    case ("fixed", let marked):
      let value = try item(marked)
      return .fixed(Fixed(value.unfixed))
    case ("table", .object(let members)):
      return .table(try table(try fields(members), rows: form["rows"]?.count))
    case ("derived", .string(let name)):
      guard case .array(let forms)? = form["arguments"] else {
        throw damaged("a function lacks its arguments")
      }
      let builtin = try builtin(name)
      guard builtin.second != nil else { throw damaged("\(name) makes no functions") }
      return .function(try Function(derived: builtin, arguments: try items(forms)))
    case ("function", _): return try function(form)
    default: throw damaged("\(Display.literal(first.name)) is no kind of part")
    }
  }

  private func table(_ fields: [(String, Value)], rows: Int?) throws(Diagnostic) -> Table {
    guard let rows else { throw damaged("a table lacks its number of rows") }
    var columns: [Table.Column] = []
    for (name, value) in fields {
      switch value {
      case .tensor(let tensor) where tensor.shape.rank == 1 && tensor.count == rows:
        columns.append(.tensor(tensor))
      case .text(let vector) where vector.items.count == rows: columns.append(.text(vector))
      default: throw damaged("the column \(name) does not fit its table")
      }
    }
    guard Set(fields.map(\.0)).count == fields.count else { throw damaged("a table has a column twice") }
    return Table(names: fields.map(\.0), columns: columns, rowCount: rows)
  }

  private func function(_ form: JSON) throws(Diagnostic) -> Value {
    guard let function = FunctionForm(form), let position = form["scope"]?.count,
      scopes.indices.contains(position)
    else { throw damaged("a function is incomplete") }
    var captured: [(String, Value)] = []
    if case .object(let members)? = form["captures"] { captured = try fields(members) }
    let code = try function.code(in: scopes[position], captures: captured.map(\.0))
    let words = code.captures.map { capture in
      captured.first { $0.0 == capture.name }.map { Word(packing: $0.1) } ?? .unset
    }
    return .function(try Function(code, captures: Captures(words)))
  }

  private func scope(_ form: JSON) throws(Diagnostic) -> Globals {
    guard case .object(let members) = form, let first = members.first else {
      throw damaged("a scope says nothing")
    }
    switch (first.name, first.value) {
    case ("session", _): return codec.home
    case ("prelude", .object(let definitions)):
      return codec.modules.preludeScope(
        as: definitions.compactMap { member in member.value.string.map { (member.name, $0) } })
    case ("names", .object(let names)):
      let scope = codec.modules.newScope()
      namesToCome += names.map { (scope, $0.name, $0.value) }
      return scope
    default: throw damaged("\(Display.literal(first.name)) is no kind of scope")
    }
  }
}
