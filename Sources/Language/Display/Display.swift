import Plotting
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

  /// A part of what an echo shows.
  public enum Part {
    case text(String)
    /// A plot, which whoever shows it draws for what it is shown on.
    case figure(Figure)
  }

  /// A value as the prompt echoes it: bounded in size, strings quoted; plots stand for themselves.
  ///
  /// Numbers have up to `digits` significant digits: where it is nil ten by themselves and fewer in columns.
  public static func parts(_ value: Value, width: Int = 80, digits: Int? = nil) -> [Part] {
    switch settled(value) {
    case .none: [.text("")]
    case .function(let function): [.text(FunctionText.echo(function, width: width))]
    case .tensor(let tensor): [.text(TensorLayout(tensor, width: width, isFull: false, digits: digits).text)]
    case .text(let vector): [.text(TextLayout(vector, width: width).text)]
    case .string(let string): [.text(echoed(string))]
    case .table(let table): [.text(TableLayout(table, width: width, isFull: false, digits: digits).text)]
    case .figure(let figure): [.figure(figure)]
    case .record(let record):
      ResultPresentation.parts(record, width: width)
        ?? [.text(ContainerLayout(width: width, digits: digits).text(value))]
    case let other: [.text(ContainerLayout(width: width, digits: digits).text(other))]
    }
  }

  /// A value as the prompt echoes it where there are no colours, plots drawn with characters.
  public static func text(_ value: Value, width: Int = 80) -> String {
    var options = TextOptions()
    options.width = width
    return parts(value, width: width).map { part in
      switch part {
      case .text(let text): text
      case .figure(let figure): figure.picture(options).text
      }
    }.joined(separator: "\n")
  }

  /// A value as `print` writes it: nothing is left out, strings are plain.
  public static func full(_ value: Value) -> String {
    switch settled(value) {
    case .string(let string): return string
    case .figure(let figure): return figure.picture().text
    case .tensor(let tensor) where tensor.shape.rank > 1:
      return TensorLayout(tensor, width: .max, isFull: true).text
    case .record(let record):
      // A result is as much as its report says; its fields can be printed one by one.
      return ResultPresentation.of(record)?.text(record, 80) ?? InlineWriter.fullText(.record(record))
    case .table(let table): return TableLayout(table, width: .max, isFull: true).text
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
