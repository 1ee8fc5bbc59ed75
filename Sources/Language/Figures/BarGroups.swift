import Plotting

/// Amounts with names or positions, in one or several rows.
struct BarGroups {
  private var labels: [String]?
  private var positions: [Double] = []
  private var rows: [NamedSamples] = []

  /// The share of the room for one name that its bars take.
  private static let breadth = 0.8
  private static let limit = 500
}

extension BarGroups {
  /// Reads them from the first two arguments of a builtin.
  init(_ call: borrowing Call) throws {
    if call.isMissing(1) {
      if case .record(let record) = call[0] {
        try readRecord(record, call)
      } else {
        guard let values = NamedSamples.vector(call[0]) else {
          throw call.wrong(0, "numbers, or a record of numbers")
        }
        rows = [NamedSamples(name: nil, samples: values)]
        positions = (0..<values.count).map(Double.init)
      }
    } else {
      guard let given = try NamedSamples.rows(call[1]) else {
        throw call.wrong(1, "numbers or a record of them")
      }
      rows = given
      labels = Call.texts(call[0])
      if let labels {
        positions = labels.indices.map(Double.init)
      } else {
        positions = try call.samples(0).numbers
      }
    }
    for row in rows {
      try call.checkEqual(positions.count, row.samples.count, call.name(0), row.name ?? "values")
    }
    guard positions.count <= BarGroups.limit else {
      throw Diagnostic(
        "bar: \(positions.count) bars are more than \(BarGroups.limit), which a plot can show", kind: .limit,
        hint: "hist(x) counts numbers, plot(y) draws a line")
    }
  }

  private mutating func readRecord(_ record: Record, _ call: borrowing Call) throws {
    var numbers: [Double] = []
    for value in record.values {
      guard case .number(let number)? = value.quantity?.concrete else {
        throw call.wrong(0, "labels with values, or a record of numbers")
      }
      numbers.append(number)
    }
    labels = record.layout.names
    positions = numbers.indices.map(Double.init)
    rows = [NamedSamples(name: nil, samples: numbers)]
  }

  /// The bars between axes.
  var panel: Panel {
    let sorted = positions.filter(\.isFinite).sorted()
    let gap = zip(sorted.dropFirst(), sorted).map { $0 - $1 }.filter { $0 > 0 }.min() ?? 1
    let breadth = gap * BarGroups.breadth / Double(max(1, rows.count))
    var panel = Panel(
      rows.enumerated().map { index, row in
        let offset = (Double(index) - Double(rows.count) / 2) * breadth
        let bars = zip(positions, row.samples.numbers).map { position, value in
          BarMark.Bar(from: position + offset, to: position + offset + breadth, value: value)
        }
        return Series(row.name, marks: [BarMark(bars, isHorizontal: labels != nil)])
      })
    if labels != nil {
      panel.y.categories = labels
      panel.y.isReversed = true
    } else {
      panel.x.isWhole = positions.allSatisfy { $0 == $0.rounded() }
    }
    return panel
  }
}

extension Call {
  /// Texts from a text vector or a list of strings; nil for anything else.
  static func texts(_ value: Value) -> [String]? {
    switch value.unfixed {
    case .text(let vector): return vector.items.map { $0 ?? "none" }
    case .list(let list):
      var texts: [String] = []
      for item in list.items {
        guard case .string(let text) = item.unfixed else { return nil }
        texts.append(text)
      }
      return texts
    case .string(let text): return [text]
    default: return nil
    }
  }
}
