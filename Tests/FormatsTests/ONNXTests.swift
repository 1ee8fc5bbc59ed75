import Tensors
import Testing

@testable import Formats

/// Writes messages in the wire format of protocol buffers.
struct ProtobufWriter {
  private(set) var bytes: [UInt8] = []

  mutating func integer(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func add(_ number: Int, _ value: Int64) {
    integer(UInt64(number << 3))
    integer(UInt64(bitPattern: value))
  }

  mutating func add(_ number: Int, single value: Float) {
    integer(UInt64(number << 3 | 5))
    bytes.append(little: value.bitPattern)
  }

  mutating func add(_ number: Int, _ value: [UInt8]) {
    integer(UInt64(number << 3 | 2))
    integer(UInt64(value.count))
    bytes += value
  }

  mutating func add(_ number: Int, _ value: String) { add(number, Array(value.utf8)) }

  mutating func add(_ number: Int, packed values: [Int64]) {
    var inside = ProtobufWriter()
    for value in values { inside.integer(UInt64(bitPattern: value)) }
    add(number, inside.bytes)
  }

  static func message(_ fill: (inout ProtobufWriter) -> Void) -> [UInt8] {
    var writer = ProtobufWriter()
    fill(&writer)
    return writer.bytes
  }
}

@Suite("ONNX")
struct ONNXTests {
  /// A model of one node that adds the tensor `w` to its input `x`.
  static func model(_ tensor: [UInt8], input: String = "x") -> [UInt8] {
    ProtobufWriter.message { model in
      model.add(1, 8)
      model.add(8, ProtobufWriter.message { $0.add(2, 17) })
      model.add(
        7,
        ProtobufWriter.message { graph in
          graph.add(
            1,
            ProtobufWriter.message { node in
              node.add(1, input)
              node.add(1, "w")
              node.add(2, "y")
              node.add(4, "Add")
              node.add(5, attribute)
            })
          graph.add(5, tensor)
          graph.add(11, ProtobufWriter.message { $0.add(1, "x") })
          graph.add(12, ProtobufWriter.message { $0.add(1, "y") })
        })
    }
  }

  private static let attribute = ProtobufWriter.message { attribute in
    attribute.add(1, "k")
    attribute.add(8, packed: [1, -1])
    attribute.add(20, 7)
  }

  static func tensor(_ kind: Int64, _ lengths: [Int64], _ fill: (inout ProtobufWriter) -> Void) -> [UInt8] {
    ProtobufWriter.message { tensor in
      tensor.add(1, packed: lengths)
      tensor.add(2, kind)
      tensor.add(8, "w")
      fill(&tensor)
    }
  }

  static let kinds: [(tensor: [UInt8], wanted: [Double], dtype: DType)] = [
    (tensor(1, [2]) { $0.add(4, [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]) }, [1, -2], .f32),
    (tensor(1, [2]) { for number: Float in [1, -2] { $0.add(4, single: number) } }, [1, -2], .f32),
    (tensor(1, [2]) { $0.add(9, [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]) }, [1, -2], .f32),
    (tensor(11, [1]) { $0.add(10, [0, 0, 0, 0, 0, 0, 0xF8, 0x3F]) }, [1.5], .f64),
    (tensor(7, [2]) { $0.add(7, packed: [-1, 1 << 40]) }, [-1, 0x1p40], .f64),
    (tensor(7, [2]) { for integer: Int64 in [-1, 3] { $0.add(7, integer) } }, [-1, 3], .f64),
    (tensor(6, [2]) { $0.add(5, packed: [-7, 7]) }, [-7, 7], .f64),
    (tensor(3, [1]) { $0.add(5, packed: [-7]) }, [-7], .f64),
    (tensor(13, [1]) { $0.add(11, packed: [9]) }, [9], .f64),
    (tensor(9, [2]) { $0.add(5, packed: [0, 1]) }, [0, 1], .bool),
    (tensor(10, [2]) { $0.add(5, packed: [0x3C00, 0xC000]) }, [1, -2], .f32),
    (tensor(16, [1]) { $0.add(9, [0x80, 0x3F]) }, [1], .f32),
    (tensor(1, []) { $0.add(9, [0, 0, 0x80, 0x3F]) }, [1], .f32),
    (tensor(1, [0, 3]) { _ in }, [], .f32),
  ]

  @Test("elements of every type, packed or not", arguments: kinds)
  func elements(_ example: (tensor: [UInt8], wanted: [Double], dtype: DType)) throws {
    let model = try ONNX.read(ONNXTests.model(example.tensor))
    let found = try #require(model.constants.first).tensor
    #expect(try found.doubles() == example.wanted && found.dtype == example.dtype)
    #expect(model.opset == 17 && model.inputs.map(\.name) == ["x"] && model.outputs == ["y"])
    guard case .integers([1, -1])? = model.nodes.first?.attributes.first?.value else {
      Issue.record("the attribute is not read")
      return
    }
  }

  static let mistakes: [(file: [UInt8], wanted: String)] = [
    ([], "empty"),
    (Array("not a model at all".utf8), "signature"),
    ([0x08, 0x08, 0x3A], "truncated"),
    ([0x08, 0x08, 0x3B], "malformed"),
    ([0x08, 0x08], "signature"),
    (model(tensor(1, [3]) { $0.add(9, [0, 0, 0x80, 0x3F]) }), "truncated"),
    (model(tensor(1, [1 << 40, 1 << 40]) { $0.add(9, [0, 0, 0x80, 0x3F]) }), "truncated"),
    (model(tensor(1, [-1]) { $0.add(9, [0, 0, 0x80, 0x3F]) }), "truncated"),
    (model(tensor(1, [1]) { $0.add(9, [0, 0, 0x80, 0x3F, 0]) }), "surplus"),
    (model(tensor(8, [1]) { $0.add(9, [0]) }), "unsupported"),
    (model(tensor(1, [1]) { $0.add(14, 1) }), "unsupported"),
    (model(tensor(1, Array(repeating: 1, count: 9)) { $0.add(9, [0, 0, 0x80, 0x3F]) }), "tensor"),
    (
      model(tensor(1, [1]) { $0.add(9, [0, 0, 0x80, 0x3F]) }, input: "z"),
      "takes z, which nothing before it gives"
    ),
  ]

  @Test("mistakes are named", arguments: mistakes)
  func mistakesAreNamed(_ example: (file: [UInt8], wanted: String)) {
    do {
      _ = try ONNX.read(example.file)
      Issue.record("it was read, without \(example.wanted)")
    } catch {
      if !"\(error)".contains(example.wanted) { Issue.record("\(error) is not \(example.wanted)") }
    }
  }
}
