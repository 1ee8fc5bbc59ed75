/// A picture made of characters.
public struct Picture: Equatable, Sendable {
  /// One place of a picture.
  public struct Cell: Equatable, Sendable {
    /// The character; nil behind one that takes two columns.
    public var glyph: Character? = " "
    /// Its colour; nil for that of the text around.
    public var ink: Color?
    /// The colour behind it; nil for the terminal's own.
    public var paper: Color?
  }

  /// The lines from the top, each of ``width`` cells.
  public internal(set) var rows: [[Cell]]
  /// How many columns there are.
  public let width: Int

  /// A picture of spaces.
  init(width: Int, height: Int) {
    self.width = max(1, width)
    rows = Array(repeating: Array(repeating: Cell(), count: self.width), count: max(0, height))
  }
}

extension Picture {
  /// The characters without colours, and without spaces at the ends of lines.
  public var text: String {
    rows.map { row in
      let line = String(row.compactMap(\.glyph))
      return String(line[..<(line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex)])
    }.joined(separator: "\n")
  }

  /// Writes a line of text from a column on; what goes beyond the edges is left out.
  mutating func write(_ text: String, row: Int, column: Int, ink: Color? = nil) {
    guard rows.indices.contains(row) else { return }
    var column = column
    for character in text {
      let width = CharacterWidth.of(character)
      guard width > 0 else { continue }
      if column >= 0, column + width <= self.width {
        rows[row][column].glyph = character
        rows[row][column].ink = ink
        if width == 2 { rows[row][column + 1] = Cell(glyph: nil, ink: ink) }
      }
      column += width
    }
  }

  /// Adds lines of text below, broken between words where they are too long.
  mutating func append(remark: String) {
    var line = ""
    for word in remark.split(separator: " ") {
      if !line.isEmpty, CharacterWidth.of(line) + 1 + CharacterWidth.of(String(word)) > width {
        append(line: line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    if !line.isEmpty { append(line: line) }
  }

  private mutating func append(line: String) {
    rows.append(Array(repeating: Cell(), count: width))
    write(line, row: rows.count - 1, column: 0)
  }

  /// Copies another picture into this one, its upper left corner at a place.
  mutating func insert(_ picture: Picture, row: Int, column: Int) {
    for (offset, line) in picture.rows.enumerated() where rows.indices.contains(row + offset) {
      for (index, cell) in line.enumerated() where column + index < width && column + index >= 0 {
        // Half of a wide character cannot be shown.
        let isCut = column + index + 1 == width && index + 1 < line.count && line[index + 1].glyph == nil
        rows[row + offset][column + index] = isCut ? Cell() : cell
      }
    }
  }

  /// Adds another picture below.
  mutating func append(_ picture: Picture) {
    for row in picture.rows {
      rows.append(Array(row.prefix(width)) + Array(repeating: Cell(), count: max(0, width - row.count)))
    }
  }

  /// The first columns of the picture; itself when it has no more.
  func cut(to columns: Int) -> Picture {
    guard columns < width else { return self }
    var result = Picture(width: columns, height: rows.count)
    result.insert(self, row: 0, column: 0)
    return result
  }

  /// The same picture in a wider one, moved to the right.
  func shifted(by columns: Int, width: Int) -> Picture {
    var result = Picture(width: width, height: rows.count)
    result.insert(self, row: 0, column: columns)
    return result
  }
}
