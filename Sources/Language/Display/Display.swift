import Tensors

/// How values are written for a reader.
public enum Display {
  /// Lines that an echo takes at most.
  static let lineLimit = 200
  /// Bytes of a string that an echo shows whole.
  private static let stringLimit = 10_000
  /// Characters that a value printed in full takes at most; only structures that share their parts and
  /// tensors of many millions can reach it.
  static let fullLimit = 1 << 26

  /// A value as the prompt echoes it: bounded in size, strings quoted.
  public static func text(_ value: Value, width: Int = 80) -> String {
    switch settled(value) {
    case .none: ""
    case .function(let function): FunctionText.echo(function, width: width)
    case .tensor(let tensor): TensorLayout(tensor, width: width, isFull: false).text
    case .text(let vector): TextLayout(vector, width: width).text
    case .string(let string): echoed(string)
    case .record(let record):
      ResultPresentation.text(record, width: width) ?? ContainerLayout(width: width).text(value)
    case let other: ContainerLayout(width: width).text(other)
    }
  }

  /// A value as `print` writes it: nothing is left out, strings are plain.
  public static func full(_ value: Value) -> String {
    switch settled(value) {
    case .string(let string): return string
    case .tensor(let tensor) where tensor.shape.rank > 1:
      return TensorLayout(tensor, width: .max, isFull: true).text
    case let other: return InlineWriter.fullText(other)
    }
  }

  /// A string in quotes, its end left out when it is very long.
  private static func echoed(_ string: String) -> String {
    guard string.utf8.count > stringLimit else { return literal(string) }
    let shown = string.prefix(stringLimit / 4)
    return literal(String(shown)) + "... (\(string.count) characters)"
  }

  /// The value without marks and without the traces of derivatives.
  static func settled(_ value: Value) -> Value {
    switch value {
    case .fixed(let fixed): settled(fixed.value)
    case .traced(let traced): Value(Quantity.traced(traced).concrete)
    case .none, .bool, .number, .tensor, .text, .string, .list, .record, .table, .function, .figure: value
    }
  }

  /// One element of a tensor.
  static func element(_ tensor: Tensor, _ position: Int, digits: Int) -> String {
    switch tensor.dtype {
    case .bool: tensor[flat: position] != 0 ? "true" : "false"
    case .f32: number(tensor[flat: position], digits: min(digits, singleDigits))
    case .f64: number(tensor[flat: position], digits: digits)
    }
  }
}
