import Glibc

/// Text on its way to a file descriptor, so that a loop that prints makes few system calls.
///
/// What has waited for a tenth of a second goes out with the next line, so that the log of a long run can be followed.
final class OutputBuffer {
  /// Whether a reader sits in front of it.
  let isTerminal: Bool
  private let descriptor: Int32
  private var bytes: [UInt8] = []
  private var lastFlush = OutputBuffer.milliseconds
  private static let capacity = 1 << 16
  private static let patience = 100

  /// Writes to an open descriptor.
  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    isTerminal = isatty(descriptor) == 1
  }

  /// Adds a text.
  func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Adds a text and a line end; a terminal shows it at once.
  func writeLine(_ text: String) {
    write(text)
    bytes.append(UInt8(ascii: "\n"))
    let isDue = isTerminal || bytes.count >= OutputBuffer.capacity
    if isDue || OutputBuffer.milliseconds - lastFlush >= OutputBuffer.patience { flush() }
  }

  /// Hands everything to the system.
  func flush() {
    guard !bytes.isEmpty else { return }
    let failure = bytes.withUnsafeBytes { Files.writeAll($0, to: descriptor) }
    bytes.removeAll(keepingCapacity: true)
    lastFlush = OutputBuffer.milliseconds
    if let failure { OutputBuffer.giveUp(failure) }
  }

  /// A clock that costs a few nanoseconds.
  private static var milliseconds: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }

  /// Ends the program: what it has to say cannot be heard.
  private static func giveUp(_ failure: Int32) -> Never {
    // The reader of a pipe has seen enough. Where SIGPIPE is not ignored it has ended the program already.
    guard failure != EPIPE else { _exit(128 + SIGPIPE) }
    let message = Array("error: cannot write the output: \(Files.reason(failure))\n".utf8)
    _ = message.withUnsafeBytes { Files.writeAll($0, to: STDERR_FILENO) }
    _exit(ExitStatus.failure.rawValue)
  }
}
