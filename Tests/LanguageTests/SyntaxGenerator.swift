/// A small repeatable source of chance (xorshift).
struct Chance: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

/// Writes random programs that are correct.
struct ProgramGenerator {
  private var chance: Chance
  private var depth = 0

  init(seed: UInt64) { chance = Chance(seed: seed) }

  /// One to three statements.
  mutating func program() -> String { lines(1...3, indentation: "") }

  private mutating func pick(_ choices: [String]) -> String {
    choices[Int.random(in: 0..<choices.count, using: &chance)]
  }

  private mutating func lines(_ count: ClosedRange<Int>, indentation: String) -> String {
    (0..<Int.random(in: count, using: &chance)).map { _ in indentation + statement() }.joined(separator: "\n")
  }

  private mutating func block() -> String {
    pick([
      "{ \(statement()) }", "{\n\(lines(0...2, indentation: ""))\n}", "{ \(statement()); \(statement()) }",
    ])
  }

  private mutating func statement() -> String {
    depth += 1
    defer { depth -= 1 }
    guard depth < 4 else { return value() }
    switch Int.random(in: 0..<14, using: &chance) {
    case 0: return "x = \(value())"
    case 1:
      return "f(\(pick(["", "x", "(a, b), c", "x, s: \(value())", "...xs"]))) = \(pick([value(), block()]))"
    case 2: return "p.w[\(value())] \(pick(["+=", "-=", "^=", "="])) \(value())"
    case 3: return "(a, (b, c)) = \(value())"
    case 4: return "for \(pick(["x", "(i, x)"])) in \(value()) \(block())"
    case 5: return "while \(value()) \(block())"
    case 6: return "repeat \(value()) \(block())"
    case 7: return pick(["break", "continue", "return", "return \(value())", "del a, b"])
    case 8: return "g = \(pick(["x", "(x, y)", "()"])) -> \(pick([value(), block()]))"
    default: return value()
    }
  }

  private mutating func value() -> String {
    depth += 1
    defer { depth -= 1 }
    guard depth < 6 else { return pick(["x", "1", "2.5", "\"a\"", "θ₁", "[]", "()"]) }
    switch Int.random(in: 0..<27, using: &chance) {
    case 0...3:
      let operation = pick([
        "+", "-", "*", "/", "//", "%", "@", "++", "^", "|>", "and", "or", "&", "|", "==", "<", "in",
      ])
      return "(\(value())) \(operation) (\(value()))"
    case 4: return "\(pick(["-", "!", "not "]))(\(value()))"
    case 5: return "(\(value()))..<(\(value()))"
    case 6: return "(\(value()))'"
    case 7: return "∇(\(value()))"
    case 8: return "(\(value()))(\(value()), k: \(value()), ...xs)"
    case 9: return "(\(value()))[\(pick([":", "...", "::2", "1:", value()])), \(value())]"
    case 10: return "(\(value())).\(pick(["w", "if", "T"]))"
    case 11: return "[\(value()), ...\(value())]"
    case 12: return "(\(value()),)"
    case 13: return "(a: \(value()), ...(\(value())), in: 1)"
    case 14: return "[\(value()) for (a, b) in (\(value())) if (\(value()))]"
    case 15: return "(if \(value()) \(block()) else \(block()))"
    case 16: return "(if \(value()) \(block()) else if \(value()) \(block()))"
    case 17: return "(try \(block()) catch \(pick(["", "e "]))\(block()))"
    case 18: return "(x -> \(value()))"
    case 19: return "((x, k: 1) -> \(block()))"
    case 20: return "\"\"\"a\\n{\(value()):.2f}\n\\{\\\"\"\"\""
    case 21: return "x |> \(value())"
    default: return pick(["x", "1e30", "0.1", "\"tab\\t\"", "f'", "∇m.f", "_", "x[0]", "f(1)", "-x", "true"])
    }
  }
}
