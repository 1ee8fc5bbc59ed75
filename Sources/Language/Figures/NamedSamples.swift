import Plotting
import Tensors

/// Rows of numbers that a user gave, with the names they have.
struct NamedSamples {
  var name: String?
  var samples: any Samples
}

extension NamedSamples {
  /// Series whose legend nobody could read.
  static let limit = 50

  /// The rows in a value: a vector is one, a matrix has one in each column, a record or a list one in each
  /// part, a table one in each column of numbers; nil for anything else.
  static func rows(_ value: Value) throws(Diagnostic) -> [NamedSamples]? {
    switch value.unfixed {
    case .record(let record):
      guard record.layout.kind == nil else { return nil }
      return try parts(Array(zip(record.layout.names.map(Optional.some), record.values)))
    case .list(let list): return try parts(list.items.map { (nil, $0) })
    case .table(let table):
      return zip(table.names, table.columns).compactMap { name, column in
        guard case .tensor(let tensor) = column else { return nil }
        return NamedSamples(name: name, samples: TensorSamples(tensor))
      }
    case let other:
      guard let tensor = other.plainTensor else { return nil }
      switch tensor.shape.rank {
      case 1: return [NamedSamples(name: nil, samples: TensorSamples(tensor))]
      case 2:
        let columns = tensor.shape[1]
        try checkCount(columns)
        return (0..<columns).map { column in
          NamedSamples(
            name: columns > 1 ? "\(column)" : nil, samples: TensorSamples(tensor, column: column))
        }
      default: return nil
      }
    }
  }

  /// A row of numbers from one vector; nil for anything else.
  static func vector(_ value: Value) -> (any Samples)? {
    if case .list(let list) = value.unfixed {
      var numbers: [Double] = []
      for item in list.items {
        guard case .number(let number)? = item.quantity?.concrete else { return nil }
        numbers.append(number)
      }
      return numbers
    }
    guard let tensor = value.unfixed.plainTensor else { return nil }
    let isVector = tensor.shape.rank == 1 || tensor.shape.rank == 2 && tensor.shape[1] == 1
    return isVector ? TensorSamples(tensor) : nil
  }

  private static func parts(_ parts: [(name: String?, value: Value)]) throws(Diagnostic) -> [NamedSamples]? {
    try checkCount(parts.count)
    var rows: [NamedSamples] = []
    var numbers: [Double] = []
    for (name, value) in parts {
      // A list of numbers is one row.
      if case .number(let number)? = value.quantity?.concrete, name == nil {
        numbers.append(number)
        continue
      }
      guard let samples = vector(value) else { return nil }
      rows.append(NamedSamples(name: name, samples: samples))
    }
    if !numbers.isEmpty {
      guard rows.isEmpty else { return nil }
      return [NamedSamples(name: nil, samples: numbers)]
    }
    return rows
  }

  private static func checkCount(_ count: Int) throws(Diagnostic) {
    guard count <= limit else {
      throw tooMany(count, limit: limit, hint: "the columns of a matrix are its series; pick some: m[:, :5]")
    }
  }

  /// The error about more series than there can be.
  static func tooMany(_ count: Int, limit: Int, hint: String? = nil) -> Diagnostic {
    Diagnostic("\(count) series are more than \(limit), which a plot can show", kind: .limit, hint: hint)
  }
}

extension Value {
  /// Itself as a tensor of rank 1 or more without traces; nil for anything else.
  var plainTensor: Tensor? {
    guard case .tensor(let tensor)? = quantity?.concrete, tensor.shape.rank > 0 else { return nil }
    return tensor
  }
}
