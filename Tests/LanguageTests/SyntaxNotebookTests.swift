import Testing

@testable import Language

/// Cells, transcripts, rendered errors and names.
@Suite struct SyntaxNotebookTests {
  @Test func scriptsAreCutAtCellHeaders() {
    let text = "x = 1\n# %% Load\ny = \"\"\"\n# %% text\n\"\"\"\n# %%\n# A *note*\n#\n# here\n\n# %%  \n"
    let source = Source(name: "test", text: text)
    let cells = NotebookCells.split(source).map {
      "\($0.title)|\($0.hasHeader)|\(source.text(of: $0.range))|\($0.prose ?? "-")"
    }
    #expect(
      cells == [
        "|false|x = 1\n|-", "Load|true|y = \"\"\"\n# %% text\n\"\"\"\n|-",
        "|true|# A *note*\n#\n# here\n\n|A *note*\n\nhere", "|true||-",
      ])
  }

  @Test func transcriptsKeepWhatIsExpected() {
    let text =
      "#> stray\nx = 1\nx\n#> 1\n#>  a\nf(y) = {\n  #> no\n  y\n}\n2x\n#> error: …\ns = \"\"\"\n#> text\n\"\"\"\r\n1; 2\r\n#> 2\r\n"
    let source = Source(name: "test", text: text)
    let transcript = Transcript(source)
    let steps = transcript.steps.map { step in
      let code =
        switch step.code {
        case .statement(let statement): Outline.of(statement)
        case .failure(let diagnostic): diagnostic.message
        }
      return code + (step.expected.map { " → \($0.firstLine): \($0.lines)" } ?? "")
    }
    #expect(
      steps == [
        "(= x 1)", "x → 4: [\"1\", \" a\"]", "(def f (y) {y})",
        "`x` follows the number 2 directly → 11: [\"error: …\"]",
        "(= s \"#> text\")", "1;", "2 → 16: [\"2\"]",
      ])
    #expect(transcript.strayExpectations.map(\.firstLine) == [1])
  }

  @Test func errorsShowTheirPlace() {
    let source = Source(name: "fit.nns", text: "a\n\n\t权 = x @ w + b\n", precedingLines: 97)
    var diagnostic = Diagnostic(
      "cannot multiply", at: SourceSpan(10, 15), in: source, label: "x is [2]", hint: "transpose w")
    diagnostic.notes = ["w came from a file"]
    diagnostic.calls = [Diagnostic.Call(function: "f", source: source, span: SourceSpan(0, 1))]
    #expect(
      diagnostic.render() == """
        error: cannot multiply
            --> fit.nns:100:6
             |
         100 |     权 = x @ w + b
             |          ^^^^^ x is [2]
             = help: transpose w
             = note: w came from a file
             in `f` called at fit.nns:98:1
        """)
    diagnostic.calls = Array(repeating: diagnostic.calls[0], count: 30)
    #expect(
      diagnostic.render().split(separator: "\n").count == 18
        && diagnostic.render().contains("… 20 more calls …"))
    #expect(Diagnostic("no place", hint: "try").render() == "error: no place\n   = help: try")
    #expect(Diagnostic("end", at: SourceSpan(1, 9), in: source).render().hasSuffix("\n 98 | a\n    |  ^"))
  }

  @Test(arguments: [
    ("rleu", "relu"), ("Relu", "relu"), ("lossess", "losses"), ("sqr", "sqrt"), ("zzz", nil), ("x", nil),
    ("maen", "mean"), ("learning_rat", "learning_rate"), ("é", nil),
    ("", nil),
  ])
  func misspeltNamesAreFound(name: String, meant: String?) {
    let names = ["relu", "elu", "losses", "sqrt", "square", "mean", "min", "learning_rate", "y"]
    #expect(NearestName.find(name, in: names) == meant)
  }

  @Test func tokensKnowTheirBytes() {
    let source = Source(name: "test", text: "θ₁ += f(\"a{x:.2f}\") # c\n -1.5")
    var lexer = Lexer(source, in: 0..<source.bytes.count)
    lexer.run()
    #expect(
      lexer.tokens.map {
        "\($0.startsLine ? "⏎" : "")\($0.followsSpace ? "_" : "")\(source.text(of: $0.span))"
      } == [
        "θ₁", "_+=", "_f", "(", "\"", "a", "{", "x", ".2f", "}", "\"", ")", "⏎_-", "1.5", "",
      ])
  }
}
