import Language
import Plotting

/// Words how far something long has come, for a line that is redrawn in place, or for a line every tenth where
/// there is no terminal.
///
/// Nothing appears for what is over within half a second.
struct ProgressLine {
  /// What is to be written.
  enum Frame: Equatable {
    /// A line in place of the one before.
    case live(String)
    /// A line of its own, for a file.
    case log(String)
    /// Nothing any more: it is over.
    case end
  }

  private static let patience = 0.5
  private static let interval = 0.1
  private static let barWidth = 20
  /// How many losses the sparkline shows.
  private static let sparkWidth = 16

  private let isTerminal: Bool
  private let isUTF8: Bool
  /// When it was reported first, and the share that was done by then.
  private var started: (time: Double, share: Double)?
  /// The same of the part that runs, in what it counts.
  private var part: (time: Double, done: Int)?
  private var drawn: Double?
  private var tenths = 0
  private var losses: [Double] = []

  /// Nothing shown yet; `isTerminal` says whether a line can be redrawn.
  init(isTerminal: Bool, isUTF8: Bool) {
    self.isTerminal = isTerminal
    self.isUTF8 = isUTF8
  }
}

extension ProgressLine {
  /// What to write to standard error for a report that came at `now`, in so many columns; nil for nothing.
  mutating func update(_ progress: Progress, now: Double, width: Int) -> Frame? {
    if progress.isFinished {
      guard progress.outer == nil else { return nil }
      return finish()
    }
    let start = started ?? (now, progress.share)
    started = start
    // Where less is done than before, another part runs.
    if part.map({ progress.done < $0.done }) ?? true { part = (now, progress.done) }
    guard now - start.time >= ProgressLine.patience else { return nil }
    guard isTerminal else {
      let tenth = Int(10 * progress.share)
      guard tenth > tenths else { return nil }
      tenths = tenth
      return .log(line(progress, now: now, width: 500))
    }
    if let drawn, now - drawn < ProgressLine.interval { return nil }
    drawn = now
    if let loss = progress.loss, loss.isFinite { losses.append(loss) }
    return .live(line(progress, now: now, width: width - 1))
  }

  /// Forgets what was shown.
  mutating func finish() -> Frame? {
    let isShown = drawn != nil
    (started, part, drawn, tenths, losses) = (nil, nil, nil, 0, [])
    return isShown ? .end : nil
  }

  /// The parts of the line in at most so many columns; where there is less room the less important ones are missing.
  private func line(_ progress: Progress, now: Double, width: Int) -> String {
    var parts = [
      (0, head(progress)), (0, bar(progress.share, width: width < 60 ? 8 : ProgressLine.barWidth)),
    ]
    if let outer = progress.outer { parts.append((2, "part \(outer.done + 1)/\(outer.total)")) }
    if let epoch = progress.epoch, let epochs = progress.epochs {
      parts.append((2, "epoch \(epoch)/\(epochs)"))
    }
    if let loss = progress.loss {
      parts.append((1, "loss \(Display.short(loss))"))
      if isTerminal, losses.count > 1 { parts.append((5, sparkline)) }
    }
    if let loss = progress.validationLoss { parts.append((3, "val \(Display.short(loss))")) }
    if let part, now > part.time {
      let rate = Double(progress.done - part.done) / (now - part.time)
      parts.append((6, "\(Display.short(rate)) \(progress.unit)/s"))
    }
    if let started, progress.share > started.share {
      let left = (1 - progress.share) / (progress.share - started.share) * (now - started.time)
      let text = DurationText.text(max(1, left).rounded(), isUnicode: isUTF8)
      parts.append((4, "\(progress.isTotalLimit ? "at most " : "")\(text) left"))
    }
    while let least = parts.map(\.0).max(), least > 0, Display.columns(joined(parts)) > width {
      parts.removeAll { $0.0 == least }
    }
    return String(joined(parts).prefix(max(1, width)))
  }

  private func joined(_ parts: [(Int, String)]) -> String { parts.map(\.1).joined(separator: "  ") }

  private func head(_ progress: Progress) -> String { progress.outer?.task ?? progress.task }

  private func bar(_ share: Double, width: Int) -> String {
    let full = Int(share * Double(width))
    return "[" + String(repeating: isUTF8 ? "█" : "#", count: full)
      + String(repeating: isUTF8 ? "░" : ".", count: width - full) + "]"
  }

  /// The latest losses, from the lowest to the highest of them.
  private var sparkline: String {
    Plotting.sparkline(
      Array(losses.suffix(ProgressLine.sparkWidth)), width: ProgressLine.sparkWidth, isUnicode: isUTF8)
  }
}
