import Glibc
import Language
import Testing

@testable import Persistence

@Suite("failing stores")
struct FailureTests {
  @Test("whichever statement fails, the session goes on, says so, and loses nothing")
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
    #expect(number > 20)
  }

  /// A session in whose middle one statement fails; whether there were fewer statements.
  private static func failing(_ number: Int, in folder: TemporaryStore) throws -> Bool {
    let store = try folder.open()
    let session = try folder.session("one", in: store)
    var count = 0
    // Disk full, I/O error and busy in turn.
    let code = [Int32(13), 10, 5][number % 3]
    store.database.fault = { _ in
      count += 1
      return count == number ? code : nil
    }
    try session.run("x = [1, 2, 3]", "f(a) = a + sum(x)")
    _ = try? session.run("n = checkpoint(\"c\", x)")
    _ = try? session.undo()
    _ = try? session.redo()
    try session.run("y = f(1)")
    let isOver = count < number
    store.database.fault = { _ in nil }
    try session.run("z = y + 1")
    try session.close()
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
