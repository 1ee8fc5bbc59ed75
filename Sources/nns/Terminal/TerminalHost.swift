import Glibc
import Language
import Plotting

/// The world outside of a session: the terminal or pipe it writes to, and the file system.
final class TerminalHost: Host {
  private let output = OutputBuffer(STDOUT_FILENO)
  private let errors = OutputBuffer(STDERR_FILENO)
  /// What standard output can show.
  private var looks: TerminalLooks
  private lazy var progress = ProgressDisplay(errors, appearance)
  /// Wishes about the looks of outputs.
  var appearance: Appearance {
    didSet { looks = TerminalHost.looks(of: output, appearance) }
  }

  /// The world as it is, with wishes of the command line about its looks.
  init(_ appearance: Appearance = Appearance()) {
    self.appearance = appearance
    looks = TerminalHost.looks(of: output, appearance)
  }

  private static func looks(of output: OutputBuffer, _ appearance: Appearance) -> TerminalLooks {
    TerminalLooks(isTerminal: output.isTerminal, wish: appearance.color, isASCII: appearance.isASCII)
  }

  func show(_ output: Output) {
    switch output {
    case .value(let value):
      if progress.isShown { progress.clear(isReplaced: value.typeName == "run") }
      for part in Display.parts(value, width: width, digits: appearance.digits) { write(part) }
    case .text(let text): writeLine(text)
    case .note(let text):
      let lines = Display.sentences("note: \(text)", width: errorWidth, hanging: 2)
      writeErrorLine(lines.joined(separator: "\n"))
    }
  }

  func read(_ path: String) throws(Diagnostic) -> [UInt8] { try Files.read(path) }

  func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) { try Files.write(bytes, to: path) }

  func report(_ report: Progress) {
    guard appearance.showsProgress else { return }
    progress.show(report, now: seconds()) { output.flush() }
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
      var figure = figure
      figure.style = figure.style ?? appearance.style
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
    if progress.isShown { progress.clear() }
  }

  /// Shows an error.
  func report(_ diagnostic: Diagnostic) {
    // The terminal has written ^C where the cursor stood.
    let start = diagnostic.kind == .interrupted && errors.isTerminal ? "\n" : ""
    writeErrorLine(start + diagnostic.render(width: errorWidth))
  }

  /// Columns that messages are fitted to; nil where they do not go to a terminal.
  private var errorWidth: Int? { errors.isTerminal ? TerminalSize(STDERR_FILENO).columns : nil }

  /// Whether characters beyond ASCII can be shown.
  var isUnicode: Bool { looks.isUnicode }

  /// Whether what is typed can have colours: on standard error where standard output leads elsewhere.
  var hasInputColor: Bool {
    guard !output.isTerminal else { return looks.colors > .none }
    return TerminalLooks(isTerminal: errors.isTerminal, wish: appearance.color).colors > .none
  }

  /// Hands everything to the system; before waiting for the keyboard and at the end.
  func flush() {
    progress.clear()
    output.flush()
  }

  /// Columns of the terminal, 80 when there is none, so that files do not depend on it.
  var width: Int {
    appearance.width ?? (output.isTerminal ? TerminalSize(STDOUT_FILENO).columns : 80)
  }

  /// Whether standard output has colours.
  var hasColor: Bool { looks.colors > .none }

  /// Shows a page of Markdown, with the pager when it does not fit on the terminal.
  func show(page: String) {
    let text = MarkdownPainter(width: width, hasColor: hasColor).text(page)
    let count = text.split(separator: "\n", omittingEmptySubsequences: false).count
    if output.isTerminal, count >= TerminalSize(STDOUT_FILENO).lines {
      flush()
      if Pager.show(text) { return }
    }
    writeLine(text)
  }
}
