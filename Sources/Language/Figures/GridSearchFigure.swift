import Plotting
import Tensors

/// The picture of a grid search over one or two parameters: the loss at every point, the best one marked.
enum GridSearchFigure {
  @Sendable static func figure(_ record: Record) -> Figure? {
    guard let values = record["values"]?.plainTensor, let ranges = record["ranges"], let at = record["at"],
      let axes = axes(ranges, at), axes.map(\.order.count) == Array(values.shape)
    else { return nil }
    switch axes.count {
    case 1 where values.count > 1: return curve(values, axes[0], best: record["value"]?.number ?? .nan)
    case 2: return surface(values, axes)
    default: return nil
    }
  }

  private struct SearchAxis {
    var name: String
    var best: Double
    /// Where the values stand in ascending order; nil when one stands twice.
    var cells: Cells?
    /// Which of the values stands at each.
    var order: [Int]

    init(_ name: String, _ positions: [Double], best: Double) {
      self.name = name
      self.best = best
      order = positions.indices.sorted { positions[$0] < positions[$1] }
      cells = Cells(positions: order.map { positions[$0] })
    }

    /// The axis, logarithmic where the values follow each other in ratios, as learning rates do.
    var axis: Axis {
      var axis = Axis()
      axis.label = name
      axis.isLog = cells?.spacing == .ratios
      return axis
    }
  }

  private static func curve(_ values: Tensor, _ axis: SearchAxis, best: Double) -> Figure? {
    guard let cells = axis.cells else { return nil }
    let (x, y) = ((0..<cells.count).map(cells.middle), axis.order.map { values[flat: $0] })
    var panel = Panel([
      Series(marks: [LineMark(x: x, y: y)]), Series(marks: [PointMark(x: [axis.best], y: [best])]),
    ])
    panel.x = axis.axis
    panel.y.label = "loss"
    return LossScale.compact(panel)
  }

  private static func surface(_ values: Tensor, _ axes: [SearchAxis]) -> Figure? {
    // The first parameter goes to the right, so the rows of the tensor are the columns of the picture.
    let turned = axes[1].order.flatMap { column in
      axes[0].order.map { values[flat: $0 * axes[1].order.count + column] }
    }
    guard let x = axes[0].cells, let y = axes[1].cells, let grid = Plotting.Grid(turned, x: x, y: y) else {
      return nil
    }
    var panel = Panel([
      Series(isNeutral: true, marks: [HeatMark(grid, .suiting(grid, mayBeLog: true))]),
      Series(color: Color(0xffffff), marks: [PointMark(x: [axes[0].best], y: [axes[1].best])]),
    ])
    (panel.x, panel.y) = (axes[0].axis, axes[1].axis)
    return LossScale.compact(panel)
  }

  private static func axes(_ ranges: Value, _ at: Value) -> [SearchAxis]? {
    let parts: [(name: String, range: Value, best: Value?)]
    switch ranges {
    case .record(let record):
      guard case .record(let best) = at else { return nil }
      parts = zip(record.layout.names, record.values).map { ($0, $1, best[$0]) }
    case .list(let list):
      guard case .list(let best) = at, best.items.count == list.items.count else { return nil }
      parts = list.items.indices.map { ("parameter \($0 + 1)", list.items[$0], best.items[$0]) }
    default: parts = [("parameter", ranges, at)]
    }
    var axes: [SearchAxis] = []
    for part in parts {
      guard let positions = NamedSamples.vector(part.range)?.numbers, let best = part.best?.number else {
        return nil
      }
      axes.append(SearchAxis(part.name, positions, best: best))
    }
    return axes
  }
}
