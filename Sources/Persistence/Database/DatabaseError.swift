import CSQLite

/// What SQLite reported: its code, its words and the statement it was about.
public struct DatabaseError: Error, Equatable {
  /// The extended result code.
  public var code: Int32
  /// SQLite's own words.
  public var message: String
  /// The statement that failed; nil when opening did.
  public var sql: String?
}

extension DatabaseError {
  /// Families of errors that are worth a sentence of their own.
  enum Kind {
    /// Somebody else holds the lock.
    case busy
    case diskFull
    case readOnly
    case cannotOpen
    case notADatabase
    case damaged
    case interrupted
    case notAllowed
    case constraint
    case other
  }

  /// The family of the error.
  var kind: Kind {
    switch code & 0xff {
    case SQLITE_BUSY, SQLITE_LOCKED: .busy
    case SQLITE_FULL: .diskFull
    case SQLITE_READONLY, SQLITE_PERM: .readOnly
    case SQLITE_CANTOPEN: .cannotOpen
    case SQLITE_NOTADB: .notADatabase
    case SQLITE_CORRUPT: .damaged
    case SQLITE_INTERRUPT: .interrupted
    case SQLITE_AUTH: .notAllowed
    case SQLITE_CONSTRAINT: .constraint
    default: .other
    }
  }
}
