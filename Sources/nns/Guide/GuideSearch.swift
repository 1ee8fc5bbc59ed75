import Guide
import Language

/// Searches everything that explains: the help of functions and of the language, the prompt's commands, the
/// headings of the guide and the lessons.
enum GuideSearch {
  /// What mentions the words, best first, in so many columns; nil when nothing does.
  static func list(_ words: String, width: Int) -> String? {
    let wanted = words.lowercased().split(separator: " ").map(String.init)
    guard !wanted.isEmpty else { return nil }
    func mentions(_ text: String) -> Bool {
      let text = text.lowercased()
      return wanted.allSatisfy { text.contains($0) }
    }
    let commands = PromptCommand.all.filter { mentions($0.name + " " + $0.summary) }
      .map { (name: ":" + $0.name, summary: $0.summary) }
    let lessons = Lesson.all.filter { mentions($0.name + " " + $0.title) }
      .map { (name: ":demo \($0.name)", summary: $0.title) }
    let headings = [GuidePage.installation, .tour, .cookbook, .howItWorks].flatMap { page in
      page.text.split(separator: "\n").filter { $0.hasPrefix("#") && !$0.hasPrefix("#>") }
        .map { $0.drop { $0 == "#" || $0 == " " } }.filter { mentions(String($0)) }
        .map { (name: ":doc \(page.name)", summary: String($0)) }
    }
    let entries = HelpText.search(words)
    return HelpText.list(Array(entries.prefix(16)) + commands + lessons + headings, width: width)
  }
}
