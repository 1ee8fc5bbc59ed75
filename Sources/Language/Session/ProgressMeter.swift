/// Reports how far something long has come to the host, as seldom as is enough for a reader.
///
/// Most calls only count: a loop of nanoseconds pays for a look at the clock every thousand rounds.
struct ProgressMeter {
  /// Seconds between reports.
  private static let interval = 0.03
  /// Rounds that may pass without a look at the clock, however short they are.
  private static let longestStride = 1024

  private let machine: Machine
  private var stride = 1
  private var count = 0
  private var last: Double

  /// A meter for something that is about to begin.
  init(_ machine: Machine) {
    self.machine = machine
    last = machine.host.seconds()
  }

  /// Reports what `progress` gives when it is time to.
  mutating func report(_ progress: () -> Progress) {
    count += 1
    guard count >= stride else { return }
    let elapsed = machine.host.seconds() - last
    guard elapsed >= ProgressMeter.interval else {
      stride = min(2 * stride, ProgressMeter.longestStride)
      return
    }
    // Halfway to where the interval ended, should the rounds have become longer.
    stride = max(1, Int(Double(stride) * ProgressMeter.interval / elapsed / 2))
    count = 0
    last += elapsed
    send(progress())
  }

  /// Reports that it is over.
  func finish(_ progress: Progress) {
    var progress = progress
    progress.isFinished = true
    send(progress)
  }

  private func send(_ progress: Progress) {
    var progress = progress
    progress.outer = machine.outerProgress
    machine.host.report(progress)
  }
}
