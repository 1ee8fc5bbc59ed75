/// Evaluates a script with expected output and compares.
public struct TranscriptRunner {
  private let host: any Host
  private let queries: (any Queries)?
  private let tolerance: Double

  /// Compares numbers within the relative `tolerance`; files and time come from `host`, which shows nothing.
  public init(host: any Host, queries: (any Queries)? = nil, tolerance: Double = 1e-6) {
    self.host = host
    self.queries = queries
    self.tolerance = tolerance
  }

  /// Evaluates the sessions of one text one after the other, each for itself.
  public func run(_ sessions: [Source]) -> TranscriptReport {
    var report = TranscriptReport()
    for source in sessions where !report.isInterrupted {
      let part = run(source)
      report.comparisons += part.comparisons
      report.differences += part.differences
      report.edits += part.edits
      report.isInterrupted = part.isInterrupted
    }
    return report
  }

  /// Evaluates a script statement by statement, where an error ends only its own statement. Cells have the numbers
  /// that they have when the script is run.
  public func run(_ source: Source) -> TranscriptReport {
    let transcript = Transcript(source)
    let recorder = OutputRecorder(host)
    let session = Session(host: recorder, queries: queries)
    let parts = NotebookCells.split(source)
    let hasHeaders = parts.contains(where: \.hasHeader)
    var report = TranscriptReport()
    var shown: [String] = []
    var didFail = false
    for (index, step) in transcript.steps.enumerated() {
      session.enterCell(
        hasHeaders ? parts.count { $0.start <= Int(step.span.start) } : index + 1)
      let diagnostic = evaluate(step, in: session, source)
      if let diagnostic, diagnostic.kind == .interrupted {
        report.isInterrupted = true
        return report
      }
      shown += recorder.takeLines()
      shown += diagnostic.map { OutputRecorder.lines(of: $0.render()) } ?? []
      didFail = didFail || diagnostic != nil
      // What statements of one line show stands under that line.
      let line = source.lineIndex(of: Int(step.span.end))
      if step.expected == nil, index + 1 < transcript.steps.count,
        source.lineIndex(of: Int(transcript.steps[index + 1].span.start)) == line
      {
        continue
      }
      compare(step, line: line, shown: shown, didFail: didFail, in: &report)
      shown = []
      didFail = false
    }
    report.differences += transcript.strayExpectations.map { expected in
      .init(problem: .stray, line: expected.firstLine, expected: expected.lines, shown: [])
    }
    return report
  }

  private func evaluate(_ step: Transcript.Step, in session: Session, _ source: Source) -> Diagnostic? {
    switch step.code {
    case .failure(let diagnostic): return diagnostic
    case .statement(let statement):
      guard case .failed(let diagnostic) = session.evaluate([statement], in: source) else { return nil }
      return diagnostic
    }
  }

  private func compare(
    _ step: Transcript.Step, line: Int, shown: [String], didFail: Bool, in report: inout TranscriptReport
  ) {
    guard let expected = step.expected else {
      guard !shown.isEmpty else { return }
      report.edits.append(.init(afterLine: line, replacing: nil, lines: TranscriptReport.lasting(shown)))
      guard didFail else { return }
      let number = line + 1
      report.differences.append(.init(problem: .failed, line: number, expected: [], shown: shown))
      return
    }
    report.comparisons += 1
    let pattern = OutputPattern(expected.lines)
    let isMatch = pattern.matches(shown, tolerance: tolerance)
    if !isMatch {
      report.differences.append(
        .init(problem: .differs, line: expected.firstLine, expected: expected.lines, shown: shown))
    }
    if !isMatch || !pattern.hasGaps, shown != expected.lines {
      report.edits.append(
        .init(afterLine: line, replacing: expected.span, lines: TranscriptReport.lasting(shown)))
    }
  }
}

/// A host that keeps what is shown.
private final class OutputRecorder: Host {
  private let host: any Host
  private var shown: [String] = []

  init(_ host: any Host) { self.host = host }

  func show(_ output: Output) {
    switch output {
    case .value(let value): shown += OutputRecorder.lines(of: Display.text(value))
    case .text(let text): shown += OutputRecorder.lines(of: text)
    case .note(let text): shown += OutputRecorder.lines(of: "note: \(text)")
    }
  }

  func read(_ path: String) throws(Diagnostic) -> [UInt8] { try host.read(path) }
  func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) { try host.write(bytes, to: path) }
  func seconds() -> Double { host.seconds() }
  func date() -> Double { host.date() }

  /// What was shown since the last call.
  func takeLines() -> [String] {
    defer { shown = [] }
    return shown
  }

  /// The lines of a text without spaces at their ends, which nobody sees.
  static func lines(of text: String) -> [String] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
      guard let last = line.lastIndex(where: { $0 != " " }) else { return "" }
      return String(line[...last])
    }
  }
}
