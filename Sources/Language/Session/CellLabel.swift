/// What a cell is asked for by: its number, and a letter where branches have cells of the same number: `3b`.
public struct CellLabel: Hashable, Sendable {
  /// How many cells lead to it, itself included.
  public var number: Int
  /// Its place among the cells of that number, the oldest being 0; nil for the one nearest to the present state.
  public var branch: Int?

  /// The label of a number, and of a place among the cells that have it.
  public init(_ number: Int, branch: Int? = nil) {
    self.number = number
    self.branch = branch
  }
}

extension CellLabel {
  /// Reads `3` or `3b`; nil for anything else.
  public init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let letters = text.dropFirst(digits.count)
    guard let number = Int(digits), letters.utf8.count <= 4,
      letters.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
    else { return nil }
    // As columns of a spreadsheet are counted: z is followed by aa.
    let count = letters.utf8.reduce(0) { $0 * 26 + Int($1 - UInt8(ascii: "a")) + 1 }
    self.init(number, branch: letters.isEmpty ? nil : count - 1)
  }
}

extension CellLabel: CustomStringConvertible {
  /// As it is typed: `3` or `3b`.
  public var description: String {
    var letters = ""
    var rest = branch.map { $0 + 1 } ?? 0
    while rest > 0 {
      let letter = UnicodeScalar(UInt8(ascii: "a") + UInt8((rest - 1) % 26))
      letters = String(letter) + letters
      rest = (rest - 1) / 26
    }
    return "\(number)\(letters)"
  }
}

extension CellLabel: ExpressibleByIntegerLiteral {
  /// The label of a number.
  public init(integerLiteral number: Int) { self.init(number) }
}

extension CellLabel {
  /// The labels of cells by the store's numbers for them; those that share a number have letters, from the oldest on,
  /// which later cells do not change.
  public static func labels(of cells: [CellEntry]) -> [Int: CellLabel] {
    var labels: [Int: CellLabel] = [:]
    for (number, group) in Dictionary(grouping: cells, by: \.number) {
      for (branch, cell) in group.enumerated() {
        labels[cell.id] = CellLabel(number, branch: group.count > 1 ? branch : nil)
      }
    }
    return labels
  }
}
