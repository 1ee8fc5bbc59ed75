/// The parameters of a builtin, read from its signature.
struct Signature {
  struct Parameter {
    var name: String
    var isRest: Bool
    /// What a missing argument counts as; nil when it must be given.
    var defaultValue: Value?
    /// Whether it can only be given by its name, as the options of plots.
    var isNamedOnly = false
  }

  private(set) var parameters: [Parameter]

  /// Reads `"name(a, b: 1, ...rest)"`; a signature that does not parse has no parameters.
  init(_ text: String) {
    let source = Source(name: "signature", text: text + " = none")
    guard case .program(let program) = Parser.parse(source),
      case .define(let function)? = program.statements.first?.node
    else {
      parameters = []
      return
    }
    parameters = function.parameters.map { parameter in
      guard case .name(let name) = parameter.pattern else {
        return Parameter(name: "_", isRest: parameter.isRest, defaultValue: nil)
      }
      return Parameter(
        name: name.text, isRest: parameter.isRest,
        defaultValue: parameter.defaultValue.map { Signature.literal($0) })
    }
    guard text.hasSuffix(FigureOptions.signature + ")"),
      let first = parameters.firstIndex(where: { $0.name == FigureOptions.firstName })
    else { return }
    for index in first..<parameters.count { parameters[index].isNamedOnly = true }
  }

  /// The value of a default as written: a literal, a predefined constant or nothing.
  private static func literal(_ expression: Expression) -> Value {
    switch expression.node {
    case .number(let number): .number(number)
    case .string(let string): .string(string)
    case .unary(.negate, let operand):
      if case .number(let number) = operand.node { .number(-number) } else { .none }
    case .name("true"): .bool(true)
    case .name("false"): .bool(false)
    case .name("inf"): .number(.infinity)
    case .name("pi"): .number(.pi)
    default: .none
    }
  }
}
