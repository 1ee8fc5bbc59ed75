import Tensors
import Testing

@testable import Language

/// Every builtin with arguments that make no sense: each call ends with a value or an error, nothing traps.
@Suite("Odd arguments", .serialized)
struct OddArgumentTests {
  /// What nobody should pass, next to a few things that somebody might.
  static let values = [
    "none", "true", "nan", "inf", "-1", "0", "3", "0.5", "1e300", "2^63", "-2^63", "2^53", "[]",
    "zeros(0, 3)",
    "ones(2, 0, 3)", "ones(1, 2, 1, 2, 1)", "f32([1, 2])", "[true, false]", "[nan, inf]", "[-1]", "[2^63]",
    "[[1, 2], [3, 4]]", "0...3", "0..<1e15", "[\"a\", \"b\"]", "\"text\"", "\"\"", "()", "(1, \"a\")",
    "(a: 1)",
    "(w: fixed([1]), b: (2, 3))", "sin", "(x, y) -> x", "() -> none", "x -> error(\"boom\")",
    "(call: (self, x) -> x)", "fixed(3)",
  ]
  /// What stands in the places that are not tried out.
  static let fillers = ["[[1.0, 2], [3, 4]]", "2", "x -> x"]

  /// `print` would write the long range out, `timeit` only waits, `error` says what it is told.
  static let builtins = BuiltinTable.all.filter { !["print", "timeit", "error"].contains($0.name) }

  @Test("end with a value or an error", arguments: builtins.map(\.name))
  func callsEnd(of name: String) throws {
    let limit = Storage.limit
    Storage.limit = 1 << 22
    defer { Storage.limit = limit }
    let session = Session(host: RecordingHost())
    for (index, value) in OddArgumentTests.values.enumerated() {
      try run("v\(index) = \(value)", in: session)
    }
    for (index, value) in OddArgumentTests.fillers.enumerated() {
      try run("f\(index) = \(value)", in: session)
    }
    var messages: Set<String> = []
    for call in calls(of: name) {
      session.machine.stepsLeft = 300
      if case .failed(let diagnostic) = session.submit(Source(name: "call", text: call)) {
        messages.insert(diagnostic.message)
        _ = diagnostic.render()
      }
    }
    #expect(!messages.contains(""))
  }

  private func run(_ text: String, in session: Session) throws {
    guard case .done = session.submit(Source(name: "setup", text: text)) else {
      throw Diagnostic("\(text) is no value")
    }
  }

  private func calls(of name: String) -> [String] {
    let parameters = Signature(BuiltinTable.named(name)?.signature ?? "").parameters
    let count = parameters.contains(where: \.isRest) ? 3 : parameters.count
    let odd = OddArgumentTests.values.indices.map { "v\($0)" }
    let sound = OddArgumentTests.fillers.indices.map { "f\($0)" }
    var calls = ["\(name)();"] + odd.map { "\(name)(\($0));" }
    calls += odd.map { "grad(x -> sum(\(name)(x)))(\($0));" }
    if count > 1 {
      for first in odd { calls += odd.map { "\(name)(\(first), \($0));" } }
      for second in odd { calls.append("grad(x -> sum(\(name)(x, \(second))))(f0);") }
    }
    for position in 2..<max(2, min(5, count)) {
      for filler in sound {
        let before = Array(repeating: filler, count: position).joined(separator: ", ")
        calls += odd.map { "\(name)(\(before), \($0));" }
      }
    }
    return calls
  }
}
