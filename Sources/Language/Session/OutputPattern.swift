/// Expected output: text in which numbers have a tolerance and `...` stands for anything.
struct OutputPattern {
  /// What stands for any run of text, or as a line of its own for any run of lines.
  static let gap = "..."

  private let lines: [String]

  init(_ lines: [String]) { self.lines = lines }

  /// Whether anything is left open.
  var hasGaps: Bool { lines.contains { Piece.pieces(of: $0, withGaps: true).contains { $0 == .gap } } }

  /// Whether it describes the lines that were shown.
  ///
  /// A number that differs within the tolerance can be wider and move its whole column, so where numbers are
  /// not the same to the digit, spaces do not count.
  func matches(_ shown: [String], tolerance: Double) -> Bool {
    let expected = lines.map { Piece.pieces(of: $0, withGaps: true) }
    let actual = shown.map { Piece.pieces(of: $0, withGaps: false) }
    if matches(expected, actual, tolerance) { return true }
    guard expected.joined().filter(\.isNumber) != actual.joined().filter(\.isNumber) else { return false }
    let isVisible = { (piece: Piece) in piece != .space }
    return matches(expected.map { $0.filter(isVisible) }, actual.map { $0.filter(isVisible) }, tolerance)
  }

  private func matches(_ expected: [[Piece]], _ actual: [[Piece]], _ tolerance: Double) -> Bool {
    let wanted = expected.map { $0 == [.gap] ? nil : $0 }
    return OutputPattern.matches(wanted, actual) { line, shown in
      OutputPattern.matches(line.map { $0 == .gap ? nil : $0 }, shown) { $0.matches($1, tolerance) }
    }
  }

  /// Whether items fit a pattern in which nil stands for any run of them.
  private static func matches<Item>(
    _ pattern: [Item?], _ items: [Item], by fits: (Item, Item) -> Bool
  ) -> Bool {
    var (place, position) = (0, 0)
    // After the last nil: what follows it, and the first item it has not taken yet.
    var retry: (place: Int, position: Int)?
    while position < items.count {
      if place < pattern.count, pattern[place] == nil {
        place += 1
        retry = (place, position)
      } else if place < pattern.count, let wanted = pattern[place], fits(wanted, items[position]) {
        place += 1
        position += 1
      } else if let last = retry {
        retry = (last.place, last.position + 1)
        (place, position) = (last.place, last.position + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == nil }
  }
}

/// A part of a line of output.
private enum Piece: Equatable {
  /// A number as it is written.
  case number(Substring)
  case character(Character)
  case space
  case gap

  var isNumber: Bool {
    if case .number = self { true } else { false }
  }

  func matches(_ shown: Piece, _ tolerance: Double) -> Bool {
    guard self != shown else { return true }
    guard case .number(let mine) = self, case .number(let its) = shown, let wanted = Double(mine),
      let found = Double(its)
    else { return false }
    return wanted == found || abs(wanted - found) <= tolerance * max(abs(wanted), abs(found))
  }

  static func pieces(of line: String, withGaps: Bool) -> [Piece] {
    var pieces: [Piece] = []
    var rest = line[...]
    while let first = rest.first {
      if withGaps, rest.hasPrefix(OutputPattern.gap) {
        pieces.append(.gap)
        rest = rest.dropFirst(OutputPattern.gap.count)
      } else if let length = numberLength(rest, after: pieces.last) {
        pieces.append(.number(rest.prefix(length)))
        rest = rest.dropFirst(length)
      } else {
        pieces.append(first == " " ? .space : .character(first))
        rest = rest.dropFirst()
      }
    }
    return pieces
  }

  /// How many characters of a number the text starts with: sign, digits, fraction and exponent.
  private static func numberLength(_ text: Substring, after previous: Piece?) -> Int? {
    var rest = text
    if rest.first == "-" {
      // After a name, a number or a bracket it is a minus.
      switch previous {
      case .character(")"), .character("]"), .number: return nil
      case .character(let character) where character.isLetter: return nil
      case .character, .space, .gap, nil: rest = rest.dropFirst()
      }
    }
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest.dropFirst(digits.count)
    let fraction = rest.first == "." ? rest.dropFirst().prefix { $0.isASCII && $0.isNumber } : ""
    guard !digits.isEmpty || !fraction.isEmpty else { return nil }
    if !fraction.isEmpty { rest = rest.dropFirst(1 + fraction.count) }
    if rest.first == "e" {
      var exponent = rest.dropFirst()
      if exponent.first == "-" || exponent.first == "+" { exponent = exponent.dropFirst() }
      let digits = exponent.prefix { $0.isASCII && $0.isNumber }
      if !digits.isEmpty { rest = exponent.dropFirst(digits.count) }
    }
    return text.distance(from: text.startIndex, to: rest.startIndex)
  }
}
