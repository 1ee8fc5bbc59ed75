@preconcurrency import CReadline
import CTerminal
import Glibc
import Language

/// What keys do here that they do not do in readline.
extension LineEditor {
  private typealias Action = @convention(c) (Int32, Int32) -> Int32

  private static let up: Action = { _, _ in LineEditor.current?.goUp() ?? 0 }
  private static let down: Action = { _, _ in LineEditor.current?.goDown() ?? 0 }

  /// Binds the keys, in the keymaps of Emacs and of vi's insertion.
  func bindKeys() {
    bind(["\t"]) { _, _ in LineEditor.current?.complete() ?? 0 }
    guard !isPlain else { return }
    bind(["\r", "\n"], alsoInCommandMode: true) { _, _ in LineEditor.current?.accept() ?? 0 }
    bind(["\u{1b}\r", "\u{1b}\n"]) { _, _ in LineEditor.current?.breakLine() ?? 0 }
    bind(["\u{1b}[A", "\u{1b}OA"], alsoInCommandMode: true, LineEditor.up)
    bind(["\u{1b}[B", "\u{1b}OB"], alsoInCommandMode: true, LineEditor.down)
    bind(["\u{01}", "\u{1b}[H", "\u{1b}OH", "\u{1b}[1~"]) { _, _ in LineEditor.current?.goToLineStart() ?? 0 }
    bind(["\u{05}", "\u{1b}[F", "\u{1b}OF", "\u{1b}[4~"]) { _, _ in LineEditor.current?.goToLineEnd() ?? 0 }
    bind(["\u{0b}"]) { _, _ in LineEditor.current?.killLine() ?? 0 }
    bind(["\u{0c}"], alsoInCommandMode: true) { _, _ in
      LineEditor.current?.clearScreen()
      return 0
    }
    bind(["}"]) { count, key in LineEditor.current?.closeBlock(count, key) ?? 0 }
    bind(["\u{1b}[200~"], alsoInCommandMode: true) { _, _ in LineEditor.current?.paste() ?? 0 }
  }

  private func bind(_ keys: [String], alsoInCommandMode: Bool = false, _ action: @escaping Action) {
    var maps = ["emacs", "vi-insert"]
    if alsoInCommandMode { maps.append("vi-command") }
    for map in maps.compactMap({ rl_get_keymap_by_name($0) }) {
      for key in keys { rl_bind_keyseq_in_map(LineEditor.escaped(key), action, map) }
    }
  }

  /// Keys as readline's key bindings spell them.
  private static func escaped(_ keys: String) -> String {
    keys.unicodeScalars.map { scalar in
      guard scalar.value < 0x20 else { return String(scalar) }
      let digits = String(scalar.value, radix: 8)
      return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }.joined()
  }

  /// The next byte from the keyboard.
  func nextByte() -> Int32 {
    var byte: UInt8 = 0
    while true {
      let count = Glibc.read(STDIN_FILENO, &byte, 1)
      guard count < 0, errno == EINTR else {
        guard count == 1 else { return EOF }
        break
      }
    }
    let isSearching = rl_readline_state & UInt(RL_STATE_ISEARCH) != 0
    if byte == 0x12, !isSearching, where_history() == history_length, let history = guide.wholeHistory() {
      clear_history()
      for cell in history { add_history(cell) }
      using_history()
    }
    return Int32(byte)
  }

  /// Whether more keys wait, as they do when text comes in without the signs of a paste.
  private var hasWaitingKeys: Bool {
    var request = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 0) > 0
  }
}

/// Lines.
extension LineEditor {
  /// Evaluates a whole cell, begins another line of an incomplete one.
  private func accept() -> Int32 {
    guard guide.isComplete(String(decoding: bytes, as: UTF8.self)) else { return breakLine() }
    rl_done = 1
    return 0
  }

  /// Begins a line, indented as its place in brackets asks for.
  private func breakLine() -> Int32 {
    let before = bytes[..<Int(rl_point)]
    let line = before.lastIndex(of: UInt8(ascii: "\n")).map { before[($0 + 1)...] } ?? before
    var indent = line.prefix { $0 == UInt8(ascii: " ") }.count
    if let last = line.last(where: { $0 != UInt8(ascii: " ") }), "({[".utf8.contains(last) { indent += 2 }
    if hasWaitingKeys { indent = 0 }
    rl_insert_text("\n" + String(repeating: " ", count: indent))
    return 0
  }

  /// A brace alone on its line closes a block, which is indented less.
  private func closeBlock(_ count: Int32, _ key: Int32) -> Int32 {
    let before = bytes[..<Int(rl_point)]
    let line = before.suffix(from: lineStart)
    if line.count >= 2, lineStart > 0, line.allSatisfy({ $0 == UInt8(ascii: " ") }) {
      rl_delete_text(rl_point - 2, rl_point)
      rl_point -= 2
    }
    return rl_insert(count, key)
  }

  /// Where the line of the cursor begins.
  private var lineStart: Int {
    bytes[..<Int(rl_point)].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
  }

  /// Where the line of the cursor ends.
  private var lineEnd: Int { bytes[Int(rl_point)...].firstIndex(of: UInt8(ascii: "\n")) ?? Int(rl_end) }

