import CSQLite
import Glibc
import Language

/// A store in one SQLite file.
///
/// What a call has returned from is safe on disk: every change is one transaction, synchronised before it counts.
public final class SQLiteStore: Store {
  /// What a cell's bits depend on besides the store.
  public struct Environment: Hashable, Sendable {
    /// The version of nns.
    public var version: String
    /// The kind of processor.
    public var processor: String
    /// The library for linear algebra.
    public var blas: String

    /// An environment of these parts.
    public init(version: String, processor: String, blas: String) {
      self.version = version
      self.processor = processor
      self.blas = blas
    }
  }

  /// Where the file is.
  public let path: String
  /// Turns values into what can be kept; the session that uses the store sets it.
  public var codec: ValueCodec?
  let database: Database
  let environment: Environment
  let locks: SessionLocks
  /// The file as it was opened, to notice when it is replaced or removed.
  private let identity: FileIdentity?
  private let logFolder: LogFolder
  /// The session whose cells are being evaluated.
  var currentSession: Int?

  /// Opens the store in a file, making it when there is none and bringing it up to date.
  ///
  /// Nothing in the file is evaluated. Throws a diagnostic that says why it cannot be used.
  public convenience init(path: String, environment: Environment) throws(Diagnostic) {
    try self.init(path: path, environment: environment) { _ in nil }
  }

  /// Opens it; `fault` fails statements, for tests of failures.
  init(path: String, environment: Environment, fault: @escaping (String) -> Int32?) throws(Diagnostic) {
    self.path = path
    self.environment = environment
    let opened: Database
    do {
      SQLiteStore.makeFolders(of: path)
      opened = try Database(storeAt: path, fault: fault)
    } catch let error as Diagnostic {
      throw error
    } catch let error as DatabaseError {
      throw error.diagnostic(path)
    } catch {
      throw Diagnostic("the store \(path) cannot be opened: \(error)", kind: .file)
    }
    database = opened
    locks = SessionLocks(path: path + "-locks")
    logFolder = LogFolder(path: path)
    identity = FileIdentity(path)
  }

  private static func makeFolders(of path: String) {
    for index in path.indices.dropFirst() where path[index] == "/" { mkdir(String(path[..<index]), 0o700) }
  }

  deinit { foldLog() }
}

extension SQLiteStore {
  /// How large the log may grow while there is no time to fold it, in bytes.
  private static let logLimit = 2 << 30

  /// Moves what is in the log into the file, as far as nobody is reading it; called when there is time.
  public func foldLog() {
    sqlite3_wal_checkpoint_v2(database.handle, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
  }

  /// Starts ``foldLog()`` on another thread.
  public func foldLogMeanwhile() { logFolder.start() }

  private func foldLongLog() {
    var status = stat()
    if stat(path + "-wal", &status) == 0, status.st_size > SQLiteStore.logLimit { foldLog() }
  }

  /// Runs `body` in a transaction, with errors as diagnostics.
  func changing<Result>(_ body: () throws -> Result) throws(Diagnostic) -> Result {
    if let identity, FileIdentity(path) != identity {
      throw Diagnostic(
        "the store \(path) was removed or replaced while it was open", kind: .file,
        hint: "start nns again; values in memory are not touched")
    }
    let result = try reading { try database.transaction(body) }
    foldLongLog()
    return result
  }

  /// Runs `body` with errors as diagnostics.
  func reading<Result>(_ body: () throws -> Result) throws(Diagnostic) -> Result {
    do {
      return try body()
    } catch let error as Diagnostic {
      throw error
    } catch let error as DatabaseError {
      throw error.diagnostic(path)
    } catch {
      throw Diagnostic("the store failed: \(error)", kind: .file)
    }
  }

  /// Saves a value in the running transaction.
  func save(_ value: Value, _ binding: ValueCodec.Binding) throws -> Int {
    guard let codec else { throw Diagnostic("no session uses the store", kind: .file) }
    return try ValueStore(database).save(codec.encode(value, binding))
  }

  /// A value by its number.
  public func value(_ number: Int) throws(Diagnostic) -> Value {
    let stored = try reading { try ValueStore(database).load(number) }
    guard let stored, let codec else {
      throw Diagnostic("there is no value \(number) in the store", kind: .file)
    }
    return try codec.decode(stored)
  }
}

/// What tells a file from another one of its name.
private struct FileIdentity: Equatable {
  let device: UInt64
  let node: UInt64

  /// Nil when there is no such file.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    node = UInt64(status.st_ino)
  }
}

extension Database {
  /// Copies the database as it is now into a new file, whole and without a log.
  func backUp(to path: String) throws(DatabaseError) {
    // Into a draft first, so that a file of this name is always a whole one.
    let draft = "\(path).\(getpid()).part"
    unlink(draft)
    defer { unlink(draft) }
    try run("VACUUM INTO ?", draft)
    guard rename(draft, path) == 0 else {
      throw DatabaseError(code: SQLITE_CANTOPEN, message: "\(path) cannot be written", sql: nil)
    }
  }
}
