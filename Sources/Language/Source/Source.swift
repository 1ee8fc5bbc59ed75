/// A text to be evaluated, with the name it is reported under.
///
/// A reference, because every compiled function keeps the text it came from.
public final class Source: Sendable {
  /// What diagnostics call it: a path, or `[7]` for the seventh cell of a prompt.
  public let name: String
  /// The text as UTF-8.
  public let bytes: [UInt8]
  /// The offset of the first byte of every line.
  public let lineStarts: [Int]
  /// How many lines precede the text in the file it was cut from.
  public let precedingLines: Int
  /// Where the file lies, with a slash at the end; empty for the current folder.
  public let folder: String

  /// Keeps `text` under `name`; `precedingLines` shifts the reported line numbers.
  public convenience init(name: String, text: String, precedingLines: Int = 0, folder: String? = nil) {
    self.init(name: name, bytes: Array(text.utf8), precedingLines: precedingLines, folder: folder)
  }

  /// Keeps the bytes of a file, which need not be valid UTF-8; the parser reports those that are not.
  ///
  /// The folder is that of `name` unless it is given, for a file that is reported under a shorter name.
  public init(name: String, bytes: [UInt8], precedingLines: Int = 0, folder: String? = nil) {
    self.name = name
    self.folder = folder ?? Source.folder(of: name)
    self.precedingLines = precedingLines
    self.bytes = bytes
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
    lineStarts = starts
  }
}

extension Source {
  /// The part of a path up to its last slash.
  public static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// The text of a span; everything when it is nil.
  public func text(of span: SourceSpan?) -> String {
    String(decoding: bytes[offsets(of: span)], as: UTF8.self)
  }

  /// The zero-based index of the line that holds `offset`.
  public func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// The text of a line without its line end.
  public func line(_ index: Int) -> String {
    guard lineStarts.indices.contains(index) else { return "" }
    return String(decoding: bytes[lineRange(index)], as: UTF8.self)
  }

  /// The offsets of a line's bytes without its line end.
  func lineRange(_ index: Int) -> Range<Int> {
    let start = lineStarts[index]
    var end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  /// The first offset from one on whose byte is none of these.
  func skip(from offset: Int, _ isSkipped: (UInt8) -> Bool) -> Int {
    var offset = offset
    while offset < bytes.count, isSkipped(bytes[offset]) { offset += 1 }
    return offset
  }

  /// Where a range ends without the bytes at its end that are some of these.
  func end(of range: Range<Int>, without isSkipped: (UInt8) -> Bool) -> Int {
    var end = range.upperBound
    while end > range.lowerBound, isSkipped(bytes[end - 1]) { end -= 1 }
    return end
  }

  /// The offsets a span covers, within the text; everything when it is nil.
  func offsets(of span: SourceSpan?) -> Range<Int> {
    guard let span else { return 0..<bytes.count }
    let start = min(max(Int(span.start), 0), bytes.count)
    return start..<min(max(Int(span.end), start), bytes.count)
  }
}

extension Source {
  /// Whether it belongs to the library, so that errors point to its caller instead.
  var isPrelude: Bool { name == Prelude.sourceName }
}
