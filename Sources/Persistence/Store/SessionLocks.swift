import Glibc

/// Claims of processes on sessions: locks on the bytes of a file beside the store, which the kernel takes away
/// when a process ends, however it ends.
final class SessionLocks {
  private let descriptor: Int32

  /// Opens the file, making it when there is none.
  init(path: String) { descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Claims a session; false when another process has it. Without a file everything is free.
  func claim(_ session: Int) -> Bool {
    guard descriptor >= 0 else { return true }
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = off_t(session)
    lock.l_len = 1
    // Of the open file and not of the process: closing another descriptor of it releases nothing.
    return fcntl(descriptor, SessionLocks.setOpenFileLock, &lock) == 0
  }

  /// Gives up a claim.
  func release(_ session: Int) {
    guard descriptor >= 0 else { return }
    var lock = flock()
    lock.l_type = Int16(F_UNLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = off_t(session)
    lock.l_len = 1
    _ = fcntl(descriptor, SessionLocks.setOpenFileLock, &lock)
  }

  /// `F_OFD_SETLK` of Linux, which the C headers show on request only.
  private static let setOpenFileLock: Int32 = 37
}
