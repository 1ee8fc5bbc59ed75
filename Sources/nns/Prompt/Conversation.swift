import Language
import Persistence

/// A prompt with its store: opened before the first cell, in order after the last.
struct Conversation {
  private let choice: StoreChoice
  private let options: SessionOptions
  private let host: TerminalHost

  init(_ choice: StoreChoice, _ options: SessionOptions, _ host: TerminalHost) {
    self.choice = choice
    self.options = options
    self.host = host
  }

  /// Converses until the user leaves.
  ///
  /// Without a usable store it goes on in memory, unless a session of the store was asked for.
  func run() throws(Diagnostic) -> ExitStatus {
    var file: SQLiteStore?
    var notes: [String] = []
    if !choice.isOff {
      do throws(Diagnostic) {
        file = try choice.open()
      } catch {
        guard case .usual = choice.session else { throw error }
        notes.append("nothing will be kept: \(error.message)")
      }
    }
    let session = Session(host: host, store: file ?? MemoryStore(), queries: choice.queries, options: options)
    notes += try session.enter(choice.session)
    for note in notes { host.show(.note(note)) }
    let status = Prompt(session: session, host: host, isKept: file != nil) { file?.foldLogMeanwhile() }
      .run()
    try session.close()
    file?.foldLog()
    return status
  }
}
