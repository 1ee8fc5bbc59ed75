import ArgumentParser
import Language

/// `nns help`, about the language's functions.
struct HelpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help", abstract: "Show help about a function, a word or a sign of the language.",
    discussion: "Without a name it lists all of them. A command's name shows the help about that.")

  @Argument(help: ArgumentHelp("A function, such as softmax.", valueName: "name"))
  var name: String?

  @Flag(help: "Show everything, as Markdown.")
  var all = false

  @Option(help: ArgumentHelp("List what mentions all of these words.", valueName: "words"))
  var search: String?

  func validate() throws {
    guard [name != nil, all, search != nil].count(where: \.self) <= 1 else {
      throw ValidationError("A name, --all and --search exclude one another.")
    }
  }

  func run() throws {
    let host = TerminalHost()
    defer { host.flush() }
    if all {
      host.writeLine(HelpText.languageReference() + "\n" + HelpText.libraryReference())
    } else if let search {
      try show(
        GuideSearch.list(search, width: host.width), on: host, otherwise: "nothing mentions \"\(search)\"")
    } else if let name {
      let command = Command.subcommand(named: name).map { Command.helpMessage(for: $0) }
      try show(
        HelpText.entry(named: name) ?? command, on: host,
        otherwise: "nothing is named \(name); try: nns help --search \(name)")
    } else {
      host.writeLine(HelpText.overview)
    }
  }

  private func show(_ text: String?, on host: TerminalHost, otherwise complaint: String) throws {
    guard let text else {
      host.writeErrorLine("error: \(complaint)")
      throw ExitCode(ExitStatus.failure.rawValue)
    }
    host.writeLine(text)
  }
}
