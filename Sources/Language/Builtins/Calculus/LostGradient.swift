import Tensors

/// Places where a derivative would end without a word: what is kept there are plain numbers.
enum LostGradient {
  /// How a value is made a constant.
  static let hint = "stop_gradient(x) makes x a constant, and so does fixed(x) in a record of parameters"

  /// Whether a derivative that is being recorded depends on a value, or on a number or tensor in it.
  static func isDifferentiated(_ value: Value) throws(Diagnostic) -> Bool {
    if let leaf = value.leaf { return leaf.isDifferentiated }
    guard value.isStructure else { return false }
    return try Structure.quantities(of: value).contains(where: \.isDifferentiated)
  }

  /// Throws `message` when a value that is about to become plain numbers is being differentiated.
  static func refuse(
    _ value: Value, _ message: @autoclosure () -> String, hint: String = hint
  ) throws(Diagnostic) {
    guard try isDifferentiated(value) else { return }
    throw Diagnostic(message(), kind: .value, hint: hint)
  }
}

extension Call {
  /// Throws when an argument is being differentiated, for builtins without a derivative in it.
  func refuseDerivative(in position: Int, hint: String = LostGradient.hint) throws(Diagnostic) {
    try LostGradient.refuse(
      arguments[position],
      "\(builtin.name): \(name(position)) is being differentiated, but \(builtin.name) has no derivative in it",
      hint: hint)
  }
}
