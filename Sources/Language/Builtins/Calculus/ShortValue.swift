import Tensors

/// Values in a few characters, for explanations.
enum ShortValue {
  private static let digits = 4
  private static let limit = 44

  /// A number with four digits, a small tensor with its elements, a larger one by shape and range.
  static func text(_ quantity: Quantity) -> String {
    switch quantity.concrete {
    case .number(let number): return Display.number(number, digits: digits)
    case .tensor(let tensor):
      guard tensor.count <= 8, let elements = try? tensor.doubles() else { return summary(tensor) }
      let rounded = elements.map { Double(Display.number($0, digits: digits)) ?? $0 }
      guard let short = try? Tensor(rounded, shape: tensor.shape),
        let text = InlineWriter.text(.tensor(short), limit: limit)
      else { return summary(tensor) }
      return text
    case .traced: preconditionFailure("a concrete quantity is not traced")
    }
  }

  private static func summary(_ tensor: Tensor) -> String {
    guard let elements = try? tensor.doubles(), let least = elements.min(), let most = elements.max() else {
      return "\(tensor.shape)"
    }
    return
      "\(tensor.shape) from \(Display.number(least, digits: digits)) to \(Display.number(most, digits: digits))"
  }
}
