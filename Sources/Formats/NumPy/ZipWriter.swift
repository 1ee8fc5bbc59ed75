/// Makes a zip archive whose members are stored as they are.
struct ZipWriter {
  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var names: Set<String> = []

  /// Adds a member.
  mutating func add(_ name: String, _ content: [UInt8]) throws(FormatError) {
    guard names.insert(name).inserted else { throw .unsupported("two arrays are named \(name)") }
    guard let nameLength = UInt16(exactly: name.utf8.count) else {
      throw .unsupported("a name of \(name.utf8.count) bytes is too long")
    }
    guard let offset = UInt32(exactly: bytes.count), let size = UInt32(exactly: content.count) else {
      throw .unsupported("an npz archive takes at most 4 GB; safetensors takes more")
    }
    var header: [UInt8] = []
    header.append(little: UInt16(20))
    // Bit 11: the name is UTF-8.
    header.append(little: UInt16(1 << 11))
    header.append(little: UInt16(0))
    // The date of all members is 1 January 1980, so that equal content makes equal files.
    header.append(little: UInt32(0x0021_0000))
    header.append(little: Deflate.checksum(content[...]))
    header.append(little: size)
    header.append(little: size)
    header.append(little: nameLength)
    header.append(little: UInt16(0))
    bytes.append(little: UInt32(0x0403_4b50))
    bytes += header
    bytes += name.utf8
    bytes += content
    directory.append(little: UInt32(0x0201_4b50))
    directory.append(little: UInt16(20))
    directory += header
    directory += [UInt8](repeating: 0, count: 10)
    directory.append(little: offset)
    directory += name.utf8
  }

  /// The archive with its directory.
  func finished() throws(FormatError) -> [UInt8] {
    guard let count = UInt16(exactly: names.count), count < .max,
      let offset = UInt32(exactly: bytes.count), let size = UInt32(exactly: directory.count)
    else { throw .unsupported("\(names.count) arrays are too many for one npz archive") }
    var result = bytes + directory
    result.append(little: UInt32(0x0605_4b50))
    result.append(little: UInt32(0))
    result.append(little: count)
    result.append(little: count)
    result.append(little: size)
    result.append(little: offset)
    result.append(little: UInt16(0))
    return result
  }
}
