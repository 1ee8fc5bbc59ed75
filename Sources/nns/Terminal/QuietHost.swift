import Language

/// The world outside of a session whose outputs go to a document: remarks and progress are shown, nothing else.
final class QuietHost: Host {
  private let host: TerminalHost

  /// The world of another host.
  init(_ host: TerminalHost) { self.host = host }

  func show(_ output: Output) {
    if case .note = output { host.show(output) }
  }
  func read(_ path: String) throws(Diagnostic) -> [UInt8] { try host.read(path) }
  func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) { try host.write(bytes, to: path) }
  func seconds() -> Double { host.seconds() }
  func date() -> Double { host.date() }
  func report(_ progress: Progress) { host.report(progress) }
}
