import Guide
import Language

/// A lesson cut into steps: what is said, and the statement that comes after it.
struct LessonScript {
  /// What is said before a statement, and the statement.
  struct Step {
    var words: String
    var code: String
  }

  private(set) var steps: [Step] = []
  /// What is said after the last statement.
  private(set) var closing = ""

  /// Reads the script of a lesson.
  init(_ lesson: Lesson) {
    let source = Source(name: lesson.name, text: lesson.script)
    var end = 0
    for step in Transcript(source).steps {
      let words = LessonScript.words(source.text(of: SourceSpan(end, Int(step.span.start))))
      end = Int(step.span.end)
      // A sign that silences a statement belongs to it.
      while end < source.bytes.count, source.bytes[end] == UInt8(ascii: ";") { end += 1 }
      let code = source.text(of: SourceSpan(Int(step.span.start), end))
      steps.append(Step(words: words, code: code))
      if let expected = step.expected { end = Int(expected.span.end) }
    }
    closing = LessonScript.words(source.text(of: SourceSpan(end, source.bytes.count)))
  }

  /// The text of the comments, without the lesson's title.
  private static func words(_ text: String) -> String {
    text.split(separator: "\n").filter { $0.hasPrefix("# ") && !$0.hasPrefix("# %%") }
      .map { $0.dropFirst(2) }.joined(separator: " ")
  }
}
