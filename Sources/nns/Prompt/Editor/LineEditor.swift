@preconcurrency import CReadline
import CTerminal
import Glibc
import Language

/// What the line editor asks of the prompt.
protocol LineEditorGuide: AnyObject {
  /// Whether a text is a whole cell, so that Return evaluates it.
  func isComplete(_ text: String) -> Bool
  /// What Tab offers at an offset into the bytes of a text.
  func completion(of text: String, at cursor: Int) -> Completion?
  /// Whether searching needs more history than was given; then the whole list, oldest first.
  func wholeHistory() -> [String]?
  /// Called when nothing has been typed for a moment.
  func isIdle()
  /// Whether what is typed has colours.
  var hasColor: Bool { get }
}

/// GNU readline, driven key by key, so that signals and the terminal stay in our hands, with a display of its own
/// that knows lines, colours and candidates.
///
/// On a terminal that cannot move its cursor up, readline shows one line at a time, plainly.
final class LineEditor {
  /// How the editing of a text ended.
  enum Line {
    case text(String)
    /// Ctrl-C; the text is gone.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal went away.
    case end
  }

  /// The editor that readline's functions without context belong to; there is one readline in a process, and all
  /// of this happens on the thread that reads.
  nonisolated(unsafe) static weak var current: LineEditor?

  private static let idleMilliseconds: Int32 = 1000

  /// Whether the terminal only shows one line at a time.
  let isPlain: Bool
  /// Who knows the session that is typed for.
  var guide: any LineEditorGuide
  private let descriptor: Int32
  /// Whether the environment's locale encodes text in UTF-8.
  private let isUTF8: Bool
  private var screen = InputScreen()
  private var prompt = ""
  private var continuation = ""
  /// What the last key left below the input, until the next one.
  private var notes: [InputRow] = []
  private var finished: Line?
  /// Whether there was any text when Ctrl-C ended it.
  private(set) var hadText = false
  private var isEditing = false
  /// Whether the arrow keys walk through the cells that begin as the text did.
  var isRecallingByPrefix = false

  /// Prepares readline; `history` holds earlier cells, oldest first.
  init(history: [String], guide: any LineEditorGuide) {
    self.guide = guide
    isUTF8 = setlocale(LC_CTYPE, "") != nil && String(cString: nl_langinfo(Int32(CODESET))) == "UTF-8"
    // A redirected standard output is for results only.
    let isRedirected = isatty(STDOUT_FILENO) != 1
    descriptor = isRedirected ? STDERR_FILENO : STDOUT_FILENO
    if isRedirected { rl_outstream = fdopen(STDERR_FILENO, "w") }
    rl_readline_name = UnsafePointer(strdup("nns"))
    // First of all: settings made before it would be taken back, bracketed paste among them.
    rl_initialize()
    rl_catch_signals = 0
    rl_catch_sigwinch = 0
    isPlain = rl_get_termcap("up") == nil || !LineEditor.hasANSICodes
    LineEditor.current = self
    bindKeys()
    rl_getc_function = { _ in LineEditor.current?.nextByte() ?? EOF }
    if !isPlain { rl_redisplay_function = { LineEditor.current?.redisplay() } }
    using_history()
    stifle_history(Int32(History.limit))
    for cell in history { add_history(cell) }
  }

  /// Lets the user edit a text, beginning with `initial`, after `prompt`; further lines have `continuation` before
  /// them.
  func read(prompt: String, continuation: String, initial: String = "") -> Line {
    var isIdleTold = false
    self.prompt = prompt
    self.continuation = continuation
    finished = nil
    screen.forget()
    screen.size = windowSize
    screen.hasColor = guide.hasColor
    nns_begin_editing()
    defer { nns_end_by_signal() }
    defer { nns_end_editing() }
    isEditing = true
    defer { isEditing = false }
    notes = []
    // Readline would end every later text with a line end of its own, once a text was ended by Ctrl-D.
    rl_eof_found = 0
    // The terminal shows what is typed while a cell runs; now it is read, and shown again.
    if !isPlain { write("\r\u{1b}[K") }
    rl_callback_handler_install(prompt) { LineEditor.current?.finish($0) }
    adoptUTF8()
    if !initial.isEmpty {
      rl_insert_text(initial)
      rl_forced_update_display()
    }
    while true {
      switch nns_next_event(STDIN_FILENO, isIdleTold ? -1 : LineEditor.idleMilliseconds) {
      case NNS_IDLE:
        isIdleTold = true
        guide.isIdle()
      case NNS_INTERRUPT:
        abandon()
        return .interrupted
      case NNS_RESIZE: resize()
      case NNS_SUSPEND: suspend()
      case NNS_KEYS:
        notes = []
        rl_callback_read_char()
        if let finished { return finished }
      default:
        rl_callback_handler_remove()
        return .end
      }
    }
  }

