import Glibc

/// How far the reading of a file has come, for whoever waits for it.
public enum ReadingProgress {
  /// Told how many of all bytes have been read.
  public typealias Note = (_ done: Int, _ total: Int) -> Void

  private final class Listener {
    let note: Note

    init(_ note: @escaping Note) { self.note = note }
  }

  // A variable of the thread, as helpers that read parts of a file must not tell anything. Not a task-local value:
  // outside a task the runtime of a statically linked program fails to keep one.
  private static let key: pthread_key_t? = {
    var key = pthread_key_t()
    return pthread_key_create(&key, nil) == 0 ? key : nil
  }()

  /// Runs `body`; what it reads on this thread is told to `note` now and then.
  public static func telling<Result>(_ note: @escaping Note, _ body: () throws -> Result) rethrows -> Result {
    guard let key else { return try body() }
    let outer = pthread_getspecific(key)
    let listener = Listener(note)
    return try withExtendedLifetime(listener) {
      pthread_setspecific(key, Unmanaged.passUnretained(listener).toOpaque())
      defer { pthread_setspecific(key, outer) }
      return try body()
    }
  }

  fileprivate static func tell(_ done: Int, of total: Int) {
    guard let key, let listener = pthread_getspecific(key) else { return }
    Unmanaged<Listener>.fromOpaque(listener).takeUnretainedValue().note(done, total)
  }
}

/// Throws when the user asked to stop, and tells how far a loop over a large file has come.
func checkInterruption(at position: Int, of total: Int) throws(FormatError) {
  try checkInterruption()
  ReadingProgress.tell(position, of: total)
}
