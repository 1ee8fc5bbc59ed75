import Language

/// The input as it stands on rows of a width: prompts, wrapped lines, the cursor.
struct InputLayout {
  private(set) var rows = [InputRow()]
  /// Where the cursor stands; its column is always less than the width.
  private(set) var cursor = (row: 0, column: 0)
  private let columns: Int

  /// Lays out the bytes of a text, which need not be valid UTF-8, with a look for each of them.
  ///
  /// `prompt` stands before the first line and `continuation` before the others; the cursor stands before the
  /// byte `point`.
  init(
    prompt: String, continuation: String, text: [UInt8], looks: [InputLook], point: Int, columns: Int
  ) {
    self.columns = max(2, columns)
    append(prompt)
    var awaitsCursor = false
    var offset = 0
    while offset < text.count {
      if offset == point { awaitsCursor = true }
      if text[offset] == UInt8(ascii: "\n") {
        if awaitsCursor { placeCursor() }
        awaitsCursor = false
        rows.append(InputRow())
        append(continuation)
        offset += 1
        continue
      }
      let (scalar, length) = InputLayout.scalar(text, at: offset)
      let (shown, width) = InputRow.shown(scalar, at: rows[rows.count - 1].width)
      if width == 0 {
        rows[rows.count - 1].combine(shown)
      } else {
        append(InputCell(text: shown, width: width, look: looks[offset]))
        if awaitsCursor { cursor = (rows.count - 1, rows[rows.count - 1].width - width) }
        awaitsCursor = false
      }
      offset += length
    }
    if awaitsCursor || point >= text.count { placeCursor() }
  }

  private mutating func append(_ prompt: String) {
    for scalar in prompt.unicodeScalars {
      let (text, width) = InputRow.shown(scalar, at: rows[rows.count - 1].width)
      if width > 0 { append(InputCell(text: text, width: width, look: .prompt)) }
    }
  }

  private mutating func append(_ cell: InputCell) {
    if rows[rows.count - 1].width + cell.width > columns { wrap() }
    rows[rows.count - 1].append(cell)
  }

  private mutating func wrap() {
    rows.append(InputRow())
    rows[rows.count - 1].isWrapped = true
  }

  /// Puts the cursor behind what is there: in a new row when the last one is full.
  private mutating func placeCursor() {
    if rows[rows.count - 1].width >= columns { wrap() }
    cursor = (rows.count - 1, rows[rows.count - 1].width)
  }

  /// The scalar at an offset and its length; the replacement character for a byte that is no part of one.
  private static func scalar(_ bytes: [UInt8], at offset: Int) -> (scalar: Unicode.Scalar, length: Int) {
    let first = bytes[offset]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
    let scalars = String(decoding: bytes[offset..<min(offset + length, bytes.count)], as: UTF8.self)
      .unicodeScalars
    guard scalars.count == 1, let scalar = scalars.first, scalar != "\u{fffd}" || first == 0xef else {
      return ("\u{fffd}", 1)
    }
    return (scalar, length)
  }
}
