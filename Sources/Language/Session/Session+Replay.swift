import Tensors

/// What came of evaluating a recorded session again.
public struct Replay {
  /// A line for every difference.
  public var differences: [String] = []
  /// The numbers of the cells that the user had stopped, which are left out: they changed nothing and may never end.
  public var leftOut: [Int] = []
}

/// Evaluating a recorded session again.
extension Session {
  /// Evaluates the cells that lead to a session's state in this fresh one and compares what they show and do.
  ///
  /// Differences are those of an output, a name's value, the random stream or the precision. How
  /// long runs took is not compared. Datasets and checkpoints are seen as they were when a cell was evaluated,
  /// where this session's store is over the same `earlier` ones.
  public func replay(_ entry: SessionEntry, of earlier: EarlierVersions) throws(Diagnostic) -> Replay {
    let recorded = earlier.store
    recorded.codec = codec
    let history = try SessionHistory(entry, in: recorded, host: host)
    var replay = Replay()
    var known: [String: Int] = [:]
    for cell in history.path(to: history.head, in: try history.cells()) {
      guard cell.status != .interrupted else {
        // An empty cell in its place keeps the numbers of those that follow.
        _ = submit(Source(name: cell.origin, text: ""))
        replay.leftOut.append(cell.number)
        continue
      }
      // Under its old name and in its old place, which functions and errors tell.
      let text = String(repeating: " ", count: cell.place.column) + cell.source
      earlier.time = cell.started
      _ = submit(Source(name: cell.origin, text: text, precedingLines: cell.place.line))
      guard let mine = self.history?.head else {
        throw Diagnostic("cell \(cell.number) could not be evaluated", kind: .value)
      }
      if MeasuredTimes.removed(fromOutput: mine.output) != MeasuredTimes.removed(fromOutput: cell.output) {
        replay.differences.append("cell \(cell.number): the output differs")
      }
      if mine.random != cell.random {
        replay.differences.append("cell \(cell.number): the random stream differs")
      }
      if mine.precision != cell.precision {
        replay.differences.append("cell \(cell.number): the precision differs")
      }
      let bindings = try recorded.bindings(after: cell.id)
      for (name, number) in bindings where known[name] != number {
        known[name] = number
        if try !isSame(value(of: name), recorded.value(number)) {
          replay.differences.append("cell \(cell.number): \(name) differs")
        }
      }
      let names = Set(bindings.map(\.name))
      for (name, _) in variables where !names.contains(name) {
        replay.differences.append("cell \(cell.number): \(name) has a value that was not there")
      }
    }
    return replay
  }

  /// Whether two values agree in every bit but those of measured times.
  private func isSame(_ mine: Value?, _ recorded: Value) throws(Diagnostic) -> Bool {
    guard let mine else { return false }
    let (a, b) = (try codec.encode(mine, .toSession), try codec.encode(recorded, .toSession))
    guard a.tensors.count == b.tensors.count,
      a.structure == b.structure
        || MeasuredTimes.removed(fromStructure: a.structure)
          == MeasuredTimes.removed(fromStructure: b.structure)
    else { return false }
    do throws(TensorError) {
      for (x, y) in zip(a.tensors, b.tensors) {
        guard x.dtype == y.dtype, x.shape == y.shape else { return false }
        guard try x.pieces().map(\.hash) == y.pieces().map(\.hash) else { return false }
      }
    } catch {
      throw error.diagnostic()
    }
    return true
  }
}
