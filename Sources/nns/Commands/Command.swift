import ArgumentParser

/// Of the command line; the language's syntax has one too.
typealias Argument = ArgumentParser.Argument

/// `nns` and its commands.
struct Command: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nns",
    abstract: "A notebook language for neural networks.",
    usage: """
      nns [FILE | -] [ARGUMENT ...]
      nns -e EXPRESSION [-e EXPRESSION ...] [ARGUMENT ...]
      nns COMMAND
      """,
    discussion: """
      Evaluates a file, standard input (-) or the expressions. With none of them it opens a prompt, or reads standard \
      input when that is not a terminal. The script finds its arguments in args().

      The environment variable NNS_MEMORY_LIMIT, such as 4GB, bounds what tensors may take; without it that is three \
      quarters of the machine's memory.

      The exit status is 0, 1 for an error in a script, 64 for a wrong command line, 130 after Ctrl-C.
      """,
    version: "nns \(version)",
    subcommands: [
      RunCommand.self, TestCommand.self, HelpCommand.self, DocCommand.self, SessionsCommand.self,
      ShowCommand.self,
      DeleteCommand.self, ExportCommand.self, ImportCommand.self, ReplayCommand.self, StoreCommand.self,
    ],
    defaultSubcommand: RunCommand.self)

  /// The version of the program.
  static let version = "0.1.0"

  /// The words with the command before options about the store that stand left of it.
  static func first(in words: ArraySlice<String>) -> [String] {
    var rest = words
    var store = StoreChoice()
    store.take(from: &rest)
    guard let word = rest.first, subcommand(named: word) != nil else { return Array(words) }
    return [word] + words[..<rest.startIndex] + rest.dropFirst()
  }

  /// The command of this name.
  static func subcommand(named name: String) -> (any ParsableCommand.Type)? {
    configuration.subcommands.first { $0.configuration.commandName == name }
  }
}
