/// Texts in lines that fit.
extension Display {
  /// Columns that a text beside a label has at least; where fewer would be left it stands below.
  private static let leastTextWidth = 20

  /// A text in lines of at most `width` columns, if its words allow it: the first one indented, the others by
  /// `hanging` spaces, which are as many unless given.
  ///
  /// `measure` tells how many columns a word takes.
  public static func wrapped(
    _ text: some StringProtocol, width: Int, indent: Int = 0, hanging: Int? = nil,
    measure: (String) -> Int = Display.columns
  ) -> [String] {
    let hanging = hanging ?? indent
    var lines: [String] = []
    var line = spaces(indent)
    var used = indent
    var isEmpty = true
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let length = measure(String(word))
      if !isEmpty, used + 1 + length > width {
        lines.append(line)
        line = spaces(hanging)
        used = hanging
        isEmpty = true
        guard !word.isEmpty else { continue }
      }
      line += (isEmpty ? "" : " ") + word
      used += (isEmpty ? 0 : 1) + length
      isEmpty = false
    }
    return (lines + [line]).map(withoutEndSpaces)
  }

  /// The lines of a message, wrapped where a width is given; their continuations are indented by `hanging` spaces.
  public static func sentences(_ text: String, width: Int?, hanging: Int) -> [String] {
    guard let width else { return [text] }
    return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap {
      wrapped($0, width: width, hanging: hanging)
    }
  }

  /// Labels with texts beside them, the texts in a column of their own and wrapped to `width`, or cut.
  ///
  /// Where labels leave little room, each stands on a line above its text. The column of labels takes `labelWidth`
  /// columns or more.
  public static func aligned(
    _ rows: [(label: String, text: String)], indent: Int = 0, labelWidth: Int = 0, width: Int,
    cuts: Bool = false
  ) -> [String] {
    let column = rows.reduce(labelWidth) { max($0, columns($1.label)) }
    let isBelow = indent + column + 2 + leastTextWidth > width
    let start = isBelow ? indent + 4 : indent + column + 2
    return rows.flatMap { label, text -> [String] in
      let lines =
        cuts
        ? [spaces(start) + cut(text, to: width - start)] : wrapped(text, width: width, indent: start)
      guard !isBelow else {
        return (label.isEmpty ? [] : wrapped(label, width: width, indent: indent, hanging: indent + 2))
          + (text.isEmpty ? [] : lines)
      }
      let head = spaces(indent) + padded(label, to: column + 2) + (lines.first ?? "").dropFirst(start)
      return [withoutEndSpaces(head)] + lines.dropFirst()
    }
  }

  /// A line of at most so many columns, with dots where something is missing.
  public static func cut(_ line: String, to width: Int) -> String {
    guard columns(line) > width else { return line }
    var (result, used) = ("", 0)
    for character in line {
      used += columns(String(character))
      if used > max(1, width - 3) { break }
      result.append(character)
    }
    return result + "..."
  }

  /// A line without spaces at its end.
  public static func withoutEndSpaces(_ line: String) -> String {
    guard line.last == " " else { return line }
    return line.lastIndex { $0 != " " }.map { String(line[...$0]) } ?? ""
  }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
