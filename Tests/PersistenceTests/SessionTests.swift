import Language
import Tensors
import Testing

@testable import Persistence

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
        _ = try session.goto(CellLabel(Int(generator.next() % UInt64(highest + 1))))
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
    #expect(try other.store.sessions().map(\.cellCount).sorted() == [2, 2])
  }

  @Test("a fork that nobody asked for stays only when something was typed into it")
  func unwantedForksGo() throws {
    let folder = TemporaryStore()
    let first = try folder.session("one")
    try first.run("x = 1")
    for (cell, names) in [(nil, ["one"]), ("x = 2", ["one", "one 2"])] as [(String?, [String])] {
      let other = Session(host: SilentHost(), store: try folder.open())
      let entry = try #require(try other.store.sessions().first { $0.name == "one" })
      _ = try other.open(entry)
      #expect(try other.store.sessions().map(\.cellCount) == [1, 1])
      if let cell { try other.run(cell) }
      try other.close()
      #expect(try first.store.sessions().map(\.name).sorted() == names)
    }
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

  /// Every way to change a tensor in place, each of them in a cell of its own after the tensor was saved.
  private static let writes = [
    "x[0] = 1", "x[1:900000] += 2", "x[x > 3] = 0", "x *= 2", "x += x", "x[[5, 3, 700000]] = 9",
    "x[-1] = nan",
    "x[::2] -= 1", "repeat 3 { x[7] *= 1.5 }", "for i in 0..<3 { x[i] = x[i + 1] }", "m[:, 1] = 4",
    "m[2] = m[0]",
    "m[0, 0] += 1", "m[..., -1] = 0", "m /= 3", "p.w[2] = 8", "p.w += 1", "p.l[0][1] = 5", "p *= 2",
    "y = x; y[1] = 0",
    "x = x ++ [1, 2]", "repeat 5 { x = append(x, 3) }", "x[len(x) - 1] = 4", "t.c[1] = 7", "t.c = t.c * 2",
    "p -= 0.1 * p",
    "z = x[10:20]; z[0] = 1", "z = reshape(m, (8, 4)); z[3] = 2", "m = m.T; m[0] = 1",
    "f(v) = { v[0] = 3; v }; z = f(x)",
    "x ^= 2", "x = -x", "b[1] = false", "b = not_b; b[0] = true", "s[2] = \"ü\"", "seed(1); x[0:5] = rand(5)",
  ]

  @Test("what is remembered about the bytes of tensors is true of them after any change in place")
  func remembersTrueHashes() throws {
    let folder = TemporaryStore()
    let bits = try SessionTests.change(in: folder)
    #expect(try folder.session("one").bits() == bits)
  }

  /// Makes all changes, looking at the hashes after each; the session is over when this returns.
  private static func change(in folder: TemporaryStore) throws -> [String: String] {
    let session = try folder.session("one")
    try session.run(
      "x = range(1200000) * 0.5", "m = reshape(range(32) * 1.5, (4, 8))",
      "p = (w: [1, 2, 3], l: ([1, 2], 4))",
      "t = table(c: [1, 2, 3])", "b = [true, true]", "not_b = b == false", "s = [\"a\", \"b\", \"c\"]")
    for cell in SessionTests.writes {
      guard case .done = session.submit(Source(name: "cell", text: cell)) else { continue }
      for (name, value) in session.variables {
        for tensor in try session.codec.encode(value, .toSession).tensors {
          let pieces = try tensor.pieces()
          let isTrue = try tensor.withBytes { bytes in
            pieces.allSatisfy {
              ContentHash(of: UnsafeRawBufferPointer(rebasing: bytes[$0.range])) == $0.hash
            }
          }
          #expect(isTrue, "\(name) after \(cell)")
        }
      }
    }
    return try session.bits()
  }

  @Test("garbage goes in time that grows with its size")
  func collectsMuchGarbage() throws {
    let folder = TemporaryStore()
    let store = try folder.open()
    try folder.session("one", in: store).run("kept = 1")
    // Cells as a long session leaves them, each with a name that one before it gave a value.
    try store.database.execute(
      """
      WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
        INSERT INTO cell SELECT i, NULL, NULL, 1, 'code', '', '', 0, 0, '', 'ok', 0, 0, '0:0', 'f64', NULL, 0, NULL FROM n;
      INSERT INTO binding SELECT id, 'a', NULL, id FROM cell WHERE id >= 100;
      INSERT INTO cell_read (cell, name, writer) SELECT id, 'a', id - 1 FROM cell WHERE id > 100;
      INSERT INTO value SELECT id, x'00', 'number', '1', '{"value": 1}' FROM cell WHERE id >= 100;
      """)
    let start = ContinuousClock.now
    let removed = try store.collectGarbage(undone: false)
    #expect(removed.cells == 19901 && removed.values == 19901)
    #expect(ContinuousClock.now - start < .seconds(20))
    #expect(try store.problems().isEmpty)
    try folder.session("one", in: store).run("assert(kept == 1)")
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
