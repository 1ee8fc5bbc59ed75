import Tensors

/// A list or record laid out for reading: on one line where it fits, otherwise an item to a line.
struct ContainerLayout {
  /// Items of one container that are shown before the middle is left out.
  private static let itemLimit = 40
  /// Levels that are opened; deeper ones are left out.
  private static let levelLimit = 12

  private let width: Int
  /// The significant digits the user wants; nil for the usual ones.
  private let digits: Int?
  private var lines: [String] = []

  /// Lays out in `width` columns.
  init(width: Int, digits: Int? = nil) {
    self.width = width
    self.digits = digits
  }

  /// The lines of `value`, joined by line ends.
  func text(_ value: Value) -> String {
    var layout = self
    layout.write(value, label: "", level: 0, ending: "")
    return layout.lines.joined(separator: "\n")
  }

  private mutating func write(_ value: Value, label: String, level: Int, ending: String) {
    let start = String(repeating: "  ", count: level) + label
    if let line = InlineWriter.text(value, limit: max(8, width - Display.columns(start) - 1), digits: digits)
    {
      lines.append(start + line + ending)
      return
    }
    switch Display.settled(value) {
    case .list(let list): open(list.items, names: nil, start: start, level: level, ending: ending)
    case .record(let record):
      open(record.values, names: record.layout.names, start: start, level: level, ending: ending)
    case .tensor(let tensor):
      lines.append(start + summary(tensor, room: width - Display.columns(start) - 1) + ending)
    case .text(let vector): lines.append(start + "[\(vector.items.count)] text" + ending)
    case .string(let string):
      lines.append(start + Display.literal(String(string.prefix(max(8, width / 2)))) + "..." + ending)
    case .function(let function): lines.append(start + FunctionText.inline(function) + ending)
    case .table(let table): lines.append(start + table.inline + ending)
    case .figure: lines.append(start + "plot" + ending)
    case .none, .bool, .number, .fixed, .traced: lines.append(start + "..." + ending)
    }
  }

  private mutating func open(
    _ items: ContiguousArray<Value>, names: [String]?, start: String, level: Int, ending: String
  ) {
    guard level < ContainerLayout.levelLimit, lines.count < Display.lineLimit else {
      lines.append(start + "(...)" + ending)
      return
    }
    lines.append(start + "(")
    for index in ElidedAxis(
      items.count, limit: ContainerLayout.itemLimit, ends: ContainerLayout.itemLimit / 4
    ).indices {
      guard let index, lines.count < Display.lineLimit else {
        lines.append(String(repeating: "  ", count: level + 1) + "...")
        if index == nil { continue } else { break }
      }
      let isLast = index == items.count - 1
      write(
        items[index], label: names.map { $0[index] + ": " } ?? "", level: level + 1, ending: isLast ? "" : ","
      )
    }
    lines.append(String(repeating: "  ", count: level) + ")" + ending)
  }

  /// Shape and dtype of a tensor that is too large for its line, and its first elements.
  private func summary(_ tensor: Tensor, room: Int) -> String {
    var text = "\(tensor.shape) \(tensor.dtype.name) of "
    for position in 0..<min(tensor.count, 8) {
      let element = Display.element(tensor, position, digits: digits ?? Display.columnDigits) + ", "
      guard text.utf8.count + element.utf8.count + 3 <= room else { break }
      text += element
    }
    return text + "..."
  }
}
