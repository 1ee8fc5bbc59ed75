import Tensors

/// The call of a function that a builtin such as `grad` made: what is called, with what, and which
/// arguments are differentiated.
struct DerivativeCall {
  let machine: Machine
  private let maker: Builtin
  /// What is differentiated.
  let function: Value
  private var positional: [Value]
  private var named: [(String, Value)]
  /// The arguments that vary.
  private var chosen: [Place]
  /// Their names when several were chosen, which makes the result a record.
  private let names: [String]?

  private enum Place {
    case positional(Int)
    case named(Int)
  }

  /// The call `function(point)`, for builtins that take both at once.
  init(_ call: borrowing Call, of function: Value, at point: Value) {
    machine = call.machine
    maker = call.builtin
    self.function = function
    positional = [point]
    named = []
    chosen = [.positional(0)]
    names = nil
  }

  /// Reads the second call of a builtin whose first argument is the function and whose first call had
  /// `count` arguments; `wrt` is the position of the one that names what varies.
  init(_ call: borrowing Call, count: Int, wrt: Int? = nil) throws {
    machine = call.machine
    maker = call.builtin
    function = call[0]
    positional = try call.rest(count)
    named = []
    if case .record(let record) = call.arguments[count + 1] {
      named = Array(zip(record.layout.names, record.values))
    }
    let choice = try wrt.map { try DerivativeCall.names(call, $0) } ?? nil
    names = choice?.isSingle == false ? choice?.names : nil
    // Until the names are found there is nothing to call.
    chosen = []
    guard let choice else {
      chosen = [try firstPlace()]
      return
    }
    // A closure that captures self here crashes the compiler (6.3.1).
    for name in choice.names { chosen.append(try place(of: name)) }
  }
}

extension DerivativeCall {
  /// What varies: the one argument, or a record of those that were chosen by name.
  func argument() throws -> Value {
    guard let names else { return value(at: chosen[0]) }
    return .record(try Record(Array(zip(names, chosen.map { value(at: $0) }))))
  }

  /// Calls the function with `argument` in the place of what varies.
  func callAsFunction(_ argument: Value) throws(Diagnostic) -> Value {
    var (positional, named) = (positional, named)
    for (index, place) in chosen.enumerated() {
      var value = argument
      if names != nil, case .record(let record) = argument { value = record.values[index] }
      switch place {
      case .positional(let position): positional[position] = value
      case .named(let position): named[position].1 = value
      }
    }
    return try machine.call(function, positional, named: named)
  }

  /// Name of the builtin that made the function, for messages.
  var builtin: String { maker.name }

  /// The name of what varies, for explanations.
  var parameterName: String { function.parameterNames?.first ?? "x" }

  /// What varies, which must have something to differentiate in.
  func checkedArgument() throws -> Value {
    let argument = try argument()
    guard argument.leaf != nil || argument.isStructure else {
      try refuseTruth(argument)
      throw Diagnostic(
        "\(builtin): \(function.callName) cannot be differentiated in \(argument.kind)", kind: .type,
        hint: "the argument must be a number, a tensor, or a list or record of them")
    }
    return argument
  }

  /// Throws for what is made of bools: they have numbers to calculate with, but none that vary.
  func refuseTruth(_ argument: Value) throws(Diagnostic) {
    guard argument.leaf == nil, let truth = argument.quantity else { return }
    let kind = truth.shape.rank == 0 ? "a bool" : "a \(truth.shape) tensor of bools"
    throw Diagnostic(
      "\(builtin): \(function.callName) cannot be differentiated in \(kind)", kind: .type,
      hint: "true and false do not vary; f64(\(parameterName)) makes the numbers 1 and 0 of them")
  }

  /// Runs the function with what varies recorded.
  func record() throws -> Recording { try Recording(of: checkedArgument()) { try self($0) } }

  private func value(at place: Place) -> Value {
    switch place {
    case .positional(let position): positional[position].unfixed
    case .named(let position): named[position].1.unfixed
    }
  }

  /// The names a `wrt` argument gives: one string, or several in a list or text vector.
  private static func names(
    _ call: borrowing Call, _ position: Int
  ) throws(Diagnostic) -> (names: [String], isSingle: Bool)? {
    var names: [String] = []
    switch call[position] {
    case .none: return nil
    case .string(let name): return ([name], true)
    case .text(let text): names = text.items.compactMap { $0 }
    case .list(let list):
      for item in list.items {
        guard case .string(let name) = item.unfixed else {
          throw call.wrong(position, "a name or a list of names")
        }
        names.append(name)
      }
    default: throw call.wrong(position, "a name or a list of names")
    }
    guard !names.isEmpty, Set(names).count == names.count else {
      throw Diagnostic("\(call.builtin.name): wrt must name different parameters", kind: .argument)
    }
    return (names, false)
  }

  /// Where the first argument stands.
  private func firstPlace() throws(Diagnostic) -> Place {
    if !positional.isEmpty { return .positional(0) }
    if let first = function.parameterNames?.first, let index = named.firstIndex(where: { $0.0 == first }) {
      return .named(index)
    }
    throw Diagnostic(
      "\(builtin): \(function.callName) needs an argument to differentiate in", kind: .argument,
      hint: "call it as \(builtin)(f)(x)")
  }

  /// Where the argument of a parameter stands.
  private func place(of name: String) throws(Diagnostic) -> Place {
    if let index = named.firstIndex(where: { $0.0 == name }) { return .named(index) }
    guard let parameters = function.parameterNames else {
      throw Diagnostic(
        "\(builtin): the parameters of \(function.callName) have no names", kind: .argument,
        hint: "wrap it: x -> f(x)")
    }
    guard let index = parameters.firstIndex(of: name) else {
      throw Diagnostic(
        "\(builtin): \(function.callName) has no parameter named \(name)", kind: .argument,
        hint: "its parameters are \(parameters.joined(separator: ", "))")
    }
    guard index < positional.count else {
      throw Diagnostic(
        "\(builtin): \(function.callName) was called without \(name), which is to vary", kind: .argument,
        hint: "pass it as \(name): …")
    }
    return .positional(index)
  }
}

extension Value {
  /// The names of the parameters it is called with, nil when they are not known.
  var parameterNames: [String]? {
    switch self {
    case .function(let function):
      switch function.body {
      case .code(let code, captures: _): return code.parameters.map(\.name)
      case .builtin: return function.signature?.parameters.map(\.name)
      case .derived(_, let arguments): return arguments.first?.parameterNames
      }
    case .record(let record): return (record["call"]?.parameterNames).map { Array($0.dropFirst()) }
    case .none, .bool, .number, .tensor, .traced, .text, .string, .list, .table, .figure, .fixed: return nil
    }
  }

  /// What to call it in a message about a call: its name where it has one.
  var callName: String {
    guard case .function(let function) = self else { return isStructure ? "the model" : "the function" }
    switch function.body {
    case .code(let code, captures: _): return code.name ?? "the function"
    case .builtin(let builtin): return builtin.name
    case .derived: return "the function"
    }
  }
}
