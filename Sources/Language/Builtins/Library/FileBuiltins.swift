import Formats
import Tensors

/// Values from files and into files.
extension BuiltinTable {
  static let fileBuiltins: [Builtin] = [
    Builtin(
      "load(path, dtype: none, format: none, separator: none, decimal: \".\", thousands: none, header: true, missing: none, text: none, encoding: \"utf-8\", skip: 0)",
      .data,
      "Value in a file, by the ending of its name: csv, tsv, json, npy, npz, safetensors, idx, onnx, each also with .gz.",
      convention:
        "csv and tsv give a table, npz and safetensors a record of tensors, onnx a layer whose weights keep their precision unless dtype is given; other numbers get the session's precision or dtype; what follows dtype and format is for csv and tsv: separator is found out, missing replaces the texts that stand for a missing value (NA, N/A, null, beside empty cells), text names columns that stay texts, skip lines above the names are left out",
      example: """
        write_text("x,y\\n1,a\\n2.5,b\\n", "points.csv")
        t = load("points.csv")
        t.x
        #> [1, 2.5]
        t.y
        #> ["a", "b"]
        """
    ) { call in
      let path = try call.string(0)
      // First of all, because a missing file is better news than an unknown ending.
      let bytes = try call.machine.host.read(path)
      var reader = FileReader(path, precision: try call.dtype(1))
      guard reader.precision != .bool else {
        throw Diagnostic("load: dtype is \"f64\" or \"f32\", not \"bool\"", kind: .argument)
      }
      reader.isPrecisionGiven = !call.isMissing(1)
      let (format, isCompressed) = try FileFormat.of(path, named: call.isMissing(2) ? nil : call.string(2))
      if format != .csv, format != .tsv { try call.requireUsual(3..., "csv and tsv") }
      reader.csv.separator = try call.character(3)
      reader.csv.decimal = try call.character(4) ?? "."
      reader.csv.thousands = try call.character(5)
      reader.csv.hasHeader = try call.bool(6)
      if !call.isMissing(7) { reader.csv.missing = Set(try call.names(7)) }
      if !call.isMissing(8) { reader.csv.texts = Set(try call.names(8)) }
      reader.isLatin = try call.isLatin(9)
      reader.csv.skippedLines = try call.count(10)
      let value = try ReadingMeter(path, call.machine).during {
        try reader.value(bytes, format, isCompressed: isCompressed)
      }
      if reader.csv.hasHeader, case .table(let table) = value, table.namesAreNumbers {
        call.machine.host.show(
          .note(
            "the first line of \(path) holds only numbers and is taken for names; header: false reads it as data"
          ))
      }
      if reader.csv.decimal == ".", case .table(let table) = value, let name = table.columnWithDecimalCommas {
        call.machine.host.show(
          .note(
            "column \(name) holds numbers with a comma before the fraction; decimal: \",\" reads them as such"
          ))
      }
      return value
    },
    Builtin(
      "save(value, path, format: none, separator: \",\", decimal: \".\", header: true)", .data,
      "Writes a value to a file, by the ending of its name: csv, tsv, json, npy, npz, safetensors, idx, each also with .gz; a plot as svg or txt.",
      convention:
        "csv and tsv take a table, a record of columns or a matrix, npy and idx one tensor, npz and safetensors a record of tensors, whose nested parts get names with dots; numbers read back exactly",
      example: """
        save((w: [[1, 2], [3, 4]], b: 0.5), "net.safetensors")
        load("net.safetensors").w[1]
        #> [3, 4]
        """
    ) { call in
      let path = try call.string(1)
      if case .figure(let figure) = call[0] {
        try call.machine.host.write(try FigureFile.bytes(of: figure, path: path), to: path)
        return .none
      }
      var writer = FileWriter(path)
      let (format, isCompressed) = try FileFormat.of(path, named: call.isMissing(2) ? nil : call.string(2))
      if format != .csv { try call.requireUsual(3..., "csv") }
      writer.csv.separator = try call.character(3) ?? ","
      writer.csv.decimal = try call.character(4) ?? "."
      writer.csv.hasHeader = try call.bool(5)
      try call.machine.host.write(try writer.bytes(call[0], format, isCompressed: isCompressed), to: path)
      return .none
    },
  ]
}

extension Call {
  /// One ASCII character; nil for none.
  fileprivate func character(_ position: Int) throws(Diagnostic) -> Unicode.Scalar? {
    if isMissing(position) { return nil }
    let scalars = try string(position).unicodeScalars
    guard scalars.count == 1, let scalar = scalars.first, scalar.isASCII else {
      throw Diagnostic(
        "\(builtin.name): \(name(position)) must be one character such as \";\", not \(Display.literal(try string(position)))",
        kind: .argument)
    }
    return scalar
  }

  /// One or several names.
  func names(_ position: Int) throws(Diagnostic) -> [String] {
    guard let names = Call.names(self[position]) else { throw wrong(position, "a string or several strings") }
    return names
  }

  fileprivate func isLatin(_ position: Int) throws(Diagnostic) -> Bool {
    switch try string(position).lowercased() {
    case "utf-8", "utf8": return false
    case "latin1", "latin-1", "iso-8859-1": return true
    case let other:
      throw Diagnostic(
        "load: encoding is \"utf-8\" or \"latin1\", not \(Display.literal(other))", kind: .argument)
    }
  }

  /// Throws when an option was given that only some formats have.
  fileprivate func requireUsual(_ positions: PartialRangeFrom<Int>, _ formats: String) throws(Diagnostic) {
    for position in positions.lowerBound..<parameters.count {
      guard let usual = parameters[position].defaultValue, !Arithmetic.same(usual, self[position]) else {
        continue
      }
      throw Diagnostic("\(builtin.name): \(name(position)) is for \(formats) files", kind: .argument)
    }
  }
}

extension Table {
  /// Whether all names could be data of a file without a header.
  fileprivate var namesAreNumbers: Bool { !names.isEmpty && names.allSatisfy { Double($0) != nil } }

  /// A column of texts whose first ones all are numbers with commas where points are wanted.
  fileprivate var columnWithDecimalCommas: String? {
    zip(names, columns).first { _, column in
      guard case .text(let vector) = column else { return false }
      let sample = vector.items.prefix(100).compactMap { $0 }
      return !sample.isEmpty
        && sample.allSatisfy { text in
          let parts = text.split(separator: ",", omittingEmptySubsequences: false)
          return parts.count == 2 && !parts[1].isEmpty && Double(parts.joined(separator: ".")) != nil
        }
    }?.0
  }
}
