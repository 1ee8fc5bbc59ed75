import ArgumentParser

/// `nns run FILE`, the same as `nns FILE`.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Evaluate a script.",
    discussion: """
      Shows the value of every bare expression and stops at the first error. A script is evaluated statement \
      by statement, or where lines "# %%" divide it into cells, cell by cell.

      With --html, --md or --ipynb nothing is shown: the cells go with their outputs and plots into a document, \
      in which lines "# %% Title" are headings and cells of comments are text.
      """)

  @Option(
    name: .customShort("e"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Evaluate this instead of a file; may be given several times.", valueName: "expression"))
  var expressions: [String] = []

  @OptionGroup var session: SessionOptionGroup

  @Option(help: ArgumentHelp("Colors of plots.", valueName: "auto|always|never"))
  var color = TerminalLooks.Wish.auto

  @Flag(help: "Draw plots with ASCII characters only.")
  var ascii = false

  @OptionGroup var documents: DocumentOptions

  @Argument(help: ArgumentHelp("A script, or - for standard input.", valueName: "file"))
  var file: String?

  @Argument(parsing: .captureForPassthrough, help: ArgumentHelp("What args() gives.", valueName: "argument"))
  var arguments: [String] = []

  func validate() throws {
    guard file == nil, expressions.isEmpty, !session.isGiven, color == .auto, !ascii,
      documents.choice.isEmpty
    else { return }
    let unknown = arguments.first ?? CommandLine.arguments.dropFirst().first { $0.hasPrefix("-") }
    let problem = unknown.map { "Unknown option '\($0)'" }
    throw ValidationError(problem ?? "Missing a file or an expression")
  }

  func run() throws {
    // After an expression every word is an argument.
    let words = expressions.isEmpty ? arguments : [file].compactMap(\.self) + arguments
    var invocation = Invocation(
      expressions: expressions, file: expressions.isEmpty ? file : nil, arguments: words,
      store: session.choice, appearance: Appearance(color: color, isASCII: ascii))
    invocation.documents = documents.choice
    invocation.takeOptions()
    if let option = invocation.arguments.first, DocumentChoice.isOption(option) {
      // What could be taken was, so nothing follows it.
      throw ValidationError("Missing value for '\(option) <file>'")
    }
    guard !invocation.documents.mixesOutput else {
      throw ValidationError("Only one document can go to standard output.")
    }
    invocation.run()
  }
}

extension TerminalLooks.Wish: ExpressibleByArgument {}
