import Tensors

/// Makes the spaces of names: a session's, the prelude's and those of imported files.
final class ModuleLoader {
  private unowned let machine: Machine
  /// The prelude's own names, which a session's assignments do not touch.
  private var prelude: Globals?
  /// Definitions of the prelude as stored values brought them, where they differ from today's.
  private var olderPreludes: [(scope: Globals, definitions: [String: String])] = []
  /// Imported files by their content.
  private var loaded: [[UInt8]: Value] = [:]
  /// The files being imported, outermost first.
  private var open: [(shown: String, full: String)] = []

  init(_ machine: Machine) {
    self.machine = machine
    machine.importFile = { [unowned self] path throws(Diagnostic) in try importFile(path) }
  }

  /// Names that only mean what is predefined.
  func newScope() -> Globals {
    Globals(
      predefined: { [unowned self] in predefined($0) },
      names: { ModuleLoader.predefinedNames })
  }

  /// Every name with a meaning of its own.
  static var predefinedNames: [String] { constantNames + BuiltinTable.all.map(\.name) + Prelude.names }

  /// Whether a name means a function by itself.
  static func isPredefinedFunction(_ name: String) -> Bool {
    BuiltinTable.named(name) != nil || Prelude.definition(named: name) != nil
  }

  /// Names that mean what they mean in another space at the moment; what is assigned here stays here.
  func scope(inside outer: Globals) -> Globals {
    Globals(
      predefined: { [unowned self] in outer.value($0) ?? predefined($0) }, names: { outer.knownNames })
  }

  /// The predefined values.
  static let constantNames = ["inf", "nan", "pi", "e", "true", "false", "none"]

  private static func constant(_ name: String) -> Value? {
    switch name {
    case "inf": .number(.infinity)
    case "nan": .number(.nan)
    case "pi": .number(.pi)
    case "e": .number(2.718281828459045)
    case "true": .bool(true)
    case "false": .bool(false)
    case "none": Value.none
    default: nil
    }
  }

  private func predefined(_ name: String) -> Value? {
    if let constant = ModuleLoader.constant(name) { return constant }
    if let builtin = BuiltinTable.named(name) { return .function(Function(builtin)) }
    return preludeFunction(name)
  }

  /// Compiles a definition of the prelude on first use.
  private func preludeFunction(_ name: String) -> Value? {
    guard let definition = Prelude.definition(named: name) else { return nil }
    return function(definition.text, line: definition.line, in: preludeScope())
  }

  /// Compiles the source of a definition of the prelude.
  private func function(_ text: String, line: Int, in scope: Globals) -> Value? {
    let source = Source(name: Prelude.sourceName, text: text, precedingLines: line - 1)
    guard case .program(let program) = Parser.parse(source),
      case .define(let syntax)? = program.statements.last?.node
    else { return nil }
    let compiler = FunctionCompiler(parent: nil, globals: scope, source: source, isCell: true)
    guard let code = try? compiler.function(syntax), let function = try? Function(code) else { return nil }
    return .function(function)
  }

  /// Evaluates a file in its own scope and returns a record of its names.
  private func importFile(_ path: String) throws(Diagnostic) -> Value {
    let (shown, full) = resolve(path)
    if let start = open.firstIndex(where: { $0.full == full }) {
      let cycle = (open[start...].map(\.shown) + [shown]).joined(separator: " → ")
      throw Diagnostic("the files import each other: \(cycle)", kind: .file)
    }
    let bytes = try machine.host.read(full)
    if let known = loaded[bytes] { return known }
    open.append((shown, full))
    defer { open.removeLast() }
    let source = Source(name: shown, bytes: bytes, folder: Source.folder(of: full))
    let program: Program
    switch Parser.parse(source) {
    case .program(let parsed): program = parsed
    case .incomplete(let diagnostic), .failure(let diagnostic): throw diagnostic
    }
    let scope = newScope()
    let code = try FunctionCompiler.cell(program.statements, source: source, globals: scope).code
    let echo = machine.echo
    machine.echo = { _ in }
    defer { machine.echo = echo }
    try machine.run(cell: code)
    let module = Value.record(try Record(scope.assigned.map { ($0.name, $0.value) }))
    loaded[bytes] = module
    return module
  }

  /// A path relative to the file whose code asks for it: as messages show it, and as the system finds it.
  private func resolve(_ path: String) -> (shown: String, full: String) {
    guard !path.hasPrefix("/"), let importing = machine.currentPlace()?.source else { return (path, path) }
    return (Source.folder(of: importing.name) + path, importing.folder + path)
  }
}

/// The library's own names, and those that stored values bring with them.
extension ModuleLoader {
  /// The prelude's names, made on first use.
  func preludeScope() -> Globals {
    let scope = prelude ?? newScope()
    prelude = scope
    return scope
  }

  /// Names that mean what these sources of prelude definitions say; today's prelude when it says the same.
  func preludeScope(as definitions: [(name: String, source: String)]) -> Globals {
    let definitions = Dictionary(
      definitions.map { ($0.name, $0.source) }, uniquingKeysWith: { first, _ in first })
    if definitions.allSatisfy({ Prelude.definition(named: $0.key)?.text == $0.value }) {
      return preludeScope()
    }
    if let known = olderPreludes.first(where: { $0.definitions == definitions }) { return known.scope }
    let position = olderPreludes.count
    let scope = Globals(
      predefined: { [unowned self] in predefined($0, inOlderPrelude: position) },
      names: { ModuleLoader.constantNames + BuiltinTable.all.map(\.name) + definitions.keys })
    olderPreludes.append((scope, definitions))
    return scope
  }

  private func predefined(_ name: String, inOlderPrelude position: Int) -> Value? {
    let (scope, definitions) = olderPreludes[position]
    guard let source = definitions[name] else { return predefined(name) }
    return function(source, line: 1, in: scope)
  }

  /// Whether a space of names is the prelude's, today's or an older one.
  func isPrelude(_ globals: Globals) -> Bool {
    globals === prelude || olderPreludes.contains { $0.scope === globals }
  }

  /// The source of a definition of the prelude that a name of such a space means.
  func preludeSource(of name: String, in globals: Globals) -> String? {
    if globals === prelude { return Prelude.definition(named: name)?.text }
    return olderPreludes.first { $0.scope === globals }?.definitions[name]
  }
}
