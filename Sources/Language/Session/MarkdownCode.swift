/// The nns code in a Markdown text.
public enum MarkdownCode {
  /// The text with spaces in place of everything outside of code blocks that start with three backticks and
  /// `nns`, so that every byte of code keeps its place.
  public static func masked(_ source: Source) -> Source {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.bytes.count)
    var fence: (length: Int, isCode: Bool)?
    for (index, start) in source.lineStarts.enumerated() {
      let end = index + 1 < source.lineStarts.count ? source.lineStarts[index + 1] : source.bytes.count
      let line = source.line(index)
      let ticks = line.prefix { $0 == "`" }.count
      let title = line.dropFirst(ticks)
      var isCode = fence?.isCode ?? false
      if let open = fence, ticks >= open.length, title.allSatisfy(\.isWhitespace) {
        fence = nil
        isCode = false
      } else if fence == nil, ticks >= 3 {
        fence = (ticks, title.prefix { !$0.isWhitespace } == "nns")
      }
      for byte in source.bytes[start..<end] {
        let isLineEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        bytes.append(isCode || isLineEnd ? byte : UInt8(ascii: " "))
      }
    }
    return Source(name: source.name, text: String(decoding: bytes, as: UTF8.self), folder: source.folder)
  }
}
