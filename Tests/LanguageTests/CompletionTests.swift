import Testing

@testable import Language

/// A file system and commands that only tests know.
private final class CompletionTestWorld: CompletionWorld {
  let commands = ["cell", "cells", "diff", "open", "save", "sql", "time"]
  let home: String? = "/home/eva"

  func argument(of command: String, after before: [String]) -> (kind: CommandArgument, isLast: Bool)? {
    switch (command, before.count) {
    case ("cell", 0): (.words(["9", "10", "11"]), true)
    case ("diff", 0): (.words(["1", "2"]), false)
    case ("diff", 1): (.words(["3" + (before.first ?? "")]), true)
    case ("open", 0): (.words(["2026-03-01", "2026-03-01 2", "iris"]), true)
    case ("save", 0): (.nothing, true)
    case ("sql", 0): (.path, true)
    case ("time", 0): (.expression, true)
    default: nil
    }
  }

  func entries(ofFolder path: String) -> [FolderEntry] {
    switch path {
    case "":
      [
        FolderEntry(name: "data", isFolder: true), FolderEntry(name: "my \"own\" file.csv", isFolder: false),
        FolderEntry(name: ".hidden", isFolder: false), FolderEntry(name: "größe.csv", isFolder: false),
      ]
    case "data/":
      [FolderEntry(name: "iris.csv", isFolder: false), FolderEntry(name: "irises", isFolder: true)]
    case "/home/eva/": [FolderEntry(name: "notes.nns", isFolder: false)]
    default: []
    }
  }
}

/// A text with `|` where the cursor stands, and what Tab makes of it.
struct CompletionCase: CustomTestStringConvertible, Sendable {
  var typed: String
  /// The text after Tab, with `|` at the cursor; the same as before where nothing can be inserted.
  var completed: String
  /// Labels of candidates that must be offered.
  var offers: [String]
  /// Labels that must not be.
  var not: [String]

  init(_ typed: String, _ completed: String? = nil, offers: [String] = [], not: [String] = []) {
    self.typed = typed
    self.completed = completed ?? typed
    self.offers = offers
    self.not = not
  }

  var testDescription: String { typed }

  static let setup = """
    rate = 0.1; rate_decay = 2; model_of_iris = 3
    p = (w: 1, bias: [1, 2], inner: (depth: 3, describe: x -> x), next: ((a: 1), (b: 2)))
    t = table((price: [1, 2], `size`: [3, 4]))
    train_it(model, steps: 10, ...rest) = steps
    slope = grad(x -> x)
    matrix = [[1, 2], [3, 4]]
    save_dataset("iris flowers", [1, 2])
    αβ = 1
    """.replacing("`size`", with: "rooms")

  static let all: [CompletionCase] = [
    // Names.
    .init("model_|", "model_of_iris|"), .init("x = rat|", "x = rate|", offers: ["rate", "rate_decay"]),
    .init("linear_f|", "linear_fit(|"), .init("linear_f|(x)", "linear_fit|(x)"), .init("whi|", "while |"),
    .init("MODEL_|", "model_of_iris|"), .init("α|", "αβ|"), .init("no_such_|"), .init("12|"), .init("1e|"),
    .init("# mod|"), .init("1 # mod|"), .init("# note\nmodel_|", "# note\nmodel_of_iris|"),
    .init("local_thing = 1\nlocal_|", "local_thing = 1\nlocal_thing|"),
    .init("model_| + 1", "model_of_iris| + 1"), .init("x = |", "x = |", offers: ["rate", "p"], not: ["sin"]),
    // Fields.
    .init("p.b|", "p.bias|"), .init("p.|", offers: ["w", "bias", "inner", "next"]),
    .init("p.inner.de|", "p.inner.de|", offers: ["depth", "describe"]),
    .init("p.inner.dep|", "p.inner.depth|"),
    .init("p.inner.des|", "p.inner.describe(|"), .init("p.next[1].|", "p.next[1].b|"),
    .init("p[\"inner\"].dep|", "p[\"inner\"].depth|"), .init("t.pr|", "t.price|"),
    .init("matrix.sh|", "matrix.shape|"), .init("f(p).|"), .init("(p).|"), .init("p.next[0 + 1].|"),
    .init("nothing_here.|"), .init("3.|"), .init("p.next[99].|"),
    // Named arguments.
    .init("fit(net, x, y, ep|", "fit(net, x, y, epochs: |"),
    .init("fit(net, x, y, ep|: 3)", "fit(net, x, y, epochs|: 3)"),
    .init("fit(net, x, y, |", offers: ["loss:", "epochs:"], not: ["net:", "x:", "y:", "sin"]),
    .init("fit(net, x, y, epochs: 3, e|", offers: ["early_stop:"], not: ["epochs:"]),
    .init("fit(net, sum(a, b), y, [1, 2], opti|", "fit(net, sum(a, b), y, [1, 2], optimizer: |"),
    .init("train_it(m, st|", offers: ["steps:"], not: ["rest:"]),
    .init("train_it(m, ste|", offers: ["steps:"]),
    .init("mlp(1, 2, activ|", offers: ["activation:"]), .init("fit(net, [ep|", not: ["epochs:"]),
    .init("fit(net, x, y, epochs: rat|", "fit(net, x, y, epochs: rate|", not: ["epochs:"]),
    .init("fit(\n  net, x, y,\n  ep|", "fit(\n  net, x, y,\n  epochs: |"),
    .init("\"{fit(net, x, y, ep|", "\"{fit(net, x, y, epochs: |"),
    // Strings.
    .init("load(\"da|", "load(\"data/|"), .init("load(\"data/iris|", offers: ["iris.csv", "irises/"]),
    .init("load(\"data/iris.|", "load(\"data/iris.csv\"|"),
    .init("load(\"data/iris.|\")", "load(\"data/iris.csv|\")"),
    .init("load(\"my|", "load(\"my \\\"own\\\" file.csv\"|"),
    .init("load(\"my \\\"o|", "load(\"my \\\"own\\\" file.csv\"|"),
    .init("load(r\"gr|", "load(r\"größe.csv\"|"), .init("load(\"~/no|", "load(\"/home/eva/notes.nns\"|"),
    .init("load(\"|", offers: ["data/", "größe.csv"], not: [".hidden"]),
    .init("load(\".h|", "load(\".hidden\"|"),
    .init("load(\"nowhere/x|"), .init("p[\"bi|", "p[\"bias\"|"), .init("t[\"pr|\"]", "t[\"price|\"]"),
    .init("dataset(\"ir|", "dataset(\"iris flowers\"|"), .init("\"{model_|}\"", "\"{model_of_iris|}\""),
    // Commands.
    .init(":ti|", ":time |"), .init(":cel|", ":cell|", offers: [":cell", ":cells"]),
    .init(":cells|", ":cells|"),
    .init(":|", offers: [":cell", ":time"]), .init(":cell 1|", ":cell 1|", offers: ["10", "11"], not: ["9"]),
    .init(":open 2026-03-01 |", ":open 2026-03-01 2|"), .init(":open ir|", ":open iris|"),
    .init(":diff 2|", ":diff 2 |"), .init(":diff 7 |", ":diff 7 37|"), .init(":save x|"),
    .init(":unknown x|"),
    .init(":sql da|", ":sql data/|"), .init(":time model_|", ":time model_of_iris|"),
    .init(":time p.b|", ":time p.bias|"),
    .init(":cells x|"),
    // Symbols.
    .init("\\alpha|", "α|"), .init("x = \\lambd|", "x = λ|"), .init("\\eta|", "η|"), .init("x\\_1|", "x₁|"),
    .init("\\the|", "\\theta|".replacing("\\theta", with: "θ")), .init("\\var|", offers: ["\\varphi φ"]),
    .init("plot(x, title: \"loss \\nab|", "plot(x, title: \"loss ∇|"), .init("\\nosuchsymbol|"),
    // Help.
    .init("?linear_f|", "?linear_fit|"), .init("??model_of|", "??model_of_iris|"), .init("?|"), .init("|x"),
    .init("|"),
  ]
}

