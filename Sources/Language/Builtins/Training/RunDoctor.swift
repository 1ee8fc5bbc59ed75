import Glibc
import Learning
import Tensors

/// Looks at a finished run for the usual reasons why training disappoints, and says what it saw.
struct RunDoctor {
  private let run: TrainingRun
  private let machine: Machine
  private let history: RunHistory
  /// The first rows of the data, as many as are looked at.
  private let sample: (x: Value, y: Value)?

  private static let sampleSize = 1024
  /// A loss that has fallen to this share of the first one is as good as solved.
  private static let solvedShare = 0.01
  /// More than this would not be read.
  private static let findingLimit = 3

  init(_ run: TrainingRun) throws {
    self.run = run
    machine = run.options.machine
    history = run.history
    sample = try run.options.data.arrays.map { x, y in
      let rows = BatchPlan.Rows.range(0..<min(RunDoctor.sampleSize, run.options.data.count))
      return (try Structure.map(x) { try $0.rows(rows) }, try Structure.map(y) { try $0.rows(rows) })
    }
  }

  /// At most three findings, the causes before the symptoms.
  func findings() throws -> [String] {
    guard history.epochCount > 0 else { return [] }
    let checks: [() throws -> String?] = [
      unscaledColumn, deadUnits, imbalance, guessing, overfitting, stillFalling,
    ]
    var findings: [String] = []
    for check in checks where findings.count < RunDoctor.findingLimit {
      if let finding = try check() { findings.append(finding) }
    }
    return findings
  }
}

extension RunDoctor {
  /// A column of the inputs whose numbers are far larger than those of the others.
  private func unscaledColumn() throws -> String? {
    guard let x = sample?.x.quantity?.concrete, x.shape.rank == 2, x.shape[1] > 1 else { return nil }
    let sizes = try x.norm(p: 2, axes: [0]).numbers().map { $0 / Double(x.shape[0]).squareRoot() }
    let sorted = sizes.filter { $0 > 0 }.sorted()
    guard let largest = sorted.last, let position = sizes.firstIndex(of: largest) else { return nil }
    let typical = sorted[sorted.count / 2 - (sorted.count % 2 == 0 ? 1 : 0)]
    guard largest > 30 * typical, largest > 10 else { return nil }
    return
      "column \(position) of x is unscaled: its numbers are about \(rounded(largest)), those of others about "
      + "\(rounded(typical)); standardize(x) gives every column the same weight"
  }

  /// Units of a relu layer that are 0 for every row.
  private func deadUnits() throws -> String? {
    guard let sample, case .record(let record) = run.model, case .list(let layers)? = record["layers"] else {
      return nil
    }
    var output = sample.x
    for (position, layer) in layers.items.enumerated() {
      output = try machine.call(layer.unfixed, [output])
      guard case .function(let function) = layer.unfixed, function.builtin?.name == "relu",
        let activity = output.quantity?.concrete, activity.shape.rank == 2, activity.shape[0] > 1
      else { continue }
      let largest = try activity.max(axes: [0]).numbers()
      let dead = largest.count { $0 == 0 }
      guard Double(dead) > 0.5 * Double(largest.count) else { continue }
      return "\(percent(dead, largest.count)) of the units of layers[\(position)] (relu) are dead: 0 for all "
        + "\(counted(activity.shape[0], "row")) looked at; a smaller step length, he initialisation or leaky_relu keep them alive"
    }
    return nil
  }

  /// Labels that are nearly all the same.
  private func imbalance() throws -> String? {
    guard let labels = try labels(), labels.count >= 20 else { return nil }
    let counts = Dictionary(labels.map { ($0, 1) }, uniquingKeysWith: +)
    guard let top = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
      Double(top.value) >= 0.9 * Double(labels.count)
    else { return nil }
    return
      "labels are \(percent(top.value, labels.count)) class \(Display.number(top.key)): a model that always says so "
      + "looks good; compare f1 or the confusion matrix, or give the classes weights"
  }

  /// A classifier's loss that is that of guessing.
  private func guessing() throws -> String? {
    guard let loss = history.loss.last, run.options.loss.name == "cross_entropy",
      let classes = try classCount()
    else { return nil }
    let chance = log(Double(classes))
    guard loss > 0.95 * chance else { return nil }
    return
      "loss \(rounded(loss)) is near ln \(classes) = \(rounded(chance)), which is guessing among \(classes) classes: "
      + "the network has not learnt yet; try another step length, more epochs or standardize(x)"
  }

  /// A validation loss that has risen while the training loss fell.
  private func overfitting() throws -> String? {
    let series = history.validationLoss
    guard let last = series.last, let lowest = series.filter({ !$0.isNaN }).min(),
      let position = series.firstIndex(of: lowest), let final = history.loss.last
    else { return nil }
    let patience = max(2, series.count / 10)
    guard series.count - 1 - position >= patience, last > 1.05 * lowest, final < history.loss[position] else {
      return nil
    }
    return
      "validation loss has risen since epoch \(position + 1) (\(rounded(lowest)) -> \(rounded(last))) while the "
      + "training loss fell: the network learns its examples by heart; early_stop: \(patience * 2), dropout, weight_decay "
      + "or more data help"
  }

  /// A loss that was still falling fast when the run ended.
  private func stillFalling() throws -> String? {
    guard case .finished = run.stop, history.epochCount >= 5, let last = history.loss.last,
      last > RunDoctor.solvedShare * history.loss[0], try overfitting() == nil
    else { return nil }
    let before = history.loss[history.epochCount - 1 - max(1, history.epochCount / 10)]
    guard last < 0.9 * before else { return nil }
    return
      "the loss was still falling (\(rounded(before)) -> \(rounded(last)) in the last tenth): more epochs help"
  }
}

extension RunDoctor {
  /// The targets as labels, when all of them are whole numbers of few kinds.
  private func labels() throws -> [Double]? {
    guard let y = sample?.y.quantity?.concrete, y.shape.rank == 1 || y.shape.array.last == 1 else {
      return nil
    }
    let numbers = try y.numbers()
    guard numbers.allSatisfy({ $0 >= 0 && $0 == $0.rounded() }), Set(numbers).count <= 100 else { return nil }
    return numbers
  }

  /// How many classes the model tells apart.
  private func classCount() throws -> Int? {
    guard let sample, let first = try? Structure.map(sample.x, { try $0.rows(0..<1) }) else { return nil }
    guard let count = try machine.call(run.model, [first]).quantity?.shape.array.last, count > 1 else {
      return nil
    }
    return count
  }

  private func rounded(_ number: Double) -> String { Display.number(number, digits: 3) }

  private func percent(_ part: Int, _ whole: Int) -> String {
    "\(Int((100 * Double(part) / Double(whole)).rounded())) %"
  }
}
