import Plotting
import Tensors

/// The picture of a grid search over one or two parameters: the loss at every point, the best one marked.
enum GridSearchFigure {
  @Sendable static func figure(_ record: Record) -> Figure? {
    guard let values = record["values"]?.plainTensor, let ranges = record["ranges"], let at = record["at"],
      let axes = axes(ranges, at), axes.count == values.shape.rank
    else { return nil }
    switch axes.count {
    case 1 where values.count > 1:
      var panel = Panel([
        Series(marks: [LineMark(x: axes[0].positions, y: TensorSamples(values))]),
        Series(marks: [PointMark(x: [axes[0].best], y: [record["value"]?.number ?? .nan])]),
      ])
      (panel.x.label, panel.y.label) = (axes[0].name, "loss")
      return LossScale.compact(panel)
    case 2:
      return surface(values, axes)
    default: return nil
    }
  }

  private struct SearchAxis {
    var name: String
    var positions: [Double]
    var best: Double

    /// The outer edges of the cells around the positions; nil unless these ascend in equal steps.
    var edges: ClosedRange<Double>? {
      guard let first = positions.first, let last = positions.last, positions.count > 1, first < last else {
        return nil
      }
      let step = (last - first) / Double(positions.count - 1)
      let isEven = zip(positions, positions.dropFirst()).allSatisfy { abs($1 - $0 - step) < 1e-6 * step }
      return isEven ? first - step / 2...last + step / 2 : nil
    }
  }

  private static func surface(_ values: Tensor, _ axes: [SearchAxis]) -> Figure? {
    let (rows, columns) = (values.shape[0], values.shape[1])
    // The first parameter goes to the right, so the rows of the tensor are the columns of the picture.
    let turned = (0..<columns).flatMap { column in (0..<rows).map { values[flat: $0 * columns + column] } }
    guard let x = axes[0].edges, let y = axes[1].edges,
      let grid = Plotting.Grid(turned, columns: rows, rows: columns, x: x, y: y)
    else { return nil }
    var panel = Panel([
      Series(isNeutral: true, marks: [HeatMark(grid, .suiting(grid))]),
      Series(color: Color(0xffffff), marks: [PointMark(x: [axes[0].best], y: [axes[1].best])]),
    ])
    (panel.x.label, panel.y.label) = (axes[0].name, axes[1].name)
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
      axes.append(SearchAxis(name: part.name, positions: positions, best: best))
    }
    return axes
  }
}
