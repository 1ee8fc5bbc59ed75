import Testing

@testable import Language

@Suite("messages on a terminal")
struct DiagnosticWidthTests {
  private func message(_ text: String, width: Int?) -> String {
    let session = Session(host: RecordingHost())
    guard case .failed(let diagnostic) = session.submit(Source(name: "cell", text: text)) else { return "" }
    return diagnostic.render(width: width)
  }

  @Test("nothing runs over the edge", arguments: [40, 60, 100])
  func fits(width: Int) {
    let texts = [
      "fit(mlp(1, 8, 1), 1, 2, epoch: 3)", "nothing_is_named_this_way(1)",
      "ä = 1; thing = [1, 2, 3, 4, 5, 6, 7, 8, 9] @ [1, 2] + 4 * ä + 5 * ä + 6 * ä + 7 * ä + 8 * ä",
      "error(\"\(String(repeating: "words and ", count: 30))\")",
      "x = [\(String(repeating: "1, ", count: 200))] + [1, 2]",
    ]
    for text in texts {
      let lines = message(text, width: width).split(separator: "\n")
      #expect(lines.count > 3)
      #expect(lines.filter { Display.columns(String($0)) > width } == [])
    }
  }

  @Test func sentencesGoOnBetweenWords() {
    #expect(
      message("a = 1; b = [1, 2, 3, 4, 5] @ [1, 2] + a + a + a", width: 44) == """
        error: cannot multiply [5] by [2]: inner
          sizes 5 and 2 differ
          --> cell:1:12
           |
         1 | a = 1; b = [1, 2, 3, 4, 5] @ [1, 2] …
           |            ^^^^^^^^^^^^^^^^^^^^^^^^
           | [1, 2, 3, 4, 5] is [5], [1, 2] is [2]
        """)
    #expect(message("[1, 2] + [1, 2, 3]", width: nil).split(separator: "\n").count == 6)
  }
}
