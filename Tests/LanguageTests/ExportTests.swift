import Formats
import Testing

@testable import Language

/// Sessions as documents.
@Suite("export") struct ExportTests {
  /// A session after a script.
  private static func cells(_ script: String) throws -> [CellEntry] {
    let session = Session(host: RecordingHost())
    try session.start(named: "one")
    guard case .done = session.runScript(Source(name: "script", text: script)) else {
      throw Diagnostic("the script failed")
    }
    return try session.history?.cells() ?? []
  }

  private static let script = """
    # # A title
    #
    # Some *words*.

    # %% Two statements
    x = [1, 2]
    x * 2

    # %% [markdown] More
    # - a
    # - b

    # %%
    # said above
    plot(x)

    """

  @Test("notes and titles of cells are kept in every form")
  func notesAreKept() throws {
    let cells = try ExportTests.cells(ExportTests.script)
    #expect(
      cells.map(\.source) == [
        "# # A title\n#\n# Some *words*.", "# %% Two statements\nx = [1, 2]\nx * 2",
        "# %% [markdown] More\n# - a\n# - b", "# %%\n# said above\nplot(x)",
      ])
    let markdown = MarkdownExport.text(cells, title: "one")
    for part in [
      "\n\n# A title\n\nSome *words*.\n\n",
      "\n\n## Two statements\n\n```nns\nx = [1, 2]\nx * 2\n```\n\n```text\n[2, 4]\n```",
      "\n\n## More\n\n- a\n- b\n\n", "```nns\n# said above\nplot(x)\n```\n\n<svg",
    ] { #expect(markdown.contains(part)) }
    let html = HTMLExport.text(cells, title: "one")
    for part in [
      "<h2>A title</h2>\n<p>Some <em>words</em>.</p>",
      "<h2>Two statements</h2>\n</div>\n<section id=\"cell-2\">\n<pre class=\"source\"><code>x = [",
      "<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "<figure",
    ] { #expect(html.contains(part)) }
    #expect(!html.contains("<script"))
  }

  @Test("a script and a notebook of a session are the same cells again", arguments: ["nns", "ipynb"])
  func comesBack(form: String) throws {
    let cells = try ExportTests.cells(ExportTests.script)
    let export = try #require(SessionExport(rawValue: form))
    let texts = try SessionExport.cells(reading: export.bytes(cells, title: "one"), named: "e." + form)
    let again = Session(host: RecordingHost())
    try again.start(named: "two")
    for text in texts { _ = again.submit(Source(name: "cell", text: text)) }
    let copies = try again.history?.cells() ?? []
    #expect(copies.compactMap(\.code) == cells.compactMap(\.code))
    #expect(copies.compactMap(\.prose).joined() == cells.compactMap(\.prose).joined())
    #expect(copies.map(\.output).filter { !$0.isEmpty } == cells.map(\.output).filter { !$0.isEmpty })
  }

  @Test("a transcript with notes and cells of several statements passes its own test")
  func transcriptPasses() throws {
    let text = TranscriptExport.text(try ExportTests.cells(ExportTests.script))
    #expect(text.hasPrefix("# %% [markdown]\n# # A title\n"))
    let report = TranscriptRunner(host: RecordingHost()).run(Source(name: "e.nns", text: text))
    #expect(report.comparisons == 2 && report.differences.isEmpty)
  }

  @Test("a notebook has what nbformat 4.5 asks for")
  func notebookIsValid() throws {
    let session = Session(host: RecordingHost())
    try session.start(named: "one")
    for cell in ["# a note", "x = 1; x", "plot([1, 2])", "error(\"no\")", "y = 2"] {
      _ = session.submit(Source(name: "cell", text: cell))
    }
    let bytes = NotebookExport.bytes(try session.history?.cells() ?? [], title: "ü \"t\"")
    let notebook = try JSON(reading: bytes)
    #expect(notebook["nbformat"]?.count == 4 && (notebook["nbformat_minor"]?.count ?? 0) >= 5)
    guard case .array(let cells)? = notebook["cells"] else { throw Diagnostic("there are no cells") }
    #expect(cells.compactMap { $0["cell_type"]?.string } == ["markdown", "code", "code", "code", "code"])
    #expect(Set(cells.compactMap { $0["id"]?.string }).count == cells.count)
    for cell in cells { #expect(ExportTests.problem(with: cell) == nil) }
  }

  /// What nbformat's schema would say against a cell.
  private static func problem(with cell: JSON) -> String? {
    guard let id = cell["id"]?.string, (1...64).contains(id.count),
      id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
    else { return "the id" }
    guard case .object? = cell["metadata"], isText(cell["source"]) else { return "metadata or source" }
    guard cell["cell_type"]?.string == "code" else {
      return cell["outputs"] == nil ? nil : "outputs of a note"
    }
    guard cell["execution_count"]?.count != nil, case .array(let outputs)? = cell["outputs"] else {
      return "the outputs"
    }
    let isValid = outputs.allSatisfy { output in
      switch output["output_type"]?.string {
      case "stream": output["name"]?.string == "stdout" && isText(output["text"])
      case "display_data": isText(output["data"]?["image/svg+xml"]) && output["metadata"] == .object([])
      case "error":
        output["ename"]?.string != nil && output["evalue"]?.string != nil && isText(output["traceback"])
      default: false
      }
    }
    return isValid ? nil : "an output"
  }

  private static func isText(_ form: JSON?) -> Bool {
    guard case .array(let lines)? = form else { return false }
    return lines.allSatisfy { $0.string != nil }
  }

  @Test(
    "Markdown",
    arguments: [
      ("# a <b>\ntext\nmore", "<h2>a &lt;b&gt;</h2>\n<p>text\nmore</p>"),
      (
        "a **b** *c* `d*e*` _f_ x_y_z \\*",
        "<p>a <strong>b</strong> <em>c</em> <code>d*e*</code> <em>f</em> x_y_z *</p>"
      ),
      (
        "[a](https://x.org/?a=1&b) [b](javascript:alert) ![p](q.png)",
        "<p><a href=\"https://x.org/?a=1&amp;b\">a</a> [b](javascript:alert) <a href=\"q.png\">p</a></p>"
      ),
      (
        "- a\n- b\n  - c\n\n1. d\n2. e",
        "<ul>\n<li>a</li>\n<li><p>b</p>\n<ul>\n<li>c</li>\n</ul></li>\n</ul>\n<ol>\n<li>d</li>\n<li>e</li>\n</ol>"
      ),
      ("> a\n> b\n\n---", "<blockquote>\n<p>a\nb</p>\n</blockquote>\n<hr>"),
      (
        "```nns\nx = 1\n```\n```\n<\n",
        "<pre><code>x = <span class=\"number\">1</span></code></pre>\n<pre><code>&lt;\n</code></pre>"
      ),
      (
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "<table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td>1</td><td>2</td></tr>\n</table>"
      ),
      ("2 * 3 * 4, a_1, f_{n}", "<p>2 * 3 * 4, a_1, f_{n}</p>"), ("", ""), ("*", "<p>*</p>"),
      ("- ", "<ul>\n<li></li>\n</ul>"),
    ])
  func rendersMarkdown(_ text: String, _ html: String) {
    #expect(MarkdownHTML.text(text) == html)
  }
}
