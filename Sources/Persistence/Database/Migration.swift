/// One step in the growth of a schema; the database counts the steps it has taken in `user_version`.
struct Migration {
  /// What it is for.
  var name: String
  /// The statements that make it.
  var script: String

  init(_ name: String, _ script: String) {
    self.name = name
    self.script = script
  }
}

extension Database {
  /// How many migrations the database has taken.
  var schemaVersion: Int {
    get throws(DatabaseError) { try integer("PRAGMA user_version") }
  }

  /// Takes the migrations that the database has not taken yet, all or none, and marks it as `application`'s.
  func migrate(_ migrations: [Migration], application: Int) throws {
    try transaction {
      // Looked at inside, because another process may have migrated meanwhile.
      for (index, migration) in migrations.enumerated().dropFirst(try schemaVersion) {
        try execute(migration.script)
        try execute("PRAGMA user_version = \(index + 1)")
      }
      // With the rest: a database between the two would be nobody's.
      try execute("PRAGMA application_id = \(application)")
    }
  }
}
