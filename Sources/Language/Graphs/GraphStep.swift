import Tensors

/// One node of a graph at work: its inputs and settings by their roles.
struct GraphStep {
  /// One value for each input, nil for one that is left out.
  let inputs: [Quantity?]
  /// The settings by name.
  let settings: Record?
  /// The version of the operations' definitions.
  let opset: Int
  /// What numbers of the graph are.
  let dtype: DType
  /// How many results are wanted.
  let outputCount: Int

  /// An input that has to be there.
  ///
  /// Throws a diagnostic when the node has none at this position.
  func input(_ position: Int) throws(Diagnostic) -> Quantity {
    guard let input = optional(position) else {
      throw Diagnostic("it has \(inputs.count) inputs, input \(position) is missing", kind: .argument)
    }
    return input
  }

  /// An input that may be left out.
  func optional(_ position: Int) -> Quantity? { position < inputs.count ? inputs[position] : nil }

  /// The whole numbers of an input, nil where it is left out.
  func integersInput(_ position: Int) throws -> [Int]? {
    guard let input = optional(position) else { return nil }
    return try input.concrete.numbers().map { try GraphStep.integer($0, "input \(position)") }
  }

  /// A setting that is a number.
  func number(_ name: String, _ usual: Double) throws(Diagnostic) -> Double {
    guard let value = settings?[name] else { return usual }
    guard case .number(let number) = value else { throw wrong(name, "a number", value) }
    return number
  }

  /// A setting that is a whole number.
  func integer(_ name: String, _ usual: Int) throws(Diagnostic) -> Int {
    try GraphStep.integer(number(name, Double(usual)), name)
  }

  /// A setting that is 0 or 1.
  func flag(_ name: String, _ usual: Bool = false) throws(Diagnostic) -> Bool {
    try integer(name, usual ? 1 : 0) != 0
  }

  /// Throws when a setting whose effect is not there is given and is not the usual one.
  func require(_ name: String, _ usual: Int) throws(Diagnostic) {
    let number = try integer(name, usual)
    guard number != usual else { return }
    throw Diagnostic("\(name) \(number) is not supported, only \(usual) is", kind: .type)
  }

  /// The first two inputs, which broadcast by their last axes.
  ///
  /// Throws for nodes of versions before 7 that name another axis.
  func operands() throws(Diagnostic) -> (Quantity, Quantity) {
    let (a, b) = (try input(0), try input(1))
    if opset < 7, settings?["axis"] != nil, try integer("axis", 0) + b.shape.rank != a.shape.rank {
      throw Diagnostic("broadcasting along an axis is not supported", kind: .type)
    }
    return (a, b)
  }

  /// A setting that is a list of whole numbers, nil where it is left out.
  func integers(_ name: String) throws(Diagnostic) -> [Int]? {
    guard let value = settings?[name] else { return nil }
    guard let integers = try Call.integers(value) else { throw wrong(name, "whole numbers", value) }
    return integers
  }

  /// A setting that is a text.
  func text(_ name: String, _ usual: String) throws(Diagnostic) -> String {
    guard let value = settings?[name] else { return usual }
    guard case .string(let text) = value else { throw wrong(name, "a text", value) }
    return text
  }

  /// Axes by the setting that older versions have, or by the input of newer ones.
  func axes(input position: Int) throws -> [Int]? { try integers("axes") ?? integersInput(position) }

  private func wrong(_ name: String, _ wanted: String, _ value: Value) -> Diagnostic {
    Diagnostic("\(name) must be \(wanted), not \(value.kind)", kind: .argument)
  }

  /// A whole number; the ends of 64 bits, which stand for all that there are, become smaller.
  private static func integer(_ number: Double, _ name: String) throws(Diagnostic) -> Int {
    guard number == number.rounded() else {
      throw Diagnostic("\(name) must be whole, not \(Display.number(number))", kind: .argument)
    }
    return Int(min(max(number, -0x1p53), 0x1p53))
  }
}
