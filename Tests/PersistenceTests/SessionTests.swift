import Language
import Persistence
import Testing

@Suite("sessions in a store")
struct SessionTests {
  private static let cells = [
    "x = randn(4)", "x", "x[1] = 7", "f(a) = a * x[0]", "p = (w: 0.5, b: [1, 2])", "p.w += rand()", "del x",
    "x = f",
    "error(\"no\")", "y = [1, 2, 3]; y * 2", "seed(5)", "precision(\"f32\")", "z = zeros(2)", "ans", "1 + 1",
    "repeat 3 { p.w *= 1.5 }", "q = p", "q.b[0] = rand()", "sum = 3", "del sum", "out[2]", "f = sin",
  ]

  /// A path of cells and what the session must be after them.
  private static func fresh(_ path: [String]) throws -> [String: String] {
    let store = TemporaryStore()
    let session = try store.session("fresh")
    for cell in path { _ = session.submit(Source(name: "[\(session.cellNumber)]", text: cell)) }
    return try session.bits()
  }

  @Test("undoing, branching and going anywhere gives the bits of a fresh run of that path", arguments: 0..<12)
  func travelsExactly(seed: Int) throws {
    var generator = SplitMix(state: UInt64(seed))
    let folder = TemporaryStore()
    let store = try folder.open()
    var session = try folder.session("one", in: store)
    // Every known cell by its number in the store, with the texts that lead to it.
    var paths: [Int: [String]] = [:]
    var here: [String] = []
    for _ in 0..<40 {
      switch generator.next() % 8 {
      case 0: _ = try? session.undo()
      case 1: _ = try? session.redo()
      case 2:
        guard let highest = paths.values.map(\.count).max() else { continue }
        _ = try session.goto(Int(generator.next() % UInt64(highest + 1)))
      case 3:
        let name = session.history?.entry.name ?? ""
        try session.close()
        session = try folder.session(name, in: store)
      case 4 where generator.next() % 4 == 0: try session.fork(named: "fork \(generator.next())")
      default:
        let cell = SessionTests.cells[Int(generator.next() % UInt64(SessionTests.cells.count))]
        _ = session.submit(Source(name: "[\(session.cellNumber)]", text: cell))
        here.append(cell)
        if let head = session.history?.head { paths[head.id] = here }
      }
      here = session.history?.head.flatMap { paths[$0.id] } ?? []
      #expect(session.cellNumber == here.count + 1)
    }
    let (mine, fresh) = (try session.bits(), try SessionTests.fresh(here))
    #expect(mine == fresh)
    #expect(try store.problems().isEmpty)
  }

  @Test("a state far down is found, whole bindings being kept at every 64th cell")
  func findsOldNames() throws {
    let folder = TemporaryStore()
    func type() throws {
      let session = try folder.session("long")
      try session.run("a = 1", "b = 2", "del b")
      for number in 0..<140 { try session.run("c = \(number)") }
    }
    try type()
    let again = try folder.session("long")
    #expect(again.variables.map(\.name).sorted() == ["a", "c"])
    _ = try again.goto(70)
    try again.run("assert(same((a, c), (1, 66)))")
  }

  @Test("a session that is open elsewhere opens as a fork")
  func forksWhatIsOpen() throws {
    let folder = TemporaryStore()
    let first = try folder.session("one")
    try first.run("x = 1")
    let other = Session(host: SilentHost(), store: try folder.open())
    let entry = try #require(try other.store.sessions().first)
    let notes = try other.open(entry)
    #expect(notes == ["one is open elsewhere; this is a fork of it: one 2"])
    try other.run("x += 1")
    try first.run("assert(x == 1)")
  }

  @Test("what is read is recorded with its writer")
  func recordsReads() throws {
    let folder = TemporaryStore()
    let session = try folder.session("one")
    try session.run("w = 2", "f(x) = w * x", "y = f(3)", "print(y)")
    let reads = try QueryEngine { folder.path }.answer(
      """
      select c.number || ' ' || r.name || ' ' || w.number as line
      from cell_read r join cell c on c.id = r.cell join cell w on w.id = r.writer order by 1
      """, over: [], precision: .f64)
    guard case .text(let lines) = reads.columns[0] else { return }
    #expect(lines.items.compactMap(\.self) == ["2 w 1", "3 f 2", "3 w 1", "4 y 3"])
  }

  @Test("garbage is what nothing leads to")
  func collectsGarbage() throws {
    let folder = TemporaryStore()
    let store = try folder.open()
    let session = try folder.session("one", in: store)
    try session.run("a = randn(1000)", "b = randn(2000)")
    _ = try session.undo()
    try session.run("c = 1")
    try session.fork(named: "two")
    #expect(try store.collectGarbage(undone: false).cells == 0)
    #expect(try store.collectGarbage(undone: true).cells == 1)
    let one = try #require(try store.sessions().first { $0.name == "one" })
    try store.delete(session: one.id)
    #expect(try store.collectGarbage(undone: false).cells == 0)
    try session.run("assert(len(a) == 1000)")
    #expect(try store.problems().isEmpty)
  }
}

/// A small generator, so that every run tries the same.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}
