import Testing

@testable import Language

/// A host that asks to stop when a cell has printed often enough.
private final class ImpatientHost: Host {
  private var patience: Int
  private(set) var texts: [String] = []

  init(patience: Int) { self.patience = patience }

  func show(_ output: Output) {
    if case .value(let value) = output { texts.append(Display.text(value)) }
    patience -= 1
    if patience == 0 { Interruption.request() }
  }

  func read(_ path: String) throws(Diagnostic) -> [UInt8] { throw Diagnostic("no files", kind: .file) }
  func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
    throw Diagnostic("no files", kind: .file)
  }
  func seconds() -> Double { 0 }
  func date() -> Double { 0 }
}

@Suite("Interrupted searches")
struct InterruptedSearchTests {
  /// Searches whose loss or model prints, and what they return when they are stopped.
  static let searches = [
    "minimize(p -> { print(1); (p - 3)^2 }, 100.0, method: \"adam\")",
    "minimize(p -> { print(1); (p[0] - 3)^2 + p[1]^4 }, [50.0, 7], method: \"lbfgs\", tol: 0)",
    "minimize(p -> { print(1); (p[0] - 3)^2 + p[1]^4 }, [50.0, 7], method: \"nelder_mead\", tol: 0)",
    "grid_search(p -> { print(1); p^2 }, 0..<1000)",
    "curve_fit((p, x) -> { print(1); p.a * exp(-p.k * x) + p.b * sin(p.c * x) }, 0..<30, sqrt(0..<30), start: (a: 1, k: 1, b: 1, c: 3))",
  ]

  @Test("The first wish to stop returns what there is", arguments: searches)
  func firstWishReturnsWhatThereIs(search: String) {
    var options = SessionOptions()
    options.interruptionEndsRuns = true
    let host = ImpatientHost(patience: 8)
    let session = Session(host: host, options: options)
    let outcome = session.submit(Source(name: "search", text: "r = \(search); r.stopped"))
    defer { Interruption.clear() }
    guard case .done = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(host.texts == ["\"interrupted\""] && !Interruption.isRequested)
  }

  @Test("In a script the wish ends the script", arguments: searches)
  func scriptsEnd(search: String) {
    let session = Session(host: ImpatientHost(patience: 8))
    let outcome = session.submit(Source(name: "search", text: "r = \(search); r.stopped"))
    defer { Interruption.clear() }
    guard case .failed(let diagnostic) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(diagnostic.kind == .interrupted)
  }
}
