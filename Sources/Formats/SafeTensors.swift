import Tensors

/// Named tensors behind a JSON header, the format of the model hubs.
public enum SafeTensors {
  /// What a file holds.
  public struct Content {
    /// The tensors, in the order of their data.
    public var tensors: [NamedTensor]
    /// Texts about the file.
    public var metadata: [String: String]
  }

  /// Longer headers are refused, as the reference reader does.
  private static let headerLimit = 100_000_000

  /// What a file holds: truth values as they are, all other numbers as `precision`.
  ///
  /// Throws a ``FormatError``, also for bytes that belong to no tensor or to two.
  public static func read(_ bytes: [UInt8], precision: DType = .f64) throws(FormatError) -> Content {
    guard !bytes.isEmpty else { throw .empty }
    var reader = ByteReader(bytes[...])
    let length = try reader.little(UInt64.self, "the header's length")
    guard bytes.count <= 8 || bytes[8] == UInt8(ascii: "{") else { throw .signature(format: "safetensors") }
    guard length <= headerLimit, length <= reader.remaining else {
      throw .truncated(part: "the header", wanted: Int(clamping: length), found: reader.remaining)
    }
    let header = try reader.take(Int(length), "the header")
    guard header.first == UInt8(ascii: "{"), case .object(let members) = try JSON(reading: header) else {
      throw .signature(format: "safetensors")
    }
    let data = reader.takeRest()
    var names: Set<String> = []
    var entries: [(name: String, entry: Entry)] = []
    var metadata: [String: String] = [:]
    for member in members {
      guard names.insert(member.name).inserted else {
        throw malformed("\(short(member.name)) stands there twice")
      }
      if member.name == "__metadata__" {
        metadata = try texts(member.value)
      } else {
        entries.append((member.name, try Entry(member)))
      }
    }
    entries.sort { ($0.entry.begin, $0.entry.end) < ($1.entry.begin, $1.entry.end) }
    var tensors: [NamedTensor] = []
    var covered = 0
    for (name, entry) in entries {
      guard entry.begin == covered, entry.begin <= entry.end else {
        throw malformed("\(short(name)) starts at byte \(entry.begin) of the data, not at \(covered)")
      }
      guard entry.end <= data.count else {
        throw .truncated(part: "the data", wanted: entry.end, found: data.count)
      }
      let part = data[(data.startIndex + entry.begin)..<(data.startIndex + entry.end)]
      tensors.append(
        NamedTensor(
          name, try ElementDecoder.tensor(part, entry.kind, lengths: entry.shape, precision: precision)))
      covered = entry.end
    }
    guard covered == data.count else { throw .surplus(bytes: data.count - covered, after: "the data") }
    return Content(tensors: tensors, metadata: metadata)
  }

  /// The bytes of a file that holds these tensors.
  ///
  /// Throws ``FormatError/unsupported(_:)`` for two tensors of one name.
  public static func write(_ tensors: [NamedTensor]) throws(FormatError) -> [UInt8] {
    var members: [JSON.Member] = []
    var names: Set<String> = ["__metadata__"]
    var offset = 0
    for named in tensors {
      guard names.insert(named.name).inserted else {
        throw .unsupported("two tensors are named \(named.name)")
      }
      let tensor = named.tensor
      let end = offset + tensor.count * tensor.dtype.size
      let kind =
        switch tensor.dtype {
        case .f64: "F64"
        case .f32: "F32"
        case .bool: "BOOL"
        }
      members.append(
        JSON.Member(
          named.name,
          .object([
            JSON.Member("dtype", .string(kind)),
            JSON.Member("shape", .array(tensor.shape.map { .number(Double($0)) })),
            JSON.Member("data_offsets", .array([.number(Double(offset)), .number(Double(end))])),
          ])))
      offset = end
    }
    var header = JSON.object(members).bytes
    // Data that start at a multiple of eight can be mapped into memory.
    header += repeatElement(UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    var result: [UInt8] = []
    result.reserveCapacity(8 + header.count + offset)
    result.append(little: UInt64(header.count))
    result += header
    for named in tensors {
      try building { () throws(TensorError) in try named.tensor.withBytes { result += $0 } }
    }
    return result
  }

  /// Type, shape and place of a tensor.
  private struct Entry {
    private(set) var kind = ElementKind.f64
    private(set) var shape: [Int] = []
    private(set) var begin = 0
    private(set) var end = 0

    init(_ member: JSON.Member) throws(FormatError) {
      let name = short(member.name)
      guard case .object(let fields) = member.value, fields.count == 3,
        Set(fields.map(\.name)) == ["dtype", "shape", "data_offsets"]
      else { throw malformed("\(name) has other fields than dtype, shape and data_offsets") }
      for field in fields {
        switch (field.name, field.value) {
        case ("dtype", .string(let text)):
          guard let kind = SafeTensors.kinds[text] else {
            throw .unsupported("elements of type \(short(text)) are not read")
          }
          self.kind = kind
        case ("shape", .array(let items)): shape = try integers(items, name)
        case (_, .array(let items)) where items.count == 2 && field.name == "data_offsets":
          let offsets = try integers(items, name)
          (begin, end) = (offsets[0], offsets[1])
        default: throw malformed("\(field.name) of \(name) is not as it should be")
        }
      }
    }

    private func integers(_ items: [JSON], _ name: String) throws(FormatError) -> [Int] {
      var result: [Int] = []
      for item in items {
        guard case .number(let number) = item, let integer = Int(exactly: number), integer >= 0 else {
          throw malformed("a length or offset of \(name) is not a whole number")
        }
        result.append(integer)
      }
      return result
    }
  }

  private static let kinds: [String: ElementKind] = [
    "BOOL": .bool, "I8": .i8, "U8": .u8, "I16": .i16, "U16": .u16, "I32": .i32, "U32": .u32, "I64": .i64,
    "U64": .u64, "F16": .f16, "BF16": .bf16, "F32": .f32, "F64": .f64,
  ]

  private static func texts(_ value: JSON) throws(FormatError) -> [String: String] {
    guard case .object(let members) = value else { throw malformed("__metadata__ is not an object") }
    var result: [String: String] = [:]
    for member in members {
      guard case .string(let text) = member.value else {
        throw malformed("\(short(member.name)) in __metadata__ is not a text")
      }
      result[member.name] = text
    }
    return result
  }

  private static func short(_ name: String) -> String { String(name.prefix(60)) }

  private static func malformed(_ text: String) -> FormatError { .malformed(part: "the header", text) }
}
