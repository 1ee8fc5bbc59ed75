import Tensors

/// What the running loop needs of compiled code, to be read without touching reference counts.
struct CodeHeader {
  var instructions: UnsafePointer<Instruction>
  var constants: UnsafeMutablePointer<Word>
  var globals: UnsafeMutablePointer<Word>
  var registerCount: Int
  /// The code itself, not owned.
  var code: Unmanaged<Code>
}

/// A compiled function or cell.
final class Code {
  /// A parameter as calls see it.
  struct Parameter {
    var name: String
    var hasDefault: Bool
    var isRest: Bool
  }

  /// Where a new closure finds what it captures.
  enum CaptureSource {
    case register(Int)
    case capture(Int)
    case callee
  }

  let name: String?
  let source: Source
  let syntax: FunctionSyntax?
  let globals: Globals
  let parameters: [Parameter]
  /// Whether a call with exactly as many positional arguments as parameters needs no binding.
  let isPlain: Bool
  let registerCount: Int
  let instructions: UnsafeMutablePointer<Instruction>
  let instructionCount: Int
  let constants: UnsafeMutablePointer<Word>
  let constantCount: Int
  let header: UnsafeMutablePointer<CodeHeader>
  let tables: CodeTables
  let captures: [(name: String, source: CaptureSource)]
  /// The slots of session names that it or a function inside it reads.
  let reads: Set<Int>
  /// The name a nested definition calls itself by.
  let selfName: String?

  init(
    name: String?, source: Source, syntax: FunctionSyntax?, globals: Globals, parameters: [Parameter],
    registerCount: Int, instructions: [Instruction], constants: [Word], tables: CodeTables,
    captures: [(name: String, source: CaptureSource)], reads: Set<Int>, selfName: String?
  ) {
    self.name = name
    self.source = source
    self.syntax = syntax
    self.globals = globals
    self.parameters = parameters
    isPlain = !parameters.contains(where: \.isRest)
    self.registerCount = registerCount
    instructionCount = instructions.count
    self.instructions = .allocate(capacity: max(1, instructions.count))
    self.instructions.initialize(from: instructions, count: instructions.count)
    constantCount = constants.count
    self.constants = .allocate(capacity: max(1, constants.count))
    self.constants.initialize(from: constants, count: constants.count)
    self.tables = tables
    self.captures = captures
    self.reads = reads
    self.selfName = selfName
    header = .allocate(capacity: 1)
    header.initialize(
      to: CodeHeader(
        instructions: UnsafePointer(self.instructions), constants: self.constants, globals: globals.words,
        registerCount: registerCount, code: .passUnretained(self)))
  }

  deinit {
    header.deallocate()
    for index in 0..<constantCount { constants[index].release() }
    constants.deallocate()
    instructions.deallocate()
  }
}

/// What instructions refer to by number, and what errors are explained with.
struct CodeTables {
  /// Where each instruction comes from.
  var spans: [SourceSpan] = []
  /// The operands of arithmetic, for labels such as `x is [3]`.
  var operands: [Int: (left: SourceSpan, right: SourceSpan)] = [:]
  /// The instructions of each loop, inner ones first, and where it is written.
  var loops: [(instructions: Range<Int>, span: SourceSpan)] = []
  /// Names of fields.
  var names: [String] = []
  var layouts: [RecordLayout] = []
  var functions: [Code] = []
  var calls: [CallShape] = []
  var builds: [BuildShape] = []
  var indices: [IndexShape] = []
  var paths: [AssignmentPath] = []
  /// What each register is called in the source, for errors.
  var registerNames: [Int: String] = [:]
}

/// How the arguments of a call are written.
struct CallShape {
  enum Item {
    case positional
    case named(String)
    case spread
  }

  var items: [Item]
}

/// How the items of a bracket, list or record are written.
struct BuildShape {
  enum Kind {
    case bracket, list, record
  }

  var kind: Kind
  /// The name of a field, or nil.
  var names: [String?]
  var isSpread: [Bool]
}

/// How an index is written; each `value` takes the next item register.
struct IndexShape {
  enum Item {
    case value
    case slice(start: Bool, stop: Bool, step: Bool)
    case ellipsis
  }

  var items: [Item]
  /// How many registers it takes.
  var registerCount: Int
}

/// The way from a variable to the part of it that is assigned.
struct AssignmentPath {
  enum Step {
    case field(String)
    case index(IndexShape)
  }

  var steps: [Step]
}
