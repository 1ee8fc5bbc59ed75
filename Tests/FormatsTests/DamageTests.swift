import Tensors
import Testing

@testable import Formats

/// Files that are cut off or have wrong bytes: they may be read or refused, but never crash, hang or take much memory.
@Suite("damaged files")
struct DamageTests {
  struct Format: CustomTestStringConvertible, Sendable {
    var name: String
    /// A valid file.
    var file: @Sendable () throws -> [UInt8]
    var read: @Sendable ([UInt8]) throws -> Void
    /// Whether a file that is cut off anywhere has to be refused.
    var isExact = true

    var testDescription: String { name }
  }

  static let formats: [Format] = [
    Format(name: "npy", file: { try NPY.write(sample()) }, read: { _ = try NPY.read($0) }),
    Format(name: "npz", file: { try NPZ.write(named()) }, read: { _ = try NPZ.read($0) }),
    Format(
      name: "safetensors", file: { try SafeTensors.write(named()) }, read: { _ = try SafeTensors.read($0) }),
    Format(name: "idx", file: { try IDX.write(sample()) }, read: { _ = try IDX.read($0) }),
    Format(
      name: "gzip", file: { try Gzip.compress(NPY.write(sample())) },
      read: { _ = try NPY.read(Gzip.decompress($0)) }),
    Format(
      name: "json", file: { Array(#"{"a": [1.5, -2e3, "xé\n"], "b": {"c": [true, null]}}"#.utf8) },
      read: { _ = try JSON(reading: $0) }),
    Format(
      name: "onnx",
      file: { ONNXTests.model(ONNXTests.tensor(1, [2]) { $0.add(9, [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]) }) },
      read: { _ = try ONNX.read($0) }),
    Format(
      name: "csv", file: { Array("a,b;\"c\"\n1,\"x\"\"y\n\",2.5\r\n-3e5,NA,true\n".utf8) },
      read: { _ = try CSV.read($0) }, isExact: false),
  ]

  private static func sample() throws -> Tensor { try Tensor([1.5, -2, 3, 70_000, 5, 6], shape: [2, 3]) }

  private static func named() throws -> [NamedTensor] {
    [NamedTensor("w", try sample()), NamedTensor("b", try Tensor([true, false]))]
  }

  @Test("cut off anywhere", arguments: formats)
  func truncated(_ format: Format) throws {
    let file = try format.file()
    for count in 0..<file.count {
      do {
        try format.read(Array(file[..<count]))
        if format.isExact { Issue.record("the first \(count) of \(file.count) bytes were read") }
      } catch is FormatError {}
    }
  }

  @Test("wrong bytes", arguments: formats)
  func mutated(_ format: Format) throws {
    let file = try format.file()
    var generator = SplitMix(seed: 11)
    // Bytes that mean something are likelier to reach deep than others.
    let telling = Array("\"\\[]{},:;\n\r'0-9.eE(".utf8) + [0, 1, 0x7F, 0x80, 0xFF]
    for _ in 0..<3000 {
      var bytes = file
      for _ in 0...(generator.next() % 4) {
        let position = Int.random(in: 0..<bytes.count, using: &generator)
        switch generator.next() % 4 {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes[position] = telling[Int.random(in: 0..<telling.count, using: &generator)]
        case 2: bytes.insert(telling[Int.random(in: 0..<telling.count, using: &generator)], at: position)
        default: if bytes.count > 1 { bytes.remove(at: position) }
        }
      }
      do { try format.read(bytes) } catch is FormatError {}
    }
  }

  @Test("random bytes", arguments: formats)
  func random(_ format: Format) throws {
    var generator = SplitMix(seed: 5)
    let start = try format.file().prefix(8)
    for round in 0..<2000 {
      let count = Int.random(in: 0..<200, using: &generator)
      let noise = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      do { try format.read(round % 2 == 0 ? noise : Array(start) + noise) } catch is FormatError {}
    }
  }

  @Test("a column by column change of kind does not read the file over and over")
  func manyLateTexts() throws {
    let width = 200
    let names = (0..<width).map { "c\($0)" }.joined(separator: ",")
    let rows = (0..<400).map { row in
      (0..<width).map { row == 200 + $0 ? "x" : "1" }.joined(separator: ",")
    }
    let table = try CSV.read(Array((names + "\n" + rows.joined(separator: "\n")).utf8))
    let isText = table.cells.map { if case .texts = $0 { true } else { false } }
    #expect(isText.allSatisfy { $0 } && table.rowCount == 400)
  }
}
