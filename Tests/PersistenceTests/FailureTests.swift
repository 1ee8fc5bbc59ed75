import Glibc
import Language
import Testing

@testable import Persistence

@Suite("failing stores")
struct FailureTests {
  @Test("whichever statement of a session's life fails, it goes on, says so, and loses nothing")
  func survivesEveryFailure() throws {
    var number = 0
    var isOver = false
    while !isOver {
      number += 1
      let folder = TemporaryStore()
      isOver = try FailureTests.failing(number, in: folder)
      let again = try folder.session("one", in: try folder.open())
      #expect(throws: Never.self) { try again.run("assert(z == 8)", "assert(f(0) == 6)") }
    }
    print("statements that failed in turn: \(number - 1)")
    #expect(number > 100)
  }

  /// A session in whose life one statement fails, from the making of its store on; whether there were fewer
  /// statements.
  private static func failing(_ number: Int, in folder: TemporaryStore) throws -> Bool {
    var count = 0
    // Disk full, I/O error and busy in turn.
    let code = [Int32(13), 10, 5][number % 3]
    let fault: (String) -> Int32? = { _ in
      count += 1
      return count == number ? code : nil
    }
    // Whoever cannot open a store tries again.
    let store = try (try? folder.open(fault: fault)) ?? folder.open(fault: fault)
    let session = try (try? folder.session("one", in: store)) ?? folder.session("one", in: store)
    try session.run("x = [1, 2, 3]", "f(a) = a + sum(x)")
    _ = try? session.run("n = checkpoint(\"c\", x)", "n = save_dataset(\"d\", (x, f))", "restore(\"c\")")
    _ = try? session.run("m = minimize(p -> sum(p^2), [1.0], steps: 3)", "len(runs())")
    _ = try? session.undo()
    _ = try? session.redo()
    _ = try? session.goto(2)
    _ = try? session.history?.rename(to: "two")
    _ = try? store.problems()
    _ = try? store.collectGarbage(undone: false)
    try session.run("y = f(1)")
    let isOver = count < number
    store.database.fault = { _ in nil }
    try session.run("z = y + 1")
    try session.close()
    try session.history?.rename(to: "one")
    #expect(try store.problems().isEmpty)
    return isOver
  }

