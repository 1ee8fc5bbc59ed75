import Learning
import Plotting
import Tensors

/// How often each class was taken for each other.
struct ConfusionCounts {
  private var names: [String]
  /// Row by row: actual classes down, predicted ones across.
  private var counts: [Double]

  private static let limit = 40
}

extension ConfusionCounts {
  /// Reads predicted and actual classes, or a matrix of counts, and names from a builtin's arguments.
  init(_ call: borrowing Call) throws {
    if call.isMissing(1) {
      guard let tensor = call[0].plainTensor, tensor.shape.rank == 2, tensor.shape[0] == tensor.shape[1]
      else {
        throw Diagnostic(
          "confusion: without actual classes there must be a square matrix of counts, not \(call[0].kind)",
          kind: .shape, hint: "confusion(predicted, actual)")
      }
      counts = try tensor.doubles()
      names = (0..<tensor.shape[0]).map(String.init)
    } else {
      let labels = try ClassLabels(call)
      let count = labels.classes.count
      guard count <= ConfusionCounts.limit else { throw ConfusionCounts.tooMany(count) }
      names = (0..<count).map { Display.full(labels.classes.item($0)) }
      counts = ConfusionMatrix(prediction: labels.prediction, target: labels.target, classCount: count).counts
        .map(Double.init)
    }
    if let labels = call.isMissing(2) ? nil : Call.texts(call[2]) {
      try call.checkEqual(labels.count, names.count, "labels", "the matrix")
      names = labels
    }
    guard names.count <= ConfusionCounts.limit, !names.isEmpty else {
      throw ConfusionCounts.tooMany(names.count)
    }
  }

  private static func tooMany(_ count: Int) -> Diagnostic {
    Diagnostic("confusion: \(count) classes cannot be shown", kind: .limit)
  }

  /// The matrix between axes.
  var panel: Panel {
    let size = names.count
    let edge = -0.5...Double(size) - 0.5
    var marks: [any Mark] = []
    if let grid = Grid(counts, columns: size, rows: size, x: edge, y: edge) {
      let extent = grid.extent
      let shades = Shades.passage(
        .tints(of: Palette.series[0]), low: 0, high: max(1, extent.isEmpty ? 1 : extent.high), isLog: false,
        bands: nil)
      let labels = counts.indices.map { index in
        LabelMark.Label(shortNumber(counts[index]), x: Double(index % size), y: Double(index / size))
      }
      marks = [HeatMark(grid, shades), LabelMark(labels)]
    }
    var panel = Panel([Series(isNeutral: true, marks: marks)])
    (panel.x.label, panel.y.label) = ("predicted", "actual")
    (panel.x.categories, panel.y.categories) = (names, names)
    panel.y.isReversed = true
    // The numbers are there; a scale would say nothing more.
    panel.showsLegend = false
    return panel
  }
}
