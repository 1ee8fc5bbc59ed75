import Glibc
import Language
import Plotting

/// Shows how far something long has come: a line on standard error that is redrawn in place, or a line
/// every tenth where there is no terminal.
///
/// Nothing appears for what is over within half a second.
struct ProgressLine {
  private static let patience = 0.5
  private static let interval = 0.1
  private static let barWidth = 20
  /// How many losses the sparkline shows.
  private static let sparkWidth = 16

  private let isTerminal: Bool
  private let isUTF8: Bool
  private var started: Double?
  private var drawn: Double?
  private var tenths = 0
  private var losses: [Double] = []

  /// Whether a line stands on the terminal that must be removed before anything else is written.
  private(set) var isShown = false

  /// Nothing shown yet; `isTerminal` says whether a line can be redrawn.
  init(isTerminal: Bool, isUTF8: Bool) {
    self.isTerminal = isTerminal
    self.isUTF8 = isUTF8
  }
}

extension ProgressLine {
  /// Removes the line.
  static let erase = "\r\u{1b}[K"

  /// What to write to standard error for a report that came at `now`; nil for nothing.
  mutating func update(_ progress: Progress, now: Double, width: Int) -> String? {
    if progress.isFinished { return finish() }
    let start = started ?? now
    started = start
    guard now - start >= ProgressLine.patience else { return nil }
    let text = line(progress, seconds: now - start)
    guard isTerminal else {
      let tenth = progress.total > 0 ? 10 * progress.done / progress.total : 0
      guard tenth > tenths else { return nil }
      tenths = tenth
      return text + "\n"
    }
    if let drawn, now - drawn < ProgressLine.interval { return nil }
    drawn = now
    isShown = true
    if let loss = progress.loss, loss.isFinite { losses.append(loss) }
    return ProgressLine.erase + String(text.prefix(max(1, width - 1)))
  }

  /// Forgets what was shown; the text that removes it.
  mutating func finish() -> String? {
    let erase = isShown ? ProgressLine.erase : nil
    (started, drawn, tenths, losses, isShown) = (nil, nil, 0, [], false)
    return erase
  }

  private func line(_ progress: Progress, seconds: Double) -> String {
    let share = progress.total > 0 ? min(1, Double(progress.done) / Double(progress.total)) : 0
    var parts = ["\(progress.task) \(bar(share))"]
    if let epoch = progress.epoch, let epochs = progress.epochs { parts.append("epoch \(epoch)/\(epochs)") }
    if let loss = progress.loss {
      parts.append("loss \(Display.short(loss))" + (isTerminal && losses.count > 1 ? " \(sparkline)" : ""))
    }
    if let loss = progress.validationLoss { parts.append("val \(Display.short(loss))") }
    parts.append("\(Display.short(Double(progress.done) / seconds)) \(progress.unit)s/s")
    if share > 0 { parts.append("\(Display.short(((1 - share) / share * seconds).rounded())) s left") }
    return parts.joined(separator: "  ")
  }

  private func bar(_ share: Double) -> String {
    let full = Int(share * Double(ProgressLine.barWidth))
    return "[" + String(repeating: isUTF8 ? "█" : "#", count: full)
      + String(repeating: isUTF8 ? "░" : ".", count: ProgressLine.barWidth - full) + "]"
  }

  /// The latest losses, from the lowest to the highest of them.
  private var sparkline: String {
    Plotting.sparkline(
      Array(losses.suffix(ProgressLine.sparkWidth)), width: ProgressLine.sparkWidth, isUnicode: isUTF8)
  }
}
