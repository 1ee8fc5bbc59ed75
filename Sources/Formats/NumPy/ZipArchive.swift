/// The members of a zip archive, as its central directory lists them.
struct ZipArchive {
  struct Member {
    var name: String
    var method: UInt16
    var checksum: UInt32
    var storedSize: Int
    var size: Int
    /// Where its own header starts.
    var offset: Int
  }

  private let bytes: [UInt8]
  private(set) var members: [Member] = []

  /// Reads the directory; sizes are taken from there, because a member's own header may lack them.
  init(reading bytes: [UInt8]) throws(FormatError) {
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.starts(with: [0x50, 0x4b]) else { throw .signature(format: "npz (a zip archive)") }
    self.bytes = bytes
    let directory = try ZipDirectoryEnd(of: bytes)
    guard directory.offset >= 0, directory.size >= 0, directory.offset <= bytes.count - directory.size else {
      throw .truncated(
        part: "the directory", wanted: directory.size, found: max(0, bytes.count - directory.offset))
    }
    var reader = ByteReader(bytes[directory.offset..<(directory.offset + directory.size)])
    var names: Set<String> = []
    var stored = 0
    // A member's entry has 46 bytes, so the claimed count needs no trust.
    while reader.remaining > 0 {
      let member = try ZipArchive.member(&reader)
      guard names.insert(member.name).inserted else {
        throw .malformed(part: "the directory", "\(member.name.prefix(80)) stands there twice")
      }
      // Members that share their bytes are the way to make a small archive huge.
      stored += member.storedSize
      guard stored <= bytes.count else {
        throw .malformed(part: "the directory", "its members are larger than the file")
      }
      members.append(member)
    }
    guard members.count == directory.count else {
      throw .malformed(part: "the directory", "it lists \(members.count) members, not \(directory.count)")
    }
  }

  private static func member(_ reader: inout ByteReader) throws(FormatError) -> Member {
    let part = "the directory"
    guard try reader.little(UInt32.self, part) == 0x0201_4b50 else {
      throw .malformed(part: part, "an entry does not start as one")
    }
    _ = try reader.take(4, part)
    let flags = try reader.little(UInt16.self, part)
    guard flags & 1 == 0 else { throw .unsupported("the archive is encrypted") }
    let method = try reader.little(UInt16.self, part)
    _ = try reader.take(4, part)
    let checksum = try reader.little(UInt32.self, part)
    let storedSize = try reader.little(UInt32.self, part)
    let size = try reader.little(UInt32.self, part)
    let nameLength = Int(try reader.little(UInt16.self, part))
    let extraLength = Int(try reader.little(UInt16.self, part))
    let commentLength = Int(try reader.little(UInt16.self, part))
    _ = try reader.take(8, part)
    let offset = try reader.little(UInt32.self, part)
    let name = String(decoding: try reader.take(nameLength, part), as: UTF8.self)
    var extra = try Zip64Extra(try reader.take(extraLength, part))
    _ = try reader.take(commentLength, part)
    // The wide values stand in this order, each only where the narrow one is full of ones.
    let wideSize = try extra.widened(size)
    let wideStored = try extra.widened(storedSize)
    let wideOffset = try extra.widened(offset)
    return Member(
      name: name, method: method, checksum: checksum, storedSize: wideStored, size: wideSize,
      offset: wideOffset)
  }

  /// The content of a member, its checksum verified.
  func content(of member: Member) throws(FormatError) -> ArraySlice<UInt8> {
    let part = "the member \(member.name.prefix(80))"
    guard member.offset <= bytes.count else { throw .truncated(part: part, wanted: 30, found: 0) }
    var reader = ByteReader(bytes[member.offset...])
    guard try reader.little(UInt32.self, part) == 0x0403_4b50 else {
      throw .malformed(part: part, "its header is not where the directory says")
    }
    _ = try reader.take(22, part)
    let nameLength = Int(try reader.little(UInt16.self, part))
    let extraLength = Int(try reader.little(UInt16.self, part))
    _ = try reader.take(nameLength + extraLength, part)
    let stored = try reader.take(member.storedSize, part)
    let content: ArraySlice<UInt8>
    switch member.method {
    case 0: content = stored
    case 8: content = try Deflate.decompress(stored, .none)[...]
    default:
      throw .unsupported("compression method \(member.method) is unknown; members are stored or deflated")
    }
    guard content.count == member.size else {
      throw .malformed(part: part, "it has \(content.count) bytes where the directory says \(member.size)")
    }
    guard Deflate.checksum(content) == member.checksum else {
      throw .malformed(part: part, "its checksum does not match: the file is damaged")
    }
    return content
  }
}

/// Where the directory of a zip archive is, as the record at its end says.
private struct ZipDirectoryEnd {
  var count: Int
  var size: Int
  var offset: Int

  init(of bytes: [UInt8]) throws(FormatError) {
    let part = "the end of the archive"
    // The record has 22 bytes and a comment of at most 65,535.
    let first = max(0, bytes.count - 22 - 65_535)
    let candidates = stride(from: bytes.count - 22, through: first, by: -1)
    guard let start = candidates.first(where: { bytes[$0...].starts(with: [0x50, 0x4b, 5, 6]) }) else {
      throw .malformed(part: part, "there is no directory: the file is cut off")
    }
    var reader = ByteReader(bytes[start...])
    _ = try reader.take(10, part)
    count = Int(try reader.little(UInt16.self, part))
    size = Int(try reader.little(UInt32.self, part))
    offset = Int(try reader.little(UInt32.self, part))
    guard count == 0xffff || size == 0xffff_ffff || offset == 0xffff_ffff else { return }
    // The wide record is announced right before the narrow one.
    guard start >= 20, bytes[(start - 20)...].starts(with: [0x50, 0x4b, 6, 7]) else { return }
    var locator = ByteReader(bytes[(start - 12)...])
    let position = try locator.little(UInt64.self, part)
    guard position < UInt64(start) else {
      throw .malformed(part: part, "its wide record lies outside the file")
    }
    var wide = ByteReader(bytes[Int(position)...])
    guard try wide.little(UInt32.self, part) == 0x0606_4b50 else {
      throw .malformed(part: part, "its wide record is not where it should be")
    }
    _ = try wide.take(28, part)
    count = Int(clamping: try wide.little(UInt64.self, part))
    size = Int(clamping: try wide.little(UInt64.self, part))
    offset = Int(clamping: try wide.little(UInt64.self, part))
  }
}

/// The 64-bit values of a member that do not fit into its 32-bit fields.
private struct Zip64Extra {
  private var values: ByteReader

  init(_ extra: ArraySlice<UInt8>) throws(FormatError) {
    values = ByteReader([])
    var reader = ByteReader(extra)
    while reader.remaining >= 4 {
      let kind = try reader.little(UInt16.self, "an extra field")
      let size = Int(try reader.little(UInt16.self, "an extra field"))
      let content = try reader.take(size, "an extra field")
      if kind == 1 { values = ByteReader(content) }
    }
  }

  mutating func widened(_ narrow: UInt32) throws(FormatError) -> Int {
    guard narrow == .max, values.remaining >= 8 else { return Int(narrow) }
    // Halved, so that a sum of two sizes cannot overflow.
    return min(Int(clamping: try values.little(UInt64.self, "an extra field")), Int.max / 2)
  }
}
