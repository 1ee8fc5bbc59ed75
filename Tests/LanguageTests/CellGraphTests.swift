import Testing

@testable import Language

/// Cells, and which of them are stale at the end: number, and name with the cell it changed in or comes from.
private struct StaleCase: CustomTestStringConvertible, Sendable {
  var cells: [String]
  var stale: [String]

  var testDescription: String { cells.joined(separator: "; ") }

  static let all: [StaleCase] = [
    .init(cells: ["w = 2", "y = w * 3"], stale: []),
    .init(cells: ["w = 2", "y = w * 3", "w = 5"], stale: ["2 w changed 3"]),
    .init(cells: ["w = 2", "y = w * 3", "y + 1", "w = 5"], stale: ["2 w changed 4", "3 y through 2"]),
    // A definition looks its names up when it is called; what called it does not.
    .init(cells: ["w = 2", "f(x) = w * x", "w = 5"], stale: []),
    .init(cells: ["w = 2", "f(x) = w * x", "y = f(3)", "w = 5"], stale: ["3 w changed 4"]),
    .init(cells: ["f(x) = x", "y = f(3)", "f = sin"], stale: ["2 f changed 3"]),
    .init(cells: ["w = 2", "f = x -> w * x", "w = 5"], stale: []),
    .init(cells: ["w = 2", "y = map(x -> w * x, [1, 2])", "w = 5"], stale: ["2 w changed 3"]),
    // What nothing is left of is not stale.
    .init(cells: ["w = 2", "y = w * 3", "w = 5", "y = 1"], stale: []),
    .init(cells: ["w = 2", "y = w * 3", "w = 5", "y = w * 3"], stale: []),
    .init(cells: ["w = 2", "w * 3", "w = 5", "w * 3"], stale: []),
    // Steps that go on from themselves are not stale by each other, only by what else they read.
    .init(cells: ["p = 4", "p = p - 1", "p = p - 1"], stale: []),
    .init(cells: ["lr = 1", "p = 4", "p -= lr", "lr = 2"], stale: ["3 lr changed 4"]),
    .init(cells: ["x = [1, 2]", "x[0] = 5", "y = x", "x = [3, 4]"], stale: ["3 x changed 4"]),
    .init(cells: ["w = 2", "w + 1", "ans * 2", "w = 3"], stale: ["2 w changed 4", "3 ans through 2"]),
    .init(
      cells: ["w = 2", "w + 1", "7", "y = out[2]", "w = 3"], stale: ["2 w changed 5", "4 out[2] through 2"]),
    .init(cells: ["w = 2", "y = w", "del w"], stale: ["2 w changed 3"]),
    .init(cells: ["w = 2", "y = w", "w = 3; error(\"no\")"], stale: []),
  ]
}

@Suite("what depends on what")
struct CellGraphTests {
  private func session(_ cells: [String]) throws -> Session {
    let session = Session(host: RecordingHost())
    try session.start()
    for cell in cells { _ = session.submit(Source(name: "cell", text: cell)) }
    return session
  }

  @Test("a cell is stale when names it read changed since", arguments: StaleCase.all)
  fileprivate func marksStale(_ example: StaleCase) throws {
    let stale = try session(example.cells).graph().stale()
    let lines = stale.flatMap { stale in
      stale.reasons.map { reason in
        switch reason {
        case .changed(let name, let cell): "\(stale.cell.number) \(name) changed \(cell)"
        case .through(let name, let cell): "\(stale.cell.number) \(name) through \(cell)"
        }
      }
    }
    #expect(lines == example.stale)
  }

  @Test("a value's sources are the cells that lead to it and the data they read")
  func findsSources() throws {
    let session = try session([
      "n = save_dataset(\"iris\", [1, 2])", "unused = 4", "d = dataset(\"iris\")", "w = 2", "f(x) = w * x",
      "m = f(mean(d))", "m", "z = ans + 1",
    ])
    let lines = try session.graph().sources(of: "z").map { source in
      "\(source.cell.number) \(source.gives) \(source.inputs.map { "\($0.kind) \($0.name) \($0.version ?? 0)" })"
    }
    #expect(
      lines == [
        "3 [\"d\"] [\"dataset iris 1\"]", "4 [\"w\"] []", "5 [\"f\"] []", "6 [\"m\"] []", "7 [\"ans\"] []",
        "8 [\"z\"] []",
      ])
    #expect(try session.graph().sources(of: "sin").isEmpty)
  }

  @Test("a long chain of steps is walked without recursion")
  func walksLongChains() throws {
    let session = try session(["p = 0.0"] + Array(repeating: "p = p + 1", count: 3000))
    #expect(try session.graph().sources(of: "p").count == 3001)
    #expect(try session.graph().changed("p") == 3001)
  }
}
