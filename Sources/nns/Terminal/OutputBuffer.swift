import Glibc

/// Text on its way to a file descriptor, so that a loop that prints makes few system calls.
final class OutputBuffer {
  /// Whether a reader sits in front of it.
  let isTerminal: Bool
  private let descriptor: Int32
  private var bytes: [UInt8] = []
  private static let capacity = 1 << 16

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
    if isTerminal || bytes.count >= OutputBuffer.capacity { flush() }
  }

  /// Hands everything to the system.
  func flush() {
    guard !bytes.isEmpty else { return }
    let failure = bytes.withUnsafeBytes { Files.writeAll($0, to: descriptor) }
    bytes.removeAll(keepingCapacity: true)
    if let failure { OutputBuffer.giveUp(failure) }
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
