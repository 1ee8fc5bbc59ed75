import ArgumentParser
import Language
import Persistence

/// The option of every command about the store.
struct StoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The store's file, instead of $NNS_STORE or the usual place.", valueName: "path"))
  var store: String?

  /// The choice they make.
  var choice: StoreChoice { StoreChoice(path: store) }

  /// Runs a command on a store that is there, reporting errors as such.
  func withStore(_ body: (SQLiteStore, TerminalHost) throws(Diagnostic) -> Void) throws {
    let host = TerminalHost()
    defer { host.flush() }
    do throws(Diagnostic) {
      let store = try choice.openExisting()
      try body(store, host)
      store.foldLog()
    } catch {
      host.report(error)
      throw ExitCode(ExitStatus(error).rawValue)
    }
  }
}

/// The options of what starts a session.
struct SessionOptionGroup: ParsableArguments {
  @OptionGroup var options: StoreOptions

  @Option(help: ArgumentHelp("Keep the cells in the session of this name.", valueName: "name"))
  var session: String?

  @Flag(name: .customLong("continue"), help: "Continue the session that was used last.")
  var continues = false

  @Flag(help: "Keep nothing.")
  var noStore = false

  func validate() throws {
    guard [session != nil, continues, noStore].count(where: \.self) <= 1 else {
      throw ValidationError("--session, --continue and --no-store exclude one another.")
    }
  }

  /// Whether there is any.
  var isGiven: Bool { session != nil || continues || noStore || options.store != nil }

  /// The choice they make.
  var choice: StoreChoice {
    var choice = options.choice
    choice.isOff = noStore
    if continues { choice.session = .latest }
    if let session { choice.session = .named(session) }
    return choice
  }
}
