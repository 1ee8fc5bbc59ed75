/// A format such as `.3f`, `>10` or `,` as in Python's format language.
///
/// `[[fill]align][sign][#][0][width][, or _][.precision][type]`
struct FormatSpecification {
  enum Alignment: Character {
    case left = "<"
    case right = ">"
    case center = "^"
    /// Filling stands between the sign and the digits.
    case afterSign = "="
  }

  /// The widest field and the most digits that make sense.
  static let limit = 10_000

  var fill: Character = " "
  var alignment: Alignment?
  var sign: Character = "-"
  var isAlternate = false
  var width = 0
  var grouping: Character?
  var precision: Int?
  var type: Character?
  /// As written, for messages.
  var text = ""
}

extension FormatSpecification {
  /// Writes a value in the format: numbers, strings, and tensors and lists item by item.
  static func apply(_ specification: String, to value: Value) throws(Diagnostic) -> String {
    try FormatSpecification(parsing: specification).format(Display.settled(value))
  }

  private func format(_ value: Value) throws(Diagnostic) -> String {
    switch value {
    case .number(let number): return try format(number)
    case .bool(let bool):
      return type == nil || type == "s"
        ? aligned(bool ? "true" : "false", by: .left) : try format(bool ? 1 : 0)
    case .string(let string): return try format(string)
    case .none: return aligned("none", by: .left)
    case .tensor(let tensor):
      let items: [Double]
      do {
        items = try tensor.doubles()
      } catch {
        throw error.diagnostic()
      }
      return try format(items: items, shape: tensor.shape.array)
    case .list(let list):
      var texts: [String] = []
      for item in list.items { texts.append(try format(Display.settled(item))) }
      return "(" + texts.joined(separator: ", ") + ")"
    case .text, .record, .table, .function, .figure, .traced, .fixed:
      guard type == nil, precision == nil, grouping == nil else {
        throw Diagnostic("format \"\(text)\" is for numbers and strings, not \(value.kind)", kind: .type)
      }
      return aligned(Display.full(value), by: .left)
    }
  }

  private func format(items: [Double], shape: [Int]) throws(Diagnostic) -> String {
    guard let length = shape.first else { return try format(items.first ?? .nan) }
    guard length > 0 else { return "[]" }
    var texts: [String] = []
    let size = items.count / length
    for index in 0..<length {
      texts.append(
        try format(
          items: Array(items[(index * size)..<((index + 1) * size)]), shape: Array(shape.dropFirst())))
    }
    return "[" + texts.joined(separator: ", ") + "]"
  }

  private func format(_ string: String) throws(Diagnostic) -> String {
    guard type == nil || type == "s", grouping == nil, sign == "-", alignment != .afterSign else {
      throw Diagnostic(
        "format \"\(text)\" is for numbers, not for the string \(Display.literal(String(string.prefix(20))))",
        kind: .type, hint: "strings take a width and an alignment, such as \">10\"")
    }
    return aligned(precision.map { String(string.prefix($0)) } ?? string, by: .left)
  }

  /// The text filled to the width.
  func aligned(_ text: String, by standard: Alignment) -> String {
    let missing = width - Display.columns(text)
    guard missing > 0 else { return text }
    func filling(_ count: Int) -> String { String(repeating: fill, count: count) }
    switch alignment ?? standard {
    case .left: return text + filling(missing)
    case .right: return filling(missing) + text
    case .center: return filling(missing / 2) + text + filling(missing - missing / 2)
    case .afterSign:
      let hasSign = text.first.map { "+- ".contains($0) } ?? false
      return (hasSign ? String(text.prefix(1)) : "") + filling(missing) + text.dropFirst(hasSign ? 1 : 0)
    }
  }
}
