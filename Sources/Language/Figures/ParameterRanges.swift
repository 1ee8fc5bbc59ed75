import Plotting
import Tensors

/// Places in a structure of parameters that vary between two numbers each.
struct ParameterRanges {
  /// A step into a structure.
  private enum Step {
    case field(String)
    case item(Int)
  }

  private struct Place {
    var steps: [Step]
    var name: String
    var range: ClosedRange<Double>
  }

  private let form: Value
  private let base: Value
  private var places: [Place] = []
  private static let depthLimit = 64
}

extension ParameterRanges {
  /// The ranges in `form`, a structure with (low, high) in some places; `base` gives what stands elsewhere,
  /// none for nothing.
  init(_ form: Value, base: Value) throws(Diagnostic) {
    self.form = form
    self.base = base
    try collect(form, steps: [], name: "")
  }

  /// How many numbers vary.
  var count: Int { places.count }

  func name(_ index: Int) -> String { places[index].name }
  func range(_ index: Int) -> ClosedRange<Double> { places[index].range }

  private mutating func collect(_ value: Value, steps: [Step], name: String) throws(Diagnostic) {
    guard steps.count < ParameterRanges.depthLimit else {
      throw Diagnostic("landscape: the ranges are nested too deep", kind: .limit)
    }
    if let range = ParameterRanges.range(value) {
      places.append(Place(steps: steps, name: name, range: range))
      return
    }
    switch value.unfixed {
    case .record(let record):
      for (field, part) in zip(record.layout.names, record.values) {
        try collect(part, steps: steps + [.field(field)], name: name.isEmpty ? field : "\(name).\(field)")
      }
    case .list(let list):
      for (index, part) in list.items.enumerated() {
        try collect(part, steps: steps + [.item(index)], name: "\(name)[\(index)]")
      }
    case .none: break
    case let other:
      throw Diagnostic(
        "landscape: ranges must hold (low, high)\(name.isEmpty ? "" : " for \(name)"), not \(other.kind)",
        kind: .type,
        hint: "landscape(loss, (w: (-3, 3), b: (-3, 3)))")
    }
  }

  private static func range(_ value: Value) -> ClosedRange<Double>? {
    guard let ends = NamedSamples.vector(value), ends.count == 2 else { return nil }
    let numbers = ends.numbers
    guard numbers.count == 2, numbers.allSatisfy(\.isFinite), numbers[0] < numbers[1] else { return nil }
    return numbers[0]...numbers[1]
  }
}

extension ParameterRanges {
  /// The parameters with these numbers in the varying places.
  func parameters(_ numbers: [Double]) throws(Diagnostic) -> Value {
    var result = base
    if case .none = base { result = form }
    for (place, number) in zip(places, numbers) {
      result = try ParameterRanges.replaced(result, place.steps[...], with: .number(number), name: place.name)
    }
    return result
  }

  private static func replaced(
    _ value: Value, _ steps: ArraySlice<Step>, with new: Value, name: String
  ) throws(Diagnostic) -> Value {
    guard let step = steps.first else { return new }
    switch (step, value.unfixed) {
    case (.field(let field), .record(let record)):
      guard let index = record.layout.index(of: field) else { break }
      var values = record.values
      values[index] = try replaced(values[index], steps.dropFirst(), with: new, name: name)
      return .record(try Record(record.layout, values))
    case (.item(let index), .list(let list)) where index < list.items.count:
      var items = list.items
      items[index] = try replaced(items[index], steps.dropFirst(), with: new, name: name)
      return .list(try List(items))
    default: break
    }
    throw Diagnostic(
      "landscape: the parameters have no \(name)", kind: .name, hint: "at must have the form of the ranges")
  }

  /// The varying numbers of parameters; nil where they do not have them.
  func numbers(in parameters: Value) -> [Double]? {
    var numbers: [Double] = []
    for place in places {
      var part = parameters.unfixed
      for step in place.steps {
        switch (step, part) {
        case (.field(let field), .record(let record)):
          guard let next = record[field] else { return nil }
          part = next
        case (.item(let index), .list(let list)) where index < list.items.count:
          part = list.items[index].unfixed
        case (.item(let index), .tensor(let tensor)) where tensor.shape.rank == 1 && index < tensor.count:
          part = .number(tensor[flat: index])
        default: return nil
        }
      }
      guard let number = part.number else { return nil }
      numbers.append(number)
    }
    return numbers
  }
}
