import ArgumentParser
import Language

/// `nns sessions`.
struct SessionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sessions", abstract: "List the sessions of the store.")

  @OptionGroup var options: StoreOptions

  func run() throws {
    try options.withStore { store, host throws(Diagnostic) in
      host.writeLine(SessionList.text(try store.sessions()))
    }
  }
}

/// `nns show`.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print a session as a script with its output.")

  @OptionGroup var options: StoreOptions
  @Argument(help: ArgumentHelp("A session.", valueName: "name")) var name: String

  func run() throws {
    try options.withStore { store, host throws(Diagnostic) in
      let cells = try store.path(of: store.session(named: name))
      if !cells.isEmpty { host.writeLine(TranscriptExport.text(cells)) }
    }
  }
}

/// `nns delete`.
struct DeleteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete a session.",
    discussion: "Its room in the file is given back by: nns store gc")

  @OptionGroup var options: StoreOptions
  @Argument(help: ArgumentHelp("A session.", valueName: "name")) var name: String

  func run() throws {
    try options.withStore { store, _ throws(Diagnostic) in
      let session = try store.session(named: name)
      guard try store.claim(session: session.id) else {
        throw Diagnostic("the session \(name) is open in another process", kind: .file)
      }
      try store.delete(session: session.id)
    }
  }
}
