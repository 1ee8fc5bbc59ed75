import Tensors
import Testing

@testable import Formats

@Suite("files of tensors")
struct TensorFileTests {
  static let shapes: [Shape] = [[], [0], [3], [2, 3], [0, 4], [2, 1, 2], [1, 1, 1, 1, 1, 1, 1, 2]]

  /// One of each dtype, with elements that are awkward.
  static func tensors(_ shape: Shape) throws -> [Tensor] {
    let numbers = (0..<shape.count).map { [0.1, -0.0, .infinity, .nan, .leastNonzeroMagnitude, 3][$0 % 6] }
    let double = try Tensor(numbers, shape: shape)
    return [double, try double.converted(to: .f32), try Tensor(numbers.map { $0 > 0 }, shape: shape)]
  }

  static func isSame(_ a: Tensor, _ b: Tensor) throws -> Bool {
    guard a.shape == b.shape, a.dtype == b.dtype else { return false }
    let (x, y) = (try a.doubles(), try b.doubles())
    return zip(x, y).allSatisfy { $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN) }
  }

  @Test("npy, npz and safetensors keep every tensor", arguments: shapes)
  func roundTrip(_ shape: Shape) throws {
    let tensors = try TensorFileTests.tensors(shape)
    for tensor in tensors {
      #expect(try TensorFileTests.isSame(NPY.read(NPY.write(tensor), precision: tensor.dtype), tensor))
    }
    let named = zip(["a", "layers.0.w", "größe"], tensors).map { NamedTensor($0, $1) }
    for precision in [DType.f64, .f32] {
      let back = [
        try NPZ.read(NPZ.write(named), precision: precision),
        try SafeTensors.read(SafeTensors.write(named), precision: precision).tensors,
      ]
      for tensors in back {
        #expect(Set(tensors.map(\.name)) == Set(named.map(\.name)))
        for found in tensors {
          let wanted = try #require(named.first { $0.name == found.name }).tensor
          // What had more digits than the precision is rounded; what had fewer is exact.
          guard wanted.dtype == precision || wanted.dtype == .bool else { continue }
          #expect(try TensorFileTests.isSame(found.tensor, wanted))
        }
      }
    }
  }

  @Test("IDX keeps whole numbers small and everything exact")
  func idx() throws {
    for (numbers, size) in [([0.0, 255, 7, 3], 1), ([-1.0, 70_000, 2, 3], 4), ([0.1, .nan, 2, 3], 8)] {
      let tensor = try Tensor(numbers, shape: [2, 2])
      let bytes = try IDX.write(tensor)
      #expect(bytes.count == 12 + 4 * size)
      #expect(try TensorFileTests.isSame(IDX.read(bytes), tensor))
    }
  }

  @Test("gzip, also of several members")
  func gzip() throws {
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) }
    let compressed = try Gzip.compress(bytes)
    #expect(try Gzip.decompress(compressed) == bytes)
    #expect(try Gzip.decompress(compressed + Gzip.compress([1, 2])) == bytes + [1, 2])
    #expect(try Gzip.decompress(Gzip.compress([])) == [])
  }

  /// Files that claim more than they hold, or what must not be.
  static let hostile: [(what: String, bytes: [UInt8], read: @Sendable ([UInt8]) throws -> Void)] = [
    ("an array larger than any memory", npy("(99999999999, 99999999999, 9999)"), { _ = try NPY.read($0) }),
    ("an array larger than the file", npy("(999999999,)"), { _ = try NPY.read($0) }),
    ("no bytes, endless axis", npy("(0, 99999999999999999999)"), { _ = try NPY.read($0) }),
    ("nine axes", npy("(1, 1, 1, 1, 1, 1, 1, 1, 1)"), { _ = try NPY.read($0) }),
    ("a negative length", npy("(-1,)"), { _ = try NPY.read($0) }),
    (
      "a header of 4 GB", [0x93] + Array("NUMPY".utf8) + [2, 0, 255, 255, 255, 255], { _ = try NPY.read($0) }
    ),
    ("objects", npy("(1,)", type: "'|O'"), { _ = try NPY.read($0) }),
    ("records", npy("(1,)", type: "[('a', '<f8')]"), { _ = try NPY.read($0) }),
    ("IDX of 2^96 elements", [0, 0, 8, 3] + Array(repeating: 255, count: 12), { _ = try IDX.read($0) }),
    ("IDX of 255 axes", [0, 0, 8, 255] + Array(repeating: 0, count: 1020), { _ = try IDX.read($0) }),
    ("a header of 2^63 bytes", Array(repeating: 255, count: 16), { _ = try SafeTensors.read($0) }),
    ("overlapping tensors", tensors([(0, 8), (0, 8)], data: 8), { _ = try SafeTensors.read($0) }),
    ("a hole", tensors([(0, 8), (16, 24)], data: 24), { _ = try SafeTensors.read($0) }),
    ("bytes of no tensor", tensors([(0, 8)], data: 16), { _ = try SafeTensors.read($0) }),
    ("the end before the start", tensors([(8, 0)], data: 8), { _ = try SafeTensors.read($0) }),
    ("deep JSON", Array(repeating: UInt8(ascii: "["), count: 1_000_000), { _ = try JSON(reading: $0) }),
    ("only an opening", [0x1f, 0x8b], { _ = try Gzip.decompress($0) }),
  ]

  @Test("hostile files are refused at once", arguments: hostile.indices)
  func hostileFiles(_ index: Int) {
    let (what, bytes, read) = TensorFileTests.hostile[index]
    let clock = ContinuousClock()
    let seconds = clock.measure { #expect(throws: FormatError.self, "\(what)") { try read(bytes) } }
    #expect(seconds < .seconds(1), "\(what)")
  }

  private static func npy(_ shape: String, type: String = "'<f8'") -> [UInt8] {
    let header = "{'descr': \(type), 'fortran_order': False, 'shape': \(shape), }\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
  }

  private static func tensors(_ offsets: [(Int, Int)], data: Int) -> [UInt8] {
    let entries = offsets.enumerated().map {
      "\"t\($0)\": {\"dtype\": \"F64\", \"shape\": [1], \"data_offsets\": [\($1.0), \($1.1)]}"
    }
    let header = "{" + entries.joined(separator: ", ") + "}"
    var bytes: [UInt8] = []
    bytes.append(little: UInt64(header.utf8.count))
    return bytes + Array(header.utf8) + Array(repeating: 0, count: data)
  }
}
