import CSQLite
import Glibc
import Language

/// Opening the database of a store.
extension Database {
  /// How long another process may hold the store, in milliseconds.
  private static let patience: Int32 = 30_000

  /// Opens a store's file, making it when there is none and bringing it up to date.
  ///
  /// Throws a diagnostic for a file that is none, is newer than this program, or was altered so that opening it
  /// could run something.
  convenience init(storeAt path: String, fault: @escaping (String) -> Int32?) throws {
    try self.init(.file(path))
    self.fault = fault
    wait(upTo: Database.patience)
    let version = try checkedVersion(path)
    if version == 0 { try execute("PRAGMA page_size = \(Schema.pageSize)") }
    try keepLog()
    try execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON")
    guard version < Schema.migrations.count else { return }
    if version > 0 { try backUp(to: "\(path).schema-\(version)") }
    try migrate(Schema.migrations, application: Schema.applicationID)
  }

  /// Has changes written to a log, which is folded into the file when nobody waits; see ``SQLiteStore/foldLog()``.
  private func keepLog() throws(DatabaseError) {
    var waited: Int32 = 0
    while true {
      do {
        try execute(
          "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864")
        return
      } catch {
        guard error.kind == .busy, waited < Database.patience else { throw error }
        // SQLite does not wait by itself while another process makes the same change to a new file.
        usleep(10_000)
        waited += 10
      }
    }
  }

  /// The version of the schema of the file at `path`, 0 for an empty one.
  private func checkedVersion(_ path: String) throws -> Int {
    // In a transaction, because another process may be making the store.
    try execute("BEGIN")
    defer { rollBack("ROLLBACK") }
    let objects = try schemaObjects()
    let version = try schemaVersion
    if objects.isEmpty, version == 0 { return 0 }
    guard try integer("PRAGMA application_id") == Schema.applicationID else {
      throw Diagnostic(
        "\(path) is a database of another program", kind: .file, hint: "choose another file with --store")
    }
    guard version <= Schema.migrations.count else {
      throw Diagnostic(
        "the store \(path) was written by a newer nns: its schema is \(version), this program knows up to \(Schema.migrations.count)",
        kind: .file, hint: "update nns, or choose another file with --store")
    }
    if let altered = try Schema.altered(objects, version: version) {
      throw Diagnostic(
        "the store \(path) was altered: \(altered) is not as nns makes it", kind: .file,
        hint: "choose another file with --store; sqlite3 can read this one")
    }
    return version
  }

  /// What stands in the schema, without what SQLite makes by itself.
  func schemaObjects() throws(DatabaseError) -> [Schema.Object] {
    try rows(
      "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    ) {
      Schema.Object(type: $0.text(0), name: $0.text(1), table: $0.text(2), sql: $0.text(3))
    }
  }
}

extension Schema {
  /// A table, index, view or trigger.
  struct Object: Hashable {
    var type: String
    var name: String
    /// The table it belongs to.
    var table: String
    var sql: String
  }

  /// The first object that is missing, other than it should be, or added to a table of the store; nil for a
  /// store that is as this program makes it.
  ///
  /// Other tables and views may be there: they are the user's, and nothing here touches them. A view in place of
  /// a table, say, would be evaluated.
  fileprivate static func altered(_ objects: [Object], version: Int) throws -> String? {
    let reference = try Database(.memory)
    try reference.migrate(Array(migrations.prefix(version)), application: applicationID)
    let own = try reference.schemaObjects()
    if let missing = own.first(where: { !objects.contains($0) }) { return "\(missing.type) \(missing.name)" }
    let names = Set(own.map(\.name))
    let added = objects.first { names.contains($0.table) && !own.contains($0) }
    return added.map { "\($0.type) \($0.name)" }
  }
}
