@preconcurrency import CReadline
import CTerminal
import Glibc
import Synchronization

/// GNU readline, driven key by key, so that signals and the terminal stay in our hands.
final class LineEditor {
  /// How the editing of a line ended.
  enum Line {
    case text(String)
    /// Ctrl-C; the line is gone.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal went away.
    case end
  }

  /// The line that readline's callback left; readline is one per process as well.
  private static let finished = Mutex<Line?>(nil)

  /// Whether the line that Ctrl-C ended had any text.
  private(set) var hadText = false

  private static let idleMilliseconds: Int32 = 1000

  /// Prepares readline; `history` holds earlier cells, oldest first.
  init(history: [String]) {
    // Without a locale in the environment readline would show and count UTF-8 byte by byte.
    let isUTF8 = setlocale(LC_CTYPE, "") != nil && String(cString: nl_langinfo(Int32(CODESET))) == "UTF-8"
    if !isUTF8 { setlocale(LC_CTYPE, "C.UTF-8") }
    // A redirected standard output is for results only.
    if isatty(STDOUT_FILENO) != 1 { rl_outstream = fdopen(STDERR_FILENO, "w") }
    rl_readline_name = UnsafePointer(strdup("nns"))
    // First of all: settings made before it would be taken back, bracketed paste among them.
    rl_initialize()
    rl_catch_signals = 0
    rl_catch_sigwinch = 0
    // Indents instead of completing file names in the middle of a formula.
    rl_bind_key(9, rl_insert)
    using_history()
    stifle_history(Int32(History.limit))
    for cell in history { add_history(cell) }
  }

  /// Lets the user edit a line after `prompt`; calls `whenIdle` once when nothing has been typed for a moment.
  func read(prompt: String, whenIdle: () -> Void) -> Line {
    var isIdleTold = false
    LineEditor.finished.withLock { $0 = nil }
    nns_begin_editing()
    defer { nns_end_by_signal() }
    defer { nns_end_editing() }
    rl_callback_handler_install(prompt) { line in
      LineEditor.finished.withLock { $0 = line.map { .text(String(cString: $0)) } ?? .end }
      free(line)
      // At once, so that the terminal is as usual while the cell runs.
      rl_callback_handler_remove()
    }
    while true {
      switch nns_next_event(STDIN_FILENO, isIdleTold ? -1 : LineEditor.idleMilliseconds) {
      case NNS_IDLE:
        isIdleTold = true
        whenIdle()
      case NNS_INTERRUPT:
        abandon()
        return .interrupted
      case NNS_RESIZE: rl_resize_terminal()
      case NNS_SUSPEND:
        rl_deprep_terminal()
        nns_suspend()
        rl_prep_terminal(1)
        rl_forced_update_display()
      case NNS_KEYS:
        rl_callback_read_char()
        if let line = LineEditor.finished.withLock({ $0 }) { return line }
      default:
        rl_callback_handler_remove()
        return .end
      }
    }
  }

  /// Remembers a cell for the arrow keys and for searching.
  func remember(_ cell: String) { add_history(cell) }

  /// Leaves the line as it was typed and goes below it.
  private func abandon() {
    hadText = rl_end > 0
    rl_callback_sigcleanup()
    rl_point = rl_end
    rl_redisplay()
    rl_echo_signal_char(SIGINT)
    rl_crlf()
    rl_free_line_state()
    rl_callback_handler_remove()
  }
}
