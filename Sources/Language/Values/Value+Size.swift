import Plotting
import Tensors

extension Value {
  /// About how many bytes of memory it takes, what it shares with other values included.
  ///
  /// Parts that appear several times in it count once.
  public var byteCount: Int {
    var total = 0
    var seen: Set<ObjectIdentifier> = []
    var waiting = [self]
    while let value = waiting.popLast() {
      switch value {
      case .none: break
      case .bool, .number: total += MemoryLayout<Double>.size
      case .tensor(let tensor): total += tensor.count * tensor.dtype.size
      case .traced(let traced): waiting.append(Value(Quantity.traced(traced).concrete))
      case .text(let vector): total += Value.size(of: vector)
      case .string(let string): total += string.utf8.count
      case .table(let table): total += table.columns.reduce(0) { $0 + Value.size(of: $1) }
      case .figure(let figure):
        let rows = figure.layout.panels.flatMap { $0.series.flatMap(\.marks) }.flatMap(\.parts.rows)
        total += rows.reduce(0) { $0 + $1.count * MemoryLayout<Double>.stride }
      case .fixed(let fixed): waiting.append(fixed.value)
      case .list(let list) where seen.insert(ObjectIdentifier(list)).inserted:
        total += list.items.count * (MemoryLayout<Value>.stride - MemoryLayout<Double>.size)
        waiting += list.items
      case .record(let record) where seen.insert(ObjectIdentifier(record)).inserted:
        total += record.values.count * (MemoryLayout<Value>.stride - MemoryLayout<Double>.size)
        waiting += record.values
      case .function(let function) where seen.insert(ObjectIdentifier(function)).inserted:
        switch function.body {
        case .code(_, let captures): waiting += captures.values
        case .derived(_, let arguments): waiting += arguments
        case .builtin: break
        }
      case .list, .record, .function: break
      }
    }
    return total
  }

  private static func size(of vector: TextVector) -> Int {
    vector.items.reduce(vector.items.count * MemoryLayout<String?>.stride) { $0 + ($1?.utf8.count ?? 0) }
  }

  private static func size(of column: Table.Column) -> Int {
    switch column {
    case .tensor(let tensor): tensor.count * tensor.dtype.size
    case .text(let vector): size(of: vector)
    }
  }
}
