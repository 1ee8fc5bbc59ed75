/// A terminal's screen, as far as the prompt uses one: text in its columns, colours, lines that wrap.
struct Screen {
  /// A column of a row; the second column of a wide character is empty.
  struct Cell: Equatable {
    var text = " "
    var look = ""
  }

  private struct Row {
    var cells: [Cell]
    /// Whether the line goes on in the next row.
    var isWrapped = false
  }

  private(set) var columns: Int
  private(set) var rowCount: Int
  private var rows: [Row]
  /// The cursor; behind the last column until the next character wraps.
  private(set) var cursor = (row: 0, column: 0)
  private var look = ""
  private var escape: String?
  /// Codes that it does not know.
  private(set) var unknown: [String] = []

  init(columns: Int, rows: Int) {
    self.columns = columns
    rowCount = rows
    self.rows = Array(repeating: Row(cells: Array(repeating: Cell(), count: columns)), count: rows)
  }
}

extension Screen {
  /// The rows down to the last that holds anything, without spaces at their ends.
  var lines: [String] {
    var lines = rows.map { row in
      var text = row.cells.map(\.text).joined()
      while text.last == " " { text.removeLast() }
      return text
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The rows as one text.
  var text: String { lines.joined(separator: "\n") }

  /// The row of the cursor, up to it.
  var beforeCursor: String { rows[cursor.row].cells[..<min(cursor.column, columns)].map(\.text).joined() }

  /// The look of the first place of a text, nil where it does not stand in one row.
  func look(of text: String) -> String? {
    for row in rows.reversed() {
      for start in 0..<columns where row.cells[start...].map(\.text).joined().hasPrefix(text) {
        return row.cells[start].look
      }
    }
    return nil
  }

  /// Whether a row is wrapped into the next.
  func isWrapped(_ row: Int) -> Bool { rows[row].isWrapped }
}

extension Screen {
  /// Shows what a program writes.
  mutating func show(_ text: String) {
    for scalar in text.unicodeScalars {
      if let code = escape {
        escape = code + String(scalar)
        if code.isEmpty ? scalar != "[" : (0x40...0x7e).contains(scalar.value) { act() }
        continue
      }
      switch scalar {
      case "\u{1b}": escape = ""
      case "\r": cursor.column = 0
      case "\n": lineFeed()
      case "\u{8}": cursor.column = max(0, min(cursor.column, columns - 1) - 1)
      case "\t": cursor.column = min(columns - 1, cursor.column / 8 * 8 + 8)
      case "\u{7}": break
      default: put(scalar)
      }
    }
  }

  private mutating func lineFeed() {
    guard cursor.row == rowCount - 1 else {
      cursor.row += 1
      return
    }
    rows.removeFirst()
    rows.append(emptyRow)
  }

  private var emptyRow: Row { Row(cells: Array(repeating: Cell(), count: columns)) }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = Screen.width(of: scalar)
    guard width > 0 else {
      var column = min(cursor.column, columns) - 1
      while column > 0, rows[cursor.row].cells[column].text.isEmpty { column -= 1 }
      if column >= 0 { rows[cursor.row].cells[column].text += String(scalar) }
      return
    }
    if cursor.column + width > columns {
      rows[cursor.row].isWrapped = true
      cursor.column = 0
      lineFeed()
    }
    clearHalves(cursor.column..<(cursor.column + width))
    rows[cursor.row].cells[cursor.column] = Cell(text: String(scalar), look: look)
    for column in (cursor.column + 1)..<(cursor.column + width) where width > 1 {
      rows[cursor.row].cells[column] = Cell(text: "", look: look)
    }
    cursor.column += width
  }

  /// A wide character of which half is overwritten is gone.
  private mutating func clearHalves(_ range: Range<Int>) {
    let cells = rows[cursor.row].cells
    if range.lowerBound > 0, cells[range.lowerBound].text.isEmpty {
      rows[cursor.row].cells[range.lowerBound - 1].text = " "
    }
    if range.upperBound < columns, cells[range.upperBound].text.isEmpty {
      rows[cursor.row].cells[range.upperBound].text = " "
    }
  }

  private mutating func act() {
    let code = escape ?? ""
    escape = nil
    let number = Int(code.dropFirst().dropLast())
    switch code.last {
    case "A": cursor.row = max(0, cursor.row - (number ?? 1))
    case "B": cursor.row = min(rowCount - 1, cursor.row + (number ?? 1))
    case "C": cursor.column = min(columns - 1, cursor.column + (number ?? 1))
    case "D": cursor.column = max(0, cursor.column - (number ?? 1))
    case "H" where code == "[H": cursor = (0, 0)
    case "K" where number == nil: erase(cursor.column..<columns, in: cursor.row)
    case "J" where number == nil || number == 2:
      if number == nil { erase(min(cursor.column, columns)..<columns, in: cursor.row) }
      for row in (number == 2 ? 0 : cursor.row + 1)..<max(rowCount, cursor.row + 1) { rows[row] = emptyRow }
    case "m": look = code == "[0m" || code == "[m" ? "" : look + String(code.dropFirst().dropLast()) + ";"
    case "h", "l": break
    default: unknown.append(code)
    }
  }

  private mutating func erase(_ range: Range<Int>, in row: Int) {
    for column in range { rows[row].cells[column] = Cell() }
    rows[row].isWrapped = false
  }

  /// Lays the lines out anew, as terminals do whose windows change.
  mutating func resize(columns newColumns: Int, rows newCount: Int) {
    var laidOut: [Row] = []
    var newCursor = (row: 0, column: 0)
    var line: [Cell] = []
    var cursorOffset: Int?
    for (index, row) in rows.enumerated() {
      if index == cursor.row { cursorOffset = line.count + cursor.column }
      line += row.cells
      if row.isWrapped { continue }
      var length = (line.lastIndex { $0 != Cell() } ?? -1) + 1
      if let cursorOffset { length = max(length, cursorOffset) }
      let start = laidOut.count
      var offset = 0
      repeat {
        let part = Array(line[offset..<min(length, offset + newColumns)])
        let filling = Array(repeating: Cell(), count: newColumns - part.count)
        offset += newColumns
        laidOut.append(Row(cells: part + filling, isWrapped: offset < length))
      } while offset < length
      if let offset = cursorOffset { newCursor = (start + offset / newColumns, offset % newColumns) }
      cursorOffset = nil
      line = []
    }
    columns = newColumns
    rowCount = newCount
    while laidOut.count <= newCursor.row { laidOut.append(emptyRow) }
    let surplus = max(0, newCursor.row + 1 - newCount)
    laidOut = Array(laidOut.dropFirst(surplus).prefix(newCount))
    newCursor.row -= surplus
    while laidOut.count < newCount { laidOut.append(emptyRow) }
    rows = laidOut
    cursor = newCursor
  }

  /// How many columns a character takes; only for those that the tests use.
  private static func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x300...0x36f, 0x200d: 0
    case 0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xff00...0xff60, 0x1f300...0x1f64f: 2
    default: 1
    }
  }
}
