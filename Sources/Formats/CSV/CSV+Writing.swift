import Tensors

extension CSV {
  /// How a file is written.
  public struct WritingOptions: Sendable {
    /// The character between fields.
    public var separator: Unicode.Scalar = ","
    /// The character before the fraction of a number.
    public var decimal: Unicode.Scalar = "."
    /// Whether the first record holds the names.
    public var hasHeader = true

    /// The usual: commas, points and a header.
    public init() {}
  }

  /// The bytes of a file that holds `table`.
  ///
  /// Numbers are the shortest that read back exactly, a missing one is `nan`; a missing text is empty (in a table of
  /// one column NA, since an empty line would be none). Fields are quoted where they have to be. Throws a
  /// ``FormatError`` for characters that cannot be told apart.
  public static func write(_ table: TableColumns, options: WritingOptions = WritingOptions())
    throws(FormatError)
    -> [UInt8]
  {
    var reading = Options()
    reading.decimal = options.decimal
    _ = try CSVSyntax(separator: options.separator, options: reading)
    guard options.separator != options.decimal else {
      throw .unsupported("\(options.decimal) cannot stand both between fields and before fractions")
    }
    var writer = CSVWriter(separator: options.separator, decimal: options.decimal)
    if options.hasHeader {
      for (column, name) in table.names.enumerated() { writer.add(name, isFirst: column == 0) }
      writer.endRecord()
    }
    let columns = try table.cells.map { cells throws(FormatError) in try CSVWriter.Column(cells) }
    for row in 0..<table.rowCount {
      if row & 0xFFF == 0 { try checkInterruption() }
      for (column, cells) in columns.enumerated() {
        writer.add(cells, row, isFirst: column == 0, isAlone: columns.count == 1)
      }
      writer.endRecord()
    }
    return writer.bytes
  }
}

/// Gathers the bytes of a file.
struct CSVWriter {
  private(set) var bytes: [UInt8] = []
  private let separator: UInt8
  private let decimal: UInt8
  private let missing = CSV.Options().missing

  init(separator: Unicode.Scalar, decimal: Unicode.Scalar) {
    self.separator = UInt8(ascii: separator)
    self.decimal = UInt8(ascii: decimal)
  }

  /// The cells of a column, ready to be written one after the other.
  enum Column {
    case numbers([Double])
    case singles([Double])
    case truths([Double])
    case texts(ContiguousArray<String?>)

    init(_ cells: TableColumns.Cells) throws(FormatError) {
      switch cells {
      case .texts(let texts): self = .texts(texts)
      case .numbers(let tensor):
        let numbers = try building { () throws(TensorError) in try tensor.doubles() }
        switch tensor.dtype {
        case .f64: self = .numbers(numbers)
        case .f32: self = .singles(numbers)
        case .bool: self = .truths(numbers)
        }
      }
    }
  }

  mutating func add(_ column: Column, _ row: Int, isFirst: Bool, isAlone: Bool) {
    switch column {
    case .numbers(let numbers): add(isFirst) { DecimalWriter.append(numbers[row], to: &$0) }
    case .singles(let numbers): add(isFirst) { DecimalWriter.append(Float(numbers[row]), to: &$0) }
    case .truths(let numbers): add(isFirst) { $0 += (numbers[row] != 0 ? "true" : "false").utf8 }
    case .texts(let texts):
      if let text = texts[row] {
        add(text, isFirst: isFirst)
      } else {
        add(isFirst) { if isAlone { $0 += "NA".utf8 } }
      }
    }
  }

  /// Adds a text, in quotes where it would otherwise be read as something else.
  mutating func add(_ text: String, isFirst: Bool) {
    if !isFirst { bytes.append(separator) }
    let isPlain =
      !text.isEmpty && !missing.contains(text)
      && text.utf8.allSatisfy { $0 != separator && $0 != UInt8(ascii: "\"") && $0 != 0x0A && $0 != 0x0D }
    guard !isPlain else {
      bytes += text.utf8
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func add(_ isFirst: Bool, _ write: (inout [UInt8]) -> Void) {
    if !isFirst { bytes.append(separator) }
    let start = bytes.count
    write(&bytes)
    guard decimal != UInt8(ascii: "."), let point = bytes[start...].firstIndex(of: UInt8(ascii: ".")) else {
      return
    }
    bytes[point] = decimal
  }

  mutating func endRecord() { bytes.append(0x0A) }
}
