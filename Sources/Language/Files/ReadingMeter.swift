import Formats

/// Shows how far the reading of a large file has come. Only the thread that reads the file uses it.
final class ReadingMeter {
  private var meter: ProgressMeter
  private var progress: Progress

  /// A meter for the file at a path.
  init(_ path: String, _ machine: Machine) {
    meter = ProgressMeter(machine)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    progress = Progress(task: "load \(name)", done: 0, total: 0, unit: "MB")
  }

  /// Runs what reads the file.
  func during<Result>(_ body: () throws -> Result) rethrows -> Result {
    defer { meter.finish(progress) }
    return try ReadingProgress.telling({ [self] in note($0, of: $1) }, body)
  }

  private func note(_ done: Int, of total: Int) {
    meter.report {
      (progress.done, progress.total) = (done >> 20, total >> 20)
      return progress
    }
  }
}
