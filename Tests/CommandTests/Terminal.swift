import Foundation
import Glibc
import Testing

/// The program in a pseudo-terminal, and the screen that a user would see.
final class Terminal {
  private let process: pid_t
  private let master: Int32
  private var status: Int32?
  /// All that was shown.
  private(set) var seen = ""
  /// What was shown and not asked for yet.
  private var unread = Substring()
  /// The bytes of a character that is not complete yet.
  private var partial: [UInt8] = []
  /// What stands on the screen.
  private(set) var screen: Screen

  static let isAvailable: Bool = {
    var (master, slave): (Int32, Int32) = (-1, -1)
    guard openpty(&master, &slave, nil, nil, nil) == 0 else { return false }
    Glibc.close(master)
    Glibc.close(slave)
    return true
  }()

  /// Starts the program with an empty home folder, or the given one; `arguments` are words of a shell.
  static func with(
    _ program: Program, home: URL? = nil, kind: String = "xterm", arguments: String = "",
    columns: Int = 80, rows: Int = 24, environment: [String: String] = [:], _ body: (Terminal) throws -> Void
  ) throws {
    try TemporaryFolder.with { folder in
      let home = home ?? folder
      var variables = [
        "HOME": home.path, "TERM": kind, "PATH": "/usr/bin:/bin", "INPUTRC": "/dev/null", "LC_ALL": "C.UTF-8",
      ]
      variables.merge(Program.sanitizerSettings) { _, new in new }
      variables.merge(environment) { _, new in new }
      // In place of the shell, which would take Ctrl-C for itself too.
      let command = "cd '\(home.path)' && exec '\(program.path)' \(arguments)"
      let terminal = try Terminal(["/bin/sh", "-c", command], variables, columns, rows)
      defer { terminal.close() }
      try body(terminal)
    }
  }

  /// `POSIX_SPAWN_SETSID`, which Glibc's module hides.
  private static let setsid: Int16 = 0x80

  private init(_ words: [String], _ variables: [String: String], _ columns: Int, _ rows: Int) throws {
    screen = Screen(columns: columns, rows: rows)
    var (master, slave): (Int32, Int32) = (-1, -1)
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    try #require(openpty(&master, &slave, nil, nil, &size) == 0)
    self.master = master
    defer { Glibc.close(slave) }
    for descriptor in [master, slave] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    let name = try #require(ttyname(slave).map { String(cString: $0) })
    // The leader of a new session gets the first terminal it opens.
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    posix_spawnattr_setflags(&attributes, Terminal.setsid | Int16(POSIX_SPAWN_SETSIGMASK))
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    var arguments = words.map { strdup($0) } + [nil]
    var environment = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    var started = pid_t()
    let code = posix_spawn(&started, words[0], &actions, &attributes, &arguments, &environment)
    for text in arguments + environment { free(text) }
    posix_spawnattr_destroy(&attributes)
    posix_spawn_file_actions_destroy(&actions)
    try #require(code == 0)
    process = started
  }

  private func close() {
    if status == nil {
      Glibc.kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    Glibc.close(master)
  }
}

/// Typing and waiting.
extension Terminal {
  /// Types keys; with `text`, waits until it is shown after them.
  func type(_ characters: String, expecting text: String? = nil) throws {
    var rest = Array(characters.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      try #require(count > 0)
      rest = rest.dropFirst(count)
    }
    if let text { try expect(text) }
  }

  /// Types keys as a person does, with a moment after each Return: what comes at once is taken for a paste.
  func press(_ keys: String) throws {
    var rest = keys[...]
    while let end = rest.firstIndex(of: "\r") {
      try type(String(rest[...end]))
      settle(0.05)
      rest = rest[rest.index(after: end)...]
    }
    try type(String(rest))
  }

  /// Waits until a text is shown after what was asked for before.
  func expect(_ text: String, _ location: SourceLocation = #_sourceLocation) throws {
    let deadline = Date(timeIntervalSinceNow: Program.patience)
    while true {
      if let range = unread.range(of: text) {
        unread = unread[range.upperBound...]
        return
      }
      guard readSome(until: deadline) else { break }
    }
    Issue.record(
      "did not show \(text.debugDescription) but \(unread.debugDescription)", sourceLocation: location)
    throw CancellationError()
  }

  /// Waits until the screen is as it should be.
  func wait(
    for what: String, _ location: SourceLocation = #_sourceLocation, until isSo: (Screen) -> Bool
  ) throws {
    let deadline = Date(timeIntervalSinceNow: Program.patience)
    while !isSo(screen) {
      guard readSome(until: deadline) else {
        Issue.record("no \(what):\n\(screen.text)", sourceLocation: location)
        throw CancellationError()
      }
    }
    unread = Substring()
  }

  /// Waits until the last line of the screen is this text.
  func wait(forLine text: String, _ location: SourceLocation = #_sourceLocation) throws {
    try wait(for: "line \(text.debugDescription)", location) { $0.lines.last == text }
  }

  /// Reads until nothing is shown for a moment, or for twenty times as long what never ends.
  func settle(_ seconds: Double = 0.15) {
    let end = Date(timeIntervalSinceNow: 20 * seconds)
    while Date() < end, readSome(until: Date(timeIntervalSinceNow: seconds)) {}
  }

  /// Gives the terminal another size, as a window does.
  func resize(columns: Int, rows: Int) {
    settle()
    screen.resize(columns: columns, rows: rows)
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Kills the program as nothing can prevent, and waits until it is gone.
  func kill() throws {
    Glibc.kill(process, SIGKILL)
    _ = try end()
  }

  /// Stops the program where it is.
  func stop() { Glibc.kill(process, SIGSTOP) }

  /// Whether a text is shown by now after what was asked for before.
  func hasShown(_ text: String) -> Bool {
    // What is on its way takes a moment.
    let deadline = Date(timeIntervalSinceNow: 0.02)
    while !unread.contains(text), readSome(until: deadline) {}
    return unread.contains(text)
  }

  /// Waits for the end; the exit status.
  func end() throws -> Int32 {
    let deadline = Date(timeIntervalSinceNow: Program.patience)
    while readSome(until: deadline) {}
    var code: Int32 = 0
    while waitpid(process, &code, WNOHANG) == 0 {
      guard Date() < deadline else {
        Issue.record("does not end")
        throw CancellationError()
      }
      usleep(2000)
    }
    status = code & 0x7f == 0 ? code >> 8 : 128 + (code & 0x7f)
    return status ?? 0
  }

  /// Takes what is shown next; false at the end or when it is too late.
  private func readSome(until deadline: Date) -> Bool {
    var request = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    let patience = Int32(deadline.timeIntervalSinceNow * 1000)
    guard patience >= 0, poll(&request, 1, patience) > 0 else { return false }
    var bytes = [UInt8](repeating: 0, count: 65536)
    let count = read(master, &bytes, bytes.count)
    guard count > 0 else { return false }
    partial += bytes[..<count]
    // Up to the last character that is complete.
    var end = partial.count
    while end > 0, partial.count - end < 3, partial[end - 1] & 0xc0 == 0x80 { end -= 1 }
    if end > 0, partial[end - 1] >= 0xc0 {
      let length = partial[end - 1] >= 0xf0 ? 4 : partial[end - 1] >= 0xe0 ? 3 : 2
      end = partial.count - (end - 1) >= length ? partial.count : end - 1
    } else {
      end = partial.count
    }
    let text = String(decoding: partial[..<end], as: UTF8.self)
    partial.removeFirst(end)
    seen += text
    unread += text
    screen.show(text)
    return true
  }
}
