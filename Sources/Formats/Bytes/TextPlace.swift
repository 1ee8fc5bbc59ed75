/// A place in a text, for messages.
struct TextPlace {
  /// The line, from 1; lines end with LF, CRLF or CR.
  private(set) var line = 1
  /// The byte in its line, from 1.
  private(set) var column = 1

  /// Some files start with these bytes to say that they are UTF-8.
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The place of the byte at `position`.
  init(of position: Int, in bytes: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for index in 0..<min(position, bytes.count) {
      let isEnd =
        bytes[index] == 0x0A
        || (bytes[index] == 0x0D && (index + 1 >= bytes.count || bytes[index + 1] != 0x0A))
      guard isEnd else { continue }
      line += 1
      start = index + 1
    }
    column = position - start + 1
  }

  /// The position of the first byte that belongs to no UTF-8 character.
  static func firstInvalid(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var position = 0
    while case .valid(let scalar) = decoder.parseScalar(from: &iterator) { position += scalar.count }
    return position
  }
}
