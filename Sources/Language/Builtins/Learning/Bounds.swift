import Learning
import Tensors

/// Reads the bounds of parameters: `(low, high)` for all of them, or a structure of pairs in the form of the start.
struct Bounds {
  private let builtin: String

  /// The box that `bounds` describes around a start, whose numbers must lie inside; nil without bounds.
  static func box(
    _ bounds: Value, for parameters: FlatParameters, _ builtin: String
  ) throws -> Box? {
    if case .none = bounds { return nil }
    let pairs = try Bounds(builtin: builtin).pairs(bounds, parameters.template, path: "")
    let box = Box(lower: pairs.map(\.0), upper: pairs.map(\.1))
    for (index, number) in try parameters.start.enumerated()
    where number < box.lower[index] || number > box.upper[index] {
      throw Diagnostic(
        "\(builtin): \(parameters.names[index]) starts from \(Display.number(number)), outside of its bounds "
          + "\(Display.number(box.lower[index])) and \(Display.number(box.upper[index]))",
        hint: "start inside the bounds, or widen them")
    }
    return box
  }

  private func pairs(_ bounds: Value, _ start: Value, path: String) throws -> [(Double, Double)] {
    if let leaf = start.leaf { return try pair(bounds, leaf.shape, path) }
    let count = try Structure.quantities(of: start).reduce(0) { $0 + $1.shape.count }
    guard start.isStructure, count > 0 else { return [] }
    switch (start, bounds) {
    case (.record(let fields), .record(let given)):
      if let unknown = given.layout.names.first(where: { fields.layout.index(of: $0) == nil }) {
        throw Diagnostic(
          "\(builtin): bounds name \(unknown), which start does not have", kind: .name,
          hint: "its names are \(fields.layout.listing)")
      }
      return try zip(fields.layout.names, fields.values).flatMap { name, value -> [(Double, Double)] in
        if case .fixed = value { return [] }
        return try pairs(given[name] ?? .none, value, path: path.isEmpty ? name : "\(path).\(name)")
      }
    case (.list(let items), .list(let given)) where given.items.count == items.items.count && !isPair(given):
      return try zip(items.items, given.items).enumerated().flatMap { index, pair -> [(Double, Double)] in
        if case .fixed = pair.0 { return [] }
        return try pairs(pair.1.unfixed, pair.0, path: "\(path)[\(index)]")
      }
    default: return Array(repeating: try pair(bounds, Shape(), path)[0], count: count)
    }
  }

  private func isPair(_ list: List) -> Bool {
    list.items.count == 2 && list.items.allSatisfy { $0.quantity?.shape.rank == 0 }
  }

  /// The bounds of the numbers of one leaf; none leaves a side open.
  private func pair(_ bounds: Value, _ shape: Shape, _ path: String) throws -> [(Double, Double)] {
    let name = path.isEmpty ? "bounds" : "the bounds of \(path)"
    var sides: [Value] = [.none, .none]
    switch bounds {
    case .none: break
    case .list(let list) where list.items.count == 2: sides = list.items.map(\.unfixed)
    case .tensor(let tensor) where tensor.shape == [2]:
      sides = [.number(tensor[flat: 0]), .number(tensor[flat: 1])]
    default:
      throw Diagnostic(
        "\(builtin): \(name) must be a pair (low, high), not \(bounds.kind)", kind: .type,
        hint: "bounds: (a: (0, 10), b: (none, 5)); none leaves a side open")
    }
    let lower = try side(sides[0], -.infinity, shape, name)
    let upper = try side(sides[1], .infinity, shape, name)
    return try zip(lower, upper).map { low, high in
      guard low <= high else {
        throw Diagnostic(
          "\(builtin): \(name) are \(Display.number(low)) and \(Display.number(high)); the lower one comes first"
        )
      }
      return (low, high)
    }
  }

  private func side(_ value: Value, _ open: Double, _ shape: Shape, _ name: String) throws -> [Double] {
    if case .none = value { return Array(repeating: open, count: shape.count) }
    guard let quantity = value.quantity?.concrete, quantity.shape.rank == 0 || quantity.shape == shape else {
      throw Diagnostic("\(builtin): \(name) must be numbers, not \(value.kind)", kind: .type)
    }
    try LostGradient.refuse(value, "\(builtin): \(name) are being differentiated, but have no derivative")
    let numbers = try quantity.elements()
    guard !numbers.contains(where: \.isNaN) else { throw Diagnostic("\(builtin): \(name) hold nan") }
    return numbers.count == shape.count ? numbers : Array(repeating: numbers[0], count: shape.count)
  }
}
