/// Rows of cells laid out in columns: the first one to the left, the others to the right.
enum AlignedColumns {
  /// The lines, each indented by two.
  static func lines(_ rows: [[String]]) -> [String] {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? Display.columns($0[column]) : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = " "
      for (column, cell) in row.enumerated() {
        line += (column == 0 ? " " : "  ") + Display.padded(cell, to: widths[column], atLeft: column > 0)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

extension Record {
  /// The number in a field; nil for anything else.
  func number(_ name: String) -> Double? {
    if case .number(let number)? = self[name] { number } else { nil }
  }

  /// The string in a field; nil for anything else.
  func string(_ name: String) -> String? {
    if case .string(let string)? = self[name] { string } else { nil }
  }

  /// The truth value in a field; nil for anything else.
  func bool(_ name: String) -> Bool? {
    if case .bool(let bool)? = self[name] { bool } else { nil }
  }
}

extension Display {
  /// A number as reports give it: six digits.
  static func reported(_ number: Double) -> String { Display.number(number, digits: 6) }

  /// A value on one line, or what it is when it does not fit.
  static func brief(_ value: Value, width: Int) -> String {
    if let line = InlineWriter.text(value, limit: max(20, width)) { return line }
    guard let count = try? Structure.count(value) else { return value.kind }
    return "\(value.kind) with \(count) numbers"
  }
}
