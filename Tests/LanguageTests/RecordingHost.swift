@testable import Language

/// A host that remembers, for tests.
final class RecordingHost: Host {
  private(set) var outputs: [String] = []
  var files: [String: [UInt8]] = [:]

  func show(_ output: Output) {
    switch output {
    case .value(let value): outputs.append(Display.text(value))
    case .text(let text), .note(let text): outputs.append(text)
    }
  }

  func read(_ path: String) throws(Diagnostic) -> [UInt8] {
    guard let bytes = files[path] else { throw Diagnostic("there is no file \(path)", kind: .file) }
    return bytes
  }

  func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) { files[path] = bytes }

  /// A clock that only asking moves, because what waits for time to pass must not wait for ever.
  func seconds() -> Double {
    now += 0.01
    return now
  }

  func date() -> Double { 1_767_225_600 }

  private var now = 0.0
}
