import Testing

@testable import Language

@Suite("shown values")
struct ShownValueTests {
  private func run(_ session: Session, _ cell: String) -> String {
    guard case .failed(let diagnostic) = session.submit(Source(name: "cell", text: cell)) else { return "" }
    return diagnostic.message
  }

  @Test("old values make room, and come back from the store where there is one", arguments: [true, false])
  func keepsWithinBudget(isRecorded: Bool) throws {
    let host = RecordingHost()
    let session = Session(host: host)
    if isRecorded { try session.start() }
    session.shownBudget = 10_000
    for number in 1...20 { _ = run(session, "\(number) * ones(100)") }
    #expect(run(session, "assert(out[20][0] == 20 & out[-2][0] == 19 & ans[0] == 20)") == "")
    let old = run(session, "assert(out[1][0] == 1)")
    #expect(old == (isRecorded ? "" : "what cell 1 showed made room for later values"))
    session.shownBudget = 0
    #expect(run(session, "assert(ans[0] == 20 & out[-1][0] == 20)") == "")
  }

  @Test("undoing takes back what was shown")
  func followsUndo() throws {
    let session = Session(host: RecordingHost())
    try session.start()
    for cell in ["1", "2", "x = 5", "3"] { _ = run(session, cell) }
    _ = try session.goto(0)
    _ = try session.goto(4)
    #expect(run(session, "assert(same((ans, out[1], out[2], out[4]), (3, 1, 2, 3)))") == "")
    #expect(run(session, "out[3]") == "cell 3 showed no value")
    _ = try session.goto(3)
    #expect(run(session, "assert(ans == 2 & out[-1] == 2)") == "")
    _ = try session.goto(0)
    #expect(run(session, "ans") == "nothing is named ans")
  }

  @Test("a failed cell leaves what was shown before it")
  func rollsBack() throws {
    let session = Session(host: RecordingHost())
    for cell in ["7", "8; error(\"no\")"] { _ = run(session, cell) }
    #expect(run(session, "assert(ans == 7 & out[-1] == 7)") == "")
    #expect(run(session, "out[2]") == "cell 2 showed no value")
  }

  @Test("timing evaluates once for good and often without effect")
  func timesWithoutEffect() throws {
    let host = RecordingHost()
    let session = Session(host: host)
    _ = run(session, "x = 1")
    let (outcome, timing) = session.time(Source(name: "cell", text: "x += 1; print(x); x"))
    guard case .done = outcome, let timing else {
      Issue.record("\(outcome)")
      return
    }
    #expect(timing.runs > 1 && timing.best > 0 && timing.best <= timing.median)
    #expect(host.outputs == ["2", "2"])
    #expect(run(session, "assert(x == 2)") == "")
  }
}
