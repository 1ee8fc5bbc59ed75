import Tensors

/// A tensor laid out for reading: on one line, or in aligned columns under its shape and dtype.
struct TensorLayout {
  /// Rows of a matrix, or lines of a vector, that are shown before the middle is left out.
  static let rowLimit = 20
  /// Matrices of a tensor of higher rank that are shown before the middle is left out.
  static let blockLimit = 6

  private let tensor: Tensor
  private let width: Int
  private let isFull: Bool
  /// The significant digits the user wants; nil for the usual ones.
  private let wantedDigits: Int?

  /// Lays `tensor` out in `width` columns; nothing is left out when `isFull`.
  init(_ tensor: Tensor, width: Int, isFull: Bool, digits: Int? = nil) {
    wantedDigits = digits
    self.tensor = tensor
    self.width = width
    self.isFull = isFull
  }

  /// The lines, joined by line ends.
  var text: String {
    let shape = tensor.shape
    if shape.contains(0) { return TensorLayout.emptyText(tensor) }
    if shape.rank == 1, let line = InlineWriter.text(.tensor(tensor), limit: width, digits: wantedDigits) {
      return line
    }
    let header = "\(shape) \(tensor.dtype.name)"
    let lines =
      switch shape.rank {
      case 1: vector
      case 2: matrix(from: 0)
      default: blocks
      }
    return ([header] + lines).joined(separator: "\n")
  }

  /// What stands for a tensor without elements: `[]`, or its shape when that says more.
  static func emptyText(_ tensor: Tensor) -> String {
    tensor.shape == [0] ? "[]" : "[] of shape \(tensor.shape)"
  }

  private var digits: Int { wantedDigits ?? (isFull ? Display.digits : Display.columnDigits) }

  /// Lines of as many aligned elements as fit, filled from the left.
  private var vector: [String] {
    let count = tensor.shape[0]
    let sample = Array(0..<min(count, 100)) + Array(max(count - 100, 100)..<max(count, 100))
    let widest = TextColumn(sample.map { Display.element(tensor, $0, digits: digits) }).width
    let perLine = max(1, (width - 2) / (widest + 2))
    let lineCount = (count - 1) / perLine + 1
    let kept = lineCount > TensorLayout.rowLimit ? perLine * TensorLayout.rowLimit / 4 : 0
    let shown: [Int] = kept == 0 ? Array(0..<count) : Array(0..<kept) + Array((count - kept)..<count)
    let column = TextColumn(shown.map { Display.element(tensor, $0, digits: digits) })
    var lines: [String] = []
    for start in stride(from: 0, to: shown.count, by: perLine) {
      if kept > 0, start == kept { lines.append("  ...") }
      let cells = (start..<min(start + perLine, shown.count)).map { column.cell($0) }
      lines.append(trimmed(cells.reduce("") { $0 + "  " + $1 }))
    }
    return lines
  }

  /// The rows of the matrix whose first element has this position.
  private func matrix(from offset: Int) -> [String] {
    let rank = tensor.shape.rank
    let (rowCount, columnCount) = (tensor.shape[rank - 2], tensor.shape[rank - 1])
    let rows = ElidedAxis(
      rowCount, limit: isFull ? rowCount : TensorLayout.rowLimit, ends: TensorLayout.rowLimit / 4)
    // A column takes at least a digit and two spaces.
    let most = isFull ? columnCount : max(1, width / 3)
    let candidates = ElidedAxis(columnCount, limit: most, ends: max(1, most / 2))
    let texts = candidates.indices.map { column in
      column.map { column in
        TextColumn(
          rows.indices.map { row in
            row.map { Display.element(tensor, offset + $0 * columnCount + column, digits: digits) } ?? "..."
          })
      }
    }
    return joined(fitting(texts), rowCount: rows.indices.count)
  }

  /// As many columns from both ends as the width allows; nil stands for what is left out.
  private func fitting(_ columns: [TextColumn?]) -> [TextColumn?] {
    func size(_ column: TextColumn?) -> Int { 2 + (column?.width ?? 3) }
    let total = columns.reduce(0) { $0 + size($1) }
    guard total > width else { return columns }
    var (head, tail): ([TextColumn?], [TextColumn?]) = ([], [])
    var used = size(nil)
    var (first, last) = (0, columns.count - 1)
    while first <= last {
      let takesHead = head.count <= tail.count
      let next = columns[takesHead ? first : last]
      guard let next, used + size(next) <= width || head.isEmpty else { break }
      used += size(next)
      if takesHead {
        head.append(next)
        first += 1
      } else {
        tail.insert(next, at: 0)
        last -= 1
      }
    }
    return head + [nil] + tail
  }

  private func joined(_ columns: [TextColumn?], rowCount: Int) -> [String] {
    (0..<rowCount).map { row in
      trimmed(columns.reduce("") { $0 + "  " + ($1?.cell(row) ?? "...") })
    }
  }

  private func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }

  /// The matrices along the leading axes, each under its index.
  private var blocks: [String] {
    let shape = tensor.shape
    let leading = 0..<(shape.rank - 2)
    let size = shape[shape.rank - 2] * shape[shape.rank - 1]
    let count = leading.reduce(1) { $0 * shape[$1] }
    let shown = ElidedAxis(
      count, limit: isFull ? count : TensorLayout.blockLimit, ends: TensorLayout.blockLimit / 2)
    return shown.indices.flatMap { block -> [String] in
      guard let block else { return ["..."] }
      var index: [String] = []
      var rest = block
      for axis in leading.reversed() {
        index.insert(String(rest % shape[axis]), at: 0)
        rest /= shape[axis]
      }
      return ["[\(index.joined(separator: ", ")), :, :]"] + matrix(from: block * size)
    }
  }
}

/// The positions of a long axis that are shown; nil stands for those left out in the middle.
struct ElidedAxis {
  let indices: [Int?]

  /// All of `count` positions, or `ends` from each end when there are more than `limit`.
  init(_ count: Int, limit: Int, ends: Int) {
    if count <= limit || count <= 2 * ends {
      indices = (0..<count).map { $0 }
    } else {
      indices = (0..<ends).map { $0 } + [nil] + ((count - ends)..<count).map { $0 }
    }
  }
}

/// Numbers under one another, aligned at the decimal point.
struct TextColumn {
  private let texts: [(whole: Substring, rest: Substring)]
  private let wholeWidth: Int
  private let restWidth: Int

  /// A column of these texts.
  init(_ texts: [String]) {
    self.texts = texts.map { text in
      // Words such as inf, nan, true and "..." have no decimal point and keep to the left part.
      let isNumber = text.utf8.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      let point = isNumber ? text.firstIndex { $0 == "." || $0 == "e" } ?? text.endIndex : text.endIndex
      return (text[..<point], text[point...])
    }
    wholeWidth = self.texts.map(\.whole.utf8.count).max() ?? 0
    restWidth = self.texts.map(\.rest.utf8.count).max() ?? 0
  }

  /// Columns of the terminal it takes.
  var width: Int { wholeWidth + restWidth }

  /// One text, filled with spaces to the full width.
  func cell(_ row: Int) -> String {
    let (whole, rest) = texts[row]
    return String(repeating: " ", count: wholeWidth - whole.utf8.count) + whole + rest
      + String(repeating: " ", count: restWidth - rest.utf8.count)
  }
}
