import Formats
import Tensors

/// Turns a value into the bytes of a file.
struct FileWriter {
  let path: String
  var csv = CSV.WritingOptions()

  init(_ path: String) { self.path = path }

  /// The bytes of a file of this format.
  ///
  /// Throws a diagnostic when the format has no form for the value.
  func bytes(_ value: Value, _ format: FileFormat, isCompressed: Bool) throws -> [UInt8] {
    let plain = try bytes(Display.settled(value), format)
    return isCompressed ? try formatted(path) { () throws(FormatError) in try Gzip.compress(plain) } : plain
  }

  private func bytes(_ value: Value, _ format: FileFormat) throws -> [UInt8] {
    switch format {
    case .csv, .tsv:
      var options = csv
      if format == .tsv { options.separator = "\t" }
      let columns = try table(value, format).forFile
      return try formatted(path) { () throws(FormatError) in try CSV.write(columns, options: options) }
    case .json:
      let document = try JSON(value)
      return document.bytes
    case .npy:
      let tensor = try tensor(value, format)
      return try formatted(path) { () throws(FormatError) in try NPY.write(tensor) }
    case .idx:
      let tensor = try tensor(value, format)
      return try formatted(path) { () throws(FormatError) in try IDX.write(tensor) }
    case .npz:
      let tensors = try named(value, format)
      return try formatted(path) { () throws(FormatError) in try NPZ.write(tensors) }
    case .safetensors:
      let tensors = try named(value, format)
      return try formatted(path) { () throws(FormatError) in try SafeTensors.write(tensors) }
    case .onnx:
      throw Diagnostic(
        "onnx files are read, not written", kind: .file,
        hint: "safetensors keeps the numbers of a model; store keeps all of it")
    }
  }

  private func unfit(_ value: Value, _ format: FileFormat, _ wanted: String) -> Diagnostic {
    Diagnostic("\(format.rawValue) files hold \(wanted), not \(value.kind)", kind: .type)
  }

  private func table(_ value: Value, _ format: FileFormat) throws -> Table {
    switch value {
    case .table(let table): return table
    case .record(let record):
      return try Table(zip(record.layout.names, record.values).map { ($0, $1.unfixed) })
    case .list(let list): return try Table(rows: list.items, precision: .f64)
    case .text: return try Table([("c0", value)])
    case .tensor(let tensor) where tensor.shape.rank <= 2:
      let columns = tensor.shape.rank == 1 ? 1 : tensor.shape[1]
      return try Table(
        (0..<columns).map { column in
          let items =
            tensor.shape.rank == 1 ? value : Value(try Quantity.tensor(tensor).indexed([.all, .at(column)]))
          return ("c\(column)", items)
        })
    default: throw unfit(value, format, "a table, a record of columns or a matrix")
    }
  }

  private func tensor(_ value: Value, _ format: FileFormat) throws -> Tensor {
    switch value {
    case .tensor(let tensor): return tensor
    case .number(let number): return try .filled(number, [])
    case .bool(let bool): return try .filled(bool ? 1 : 0, [], .bool)
    default: throw unfit(value, format, "one tensor")
    }
  }

  /// The tensors and numbers in a structure, named by the way to them with dots between.
  private func named(_ value: Value, _ format: FileFormat) throws -> [NamedTensor] {
    guard value.isStructure else { throw unfit(value, format, "a record of tensors") }
    var result: [NamedTensor] = []
    // Structures may lie deep, so the ones to look into wait here.
    var waiting: [(path: String, value: Value)] = [("", value)]
    while let (path, next) = waiting.popLast() {
      let settled = Display.settled(next)
      switch settled {
      case .tensor, .number, .bool: result.append(NamedTensor(path, try tensor(settled, format)))
      case .list, .record:
        guard let container = Container(settled), waiting.count + container.count <= Structure.leafLimit
        else {
          throw Diagnostic("the structure has more than \(Structure.leafLimit) parts", kind: .limit)
        }
        for position in (0..<container.count).reversed() {
          let name: String =
            if case .record(let record) = container { record.layout.names[position] } else {
              String(position)
            }
          waiting.append((path.isEmpty ? name : path + "." + name, container[position]))
        }
      case .none, .text, .string, .table, .function, .figure, .traced, .fixed:
        throw Diagnostic(
          "\(format.rawValue) files hold tensors, but \(path) is \(settled.kind)", kind: .type,
          hint: "params(net) lists the numbers of a model")
      }
    }
    return result
  }
}
