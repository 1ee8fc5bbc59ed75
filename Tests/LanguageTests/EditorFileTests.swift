import Foundation
import Testing

@testable import Language

/// The files for editors under scripts/editors must know the words and signs that the lexer knows.
@Suite("editor files")
struct EditorFileTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../scripts/editors").standardizedFileURL

  private static let keywords = Set(Token.Kind.allCases.filter(\.isKeyword).map(\.rawValue))
  private static let constants = Set(ModuleLoader.constantNames)

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
  }

  @Test func vimKnowsTheWords() throws {
    var found: [Bool: Set<String>] = [:]
    for line in try Self.text("vim/syntax/nns.vim").split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard words.starts(with: ["syntax", "keyword"]), words[2] != "nnsTodo" else { continue }
      let isConstant = ["nnsConstant", "nnsBoolean"].contains(words[2])
      found[isConstant, default: []].formUnion(words.dropFirst(3))
    }
    #expect(found == [false: Self.keywords, true: Self.constants])
  }

  @Test func textMateKnowsTheWords() throws {
    let grammar = try Grammar(Self.text("vscode/syntaxes/nns.tmLanguage.json"))
    func words(_ rule: String) -> Set<String> {
      let alternatives = grammar.patterns(rule).flatMap { pattern in
        pattern.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }.split(separator: "|")
      }
      return Set(alternatives.map(String.init))
    }
    #expect([words("keywords"), words("constants")] == [Self.keywords, Self.constants])
  }

  @Test(
    "a sign is one operator to the TextMate grammar", arguments: Token.Kind.allCases.filter(\.isInfixOnly))
  func textMateKnowsTheSign(_ kind: Token.Kind) throws {
    let grammar = try Grammar(Self.text("vscode/syntaxes/nns.tmLanguage.json"))
    let rule = kind.isKeyword ? "keywords" : "operators"
    #expect(grammar.firstMatch(rule, in: kind.rawValue) == kind.rawValue)
  }

  @Test(
    "a number is one number to the TextMate grammar",
    arguments: ["42", "1_000_000", "0.5", ".5", "1.", "1e-3", "2.5E+10", "0xff", "0b101"])
  func textMateKnowsTheNumber(_ number: String) throws {
    var lexer = Lexer(Source(name: "number", text: number), in: 0..<number.utf8.count)
    lexer.run()
    let grammar = try Grammar(Self.text("vscode/syntaxes/nns.tmLanguage.json"))
    #expect(lexer.tokens.first?.kind == .number && grammar.firstMatch("numbers", in: number) == number)
  }

  @Test("a range is two numbers to the TextMate grammar", arguments: ["1...5", "0..<10"])
  func textMateKnowsTheRange(_ range: String) throws {
    let grammar = try Grammar(Self.text("vscode/syntaxes/nns.tmLanguage.json"))
    #expect(grammar.firstMatch("numbers", in: range) == String(range.prefix(1)))
  }

  @Test(arguments: ["package.json", "language-configuration.json", "syntaxes/nns.markdown.tmLanguage.json"])
  func isJSON(_ path: String) throws {
    #expect(try JSONSerialization.jsonObject(with: Data(Self.text("vscode/" + path).utf8)) is [String: Any])
  }
}

/// A TextMate grammar, of which only single rules are applied.
private struct Grammar {
  private let repository: [String: Any]

  init(_ json: String) throws {
    let root = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    repository = root?["repository"] as? [String: Any] ?? [:]
  }

  /// The regular expressions of a rule.
  func patterns(_ rule: String) -> [String] {
    let rule = repository[rule] as? [String: Any]
    let patterns = rule?["patterns"] as? [[String: Any]] ?? []
    return patterns.compactMap { $0["match"] as? String }
  }

  /// What the first expression of a rule that matches finds.
  func firstMatch(_ rule: String, in text: String) -> String? {
    let whole = NSRange(text.startIndex..., in: text)
    for pattern in patterns(rule) {
      guard let expression = try? NSRegularExpression(pattern: pattern),
        let match = expression.firstMatch(in: text, range: whole), let range = Range(match.range, in: text)
      else { continue }
      return String(text[range])
    }
    return nil
  }
}
