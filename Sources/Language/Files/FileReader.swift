import Formats
import Tensors

/// Turns the bytes of a file into a value.
struct FileReader {
  let path: String
  /// What numbers become.
  let precision: DType
  /// Whether numbers become that though they are weights, which otherwise stay what they are.
  var isPrecisionGiven = false
  var csv = CSV.Options()
  /// Whether the bytes of a CSV file are Latin-1 instead of UTF-8.
  var isLatin = false

  init(_ path: String, precision: DType) {
    self.path = path
    self.precision = precision
    csv.precision = precision
  }

  /// The value in a file of this format.
  func value(_ bytes: [UInt8], _ format: FileFormat, isCompressed: Bool) throws -> Value {
    let bytes =
      isCompressed ? try formatted(path) { () throws(FormatError) in try Gzip.decompress(bytes) } : bytes
    switch format {
    case .csv, .tsv: return .table(try table(bytes, format))
    case .json:
      let document = try formatted(path) { () throws(FormatError) in try JSON(reading: bytes) }
      return try document.value(precision)
    case .npy:
      return FileReader.value(
        try formatted(path) { () throws(FormatError) in try NPY.read(bytes, precision: precision) })
    case .idx:
      return FileReader.value(
        try formatted(path) { () throws(FormatError) in try IDX.read(bytes, precision: precision) })
    case .npz:
      return try FileReader.record(
        formatted(path) { () throws(FormatError) in try NPZ.read(bytes, precision: precision) })
    case .safetensors:
      return try FileReader.record(
        formatted(path) { () throws(FormatError) in try SafeTensors.read(bytes, precision: precision).tensors
        })
    case .onnx:
      let model = try formatted(path) { () throws(FormatError) in try ONNX.read(bytes) }
      do {
        return try GraphModel(model, dtype: isPrecisionGiven ? precision : nil).layer()
      } catch var error as Diagnostic {
        error.message = "\(path): \(error.message)"
        throw error
      }
    }
  }

  private func table(_ bytes: [UInt8], _ format: FileFormat) throws -> Table {
    var options = csv
    if format == .tsv, options.separator == nil { options.separator = "\t" }
    let text = isLatin ? FileReader.utf8(latin: bytes) : bytes
    let found = try formatted(path) { () throws(FormatError) in try CSV.read(text, options: options) }
    if let name = options.texts.subtracting(found.names).min() {
      let near = NearestName.find(name, in: found.names)
      throw Diagnostic(
        "\(path) has no column \(name)", kind: .name, hint: near.map { "did you mean \($0)?" })
    }
    return Table(found)
  }

  /// Latin-1 as UTF-8: the characters above ASCII take two bytes.
  private static func utf8(latin bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      if byte < 0x80 {
        result.append(byte)
      } else {
        result.append(0xC0 | byte >> 6)
        result.append(0x80 | byte & 0x3F)
      }
    }
    return result
  }

  private static func value(_ tensor: Tensor) -> Value { Value(.tensor(tensor)) }

  private static func record(_ tensors: [NamedTensor]) throws -> Value {
    .record(try Record(RecordLayout.named(tensors.map(\.name)), tensors.map { value($0.tensor) }))
  }
}

extension Table {
  /// A table of the columns of a file.
  convenience init(_ columns: TableColumns) {
    let converted = columns.cells.map { cells -> Column in
      switch cells {
      case .numbers(let tensor): .tensor(tensor)
      case .texts(let texts): .text(TextVector(texts))
      }
    }
    self.init(names: columns.names, columns: converted, rowCount: columns.rowCount)
  }

  /// The columns as files take them.
  var forFile: TableColumns {
    TableColumns(
      names: names,
      cells: columns.map { column in
        switch column {
        case .tensor(let tensor): .numbers(tensor)
        case .text(let vector): .texts(vector.items)
        }
      })
  }
}
