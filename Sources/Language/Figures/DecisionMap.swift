import Plotting
import Tensors

/// What a classifier says all over the plane, and the points it was made for.
struct DecisionMap {
  private let machine: Machine
  private let model: Value
  private let points: (x: [Double], y: [Double])
  private let classes: PointClasses
  private let columns: Cells
  private let rows: Cells

  private static let resolution = (x: 120, y: 80)
}

extension DecisionMap {
  /// Reads model, points and classes from a builtin's arguments.
  init(_ call: borrowing Call, _ options: FigureOptions) throws {
    machine = call.machine
    model = try call.callable(0)
    guard let tensor = call[1].plainTensor, tensor.shape.rank == 2, tensor.shape[1] == 2, tensor.shape[0] > 0
    else {
      throw Diagnostic(
        "boundary: x must be a matrix with two columns, not \(call[1].kind)", kind: .shape,
        hint: "a model of more features can be cut: boundary(p -> net(…), x[:, :2], y)")
    }
    points = (TensorSamples(tensor, column: 0).numbers, TensorSamples(tensor, column: 1).numbers)
    classes = try PointClasses(call, 2, count: tensor.shape[0])
    columns = try DecisionMap.cells("x[:, 0]", points.x, DecisionMap.resolution.x, isLog: options.isXLog)
    rows = try DecisionMap.cells("x[:, 1]", points.y, DecisionMap.resolution.y, isLog: options.isYLog)
  }

  /// What the points cover and a little more.
  private static func cells(
    _ name: String, _ numbers: [Double], _ count: Int, isLog: Bool
  ) throws(Diagnostic) -> Cells {
    let extent = Extent(of: isLog ? numbers.filter { $0 > 0 } : numbers)
    guard !isLog || !extent.isEmpty else {
      throw Diagnostic(
        "boundary: \(name) has no positive numbers, and a logarithmic axis can show only these")
    }
    return Cells(covering: extent, margin: 0.08, count: count, isLog: isLog)
  }

  /// The map between axes.
  func panel() throws -> Panel {
    let count = columns.count * rows.count
    let across = (0..<columns.count).map(columns.middle)
    var coordinates: [Double] = []
    coordinates.reserveCapacity(2 * count)
    for row in 0..<rows.count {
      let y = rows.middle(row)
      for x in across {
        coordinates.append(x)
        coordinates.append(y)
      }
    }
    let input = try Tensor(coordinates, shape: Shape(checking: [count, 2]))
    let output = try machine.call(model, [.tensor(input)])
    let scores = try ClassScores(output, count: count, classes: classes.names)
    let palette = (0..<max(classes.names.count, scores.classCount)).map {
      Palette.series[$0 % Palette.series.count]
    }
    guard let grid = Grid((0..<count).map(scores.decision), x: columns, y: rows) else {
      throw Diagnostic("boundary: there is nothing to show")
    }
    var panel = Panel([Series(isNeutral: true, marks: [HeatMark(grid, .classes(palette))])])
    let (xs, ys) = (classes.split(points.x), classes.split(points.y))
    for (index, name) in classes.names.enumerated() {
      panel.series.append(Series(name, color: palette[index], marks: [PointMark(x: xs[index], y: ys[index])]))
    }
    (panel.x.limits, panel.y.limits) = (columns.range, rows.range)
    return panel
  }
}

/// What a classifier's outputs mean.
private struct ClassScores {
  private enum Meaning {
    /// The probability of the second class.
    case probability
    /// A score whose sign decides.
    case sign
    /// The index of the class itself.
    case index
    /// A score for each class, or a probability.
    case each(count: Int, areProbabilities: Bool)
  }

  private let numbers: [Double]
  private let meaning: Meaning

  init(_ output: Value, count: Int, classes: [String]) throws {
    guard let tensor = output.plainTensor, tensor.count > 0, tensor.count % count == 0,
      tensor.shape[0] == count,
      tensor.shape.rank <= 2
    else {
      throw Diagnostic(
        "boundary: the model was given [\(count), 2] and must give [\(count)] or [\(count), classes], not \(output.kind)",
        kind: .shape)
    }
    numbers = try tensor.doubles()
    let width = tensor.count / count
    let finite = numbers.filter(\.isFinite)
    let areShares = finite.allSatisfy { $0 >= 0 && $0 <= 1 }
    if width > 1 {
      meaning = .each(count: width, areProbabilities: areShares)
    } else if tensor.dtype == .bool || areShares {
      meaning = .probability
    } else if classes.count > 2 || finite.allSatisfy({ $0 == $0.rounded() && $0 >= 0 }) {
      meaning = .index
    } else {
      meaning = .sign
    }
  }

  var classCount: Int {
    switch meaning {
    case .each(let count, _): count
    case .probability, .sign: 2
    case .index: Int(min(29, max(1, numbers.lazy.filter(\.isFinite).max() ?? 1))) + 1
    }
  }

  /// The class of a point plus how sure that is, from 0 to just below 1.
  func decision(_ index: Int) -> Double {
    switch meaning {
    case .probability:
      let p = numbers[index]
      return (p > 0.5 ? 1 : 0) + ClassScores.sure((2 * p - 1).magnitude) + (p.isNaN ? .nan : 0)
    case .sign:
      let score = numbers[index]
      return (score > 0 ? 1 : 0) + ClassScores.sure(score.magnitude / (1 + score.magnitude))
        + (score.isNaN ? .nan : 0)
    case .index: return numbers[index].rounded() + ClassScores.sure(1)
    case .each(let count, let areProbabilities):
      let scores = numbers[index * count..<(index + 1) * count]
      guard let best = scores.max(), let place = scores.firstIndex(of: best) else { return .nan }
      let second =
        scores.enumerated().filter { $0.offset != place - scores.startIndex }.map(\.element).max() ?? best
      // Probabilities differ by less than 1, scores by any amount.
      let lead = best - second
      return Double(place - scores.startIndex)
        + ClassScores.sure(areProbabilities ? lead : lead / (1 + lead))
    }
  }

  private static func sure(_ share: Double) -> Double { min(0.999, max(0, share)) }
}
