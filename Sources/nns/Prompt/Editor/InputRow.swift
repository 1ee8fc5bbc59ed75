import Language

/// How a character of the input looks.
enum InputLook: Equatable {
  case plain, prompt, note
  /// A bracket at the cursor, or its partner.
  case bracket
  case source(SourceStyles.Style)

  /// The escape code that starts it; empty for the terminal's own look.
  var code: String {
    switch self {
    case .plain: ""
    case .prompt: "\u{1b}[1m"
    case .note: "\u{1b}[2m"
    case .bracket: "\u{1b}[1;4;36m"
    case .source(.keyword): "\u{1b}[35m"
    case .source(.number): "\u{1b}[36m"
    case .source(.string): "\u{1b}[32m"
    case .source(.comment): "\u{1b}[90m"
    case .source(.command): "\u{1b}[1;34m"
    case .source(.unmatched): "\u{1b}[1;31m"
    }
  }
}

/// A character on the screen with the marks that combine with it.
struct InputCell: Equatable {
  var text: String
  /// How many columns it takes, at least one.
  var width: Int
  var look: InputLook
}

/// A row of the screen.
struct InputRow: Equatable {
  private(set) var cells: [InputCell] = []
  /// How many columns the cells take.
  private(set) var width = 0
  /// Whether it goes on with the line of the row above.
  var isWrapped = false

  /// Adds a cell.
  mutating func append(_ cell: InputCell) {
    cells.append(cell)
    width += cell.width
  }

  /// Adds a mark to the last character.
  mutating func combine(_ mark: String) {
    guard !cells.isEmpty else { return append(InputCell(text: " " + mark, width: 1, look: .plain)) }
    cells[cells.count - 1].text += mark
  }

  /// Where the cell of an index begins.
  func column(of index: Int) -> Int { cells[..<index].reduce(0) { $0 + $1.width } }

  /// The text without its looks.
  var text: String { cells.map(\.text).joined() }
}

extension InputRow {
  /// As much of a text as fits.
  init(_ text: String, look: InputLook, columns: Int) {
    for scalar in text.unicodeScalars {
      let (text, width) = InputRow.shown(scalar, at: self.width)
      guard width > 0 else {
        combine(text)
        continue
      }
      guard self.width + width <= columns else { break }
      append(InputCell(text: text, width: width, look: look))
    }
  }

  /// What a scalar looks like and how many columns it takes at a column; 0 for a mark.
  static func shown(_ scalar: Unicode.Scalar, at column: Int) -> (text: String, width: Int) {
    switch scalar.value {
    case 0x09: return (String(repeating: " ", count: 4 - column % 4), 4 - column % 4)
    case 0..<0x20: return ("^" + String(UnicodeScalar(UInt8(scalar.value) + 0x40)), 2)
    case 0x20..<0x7f: return (String(scalar), 1)
    case 0x7f: return ("^?", 2)
    // They would control the terminal.
    case 0x80..<0xa0: return ("\u{fffd}", 1)
    default: return (String(scalar), Display.columns(String(scalar)))
    }
  }
}
