import Formats

/// Writes the names that functions bring with them.
///
/// In JSON: `{"session": true}` for the names of the session a value is loaded into, `{"prelude": {name: source}}`
/// for definitions of the library as they were, `{"names": {name: item}}` for values.
final class ScopeEncoder {
  private unowned let encoder: ValueEncoder
  private let codec: ValueCodec
  private var scopes: [Globals] = []
  /// Names of each scope that are needed, and those whose values are written.
  private var needed: [[String]] = []
  private var written: [[JSON.Member]] = []
  /// What was asked about already.
  private var seen: Set<ObjectIdentifier> = []

  init(_ codec: ValueCodec, _ encoder: ValueEncoder) {
    self.codec = codec
    self.encoder = encoder
  }

  var isEmpty: Bool { scopes.isEmpty }

  /// The number of the scope that code belongs to; the names it reads will be written with it.
  func position(of code: Code) -> Int {
    let position = position(of: code.globals)
    note(code, position)
    return position
  }

  private func position(of globals: Globals) -> Int {
    if let known = scopes.firstIndex(where: { $0 === globals }) { return known }
    scopes.append(globals)
    needed.append([])
    written.append([])
    return scopes.count - 1
  }

  /// Whether only the fact is written that a scope is the session's.
  private func isOpen(_ position: Int) -> Bool {
    scopes[position] === codec.home && encoder.binding == .toSession
  }

  private func note(_ code: Code, _ position: Int) {
    guard !isOpen(position), seen.insert(ObjectIdentifier(code)).inserted else { return }
    for slot in code.reads.sorted() {
      let name = scopes[position].name(of: slot)
      if !needed[position].contains(name) { needed[position].append(name) }
    }
  }

  /// Writes the values of all names that are needed, and of those that these need.
  func finish() throws(Diagnostic) {
    var position = 0
    while position < scopes.count {
      if written[position].count == needed[position].count {
        position += 1
        continue
      }
      let name = needed[position][written[position].count]
      written[position].append(JSON.Member(name, try form(of: name, in: position)))
      // What it refers to may belong to any scope.
      position = 0
    }
  }

  /// null for a name that means what it always does.
  private func form(of name: String, in position: Int) throws(Diagnostic) -> JSON {
    let globals = scopes[position]
    guard let slot = globals.slot(name), let value = globals.value(name) else { return .null }
    if let source = codec.modules.preludeSource(of: name, in: globals) {
      if case .function(let function) = value, case .code(let code, _) = function.body {
        note(code, position)
      }
      return .string(source)
    }
    if globals.isAssigned(slot) { return try encoder.item(value) }
    // A definition of the library, which brings its own scope.
    if case .function(let function) = value, case .code = function.body { return try encoder.item(value) }
    return .null
  }

  /// The scopes in order.
  var forms: [JSON] {
    scopes.indices.map { position in
      if isOpen(position) { return .object([JSON.Member("session", .bool(true))]) }
      let names = written[position].filter { $0.value != .null }
      let isPrelude = codec.modules.isPrelude(scopes[position])
      return .object([JSON.Member(isPrelude ? "prelude" : "names", .object(names))])
    }
  }
}
