import Language

/// A host without files that remembers what was shown, for tests.
final class SilentHost: Host {
  private(set) var outputs: [String] = []
  private var now = 0.0

  func show(_ output: Output) {
    switch output {
    case .value(let value): outputs.append(Display.text(value))
    case .text(let text), .note(let text): outputs.append(text)
    }
  }

  func read(_ path: String) throws(Diagnostic) -> [UInt8] {
    throw Diagnostic("there is no file \(path)", kind: .file)
  }

  func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
    throw Diagnostic("\(path) cannot be written", kind: .file)
  }

  func seconds() -> Double {
    now += 0.01
    return now
  }

  func date() -> Double { 1_767_225_600 }
}
