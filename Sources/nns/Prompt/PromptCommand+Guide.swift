import Guide
import Language

extension PromptCommand {
  /// About finding one's way.
  static let guideCommands: [PromptCommand] = [
    PromptCommand("help", [.subject], "these commands, or all about one of them or about a name", .both) {
      call throws(Diagnostic) in
      let width = call.host.width
      guard let subject = call[0] else { return .text(help(whilePaused: call.paused != nil, width: width)) }
      if let command = all.first(where: { $0.name == subject }) { return .text(command.text(width: width)) }
      return .text(Question.entry(subject).answer(in: call.session, width: width))
    },
    PromptCommand("doc", [.page], "the pages of the guide, or one of them", .both) {
      call throws(Diagnostic) in
      guard let name = call[0] else {
        return .text(Bookshelf.contents(command: ":doc", width: call.host.width))
      }
      call.host.show(page: try Bookshelf.page(named: name).markdown)
      return .text("")
    },
    PromptCommand("demo", [.lesson], "lessons to walk through line by line, on a session of their own") {
      call throws(Diagnostic) in
      guard let name = call[0] else { return .text(Bookshelf.lessons(width: call.host.width)) }
      let lesson =
        Lesson.all.first { $0.name == name }
        ?? Int(name).flatMap { Lesson.all.indices.contains($0 - 1) ? Lesson.all[$0 - 1] : nil }
      guard let lesson else {
        throw Diagnostic(
          "there is no lesson \(name)", kind: .name,
          hint: NearestName.find(name, in: Lesson.all.map(\.name)).map { "did you mean \($0)?" }
            ?? ":demo lists them")
      }
      return .lesson(lesson)
    },
  ]

  /// How it is typed, and what it does, in so many columns.
  func text(width: Int) -> String {
    ([form] + Display.wrapped(summary, width: width, indent: 2)).joined(separator: "\n")
  }

  /// The commands there are at the prompt, or while a training is paused, and how to find out more.
  static func help(whilePaused isPaused: Bool, width: Int) -> String {
    let possible = all.filter { !isPaused || $0.stage != .prompt }
    let commands = possible.map { (label: $0.form, text: $0.summary) }
    func paragraph(_ text: String) -> [String] { Display.wrapped(text, width: width) }
    let lines =
      paragraph("What is typed is evaluated, unless it starts with a colon or a question mark:")
      + Display.aligned(commands, indent: 2, width: width)
      + paragraph(
        "?name explains a function, a word or a sign, as in ?fit, ?for, ?@ or ?:undo; ??words searches.")
      + paragraph("help() lists all functions, :doc library describes them.")
    return lines.joined(separator: "\n")
  }
}

extension PromptArgument {
  /// What help can be asked about.
  fileprivate static let subject = PromptArgument("NAME", isOptional: true, .expression)

  /// A page of the guide.
  fileprivate static let page = PromptArgument(
    "PAGE", isOptional: true, .words { _, _ in Bookshelf.pages.map(\.name) })

  /// A lesson.
  fileprivate static let lesson = PromptArgument(
    "LESSON", isOptional: true, .words { _, _ in Lesson.all.map(\.name) })
}
