import Testing

@testable import Language

@Suite("help on names and words")
struct HelpTests {
  @Test(
    "every word and sign of the language has an entry",
    arguments: Token.Kind.allCases.filter { !$0.rawValue.contains(" ") && $0 != .stringText })
  func wordHasAnEntry(_ kind: Token.Kind) {
    #expect(HelpText.entry(named: kind.rawValue) != nil, "?\(kind.rawValue)")
  }

  @Test("every constant has an entry", arguments: ModuleLoader.constantNames)
  func constantHasAnEntry(_ name: String) { #expect(HelpText.entry(named: name) != nil) }

  @Test func summariesAreSentences() {
    let wrong = HelpText.entries.filter { entry in
      entry.summary.last != "." || entry.summary.contains("\n") || entry.summary.contains(". ")
        || entry.summary.first?.isLowercase == true
    }
    #expect(wrong.map(\.name).isEmpty)
  }

  @Test func everyEntryHasAnExample() {
    #expect(HelpText.entries.filter { !$0.example.contains("#>") }.map(\.name).isEmpty)
  }

  @Test func namesFromElsewhereBelongToOneFunction() {
    let own = Set(HelpText.entries.map(\.name))
    let others = HelpText.entries.flatMap(\.otherNames)
    let repeated = Dictionary(grouping: others) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    let taken = HelpText.library.flatMap(\.otherNames).filter(own.contains)
    let unknown = HelpSynonyms.table.keys.filter { !own.contains($0) }
    #expect(repeated.isEmpty && taken.isEmpty && unknown.isEmpty, "\(repeated) \(taken) \(unknown)")
  }

  @Test func whatThePreludeKeepsForItselfIsNotListed() {
    #expect(HelpText.entry(named: "_fans") == nil && !HelpText.overview.contains("fans"))
    #expect(HelpSearch.find("fan-in", in: HelpText.entries).isEmpty)
  }

  /// Words, and what is to be found among the first.
  static let searches = [
    ("matrix product", "@"), ("softmax", "softmax"), ("concatenate", "concat"), ("lambda", "->"),
    ("loop", "for"), ("least squares", "lstsq"), ("learning rate", "constant_lr"), ("dictionary", "records"),
    ("neural network", "model"), ("random normal", "randn"), ("standard deviation", "std"),
    ("early stopping", "fit"), ("backpropagation", "explain"), ("read_csv", "load"),
    ("transposed", "transpose"),
  ]

  @Test("the best comes early", arguments: searches)
  func bestComesEarly(_ words: String, _ name: String) {
    let found = HelpText.search(words).map(\.name).prefix(4)
    #expect(found.contains(name), "\(found)")
  }

  @Test func linesFitTheWidth() {
    let long = HelpText.entries.flatMap { entry in
      entry.text(width: 60).split(separator: "\n").prefix { $0 != "  example" }
    }.filter { Display.columns(String($0)) > 60 && $0.split(separator: " ").count > 2 }
    #expect(long.isEmpty)
  }

  /// Labels with texts, and the lines they become in so many columns.
  static let rows: [(width: Int, lines: [String])] = [
    (80, ["  :cells  all of them, and more words", "  :why    the sources"]),
    (32, ["  :cells  all of them, and more", "          words", "  :why    the sources"]),
    (29, ["  :cells", "      all of them, and more", "      words", "  :why", "      the sources"]),
  ]

  @Test("texts stand beside their labels, or below where there is little room", arguments: rows)
  func alignsTexts(_ width: Int, _ lines: [String]) {
    let rows = [(label: ":cells", text: "all of them, and more words"), (":why", "the sources")]
    #expect(Display.aligned(rows, indent: 2, width: width) == lines)
  }

  @Test(
    "lines are cut by the columns they take",
    arguments: [("abcdef", "ab..."), ("损失损失", "损..."), ("abcde", "abcde")])
  func cutsLines(_ line: String, _ cut: String) { #expect(Display.cut(line, to: 5) == cut) }

  @Test func aNameFromElsewhereIsOfferedByTheError() {
    let session = Session(host: RecordingHost())
    guard case .failed(let error) = session.submit(Source(name: "cell", text: "arange(3)")) else {
      Issue.record("arange is known")
      return
    }
    #expect(error.hint == "did you mean range?")
  }
}