  /// Makes readline take text for UTF-8 where the environment names no such locale: it would count bytes. To be
  /// called for every text, because readline goes back to the environment's locale each time.
  private func adoptUTF8() {
    guard !isUTF8 else { return }
    setlocale(LC_CTYPE, "C.UTF-8")
    for (setting, value) in [("input-meta", "on"), ("output-meta", "on"), ("convert-meta", "off")] {
      rl_variable_bind(setting, value)
    }
  }

  /// Whether the terminal understands the usual codes, told by how it erases the rest of a line.
  private static var hasANSICodes: Bool {
    rl_get_termcap("ce").map { String(cString: $0).hasPrefix("\u{1b}[K") } ?? false
  }

  /// Remembers a cell for the arrow keys and for searching.
  func remember(_ cell: String) { add_history(cell) }

  /// The bytes of the text.
  var bytes: [UInt8] {
    guard let buffer = rl_line_buffer else { return [] }
    return Array(UnsafeRawBufferPointer(start: buffer, count: Int(rl_end)))
  }
}

/// Ends and interruptions.
extension LineEditor {
  /// Takes the line that readline hands over; nil at the end of the input.
  private func finish(_ line: UnsafeMutablePointer<CChar>?) {
    let text = line.map { String(cString: $0) }
    free(line)
    if isPlain {
      if text == nil { rl_crlf() }
    } else {
      // Readline has cleared its buffer by now.
      write(screen.finish(layout(Array((text ?? "").utf8), point: -1)))
    }
    finished = text.map { .text($0) } ?? .end
    // At once, so that the terminal is as usual while the cell runs.
    rl_callback_handler_remove()
  }

  /// Leaves the text as it was typed and goes below it.
  private func abandon() {
    hadText = rl_end > 0
    rl_callback_sigcleanup()
    if isPlain {
      rl_point = rl_end
      rl_redisplay()
      rl_echo_signal_char(SIGINT)
      rl_crlf()
    } else {
      write(screen.finish(layout(bytes, point: -1), adding: "^C"))
    }
    // What readline shows from here on is no longer the input.
    isEditing = false
    rl_free_line_state()
    rl_callback_handler_remove()
  }

  private func suspend() {
    rl_deprep_terminal()
    nns_suspend()
    rl_prep_terminal(1)
    screen.forget()
    screen.size = windowSize
    rl_forced_update_display()
  }

  private func resize() {
    if !isPlain { write(screen.erase(afterResizeTo: windowSize)) }
    notes = []
    rl_resize_terminal()
  }
}

/// Showing.
extension LineEditor {
  /// Shows the text as it is now.
  private func redisplay() {
    guard isEditing else { return }
    write(screen.draw(layout(bytes, point: Int(rl_point), isActive: true), notes: notes))
  }

  /// Clears the screen and shows the text at its top.
  func clearScreen() {
    write("\u{1b}[H\u{1b}[2J")
    screen.forget()
  }

  /// Shows candidates below the text until the next key.
  func show(_ completion: Completion) {
    let size = windowSize
    guard isPlain else {
      let rows = layout(bytes, point: Int(rl_point)).rows.count
      let limit = min(size.rows - rows, max(2, size.rows / 2))
      notes = CandidateList.rows(completion, columns: size.columns, limit: limit)
      return
    }
    let rows = CandidateList.rows(completion, columns: size.columns, limit: max(1, size.rows - 1))
    rl_crlf()
    write(rows.map { $0.text + "\n" }.joined())
    rl_on_new_line()
  }

  private func layout(_ text: [UInt8], point: Int, isActive: Bool = false) -> InputLayout {
    InputLayout(
      // While history is searched, readline has another prompt.
      prompt: isActive ? rl_display_prompt.map { String(cString: $0) } ?? prompt : prompt,
      continuation: continuation, text: text, looks: looks(text, point: isActive ? point : nil),
      point: point < 0 ? text.count : point, columns: screen.size.columns)
  }

  /// The look of each byte; the brackets at the cursor and their partners stand out.
  private func looks(_ text: [UInt8], point: Int?) -> [InputLook] {
    var looks = [InputLook](repeating: .plain, count: text.count)
    guard screen.hasColor else { return looks }
    let styles = SourceStyles(input: String(decoding: text, as: UTF8.self))
    for (range, style) in styles.parts {
      for offset in range.clamped(to: 0..<text.count) { looks[offset] = .source(style) }
    }
    guard let point else { return looks }
    for offset in [point, point - 1] {
      guard let partner = styles.partners[offset], looks.indices.contains(offset),
        looks.indices.contains(partner)
      else { continue }
      looks[offset] = .bracket
      looks[partner] = .bracket
      break
    }
    return looks
  }

  private func write(_ text: String) {
    guard !text.isEmpty else { return }
    fflush(rl_outstream)
    _ = Array(text.utf8).withUnsafeBytes { Files.writeAll($0, to: descriptor) }
  }

  private var windowSize: InputScreen.Size {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return InputScreen.Size(columns: 80, rows: 24)
    }
    return InputScreen.Size(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }
}
