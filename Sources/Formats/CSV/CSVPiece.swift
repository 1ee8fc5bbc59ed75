import CKernels
import Tensors

/// A run of whole records that one thread reads.
struct CSVPiece {
  /// Where its first record starts.
  var start: Int
  /// Where the next piece starts, or the last record ends.
  var end: Int
  /// How many rows lie before it.
  var firstRow: Int
  /// How many rows there is room for.
  var rowLimit: Int
}

extension CSVPiece {
  /// The records from `start` to `end` as one piece, with room for as many as there can be of `width` fields each.
  static func whole(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int, width: Int) -> CSVPiece
  {
    guard start < end else { return CSVPiece(start: start, end: end, firstRow: 0, rowLimit: 0) }
    let lines = lines(bytes, start..<end)
    // A field takes a byte at least, with the separator or line end behind it; only the last one may lack that.
    let rows = min(lines.outside + lines.inside + 1, (end - start + 1) / width)
    return CSVPiece(start: start, end: end, firstRow: 0, rowLimit: rows)
  }

  /// The records from `start` to `end` in pieces of about `size` bytes, nil when there are too few for that.
  ///
  /// It is a guess, which holds for files that have quotes only around fields and no empty lines: whoever reads the
  /// pieces has to see whether each one ends where the next one starts and has as many rows as there is room for.
  static func cut(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int, size: Int) -> [CSVPiece]?
  {
    guard (end - start) / 2 > size else { return nil }
    let bounds = Array(stride(from: start, to: end, by: size)) + [end]
    var counts = [nns_lines](repeating: nns_lines(), count: bounds.count - 1)
    counts.withUnsafeMutableBufferPointer { counts in
      Threads.forEach(counts.count, isShared: true) { index in
        counts[index] = lines(bytes, bounds[index]..<bounds[index + 1])
      }
    }
    var starts = [(position: start, row: 0)]
    var row = 0
    var isQuoted = false
    for (index, count) in counts.enumerated() {
      if index > 0, let position = firstStart(bytes, from: bounds[index], to: end, isQuoted: isQuoted),
        position > starts[starts.count - 1].position
      {
        starts.append((position, row + 1))
      }
      row += isQuoted ? count.inside : count.outside
      isQuoted = isQuoted != (count.quotes % 2 == 1)
    }
    let ends = starts.dropFirst() + [(position: end, row: row + 1)]
    return zip(starts, ends).map { start, end in
      CSVPiece(start: start.position, end: end.position, firstRow: start.row, rowLimit: end.row - start.row)
    }
  }

  /// Where the first record starts behind a line end from `bound` on.
  private static func firstStart(
    _ bytes: UnsafeBufferPointer<UInt8>, from bound: Int, to end: Int, isQuoted: Bool
  ) -> Int? {
    var isQuoted = isQuoted
    // The second half of a line end belongs to the first one.
    var position = bytes[bound] == 0x0A && bytes[bound - 1] == 0x0D ? bound + 1 : bound
    while position < end {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      guard !isQuoted, byte == 0x0A || byte == 0x0D else { continue }
      return byte == 0x0D && position < end && bytes[position] == 0x0A ? position + 1 : position
    }
    return nil
  }

  private static func lines(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> nns_lines {
    var lines = nns_lines()
    let before = range.lowerBound > 0 ? bytes[range.lowerBound - 1] : 0
    nns_count_lines(bytes.baseAddress.map { $0 + range.lowerBound }, range.count, before, &lines)
    return lines
  }
}
