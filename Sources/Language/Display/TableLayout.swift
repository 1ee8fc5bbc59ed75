import Tensors

/// A table laid out for reading: how large it is, the columns' names and types, and its first rows.
struct TableLayout {
  /// Rows of a table that is shown whole; of a longer one the first ``headCount`` are shown.
  private static let rowLimit = 20
  private static let headCount = 10
  /// Terminal columns that one text takes at most.
  private static let textLimit = 40

  private let table: Table
  private let width: Int
  private let rowCount: Int
  private let isFull: Bool
  /// The significant digits the user wants; nil for the usual ones.
  private let wantedDigits: Int?

  /// Lays `table` out in `width` columns; nothing is left out when `isFull`.
  init(_ table: Table, width: Int, isFull: Bool, digits: Int? = nil) {
    wantedDigits = digits
    self.table = table
    self.width = width
    self.isFull = isFull
    rowCount = isFull || table.rowCount <= TableLayout.rowLimit ? table.rowCount : TableLayout.headCount
  }

  /// The lines, joined by line ends.
  var text: String {
    let missing = table.columns.map(\.missingCount)
    let hasMissing = missing.contains { $0 > 0 }
    let shown = fitting(table.columns.indices.lazy.map { cells($0, missing[$0], hasMissing) })
    let hidden = table.names[shown.count...]
    let size = "table of \(counted(table.rowCount, "row")) and \(counted(table.columns.count, "column"))"
    guard let height = shown.first?.count else { return size }
    var lines = [size]
    for line in 0..<height {
      var text = shown.reduce("") { $0 + "  " + $1[line] }
      if line == 0, !hidden.isEmpty { text += "  ..." }
      lines.append(Display.withoutEndSpaces(text))
    }
    if rowCount < table.rowCount { lines.append("  ...") }
    if !hidden.isEmpty { lines.append(remark(about: hidden)) }
    return lines.joined(separator: "\n")
  }

  /// The name, the type, how many items are missing and the first items, all equally wide.
  private func cells(_ position: Int, _ missing: Int, _ hasMissing: Bool) -> [String] {
    let column = table.columns[position]
    let type: String
    let items: [String]
    let isNumeric: Bool
    switch column {
    case .text(let vector):
      (type, isNumeric) = ("text", false)
      items = vector.items.prefix(rowCount).map { $0.map(shortened) ?? "none" }
    case .tensor(let tensor):
      (type, isNumeric) = (tensor.dtype.name, tensor.dtype != .bool)
      let digits = wantedDigits ?? (isFull ? Display.digits : TableLayout.digits)
      let texts = (0..<rowCount).map { Display.element(tensor, $0, digits: digits) }
      let aligned = TextColumn(texts)
      items = isNumeric ? texts.indices.map { aligned.cell($0) } : texts
    }
    let head =
      [shortened(table.names[position]), type] + (hasMissing ? [missing > 0 ? "\(missing) missing" : ""] : [])
    let widest = (head + items).map(Display.columns).max() ?? 0
    return (head + items).map { Display.padded($0, to: widest, atLeft: isNumeric) }
  }

  /// Significant digits of a number; prices and counts are whole in them.
  private static let digits = 7

  /// A text on one line without what could move the cursor, its end left out when it is long.
  private func shortened(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) }
    let safe = isPlain ? text : String(Display.literal(text).dropFirst().dropLast())
    return isFull ? safe : Display.cut(safe, to: TableLayout.textLimit)
  }

  /// As many columns from the left as the width allows, at least one.
  private func fitting(_ columns: some Collection<[String]>) -> [[String]] {
    var used = 0
    var shown: [[String]] = []
    for column in columns {
      used += 2 + Display.columns(column[0])
      // Where more follow, dots say so.
      let room = shown.count == columns.count - 1 ? width : width - 5
      if used > room, !shown.isEmpty { break }
      shown.append(column)
    }
    return shown
  }

  /// A line that names the columns left out, as many as fit.
  private func remark(about hidden: ArraySlice<String>) -> String {
    var text = "  and \(counted(hidden.count, "more column")): "
    for (index, name) in hidden.enumerated() {
      let part = (index > 0 ? ", " : "") + shortened(name)
      let isLast = index == hidden.count - 1
      guard Display.columns(text + part) + (isLast ? 0 : 5) <= width else {
        return text + (index > 0 ? ", ..." : "...")
      }
      text += part
    }
    return text
  }
}
