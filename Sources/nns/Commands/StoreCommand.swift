import ArgumentParser
import Language
import Persistence

/// `nns store`, about the file behind the sessions.
struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "Look after the store.",
    subcommands: [Info.self, Check.self, Collect.self, Backup.self])

  struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Tell where the store is and what is in it.")

    @OptionGroup var options: StoreOptions

    func run() throws {
      try options.withStore { store, host throws(Diagnostic) in
        for (name, value) in try store.facts() {
          host.writeLine(name + String(repeating: " ", count: max(1, 13 - name.count)) + value)
        }
      }
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Verify every hash and reference in the store.")

    @OptionGroup var options: StoreOptions

    func run() throws {
      try options.withStore { store, host throws(Diagnostic) in
        let problems = try store.problems()
        for problem in problems { host.writeLine(problem) }
        guard problems.isEmpty else {
          throw Diagnostic(
            "the store has \(counted(problems.count, "problem"))", kind: .file)
        }
        host.writeLine("the store is sound")
      }
    }
  }

  struct Collect: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "gc", abstract: "Remove what belonged to deleted sessions and give its room back.")

    @OptionGroup var options: StoreOptions
    @Flag(help: "Remove cells that were undone too.") var undone = false

    func run() throws {
      try options.withStore { store, host throws(Diagnostic) in
        let (cells, values, bytes) = try store.collectGarbage(undone: undone)
        host.writeLine("removed \(cells) cells, \(values) values, \(SQLiteStore.size(bytes)) of tensors")
      }
    }
  }

  struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Copy the store into a new file, while it may be in use.")

    @OptionGroup var options: StoreOptions
    @Argument(help: ArgumentHelp("The new file.", valueName: "path")) var path: String

    func run() throws {
      try options.withStore { store, _ throws(Diagnostic) in try store.backUp(to: path) }
    }
  }
}
