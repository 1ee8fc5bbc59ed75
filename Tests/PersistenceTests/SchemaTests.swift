import Foundation
import Language
import Testing

@testable import Persistence

@Suite("schemas of stores")
struct SchemaTests {
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Fixtures").standardizedFileURL

  /// A copy of the store that a released schema was written with.
  private static func copy(ofSchema number: Int, to folder: TemporaryStore) throws {
    try FileManager.default.copyItem(
      atPath: fixtures.appendingPathComponent("schema-\(number).db").path, toPath: folder.path)
  }

  /// The schemas that were released, which is what there are stores of.
  private static let released: [Int] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: fixtures.path)) ?? []
    return files.compactMap { Int($0.dropFirst("schema-".count).dropLast(".db".count)) }
  }()

  @Test("a store of every released schema opens, is migrated, and holds what it held", arguments: released)
  func opensReleased(_ number: Int) throws {
    #expect(SchemaTests.released.contains(1))
    let folder = TemporaryStore()
    try SchemaTests.copy(ofSchema: number, to: folder)
    let store = try folder.open()
    #expect(try store.database.schemaVersion == Schema.migrations.count)
    #expect(try store.problems().isEmpty)
    // A store that is migrated leaves a copy of what it was.
    let hasBackup = FileManager.default.fileExists(atPath: "\(folder.path).schema-\(number)")
    #expect(hasBackup == (number < Schema.migrations.count))
    let session = try folder.session("one", in: store)
    try session.run(
      "assert(same(x, [1, -0.0, nan]))", "assert(same(net((x: 2)), 7))", "assert(len(runs()) == 2)",
      "assert(same(restore(\"c\"), (w: f32([1, 2]))))",
      "assert(same(dataset(\"d\", version: 1).s, [\"a\", none]))",
      "assert(same(out[3], [2, 4]))", "first = rand()", "seed(3)", "assert(rand() == first)")
    _ = try session.goto(3)
    try session.run("assert(same(ans, [2, 4]))")
  }

  @Test(
    "every view can be asked", arguments: ["sessions", "cells", "datasets", "checkpoints", "runs", "metrics"])
  func viewsAnswer(_ view: String) throws {
    let folder = TemporaryStore()
    try SchemaTests.copy(ofSchema: 1, to: folder)
    _ = try folder.open()
    let answer = try QueryEngine { folder.path }.answer("select * from \(view)", over: [], precision: .f64)
    #expect(answer.rowCount > 0)
  }

  /// Steps that a schema may take: a table, then a column filled from what is there.
  private static let steps = [
    Migration("one", "CREATE TABLE t (a INTEGER) STRICT; INSERT INTO t VALUES (1), (2);"),
    Migration("two", "ALTER TABLE t ADD COLUMN b INTEGER; UPDATE t SET b = a * 2;"),
    Migration("three", "CREATE INDEX t_by_b ON t (b);"),
  ]

  @Test("migrations are taken once, from any version, all or none", arguments: 0...3)
  func migrates(from version: Int) throws {
    let folder = TemporaryStore()
    let database = try Database(.file(folder.path))
    try database.migrate(Array(SchemaTests.steps.prefix(version)), application: 7)
    // The last step fails: nothing of it all is there.
    database.fault = { $0.hasPrefix("CREATE INDEX") ? 13 : nil }
    if version < 3 {
      #expect(throws: DatabaseError.self) { try database.migrate(SchemaTests.steps, application: 7) }
    }
    #expect(try database.schemaVersion == version)
    database.fault = { _ in nil }
    for _ in 0..<2 { try database.migrate(SchemaTests.steps, application: 7) }
    #expect(try database.schemaVersion == 3)
    #expect(try database.integer("SELECT sum(b) FROM t") == 6)
    #expect(try database.integer("PRAGMA application_id") == 7)
  }
}
