import ArgumentParser
import Language
import Persistence

/// `nns replay`.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Evaluate a session's cells again and report what comes out differently.",
    discussion: """
      The bits are the same on the same machine and kind of processor, with the same BLAS and version of nns; a \
      difference in those is named. The stored session is not changed.
      """)

  @OptionGroup var options: StoreOptions
  @Argument(help: ArgumentHelp("A session.", valueName: "name")) var name: String

  func run() throws {
    try options.withStore { store, host throws(Diagnostic) in
      let entry = try store.session(named: name)
      let earlier = EarlierVersions(of: store)
      let session = Session(
        host: SilentReplayHost(host), store: MemoryStore(over: earlier), queries: options.choice.queries)
      try session.start(named: name)
      let replay = try session.replay(entry, of: earlier)
      for difference in replay.differences { host.writeLine(difference) }
      for number in replay.leftOut {
        host.writeErrorLine("note: cell \(number) was stopped while it ran, so it is not evaluated again")
      }
      for remark in try store.foreignEnvironments(ofSession: entry.id) {
        host.writeErrorLine("note: \(remark)")
      }
      guard replay.differences.isEmpty else {
        throw Diagnostic(counted(replay.differences.count, "difference"), kind: .value)
      }
      host.writeLine("everything\(replay.leftOut.isEmpty ? "" : " else") came out the same")
    }
  }
}

/// A host that shows nothing, with the clocks of another and its files, which it leaves as they are.
private final class SilentReplayHost: Host {
  private let host: any Host
  private var written: [String: [UInt8]] = [:]

  init(_ host: any Host) { self.host = host }

  func show(_ output: Output) {}
  func read(_ path: String) throws(Diagnostic) -> [UInt8] {
    if let bytes = written[path] { return bytes }
    return try host.read(path)
  }
  func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) { written[path] = bytes }
  func seconds() -> Double { host.seconds() }
  func date() -> Double { host.date() }
}
