import Glibc
import Language
import Plotting

/// Shows on standard error how far long calculations have come, and draws what they want to be seen.
final class ProgressDisplay {
  private let errors: OutputBuffer
  private let looks: TerminalLooks
  private var line: ProgressLine
  private var area = LiveArea()
  /// When the plot was drawn last, and how long that took.
  private var drawing = (time: -Double.infinity, seconds: 0.0)
  private var plot: [String] = []

  /// The share of the time that may be spent on drawing plots.
  private static let drawingShare = 0.01
  /// Lines of the terminal that a plot leaves free.
  private static let freeLines = 3
  private static let leastHeight = 8

  /// A display on the terminal or file behind standard error.
  init(_ errors: OutputBuffer, _ appearance: Appearance) {
    self.errors = errors
    looks = TerminalLooks(
      isTerminal: errors.isTerminal, wish: appearance.color, isASCII: appearance.isASCII)
    let isDumb = TerminalLooks.variable("TERM") == "dumb"
    line = ProgressLine(isTerminal: errors.isTerminal && !isDumb, isUTF8: looks.isUnicode)
  }

  /// Whether something stands on the terminal that must be closed before anything else is written.
  var isShown: Bool { area.isShown }
}

extension ProgressDisplay {
  /// Shows a report that came at `now`; `prepare` is called before something is written.
  func show(_ progress: Progress, now: Double, prepare: () -> Void) {
    let size = TerminalSize(STDERR_FILENO)
    guard let frame = line.update(progress, now: now, width: size.columns) else { return }
    prepare()
    switch frame {
    case .log(let text): errors.writeLine(text)
    case .live(let text):
      draw(progress, now: now, size)
      errors.write(area.draw(plot, line: text, width: size.columns))
    case .end:
      if progress.figure != nil {
        drawing.time = -.infinity
        draw(progress, now: now, size)
        errors.write(area.draw(plot, line: "", width: size.columns))
      }
      errors.write(area.close())
      plot = []
    }
    errors.flush()
  }

  /// Draws the plot again, but not more often than its cost allows.
  private func draw(_ progress: Progress, now: Double, _ size: TerminalSize) {
    guard let figure = progress.figure else {
      plot = []
      return
    }
    let height = min(14, size.lines - ProgressDisplay.freeLines)
    guard height >= ProgressDisplay.leastHeight else {
      plot = []
      return
    }
    guard now - drawing.time >= drawing.seconds / ProgressDisplay.drawingShare else { return }
    let start = clock()
    if var picture = figure() {
      picture.height = height
      var options = TextOptions()
      (options.width, options.isUnicode) = (size.columns - 1, looks.isUnicode)
      options.hasColor = looks.colors > .none
      let text = PicturePainter(colors: looks.colors).text(picture.picture(options))
      plot = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    drawing = (now, Double(clock() - start) / Double(CLOCKS_PER_SEC))
  }

  /// Takes the line away, so that other output does not stand behind it; a plot stays, unless `isReplaced` says
  /// that the output shows it as well.
  func clear(isReplaced: Bool = false) {
    _ = line.finish()
    guard area.isShown else { return }
    errors.write(isReplaced ? area.erase() : area.close())
    area.leave()
    plot = []
    errors.flush()
  }
}

/// Columns and lines of a terminal; 80 and 24 where there is none.
struct TerminalSize {
  var columns = 80
  var lines = 24

  /// The size of the terminal behind a descriptor.
  init(_ descriptor: Int32) {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return }
    columns = Int(size.ws_col)
    if size.ws_row > 0 { lines = Int(size.ws_row) }
  }
}
