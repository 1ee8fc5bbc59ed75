import Tensors

/// Reads the messages inside of a model.
enum ONNXGraphReader {
  /// Adds what a graph holds.
  static func read(_ bytes: ArraySlice<UInt8>, into model: inout ONNX.Model) throws(FormatError) {
    var given: [ONNX.Input] = []
    var reader = ProtobufReader(bytes)
    while let (number, value) = try reader.next() {
      try checkInterruption()
      switch number {
      case 1: model.nodes.append(try node(ProtobufReader.bytes(value)))
      case 5: model.constants.append(try ONNXTensorReader.constant(ProtobufReader.bytes(value)))
      case 11: given.append(try input(ProtobufReader.bytes(value)))
      case 12: model.outputs.append(try input(ProtobufReader.bytes(value)).name)
      case 15: throw .unsupported("sparse tensors are not read")
      default: break
      }
    }
    // Older files list the constants among the inputs too.
    let constants = Set(model.constants.map(\.name))
    model.inputs = given.filter { !constants.contains($0.name) }
  }

  private static func node(_ bytes: ArraySlice<UInt8>) throws(FormatError) -> ONNX.Node {
    var node = ONNX.Node()
    var domain = ""
    var reader = ProtobufReader(bytes)
    while let (number, value) = try reader.next() {
      switch number {
      case 1: node.inputs.append(try ProtobufReader.text(value))
      case 2: node.outputs.append(try ProtobufReader.text(value))
      case 3: node.name = try ProtobufReader.text(value)
      case 4: node.operation = try ProtobufReader.text(value)
      case 5: node.attributes.append(try attribute(ProtobufReader.bytes(value)))
      case 7: domain = try ProtobufReader.text(value)
      default: break
      }
    }
    if !ONNX.usualDomains.contains(domain) { node.operation = domain + "." + node.operation }
    return node
  }

  private static func attribute(
    _ bytes: ArraySlice<UInt8>
  ) throws(FormatError) -> (name: String, value: ONNX.Attribute) {
    var name = ""
    var found = ONNX.Attribute.other
    var kind: Int64?
    var numbers: [UInt8] = []
    var integers: [Int64] = []
    var texts: [String] = []
    var reader = ProtobufReader(bytes)
    while let (number, value) = try reader.next() {
      switch number {
      case 1: name = try ProtobufReader.text(value)
      case 2:
        guard case .four(let word) = value else { throw ONNX.malformed("\(name) is no number") }
        found = .number(Double(Float(bitPattern: word)))
      case 3: found = .integer(Int(try ProtobufReader.integer(value)))
      case 4: found = .text(try ProtobufReader.text(value))
      case 5: found = .tensor(try ONNXTensorReader.constant(ProtobufReader.bytes(value)))
      case 7: try ProtobufReader.addWords(of: value, size: 4, to: &numbers)
      case 8: try ProtobufReader.addIntegers(of: value, to: &integers)
      case 9: texts.append(try ProtobufReader.text(value))
      case 20: kind = try ProtobufReader.integer(value)
      default: break
      }
    }
    // A list may be empty, and the oldest files do not tell the kind.
    if kind == 7 || (kind == nil && !integers.isEmpty) { return (name, .integers(integers.map { Int($0) })) }
    if kind == 8 || (kind == nil && !texts.isEmpty) { return (name, .texts(texts)) }
    if kind == 6 || (kind == nil && !numbers.isEmpty) {
      let tensor = try ElementDecoder.tensor(
        numbers[...], .f32, lengths: [numbers.count / 4], precision: .f64)
      return (name, .numbers(try building { () throws(TensorError) in try tensor.doubles() }))
    }
    // Zeros are left out of messages.
    if case .other = found {
      switch kind {
      case 1: found = .number(0)
      case 2: found = .integer(0)
      case 3: found = .text("")
      default: break
      }
    }
    return (name, found)
  }

  /// The name, element type and shape of an input or output.
  private static func input(_ bytes: ArraySlice<UInt8>) throws(FormatError) -> ONNX.Input {
    var input = ONNX.Input()
    var reader = ProtobufReader(bytes)
    while let (number, value) = try reader.next() {
      switch number {
      case 1: input.name = try ProtobufReader.text(value)
      case 2:
        var type = ProtobufReader(try ProtobufReader.bytes(value))
        while let (number, value) = try type.next() {
          if number == 1 { try readType(try ProtobufReader.bytes(value), into: &input) }
        }
      default: break
      }
    }
    return input
  }

  private static func readType(_ bytes: ArraySlice<UInt8>, into input: inout ONNX.Input) throws(FormatError) {
    var reader = ProtobufReader(bytes)
    while let (number, value) = try reader.next() {
      switch number {
      case 1:
        switch ONNXTensorReader.kinds[try ProtobufReader.integer(value)] {
        case .f64: input.dtype = .f64
        case .f32, .f16, .bf16: input.dtype = .f32
        default: break
        }
      case 2:
        var lengths: [Int?] = []
        var shape = ProtobufReader(try ProtobufReader.bytes(value))
        while let (number, value) = try shape.next() {
          if number == 1 { lengths.append(try length(ProtobufReader.bytes(value))) }
        }
        input.lengths = lengths
      default: break
      }
    }
  }

  /// The length of an axis; nil when it has a name instead.
  private static func length(_ bytes: ArraySlice<UInt8>) throws(FormatError) -> Int? {
    var reader = ProtobufReader(bytes)
    while let (number, value) = try reader.next() {
      if number == 1 { return Int(try ProtobufReader.integer(value)) }
    }
    return nil
  }
}
