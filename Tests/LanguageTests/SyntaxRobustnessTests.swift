import Testing

@testable import Language

/// Whatever stands in a text, reading it ends with a program or an error that has a place.
@Suite struct SyntaxRobustnessTests {
  @Test func randomTextsDoNotCrash() {
    var chance = Chance(seed: 1)
    let pieces = [
      "(", ")", "[", "]", "{", "}", "\"", "\"\"\"", "\\", "'", "\n", " ", "  -", "#", "##", "#>", "if ",
      "else ", "for ", " in ", "x", "1", ".", "...",
      "..<", ":", ";", ",", "=", "->", "|>", "+", "-", "not ", "∇", "θ", "₁", "e\u{301}", "r\"", "\\u{", "0x",
      "1e", "try ", "catch ", "\r\n", "^", "f(", "del ", "\u{0}",
    ]
    for _ in 0..<4000 {
      let text = (0..<Int.random(in: 1...20, using: &chance)).map { _ in
        pieces.randomElement(using: &chance) ?? ""
      }
      check(Array(text.joined().utf8))
    }
  }

  @Test func randomBytesDoNotCrash() {
    var chance = Chance(seed: 2)
    for _ in 0..<1500 {
      check(
        (0..<Int.random(in: 0...30, using: &chance)).map { _ in UInt8.random(in: 0...255, using: &chance) })
    }
  }

  @Test func changedProgramsDoNotCrash() {
    var chance = Chance(seed: 3)
    var generator = ProgramGenerator(seed: 4)
    for _ in 0..<150 {
      let program = Array(generator.program().utf8)
      for _ in 0..<5 {
        var bytes = program
        for _ in 0..<Int.random(in: 1...3, using: &chance) {
          let index = Int.random(in: 0..<max(bytes.count, 1), using: &chance)
          guard index < bytes.count else { continue }
          switch Int.random(in: 0..<4, using: &chance) {
          case 0: bytes.remove(at: index)
          case 1: bytes.insert(bytes.randomElement(using: &chance) ?? 0, at: index)
          case 2: bytes.removeSubrange(index...)
          default: bytes[index] = UInt8.random(in: 0...127, using: &chance)
          }
        }
        check(bytes)
      }
    }
  }

  @Test(arguments: [
    ("(", "1", ")"), ("[", "1", "]"), ("-", "1", ""), ("not ", "a", ""), ("2^", "1", ""), ("x -> ", "1", ""),
    ("f(", "1", ")"), ("∇", "f", ""),
    ("if a { ", "1", " }"), ("if a { b } else ", "{ }", ""), ("try { ", "1", " } catch { }"),
    ("x[", "1", "]"), ("\"{", "1", "}\""), ("f(x) = { ", "1", " }"),
    ("for a in b { ", "1", "}"), ("1 + ", "1", ""), ("a < ", "1", ""), ("", "a", ".b"), ("", "a", "(1)"),
    ("", "a", "'"), ("", "a", "[0]"), ("for ((", "a", "",), ("(a: ", "1", ")"),
    ("x |> ", "f", ""), ("{", "", ""), ("", "a", ".b = 1"), ("x = ", "1", ""),
  ])
  func deepNestingIsAnError(opening: String, middle: String, closing: String) {
    for depth in [145, 900, 3000] {
      let text = String(repeating: opening, count: depth) + middle + String(repeating: closing, count: depth)
      check(Array(text.utf8))
    }
  }

  @Test(arguments: [" if a", " for b in c"])
  func clausesCountAsDepth(clause: String) {
    let texts = [100, 15_000].map { "[1 for x in y" + String(repeating: clause, count: $0) + "]" }
    #expect(texts.map { Outline.of($0).hasPrefix("error") } == [false, true])
  }

  @Test func usualDepthsAreRead() {
    let brackets = String(repeating: "(", count: 140) + "1" + String(repeating: ")", count: 140)
    let sum = Array(repeating: "1", count: 900).joined(separator: " + ")
    #expect(Outline.of(brackets) == "1" && !Outline.of(sum).hasPrefix("error"))
  }

  /// Reads a text, and prints and reads again what it is.
  private func check(_ bytes: [UInt8]) {
    let source = Source(name: "test", bytes: bytes)
    switch Parser.parse(source) {
    case .program(let program): _ = program.text
    case .failure(let diagnostic), .incomplete(let diagnostic):
      let isPlaced =
        diagnostic.span.map { $0.start >= 0 && $0.start <= $0.end && Int($0.end) <= bytes.count } ?? false
      if !isPlaced {
        Issue.record("\(diagnostic) has no place in \(source.text(of: SourceSpan(0, bytes.count)))")
      }
      _ = diagnostic.render()
    }
    _ = NotebookCells.split(source)
    _ = Transcript(source)
  }
}
