import Glibc

/// Shows texts that do not fit on the screen, as `$PAGER` does.
enum Pager {
  /// Shows a text; false when there is no pager that could.
  static func show(_ text: String) -> Bool {
    setenv("LESS", "FRX", 0)
    // A pager that is left early closes the pipe.
    let before = signal(SIGPIPE, SIG_IGN)
    defer { signal(SIGPIPE, before) }
    guard let pipe = popen("${PAGER:-less}", "w") else { return false }
    fputs(text + "\n", pipe)
    let status = pclose(pipe)
    // What the shell says of a command that it cannot start.
    return status >= 0 && (status >> 8) & 0xff != 127 && (status >> 8) & 0xff != 126
  }
}