  @Test(
    "what is no store is refused with a reason and left alone",
    arguments: [
      ("text", "is not a database"), ("other", "of another program"), ("newer", "newer nns"),
      ("folder", "cannot be opened"),
    ])
  func refusesOthers(_ kind: String, _ part: String) throws {
    let folder = TemporaryStore()
    switch kind {
    case "text": try FailureTests.write(Array(repeating: 65, count: 5000), to: folder.path)
    case "other": try Database(.file(folder.path)).execute("CREATE TABLE t (x); PRAGMA user_version = 3")
    case "newer":
      _ = try folder.open()
      try Database(.file(folder.path)).execute("PRAGMA user_version = 99")
    default: mkdir(folder.path, 0o700)
    }
    defer { rmdir(folder.path) }
    let before = try? FailureTests.read(folder.path)
    #expect { try folder.open() } throws: { error in
      (error as? Diagnostic)?.message.contains(part) == true
    }
    #expect((try? FailureTests.read(folder.path)) == before)
  }

  @Test(
    "a store that was made to run something when it is opened is refused",
    arguments: [
      "ALTER TABLE cell RENAME TO c; CREATE VIEW cell AS SELECT * FROM c",
      "CREATE TRIGGER t AFTER INSERT ON cell BEGIN DELETE FROM session; END",
      "CREATE INDEX i ON session (abs(id))", "DROP INDEX cell_by_parent", "DROP VIEW runs",
      "DROP VIEW cells; CREATE VIEW cells AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n",
      "DROP TABLE metric; CREATE VIRTUAL TABLE metric USING fts5(run, name)",
    ])
  func refusesAltered(_ change: String) throws {
    let folder = TemporaryStore()
    try folder.session("one").run("x = 1")
    try Database(.file(folder.path)).execute("PRAGMA writable_schema = 0; " + change)
    #expect { try folder.open() } throws: { error in
      (error as? Diagnostic)?.message.contains("was altered") == true
    }
  }

  @Test("tables of the user's own in the store disturb nothing")
  func toleratesOthers() throws {
    let folder = TemporaryStore()
    try folder.session("one").run("x = 1")
    try Database(.file(folder.path)).execute(
      "CREATE TABLE mine (a); CREATE VIEW ours AS SELECT * FROM cell; CREATE INDEX mine_by_a ON mine (a)")
    try folder.session("one").run("assert(x == 1)")
  }

  @Test("cells that lead in a circle end nothing", arguments: ["id", "id + 1", "3", "NULL"])
  func survivesCircles(parent: String) throws {
    let folder = TemporaryStore()
    try folder.session("one").run("a = 1", "a", "b = a + 1")
    try Database(.file(folder.path)).execute(
      "UPDATE cell SET parent = CASE WHEN id + 1 <= 3 OR '\(parent)' <> 'id + 1' THEN \(parent) END")
    let store = try folder.open()
    let session = Session(host: SilentHost(), store: store)
    _ = try? session.open(try #require(try store.sessions().first))
    for number in 0...4 { _ = try? session.goto(CellLabel(number)) }
    _ = try? session.undo()
    _ = try? session.redo()
    try session.run("c = 1")
    #expect(try store.problems().isEmpty == (parent == "NULL"))
  }

  @Test("a lock that another process holds is waited for, then told")
  func waitsForLocks() throws {
    let folder = TemporaryStore()
    let store = try folder.open()
    let host = SilentHost()
    let session = try folder.session("one", in: store, host: host)
    try session.run("x = 1")
    store.database.wait(upTo: 50)
    let other = try Database(.file(folder.path))
    try other.execute("BEGIN IMMEDIATE")
    try session.run("y = x + 1")
    #expect(host.outputs.contains { $0.contains("is busy") && $0.contains("stays in memory") })
    try other.execute("ROLLBACK")
    try session.run("z = y + 1")
    try session.close()
    try folder.session("two").run("assert(len(runs()) == 0)")
    #expect(try store.cells(ofSession: 1).count == 3)
  }

  @Test("a damaged tensor is reported with its name, everything else loads")
  func reportsDamage() throws {
    let folder = TemporaryStore()
    do {
      let store = try folder.open()
      try folder.session("one", in: store).run("a = [1, 2, 3]", "b = [4, 5, 6]")
      try store.database.execute("UPDATE piece SET bytes = zeroblob(24) WHERE id = 1")
    }
    let store = try folder.open()
    #expect(try store.problems() == ["piece 1 is damaged, which is part of a in cell 1 of one"])
    let session = Session(host: SilentHost(), store: store)
    let notes = try session.open(try #require(try store.sessions().first))
    #expect(notes.count == 1 && notes[0].hasPrefix("a could not be brought back"))
    #expect(session.variables.map(\.name) == ["b"])
  }

  @Test("flipped bits and missing ends crash nothing", arguments: 0..<40)
  func survivesDamage(seed: Int) throws {
    var generator = SplitMix(state: UInt64(seed))
    let folder = TemporaryStore()
    do {
      let store = try folder.open()
      let session = try folder.session("one", in: store)
      try session.run("a = randn(3000)", "f(x) = x + sum(a)", "net = dense(2, 2)", "f(1)", "s = \"text\"")
      try session.close()
      try store.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }
    var bytes = try FailureTests.read(folder.path)
    if seed % 4 == 0 {
      bytes.removeLast(Int(generator.next() % UInt64(bytes.count)))
    } else {
      for _ in 0..<(1 + seed) {
        bytes[Int(generator.next() % UInt64(bytes.count))] ^= UInt8(1 << (generator.next() % 8))
      }
    }
    try FailureTests.write(bytes, to: folder.path)
    guard let store = try? folder.open() else { return }
    _ = try? store.problems()
    let session = Session(host: SilentHost(), store: store)
    if let entry = try? store.sessions().first { _ = try? session.open(entry) }
    _ = session.submit(Source(name: "cell", text: "g(x) = x; g(2)"))
  }

  @Test("a store that is removed while it is open is missed")
  func noticesRemoval() throws {
    let folder = TemporaryStore()
    let store = try folder.open()
    let host = SilentHost()
    let session = try folder.session("one", in: store, host: host)
    try session.run("x = 1")
    unlink(folder.path)
    try session.run("y = x + 1", "assert(y == 2)")
    #expect(host.outputs.contains { $0.contains("was removed or replaced") })
  }

  private static func read(_ path: String) throws -> [UInt8] {
    let descriptor = Glibc.open(path, O_RDONLY)
    guard descriptor >= 0 else { throw Diagnostic("cannot read \(path)") }
    defer { close(descriptor) }
    // A folder says that it has no end.
    let size = Int(lseek(descriptor, 0, SEEK_END))
    guard size < 1 << 30 else { throw Diagnostic("\(path) is no file") }
    var bytes = [UInt8](repeating: 0, count: size)
    lseek(descriptor, 0, SEEK_SET)
    guard Glibc.read(descriptor, &bytes, bytes.count) == bytes.count else {
      throw Diagnostic("cannot read \(path)")
    }
    return bytes
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { close(descriptor) }
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
      throw Diagnostic("cannot write \(path)")
    }
  }
}
