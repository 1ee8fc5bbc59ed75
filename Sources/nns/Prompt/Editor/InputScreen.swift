/// The rows of the screen that hold the input: what stands there, and the codes that change it to something else.
///
/// Only what differs is written. A line that is longer than the screen is wrapped by the terminal itself, so that
/// it is copied, and laid out again in a window of another width, as one line.
struct InputScreen {
  /// How many columns and rows there are.
  struct Size: Equatable {
    var columns: Int
    var rows: Int
  }

  /// Whether characters have looks.
  var hasColor = false
  /// The size of the screen; to be set before anything is shown.
  var size = Size(columns: 80, rows: 24)
  private var shown: [InputRow] = []
  /// Where the terminal's cursor stands; behind a full row its column is the width.
  private var place = (row: 0, column: 0)
  /// The first row of a layout that does not fit.
  private var top = 0
  private var codes = ""
}

extension InputScreen {
  /// Shows a layout, or the part around the cursor that fits, with notes below it as far as there is room.
  mutating func draw(_ layout: InputLayout, notes: [InputRow] = []) -> String {
    let count = layout.rows.count
    let height = max(1, size.rows)
    top = min(max(top, layout.cursor.row - height + 1), layout.cursor.row, max(0, count - height))
    top = max(0, top)
    var rows = Array(layout.rows[top..<min(count, top + height)])
    rows[0].isWrapped = false
    rows += notes.prefix(max(0, height - rows.count))
    show(rows)
    move(to: layout.cursor.row - top, layout.cursor.column)
    return taken()
  }

  /// Shows a whole layout for the last time and goes below it.
  mutating func finish(_ layout: InputLayout, adding end: String = "") -> String {
    if layout.rows.count <= size.rows {
      show(layout.rows)
    } else {
      // What scrolled out of sight before comes back, so that all of it can be read later.
      move(to: 0, 0)
      codes += "\u{1b}[J"
      shown = []
      show(layout.rows)
    }
    move(to: layout.rows.count - 1, layout.rows[layout.rows.count - 1].width)
    codes += end + "\r\n"
    forget()
    return taken()
  }

  /// Forgets what stands there: the cursor is at the start of an empty row.
  mutating func forget() {
    shown = []
    place = (0, 0)
    top = 0
  }

  /// Removes everything after the terminal has got a new width and has laid out its lines anew.
  mutating func erase(afterResizeTo size: Size) -> String {
    self.size = size
    codes += InputScreen.up(rowsAboveCursor(max(1, size.columns))) + "\r\u{1b}[J"
    forget()
    return taken()
  }

  /// How many rows stand above the cursor when lines are laid out in so many columns.
  private func rowsAboveCursor(_ columns: Int) -> Int {
    var rows = 0
    // Columns of the current line before the row that is looked at.
    var line = 0
    for (index, row) in shown.prefix(place.row + 1).enumerated() {
      if index > 0, !row.isWrapped {
        rows += max(1, (line + columns - 1) / columns)
        line = 0
      }
      line += index == place.row ? place.column : row.width
    }
    return rows + line / columns
  }
}

/// Writing.
extension InputScreen {
  private mutating func show(_ rows: [InputRow]) {
    for (index, row) in rows.enumerated() {
      let old = index < shown.count ? shown[index] : nil
      guard old != row else { continue }
      if row.isWrapped, index > 0, old?.isWrapped != true, let last = rows[index - 1].cells.last,
        rows[index - 1].width == size.columns
      {
        // Written once more, the last character takes the cursor past the edge: the terminal wraps the line.
        move(to: index - 1, rows[index - 1].width - last.width)
        write([last])
        codes += row.cells.isEmpty ? " \r" : ""
        place = (index, 0)
        write(row.cells[...])
      } else {
        let common = zip(old?.cells ?? [], row.cells).prefix { $0 == $1 }.count
        move(to: index, row.column(of: common))
        write(row.cells[common...])
      }
      if let old, old.width > row.width, row.width < size.columns { codes += "\u{1b}[K" }
    }
    if shown.count > rows.count {
      move(to: rows.count, 0)
      codes += "\u{1b}[J"
    }
    shown = rows
  }

  private mutating func write(_ cells: ArraySlice<InputCell>) {
    var look = InputLook.plain
    for cell in cells {
      if hasColor, cell.look != look {
        codes += (look == .plain ? "" : "\u{1b}[0m") + cell.look.code
        look = cell.look
      }
      codes += cell.text
      place.column += cell.width
    }
    if look != .plain { codes += "\u{1b}[0m" }
  }

  private mutating func move(to row: Int, _ column: Int) {
    if row > place.row {
      // Line ends, because below the last row there is none to move to yet.
      codes += "\r" + String(repeating: "\n", count: row - place.row)
      place = (row, 0)
    }
    codes += InputScreen.up(place.row - row)
    if column != place.column { codes += "\r" + (column > 0 ? "\u{1b}[\(column)C" : "") }
    place = (row, column)
  }

  private static func up(_ count: Int) -> String { count > 0 ? "\u{1b}[\(count)A" : "" }

  private mutating func taken() -> String {
    defer { codes = "" }
    return codes
  }
}
