import Foundation
import Glibc
import Testing

/// The program in a pseudo-terminal, made by `script` of util-linux.
final class Terminal {
  private let process = Process()
  private let keys = Pipe()
  private let screen = Pipe()
  /// All that was shown.
  private(set) var seen = ""
  /// What was shown and not asked for yet.
  private var unread = Substring()

  static let isAvailable = FileManager.default.isExecutableFile(atPath: "/usr/bin/script")

  /// Starts the program with an empty home folder, or the given one.
  static func with(
    _ program: Program, home: URL? = nil, kind: String = "xterm", arguments: String = "", folder: URL? = nil,
    _ body: (Terminal) throws -> Void
  ) throws {
    try TemporaryFolder.with { scratch in
      let terminal = try Terminal(program, home: home ?? scratch, kind: kind, arguments: arguments)
      if let folder { terminal.process.currentDirectoryURL = folder }
      try terminal.process.run()
      defer { if terminal.process.isRunning { terminal.process.terminate() } }
      try body(terminal)
    }
  }

  private init(_ program: Program, home: URL, kind: String, arguments: String) throws {
    process.executableURL = URL(fileURLWithPath: "/usr/bin/script")
    // In place of the shell, which would take Ctrl-C for itself too.
    let command = "exec '\(program.path)' \(arguments)"
    process.arguments = ["--quiet", "--flush", "--return", "--command", command, "/dev/null"]
    process.environment = ["HOME": home.path, "TERM": kind, "PATH": "/usr/bin:/bin", "INPUTRC": "/dev/null"]
    process.standardInput = keys
    process.standardOutput = screen
    process.standardError = screen
  }

  /// Types keys; with `text`, waits until it is shown after them.
  func type(_ characters: String, expecting text: String? = nil) throws {
    try keys.fileHandleForWriting.write(contentsOf: Data(characters.utf8))
    if let text { try expect(text) }
  }

  /// Waits until a text is shown after what was asked for before.
  func expect(_ text: String, _ location: SourceLocation = #_sourceLocation) throws {
    let deadline = Date(timeIntervalSinceNow: 10)
    while true {
      if let range = unread.range(of: text) {
        unread = unread[range.upperBound...]
        return
      }
      guard Date() < deadline, let more = readSome(until: deadline) else { break }
      seen += more
      unread += more
    }
    Issue.record(
      "did not show \(text.debugDescription) but \(unread.debugDescription)", sourceLocation: location)
    throw CancellationError()
  }

  /// Kills the program as nothing can prevent, and waits until it is gone.
  func kill() throws {
    try send(SIGKILL)
    // `script` stops itself when the program is stopped, and may take its death for that: what it has yet to
    // show is waited for, then it goes too.
    let deadline = Date(timeIntervalSinceNow: 0.2)
    while process.isRunning, Date() < deadline {
      Glibc.kill(process.processIdentifier, SIGCONT)
      if let more = readSome(until: Date(timeIntervalSinceNow: 0.02)) {
        seen += more
        unread += more
      }
    }
    Glibc.kill(process.processIdentifier, SIGKILL)
    _ = try end()
  }

  /// Stops the program where it is.
  func stop() throws { try send(SIGSTOP) }

  private func send(_ signal: Int32) throws {
    let script = process.processIdentifier
    let children = try String(contentsOfFile: "/proc/\(script)/task/\(script)/children", encoding: .utf8)
    for child in children.split(separator: " ").compactMap({ pid_t($0) }) { Glibc.kill(child, signal) }
  }

  /// Whether a text was shown, by the end of the program, after what was asked for before.
  func hasShown(_ text: String) -> Bool { unread.contains(text) }

  /// Waits for the end; the exit status.
  func end() throws -> Int32 {
    let deadline = Date(timeIntervalSinceNow: 10)
    while Date() < deadline, let more = readSome(until: deadline) {
      seen += more
      unread += more
    }
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// What is shown next, nil at the end or when it is too late.
  private func readSome(until deadline: Date) -> String? {
    var request = pollfd(fd: screen.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&request, 1, Int32(max(0, deadline.timeIntervalSinceNow) * 1000)) > 0 else { return nil }
    let data = screen.fileHandleForReading.availableData
    return data.isEmpty ? nil : String(decoding: data, as: UTF8.self)
  }
}
