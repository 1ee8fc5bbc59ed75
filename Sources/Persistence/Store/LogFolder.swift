import CSQLite
import Glibc
import Synchronization

/// Folds the log of a store on a thread of its own, so that nobody waits for it.
final class LogFolder: Sendable {
  private let path: String
  private let isBusy = Atomic(false)

  /// For the store at `path`.
  init(path: String) { self.path = path }

  /// Starts folding, unless that is going on. When the process ends before, the rest is done another time.
  func start() {
    guard !isBusy.exchange(true, ordering: .acquiring) else { return }
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self)
    let code = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<LogFolder>.fromOpaque(context).takeRetainedValue().fold()
        return nil
      }, context.toOpaque())
    guard code == 0 else {
      context.release()
      isBusy.store(false, ordering: .releasing)
      return
    }
    pthread_detach(thread)
  }

  /// Folds as far as nobody reads the log, through a connection of its own: others go on working meanwhile.
  private func fold() {
    if let database = try? Database(.existingFile(path)) {
      // Looking at the schema is what makes the connection know of the log.
      _ = try? database.schemaVersion
      sqlite3_wal_checkpoint_v2(database.handle, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
    }
    isBusy.store(false, ordering: .releasing)
  }
}
