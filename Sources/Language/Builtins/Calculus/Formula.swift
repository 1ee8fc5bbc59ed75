/// A formula of the tables, such as `xʸ ln x`, whose variables can be replaced.
struct Formula {
  private enum Piece {
    /// A variable, a number or the name of a function.
    case word(String)
    case mark(Character)
  }

  private let pieces: [Piece]

  private static let variables = ["x", "y", "z"]
  private static let raised: [Character: Character] = [
    "⁻": "-", "⁰": "0", "¹": "1", "²": "2", "³": "3", "ˣ": "x", "ʸ": "y",
  ]

  init(_ text: String) {
    var pieces: [Piece] = []
    for character in Formula.lowered(text) {
      let isWord = character.isASCII && (character.isLetter || character.isNumber || character == ".")
      if isWord, case .word(let word)? = pieces.last {
        pieces[pieces.count - 1] = .word(word + String(character))
      } else {
        pieces.append(isWord ? .word(String(character)) : .mark(character))
      }
    }
    self.pieces = pieces
  }

  /// Exponents with variables written as powers: `e⁻ˣ` as `e^(-x)`.
  private static func lowered(_ text: String) -> String {
    var result = ""
    var exponent = ""
    func finish() {
      let plain = String(exponent.map { raised[$0] ?? $0 })
      let hasVariable = plain.contains { $0 == "x" || $0 == "y" }
      result += hasVariable ? (plain.count == 1 ? "^" + plain : "^(\(plain))") : exponent
      exponent = ""
    }
    for character in text {
      if raised[character] != nil {
        exponent.append(character)
      } else {
        finish()
        result.append(character)
      }
    }
    finish()
    return result
  }
}

extension Formula {
  /// Whether a variable occurs in it.
  var usesVariables: Bool {
    pieces.contains { piece in
      if case .word(let word) = piece { Formula.variables.contains(word) } else { false }
    }
  }

  /// The formula with other names or numbers for its variables, with `times` between factors and
  /// brackets around what a function is applied to and around negative numbers inside of it.
  func renamed(_ names: [String: String], times: String = " ") -> String {
    var text = ""
    var last: Piece?
    var closesArgument = false
    for (index, piece) in pieces.enumerated() {
      switch piece {
      case .word(let word):
        let name = names[word] ?? word
        let needsBrackets = closesArgument || name.hasPrefix("-") && !standsAlone(index)
        text += needsBrackets ? "(\(name))" : name
        closesArgument = false
        last = piece
      case .mark(" "):
        if isFunction(last), startsFactor(index + 1) {
          closesArgument = true
        } else {
          text += endsFactor(last) && startsFactor(index + 1) ? times : " "
          last = nil
        }
      case .mark(let mark):
        closesArgument = false
        text.append(mark)
        // The square of a function, as in tanh² x, is still a function.
        if Formula.raised[mark] == nil { last = piece }
      }
    }
    return text
  }

  /// Whether there is nothing else between the brackets or commas around a piece.
  private func standsAlone(_ index: Int) -> Bool {
    func isMark(_ index: Int, _ marks: String) -> Bool {
      guard case .mark(let mark) = pieces[index] else { return false }
      return marks.contains(mark)
    }
    let isFirst =
      index == 0 || isMark(index - 1, "(") || index > 1 && isMark(index - 1, " ") && isMark(index - 2, ",")
    return isFirst && (index == pieces.count - 1 || isMark(index + 1, "),"))
  }

  private func isFunction(_ piece: Piece?) -> Bool {
    guard case .word(let word)? = piece else { return false }
    return word.count > 1 && word.allSatisfy(\.isLetter)
  }

  private func endsFactor(_ piece: Piece?) -> Bool {
    switch piece {
    case .word: true
    case .mark(let mark): mark == ")" || mark == "π"
    case nil: false
    }
  }

  private func startsFactor(_ index: Int) -> Bool {
    guard index < pieces.count else { return false }
    switch pieces[index] {
    case .word: return true
    case .mark(let mark): return "(√∛⌊|".contains(mark)
    }
  }
}
