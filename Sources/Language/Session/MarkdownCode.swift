/// The nns code in a Markdown text: the code blocks that start with three backticks and `nns`.
///
/// They go on from one another, except that `nns new` starts a session of its own.
public enum MarkdownCode {
  /// The text once for each session, with spaces in place of everything that does not belong to that, so that
  /// every byte of code keeps its place.
  public static func sessions(of source: Source) -> [Source] {
    var numbers: [Int?] = []
    var count = 0
    var fence: (length: Int, session: Int?)?
    for index in source.lineStarts.indices {
      let line = source.line(index)
      let ticks = line.prefix { $0 == "`" }.count
      let title = line.dropFirst(ticks)
      var number = fence?.session
      if let open = fence, ticks >= open.length, title.allSatisfy(\.isWhitespace) {
        fence = nil
        number = nil
      } else if fence == nil, ticks >= 3 {
        let words = title.split(whereSeparator: \.isWhitespace)
        if words.first == "nns", count == 0 || words.dropFirst().first == "new" { count += 1 }
        fence = (ticks, words.first == "nns" ? count : nil)
      }
      numbers.append(number)
    }
    return (0..<count).map { masked(source, numbers, keeping: $0 + 1) }
  }

  /// The text with spaces outside of the lines of a session.
  private static func masked(_ source: Source, _ numbers: [Int?], keeping session: Int) -> Source {
    let blanks: Set = [UInt8(ascii: "\n"), UInt8(ascii: "\r")]
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.bytes.count)
    for (index, start) in source.lineStarts.enumerated() {
      let end = index + 1 < source.lineStarts.count ? source.lineStarts[index + 1] : source.bytes.count
      let isCode = numbers[index] == session
      for byte in source.bytes[start..<end] {
        bytes.append(isCode || blanks.contains(byte) ? byte : UInt8(ascii: " "))
      }
    }
    return Source(name: source.name, bytes: bytes, folder: source.folder)
  }
}