  private func goToLineStart() -> Int32 {
    rl_point = Int32(lineStart)
    return 0
  }

  private func goToLineEnd() -> Int32 {
    rl_point = Int32(lineEnd)
    return 0
  }

  /// Deletes the rest of the line, or the line end at the cursor.
  private func killLine() -> Int32 {
    let end = lineEnd > Int(rl_point) ? lineEnd : min(lineEnd + 1, Int(rl_end))
    return rl_kill_text(rl_point, Int32(end))
  }

  /// To the line above; from the first line to the cell before, of those that begin as the text before the cursor.
  private func goUp() -> Int32 {
    guard lineStart > 0 else { return recall(rl_get_previous_history, rl_history_search_backward) }
    let column = LinePlace.count(bytes[lineStart..<Int(rl_point)])
    rl_point = Int32(lineStart - 1)
    rl_point = Int32(LinePlace.offset(of: column, in: bytes, from: lineStart, to: lineEnd))
    return 0
  }

  /// To the line below; from the last line to the cell after.
  private func goDown() -> Int32 {
    guard lineEnd < Int(rl_end) else { return recall(rl_get_next_history, rl_history_search_forward) }
    let column = LinePlace.count(bytes[lineStart..<Int(rl_point)])
    rl_point = Int32(lineEnd + 1)
    rl_point = Int32(LinePlace.offset(of: column, in: bytes, from: lineStart, to: lineEnd))
    return 0
  }

  private func recall(_ step: Action, _ search: Action) -> Int32 {
    let last = unsafeBitCast(rl_last_func, to: Int.self)
    let isGoingOn = [LineEditor.up, LineEditor.down].contains { unsafeBitCast($0, to: Int.self) == last }
    if !isGoingOn { isRecallingByPrefix = rl_point > 0 && where_history() == history_length }
    guard isRecallingByPrefix else { return step(1, 0) }
    // So that it goes on with the prefix it began with.
    if isGoingOn { rl_last_func = rl_history_search_backward } else { rl_last_func = rl_insert }
    return search(1, 0)
  }
}

/// Completion and pasting.
extension LineEditor {
  /// Completes the word at the cursor, shows what else there is, or indents.
  private func complete() -> Int32 {
    let (text, point) = (bytes, Int(rl_point))
    let completion = guide.completion(of: String(decoding: text, as: UTF8.self), at: point)
    let isIndent = text[lineStart..<point].allSatisfy { $0 == UInt8(ascii: " ") }
    if isIndent, completion?.note == nil {
      rl_insert_text("  ")
      return 0
    }
    guard let completion, completion.range.upperBound == point, completion.range.lowerBound >= 0 else {
      return rl_ding()
    }
    let insertion = Array(completion.insertion.utf8)
    let typed = Array(text[completion.range])
    let isLonger = insertion.count > typed.count || completion.candidates.count == 1
    if isLonger, insertion != typed {
      rl_begin_undo_group()
      rl_delete_text(Int32(completion.range.lowerBound), rl_point)
      rl_point = Int32(completion.range.lowerBound)
      rl_insert_text(completion.insertion)
      rl_end_undo_group()
    }
    if completion.candidates.count > 1 || completion.note != nil {
      show(completion)
    } else if insertion == typed {
      return rl_ding()
    }
    return 0
  }

  /// Takes what the terminal pastes, as text and never as keys; of a transcript only the inputs.
  private func paste() -> Int32 {
    let end = Array("\u{1b}[201~".utf8)
    var pasted: [UInt8] = []
    while !pasted.suffix(end.count).elementsEqual(end) {
      switch nns_next_event(STDIN_FILENO, -1) {
      case NNS_KEYS:
        let byte = nextByte()
        guard byte != EOF else { return 0 }
        pasted.append(UInt8(truncatingIfNeeded: byte))
      // What is pasted has no end: back to the keyboard, with nothing inserted.
      case NNS_INTERRUPT, NNS_END: return rl_ding()
      default: continue
      }
    }
    let lines = String(decoding: pasted.dropLast(end.count), as: UTF8.self)
      .replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    var text = String(String.UnicodeScalarView(lines.unicodeScalars.filter(LineEditor.isText)))
    if let inputs = PastedTranscript.inputs(in: text) {
      text = inputs.joined(separator: "\n\(PastedTranscript.divider)\n")
    }
    while text.last?.isNewline == true { text.removeLast() }
    rl_insert_text(text)
    return 0
  }

  /// Whether a character may be pasted: others would be keys.
  private static func isText(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\t" || scalar.value >= 0x20 && scalar.value != 0x7f
  }
}

/// Places in a line, counted in characters.
enum LinePlace {
  /// How many scalars there are.
  static func count(_ bytes: ArraySlice<UInt8>) -> Int { bytes.count { $0 & 0xc0 != 0x80 } }

  /// The offset of the scalar of an index in a line, or the line's end.
  static func offset(of index: Int, in bytes: [UInt8], from start: Int, to end: Int) -> Int {
    var offset = start
    var rest = index
    while offset < end {
      if bytes[offset] & 0xc0 != 0x80 {
        if rest == 0 { break }
        rest -= 1
      }
      offset += 1
    }
    return offset
  }
}
