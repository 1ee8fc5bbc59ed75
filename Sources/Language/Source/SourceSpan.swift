/// A range of bytes in one source text.
public struct SourceSpan: Hashable, Sendable {
  /// Offset of the first byte.
  public var start: Int32
  /// Offset just past the last byte.
  public var end: Int32

  /// Spans the bytes from `start` up to but excluding `end`.
  public init(_ start: Int, _ end: Int) {
    self.start = Int32(clamping: start)
    self.end = Int32(clamping: end)
  }

  /// The smallest span that covers both.
  public func joined(with other: SourceSpan) -> SourceSpan {
    SourceSpan(Int(min(start, other.start)), Int(max(end, other.end)))
  }
}
