import Tensors

/// One call of a builtin: its arguments in the order of the signature, and the machine it runs on.
public struct Call {
  /// The machine, for calling functions and for the session's state.
  let machine: Machine
  /// What is called.
  let builtin: Builtin
  /// Its parameters.
  let parameters: [Signature.Parameter]
  /// One value for each parameter; a rest parameter holds a list.
  let arguments: [Value]
}

extension Call {
  /// The session's random stream, precision and memory of modules.
  var state: SessionState { machine.state }

  /// An argument by its position, without the mark of `fixed`.
  subscript(_ position: Int) -> Value { arguments[position].unfixed }

  /// Whether an optional argument was left out (or given as none).
  func isMissing(_ position: Int) -> Bool {
    if case .none = arguments[position] { true } else { false }
  }

  /// Name of a parameter.
  func name(_ position: Int) -> String { parameters[position].name }

  /// An error about an argument: `sum: axis must be a number or a list, not a string`.
  func wrong(_ position: Int, _ wanted: String, hint: String? = nil) -> Diagnostic {
    Diagnostic(
      "\(builtin.name): \(name(position)) must be \(wanted), not \(self[position].kind)", kind: .type,
      hint: hint)
  }

  /// A number, bool or tensor.
  func quantity(_ position: Int) throws(Diagnostic) -> Quantity {
    guard let quantity = self[position].quantity else { throw wrong(position, "a number or a tensor") }
    return quantity
  }

  /// A single number, together with the trace that differentiates it.
  func scalar(_ position: Int) throws(Diagnostic) -> Quantity {
    guard let quantity = self[position].quantity, quantity.shape.rank == 0 else {
      throw wrong(position, "a number")
    }
    return quantity
  }

  /// A plain number.
  ///
  /// Throws for one that is being differentiated too, because its derivative would be lost.
  func number(_ position: Int) throws(Diagnostic) -> Double {
    let number = try plainNumber(position)
    try refuseDerivative(in: position)
    return number
  }

  /// A number without its traces: for what is counted or compared, or only says how exactly to calculate, where a
  /// derivative of 0 is right.
  func plainNumber(_ position: Int) throws(Diagnostic) -> Double {
    try scalar(position).double
  }

  /// A whole number, whose derivative is 0.
  func integer(_ position: Int) throws(Diagnostic) -> Int {
    let number = try plainNumber(position)
    guard number == number.rounded(), abs(number) <= 9_007_199_254_740_992 else {
      throw Diagnostic(
        "\(builtin.name): \(name(position)) must be a whole number, not \(Display.number(number))",
        kind: .type)
    }
    return Int(number)
  }

  /// A whole number that is not negative.
  func count(_ position: Int) throws(Diagnostic) -> Int {
    let integer = try integer(position)
    guard integer >= 0 else {
      throw Diagnostic(
        "\(builtin.name): \(name(position)) must not be negative, but is \(integer)", kind: .value)
    }
    return integer
  }

  /// A truth value.
  func bool(_ position: Int) throws(Diagnostic) -> Bool {
    guard case .bool(let bool) = self[position] else { throw wrong(position, "true or false") }
    return bool
  }

  /// A string.
  func string(_ position: Int) throws(Diagnostic) -> String {
    guard case .string(let string) = self[position] else { throw wrong(position, "a string") }
    return string
  }

  /// Something that can be called: a function or a record with a field `call`.
  func callable(_ position: Int) throws(Diagnostic) -> Value {
    guard self[position].isCallable else { throw wrong(position, "a function") }
    return self[position]
  }

  /// A list of whole numbers from a number, a tensor of rank 1 or a list.
  func integers(_ position: Int) throws(Diagnostic) -> [Int] {
    guard let integers = try named({ () throws(Diagnostic) in try Call.integers(self[position]) }) else {
      throw wrong(position, "whole numbers")
    }
    return integers
  }

  /// Puts the name of what was called in front of an error of `body`.
  private func named<Result>(_ body: () throws(Diagnostic) -> Result) throws(Diagnostic) -> Result {
    do throws(Diagnostic) {
      return try body()
    } catch {
      var error = error
      error.message = "\(builtin.name): \(error.message)"
      throw error
    }
  }

  /// The axes an argument names, nil for none (all of them).
  func axes(_ position: Int) throws(Diagnostic) -> [Int]? {
    isMissing(position) ? nil : try integers(position)
  }

  /// A shape given as several numbers or one list, from a rest parameter.
  func shape(_ position: Int) throws -> Shape {
    let items = try rest(position)
    if items.count == 1, let lengths = try named({ () throws(Diagnostic) in try Call.integers(items[0]) }) {
      return try Shape(checking: lengths)
    }
    var lengths: [Int] = []
    for item in items {
      guard let numbers = try named({ () throws(Diagnostic) in try Call.integers(item) }), numbers.count == 1
      else {
        throw Diagnostic("\(builtin.name): a shape is made of whole numbers, not \(item.kind)", kind: .type)
      }
      lengths.append(numbers[0])
    }
    return try Shape(checking: lengths)
  }

  /// The values a rest parameter collected.
  func rest(_ position: Int) throws(Diagnostic) -> [Value] {
    guard case .list(let list) = self[position] else { throw wrong(position, "a list") }
    return list.items.map(\.unfixed)
  }

  /// The dtype an argument spells; none means the session's precision.
  func dtype(_ position: Int) throws(Diagnostic) -> DType {
    if isMissing(position) { return state.precision }
    let name = try string(position)
    guard let dtype = DType(name: name) else {
      throw Diagnostic(
        "\(builtin.name): nothing is called dtype \"\(name)\"", hint: "use \"f64\", \"f32\" or \"bool\"")
    }
    return dtype
  }

  /// Whole numbers from a number, a tensor of rank 1 or a list of numbers; nil for anything else.
  static func integers(_ value: Value) throws(Diagnostic) -> [Int]? {
    var numbers: [Double] = []
    switch value.unfixed {
    case .number(let number): numbers = [number]
    case .tensor(let tensor) where tensor.shape.rank == 1:
      do {
        numbers = try tensor.doubles()
      } catch {
        throw error.diagnostic()
      }
    case .list(let list):
      for item in list.items {
        guard case .number(let number)? = item.quantity?.concrete else { return nil }
        numbers.append(number)
      }
    case .traced(let traced): return try integers(Value(Quantity.traced(traced).concrete))
    default: return nil
    }
    var result: [Int] = []
    for number in numbers {
      guard number == number.rounded(), abs(number) <= 9_007_199_254_740_992 else {
        throw Diagnostic("\(Display.number(number)) is not a whole number", kind: .type)
      }
      result.append(Int(number))
    }
    return result
  }
}

extension Value {
  /// Whether a call of it can work: a function, or a record with a field `call`.
  var isCallable: Bool {
    switch self {
    case .function: true
    case .record(let record): record["call"] != nil
    default: false
    }
  }
}
