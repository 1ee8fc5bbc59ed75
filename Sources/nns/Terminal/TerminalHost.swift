import Glibc
import Language
import Plotting

/// The world outside of a session: the terminal or pipe it writes to, and the file system.
final class TerminalHost: Host {
  private let output = OutputBuffer(STDOUT_FILENO)
  private let errors = OutputBuffer(STDERR_FILENO)
  /// What standard output can show.
  private lazy var looks = TerminalLooks(
    isTerminal: output.isTerminal, wish: appearance.color, isASCII: appearance.isASCII)
  private lazy var progress = ProgressLine(isTerminal: errors.isTerminal, isUTF8: looks.isUnicode)
  private let appearance: Appearance

  /// The world as it is, with wishes of the command line about its looks.
  init(_ appearance: Appearance = Appearance()) { self.appearance = appearance }

  func show(_ output: Output) {
    switch output {
    case .value(let value):
      for part in Display.parts(value, width: width) { write(part) }
    case .text(let text): writeLine(text)
    case .note(let text): writeErrorLine("note: \(text)")
    }
  }

  func read(_ path: String) throws(Diagnostic) -> [UInt8] { try Files.read(path) }

  func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) { try Files.write(bytes, to: path) }

  func report(_ report: Progress) {
    guard let text = progress.update(report, now: seconds(), width: width) else { return }
    output.flush()
    errors.write(text)
    errors.flush()
  }

  func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  func date() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}

extension TerminalHost {
  private func write(_ part: Display.Part) {
    switch part {
    case .text(let text): writeLine(text)
    case .figure(let figure):
      var options = TextOptions()
      options.width = width
      options.isUnicode = looks.isUnicode
      options.hasColor = looks.colors > .none
      writeLine(PicturePainter(colors: looks.colors).text(figure.picture(options)))
    }
  }

  /// Writes a line to standard output.
  func writeLine(_ text: String) {
    clearProgress()
    output.writeLine(text)
  }

  /// Writes a line to standard error, after everything that was shown before.
  func writeErrorLine(_ text: String) {
    clearProgress()
    output.flush()
    errors.writeLine(text)
    errors.flush()
  }

  /// Takes a progress line away, so that other output does not stand behind it.
  private func clearProgress() {
    guard progress.isShown, let text = progress.finish() else { return }
    errors.write(text)
    errors.flush()
  }

  /// Shows an error.
  func report(_ diagnostic: Diagnostic) {
    // The terminal has written ^C where the cursor stood.
    let start = diagnostic.kind == .interrupted && errors.isTerminal ? "\n" : ""
    writeErrorLine(start + diagnostic.render())
  }

  /// Whether what is typed can have colours: on standard error where standard output leads elsewhere.
  var hasInputColor: Bool {
    guard !output.isTerminal else { return looks.colors > .none }
    return TerminalLooks(isTerminal: errors.isTerminal, wish: appearance.color).colors > .none
  }

  /// Hands everything to the system; before waiting for the keyboard and at the end.
  func flush() { output.flush() }

  /// Columns of the terminal, 80 when there is none, so that files do not depend on it.
  var width: Int { size.map { Int($0.ws_col) } ?? 80 }

  /// Whether standard output has colours.
  var hasColor: Bool { looks.colors > .none }

  /// Shows a page of Markdown, with the pager when it does not fit on the terminal.
  func show(page: String) {
    let text = MarkdownPainter(width: width, hasColor: hasColor).text(page)
    if let size, text.split(separator: "\n", omittingEmptySubsequences: false).count >= size.ws_row {
      flush()
      if Pager.show(text) { return }
    }
    writeLine(text)
  }

  /// The size of the terminal; nil when there is none.
  private var size: winsize? {
    var size = winsize()
    let isKnown = output.isTerminal && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? size : nil
  }
}
