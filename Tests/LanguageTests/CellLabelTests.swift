import Testing

@testable import Language

/// What cells are asked for by, and the branches that need it.
@Suite("labels of cells")
struct CellLabelTests {
  @Test(
    "are read as they are written",
    arguments: [
      ("3", CellLabel(3)), ("0", 0), ("12a", CellLabel(12, branch: 0)), ("3z", CellLabel(3, branch: 25)),
      ("3aa", CellLabel(3, branch: 26)), ("3ba", CellLabel(3, branch: 52)), ("a", nil), ("", nil),
      ("-1", nil),
      ("3A", nil), ("3 a", nil), ("3é", nil), ("99999999999999999999", nil), ("3abcde", nil),
    ] as [(String, CellLabel?)])
  func isRead(_ text: String, _ label: CellLabel?) {
    #expect(CellLabel(text) == label)
    if let label { #expect(label.description == text) }
  }

  /// A session with two cells of number 3, and a failed one under the beginning.
  private static func branched() throws -> Session {
    let session = Session(host: RecordingHost())
    try session.start(named: "one")
    func type(_ cells: String...) {
      for cell in cells { _ = session.submit(Source(name: "cell", text: cell)) }
    }
    type("a = 1", "b = 2", "c = a + b")
    _ = try session.undo()
    type("c = a * 10")
    return session
  }

  @Test("every cell of every branch can be gone to")
  func reachesBranches() throws {
    let session = try CellLabelTests.branched()
    let cells = try session.history?.cells() ?? []
    let labels = CellLabel.labels(of: cells)
    #expect(cells.compactMap { labels[$0.id]?.description } == ["1", "2", "3a", "3b"])
    for cell in cells {
      _ = try session.goto(labels[cell.id] ?? 0)
      #expect(session.history?.head?.id == cell.id)
    }
    #expect(
      try session.differences(CellLabel(3, branch: 0), CellLabel(3, branch: 1)).map(\.text) == ["3 -> 10"])
    #expect(throws: Diagnostic.self) { try session.goto(CellLabel(3, branch: 2)) }
    #expect(throws: Diagnostic.self) { try session.goto(CellLabel(1, branch: 1)) }
  }

  @Test("redo passes over cells that failed, on the way back as well")
  func redoPassesOverFailures() throws {
    let session = try CellLabelTests.branched()
    _ = try session.goto(0)
    _ = session.submit(Source(name: "cell", text: "foo"))
    for source in ["a = 1", "b = 2", "c = a * 10"] {
      _ = try session.redo()
      #expect(session.history?.head?.source == source)
    }
    _ = session.submit(Source(name: "cell", text: "foo"))
    _ = session.submit(Source(name: "cell", text: "d = 4"))
    _ = try session.undo()
    _ = try session.redo()
    #expect(session.history?.head?.source == "d = 4")
    #expect(throws: Diagnostic.self) { try session.redo() }
  }
}
