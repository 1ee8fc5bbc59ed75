import Tensors

/// How long the evaluation of a text takes.
public struct Timing {
  /// Seconds of one evaluation, for every sample that was taken; at least one.
  public var samples: [Double]
  /// How many evaluations there were.
  public var runs: Int

  /// The shortest sample.
  public var best: Double { samples.min() ?? 0 }

  /// The sample in the middle.
  public var median: Double {
    let sorted = samples.sorted()
    guard let upper = sorted.dropFirst(sorted.count / 2).first else { return 0 }
    return sorted.count % 2 == 1 ? upper : (upper + sorted[sorted.count / 2 - 1]) / 2
  }
}

extension Session {
  /// Seconds that are spent on taking a time, and how long a sample should be so that the clock counts for nothing.
  private static let timingBudget = 0.5
  private static let sampleSeconds = 1e-3

  /// Evaluates a text as a cell, and again without effect on any name or on what is shown, to take its time.
  ///
  /// Files and rows of the store are written every time. The repetitions end early when the user asks to stop.
  public func time(_ source: Source) -> (outcome: Outcome, timing: Timing?) {
    let outcome = submit(source)
    guard case .done = outcome else { return (outcome, nil) }
    var timing = Timing(samples: [lastSeconds], runs: 1)
    guard lastSeconds < Session.timingBudget / 2 else { return (outcome, timing) }
    let echo = machine.echo
    (tap.isMuted, machine.echo) = (true, { _ in })
    defer { (tap.isMuted, machine.echo) = (false, echo) }
    let start = host.seconds()
    var (count, samples) = (1, [Double]())
    while host.seconds() - start < Session.timingBudget, let seconds = sample(source, count) {
      timing.runs += count
      if seconds < Session.sampleSeconds, count < 1_000_000 {
        // Too short to be measured; it takes part only when nothing longer comes.
        samples = [seconds / Double(count)]
        count *= 10
      } else {
        samples.append(seconds / Double(count))
      }
    }
    if !samples.isEmpty { timing.samples = samples.count > 1 ? Array(samples.dropFirst()) : samples }
    Interruption.clear()
    return (outcome, timing)
  }

  /// Seconds that so many evaluations of a text take, of which nothing stays; nil when they fail.
  private func sample(_ source: Source, _ count: Int) -> Double? {
    let once = source.text(of: SourceSpan(0, source.bytes.count))
    let text = count == 1 ? once : "repeat \(count) {\n\(once)\n}"
    let repeated = Source(name: source.name, text: text)
    guard case .program(let program) = Parser.parse(repeated),
      let compiled = try? FunctionCompiler.cell(program.statements, source: repeated, globals: globals)
    else { return nil }
    let rollback = Rollback(machine, globals, assigned: compiled.assigned)
    defer {
      rollback.restore()
      machine.finishedRuns = []
    }
    let start = host.seconds()
    guard (try? machine.run(cell: compiled.code)) != nil else { return nil }
    return host.seconds() - start
  }
}