@Suite("completion")
struct CompletionTests {
  @Test(arguments: CompletionCase.all)
  func findsHowATextGoesOn(_ expected: CompletionCase) throws {
    let session = Session(host: RecordingHost())
    if case .failed(let diagnostic) = session.submit(Source(name: "setup", text: CompletionCase.setup)) {
      throw diagnostic
    }
    let world = CompletionTestWorld()
    let parts = expected.typed.split(separator: "|", omittingEmptySubsequences: false)
    let text = parts.joined()
    let completion = Completer(session: session, world: world).completion(of: text, at: parts[0].utf8.count)
    var completed = expected.typed
    if let completion,
      completion.insertion.utf8.count >= completion.range.count || completion.candidates.count == 1
    {
      let bytes = Array(text.utf8)
      completed =
        String(decoding: bytes[..<completion.range.lowerBound], as: UTF8.self) + completion.insertion + "|"
        + String(decoding: bytes[completion.range.upperBound...], as: UTF8.self)
    }
    let labels = completion?.candidates.map(\.label) ?? []
    let missing = expected.offers.filter { !labels.contains($0) }
    let unwanted = expected.not.filter { labels.contains($0) }
    #expect(
      (expected.completed == expected.typed && !expected.offers.isEmpty || completed == expected.completed)
        && missing.isEmpty && unwanted.isEmpty, "\(completed) \(labels.prefix(20))")
  }

  @Test func nothingTypedCanBreakIt() {
    let session = Session(host: RecordingHost())
    let completer = Completer(session: session, world: CompletionTestWorld())
    let pieces = [
      "\"", "{", "}", "(", "p.", "[", "]", ")", ":", "?", "\\", "r\"", "#", "\n", "é", "'", "fit(", ",", " ",
      "1.", "\u{0}",
    ]
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let text = (0..<Int.random(in: 0..<12, using: &generator)).map { _ in
        pieces.randomElement(using: &generator) ?? ""
      }
      .joined()
      for cursor in -1...(text.utf8.count + 1) { _ = completer.completion(of: text, at: cursor) }
      _ = SourceStyles(input: text)
    }
  }

  @Test(arguments: [
    (
      "[1]> x = 1\n[2]> f(a) = {\n ...>   a\n ...> }\nsome output\n[3]> f(x)\n1\n",
      ["x = 1", "f(a) = {\n  a\n}", "f(x)"]
    ),
    ("garbage\n [12]> :undo\n ...> not shown\n[13]>\n", [":undo\nnot shown"]), ("x = [1]\ny = 2", nil),
    ("[a]> x", nil),
  ])
  func aTranscriptGivesItsInputs(text: String, inputs: [String]?) {
    #expect(PastedTranscript.inputs(in: text) == inputs)
  }
}
