import Tensors

/// A figure that is computed from predictions and targets after every epoch, under the name it is shown by.
struct Metric {
  let name: String
  let function: Value

  /// The metrics of an argument: a function, a list of functions or a record of named ones.
  static func list(_ value: Value, _ call: borrowing Call) throws -> [Metric] {
    switch value {
    case .none: return []
    case .function: return [Metric(name: name(of: value, 0), function: value)]
    case .list(let list) where list.items.allSatisfy(\.isCallable):
      return list.items.enumerated().map {
        Metric(name: name(of: $0.element, $0.offset), function: $0.element)
      }
    case .record(let record) where record.values.allSatisfy(\.isCallable):
      return zip(record.layout.names, record.values).map { Metric(name: $0, function: $1.unfixed) }
    default:
      throw call.wrong(
        call.position("metrics"), "a function of (prediction, target), a list or a record of them",
        hint: "metrics: accuracy, or metrics: (accuracy: accuracy, error: mae)")
    }
  }

  private static func name(of value: Value, _ position: Int) -> String {
    guard case .function(let function) = value else { return "metric\(position + 1)" }
    return function.name ?? "metric\(position + 1)"
  }

  /// Its value, which must be a single number.
  func value(_ prediction: Value, _ target: Value, _ machine: Machine) throws -> Double {
    let result = try machine.call(function, [prediction, target])
    guard case .number(let number)? = result.quantity?.concrete else {
      throw Diagnostic(
        "fit: the metric \(name) must return a single number, not \(result.kind)", kind: .type)
    }
    return number
  }
}

extension Function {
  /// What it is called, if it has a name.
  var name: String? {
    switch body {
    case .code(let code, _): code.name
    case .builtin(let builtin): builtin.name
    case .derived: nil
    }
  }

  /// How many arguments a call must give, and may give at most.
  var arity: ClosedRange<Int> {
    switch body {
    case .code(let code, _):
      let required = code.parameters.count { !$0.hasDefault && !$0.isRest }
      return required...(code.isPlain ? code.parameters.count : .max)
    case .builtin:
      let parameters = signature?.parameters ?? []
      let required = parameters.count { $0.defaultValue == nil && !$0.isRest }
      return required...(parameters.contains(where: \.isRest) ? .max : parameters.count)
    case .derived: return 1...Int.max
    }
  }
}
