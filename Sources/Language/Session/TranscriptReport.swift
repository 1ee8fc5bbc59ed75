/// What came of running a transcript.
public struct TranscriptReport {
  /// A statement that did not do what it should.
  public struct Difference {
    /// The ways to go wrong.
    public enum Problem: String, Sendable {
      case differs = "the output differs"
      case failed = "this fails"
      case stray = "expected output stands under no statement"
    }

    /// What is wrong.
    public var problem: Problem
    /// The line in the file, from 1: that of the expected output, or else of the statement's end.
    public var line: Int
    /// The lines after `#>`.
    public var expected: [String]
    /// What was shown instead.
    public var shown: [String]
  }

  /// Lines to be put under a statement, in place of the bytes of others.
  struct Edit {
    var afterLine: Int
    var replacing: SourceSpan?
    var lines: [String]
  }

  /// How many statements with expected output were compared.
  public internal(set) var comparisons = 0
  /// What was wrong, in the order of the file.
  public internal(set) var differences: [Difference] = []
  /// Whether Ctrl-C ended the run.
  public internal(set) var isInterrupted = false
  var edits: [Edit] = []
}

extension TranscriptReport.Difference {
  /// The expected lines marked `-` and the shown ones marked `+`, with equal ones around them unmarked.
  public var lines: [String] {
    let head = zip(expected, shown).prefix { $0 == $1 }.count
    let (wanted, found) = (expected.dropFirst(head), shown.dropFirst(head))
    let tail = zip(wanted.reversed(), found.reversed()).prefix { $0 == $1 }.count
    return expected.prefix(head).map { "    " + $0 }
      + wanted.dropLast(tail).map { "  - " + $0 }
      + found.dropLast(tail).map { "  + " + $0 }
      + wanted.suffix(tail).map { "    " + $0 }
  }
}

extension TranscriptReport {
  /// The text with what was shown as its expected output; everything else keeps its bytes.
  ///
  /// Expected lines with gaps stay as they are when they match.
  public func recorded(in source: Source) -> [UInt8] {
    let lineEnd = source.bytes.contains(UInt8(ascii: "\r")) ? "\r\n" : "\n"
    var bytes: [UInt8] = []
    var position = 0
    for edit in edits {
      let next = edit.afterLine + 1
      let below = next < source.lineStarts.count ? source.lineStarts[next] : source.bytes.count
      let start = edit.replacing.map { Int($0.start) } ?? below
      bytes += source.bytes[position..<start]
      if !bytes.isEmpty, bytes.last != UInt8(ascii: "\n") { bytes += Array(lineEnd.utf8) }
      for line in edit.lines { bytes += Array(((line.isEmpty ? "#>" : "#> " + line) + lineEnd).utf8) }
      position = edit.replacing.map { Int($0.end) } ?? below
    }
    return bytes + source.bytes[position...]
  }

  /// Output as it can be recorded: without the parts of errors that hold line numbers, because every
  /// recorded line changes those.
  static func lasting(_ shown: [String]) -> [String] {
    guard let first = shown.firstIndex(where: { $0.hasPrefix("error: ") }) else { return shown }
    var lines = Array(shown[...first])
    for line in shown[(first + 1)...] {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("= ") {
        lines.append(line)
      } else if lines.last != OutputPattern.gap {
        lines.append(OutputPattern.gap)
      }
    }
    return lines
  }
}
