import Testing

@testable import Language

@Suite("documents of scripts")
struct ScriptDocumentTests {
  private func document(_ text: String) -> ScriptDocument {
    ScriptDocument(Source(name: "script", text: text), in: Session(host: RecordingHost()))
  }

  /// Scripts and the Markdown documents they become.
  static let scripts: [(script: String, markdown: String)] = [
    (
      "# %% Start\n# some *text*\n# %%\nx = 2\n#> old\n\n# %% Next\nx * 2\n",
      "## Start\n\nsome *text*\n\n```nns\nx = 2\n```\n\n## Next\n\n```nns\nx * 2\n```\n\n```text\n4\n```\n"
    ),
    (
      "x = 1\n# why\ny = 2\nx + y\nz = 3; z;\n",
      "```nns\nx = 1\n# why\ny = 2\nx + y\n```\n\n```text\n3\n```\n\n```nns\nz = 3; z;\n```\n"
    ),
    (
      "1\nerror(\"no\")\n2\n3\n",
      "```nns\n1\n```\n\n```text\n1\n```\n\n```nns\nerror(\"no\")\n```\n\n```text\nerror: no\n  --> script:2:1\n   |\n 2 | error(\"no\")\n   | ^^^^^^^^^^^\n```\n\n*What follows was not evaluated.*\n\n```nns\n2\n3\n```\n"
    ),
    ("", ""),
  ]

  @Test("cells, outputs, titles and notes stand in their order", arguments: ScriptDocumentTests.scripts)
  func becomesMarkdown(_ script: String, _ markdown: String) {
    let text = MarkdownExport.text(document(script).cells, title: "t")
    #expect(text == "# t\n" + (markdown.isEmpty ? "" : "\n" + markdown))
  }

  @Test(
    "cells below a failure have numbers of their own and were not evaluated",
    arguments: [
      ("1\nerror(\"no\")\n2\n3\n", [1, 2, 3]), ("# %% A\n1\n# %%\nx\n# %%\n2\n# %%\n3\n", [1, 2, 3, 4]),
    ])
  func numbersGoOn(_ script: String, _ numbers: [Int]) {
    let code = document(script).cells.filter { $0.code != nil }
    #expect(code.map(\.number) == numbers && code.map(\.wasEvaluated) == numbers.map { $0 < 3 })
  }

  @Test("a script that cannot be read is shown with its error")
  func showsSyntaxErrors() {
    let document = document("x = (1\n")
    #expect(document.failure != nil && document.cells.count == 1 && document.cells[0].status == .error)
  }

  @Test("headed cells of a session are headed in its script, too")
  func keepsHeaders() throws {
    let session = Session(host: RecordingHost())
    try session.start()
    _ = session.runScript(Source(name: "script", text: "# %% A\nx = 1\n# %%\n# note\n"))
    _ = session.submit(Source(name: "cell", text: "x + 1"))
    let text = TranscriptExport.text(try #require(try session.history?.path()))
    #expect(text.hasPrefix("# %% A\nx = 1\n") && text.hasSuffix("\n\n# %%\nx + 1\n#> 2"))
  }

  /// Markdown, and the HTML it becomes.
  static let notes: [(markdown: String, html: String)] = [
    ("# Title\ntext", "<h2>Title</h2>\n<p>text</p>"), ("### deep", "<h3>deep</h3>"),
    ("#hash", "<p>#hash</p>"),
    ("a\nb\n\nc", "<p>a\nb</p>\n<p>c</p>"),
    ("- a\n- b\n  more", "<ul>\n<li>a</li>\n<li><p>b\nmore</p></li>\n</ul>"),
    ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
    ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
    (
      "**b** *i* `x < *y*` 2 * 3 * 4",
      "<p><strong>b</strong> <em>i</em> <code>x &lt; *y*</code> 2 * 3 * 4</p>"
    ),
    ("```nns\nx < 1\n```", "<pre><code>x &lt; <span class=\"number\">1</span></code></pre>"),
    ("```\nopen", "<pre><code>open</code></pre>"),
    ("[a](https://b.c/?d=\"e\")", "<p><a href=\"https://b.c/?d=&quot;e&quot;\">a</a></p>"),
    ("[a](javascript:x) <b>", "<p>[a](javascript:x) &lt;b&gt;</p>"), ("", ""), ("**", "<p>**</p>"),
  ]

  @Test("notes become HTML in which nothing else is markup", arguments: ScriptDocumentTests.notes)
  func becomesHTML(_ markdown: String, _ html: String) { #expect(MarkdownHTML.text(markdown) == html) }
}
