import CZlib
import Tensors

/// The compression of gzip files and zip members.
enum Deflate {
  /// How compressed bytes are wrapped.
  enum Wrapping {
    /// Bare, as in a zip member.
    case none
    /// With the header and checksum of gzip.
    case gzip

    /// The argument that zlib takes for it.
    fileprivate var windowBits: Int32 {
      switch self {
      case .none: -MAX_WBITS
      case .gzip: 16 + MAX_WBITS
      }
    }
  }

  /// No byte of a deflate stream stands for more than this many.
  private static let greatestRatio = 1032

  /// The original of `bytes`.
  ///
  /// Memory grows with what is really there, whatever a file claims. Concatenated gzip members are read as one.
  /// Throws ``FormatError/size(bytes:limit:)`` above `limit` bytes.
  static func decompress(
    _ bytes: ArraySlice<UInt8>, _ wrapping: Wrapping, limit: Int = Storage.limit / 4
  ) throws(FormatError) -> [UInt8] {
    var stream = z_stream()
    guard
      inflateInit2_(&stream, wrapping.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .malformed(part: "the compressed data", "zlib does not start") }
    defer { inflateEnd(&stream) }
    var result: [UInt8] = []
    var read = 0
    while true {
      try checkInterruption(at: read, of: bytes.count)
      let room = min(
        max(1 << 16, result.count / 2), max(1, min(limit, bytes.count * greatestRatio) - result.count + 1))
      let (status, used, made) = step(&stream, bytes.dropFirst(read), &result, room: room)
      read += used
      guard result.count <= limit else { throw .size(bytes: result.count, limit: limit) }
      switch status {
      case Z_STREAM_END:
        if read == bytes.count { return result }
        guard wrapping == .gzip, bytes.dropFirst(read).starts(with: Gzip.signature) else {
          throw .surplus(bytes: bytes.count - read, after: "the compressed data")
        }
        inflateReset(&stream)
      case Z_OK where used > 0 || made > 0: continue
      case Z_OK, Z_BUF_ERROR:
        throw .malformed(part: "the compressed data", "it ends in the middle, after \(result.count) bytes")
      default:
        let reason = stream.msg.map { String(cString: $0) } ?? "zlib reports error \(status)"
        throw .malformed(part: "the compressed data", reason)
      }
    }
  }

  /// Lets zlib work once, adding what it makes to `result`.
  private static func step(
    _ stream: inout z_stream, _ input: ArraySlice<UInt8>, _ result: inout [UInt8], room: Int
  ) -> (status: Int32, used: Int, made: Int) {
    let start = result.count
    result.append(contentsOf: repeatElement(0, count: room))
    // zlib counts in 32 bits.
    let (given, most) = (min(input.count, 1 << 30), min(room, 1 << 30))
    let status = input.withUnsafeBufferPointer { source in
      result.withUnsafeMutableBufferPointer { target in
        stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        stream.avail_in = UInt32(given)
        stream.next_out = target.baseAddress.map { $0 + start }
        stream.avail_out = UInt32(most)
        return inflate(&stream, Z_NO_FLUSH)
      }
    }
    let made = most - Int(stream.avail_out)
    result.removeLast(room - made)
    return (status, given - Int(stream.avail_in), made)
  }

  /// The checksum that zip and gzip use.
  static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.withUnsafeBufferPointer { buffer in
      UInt32(truncatingIfNeeded: crc32_z(0, buffer.baseAddress, buffer.count))
    }
  }

  /// `bytes` compressed, with the header and checksum of gzip.
  static func compress(_ bytes: [UInt8]) throws(FormatError) -> [UInt8] {
    var stream = z_stream()
    guard
      deflateInit2_(
        &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, Wrapping.gzip.windowBits, 8, Z_DEFAULT_STRATEGY,
        ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .malformed(part: "the compressed data", "zlib does not start") }
    defer { deflateEnd(&stream) }
    var result: [UInt8] = []
    var read = 0
    while true {
      try checkInterruption()
      let part = bytes[read...].prefix(1 << 24)
      let isLast = read + part.count == bytes.count
      let start = result.count
      let room = Int(deflateBound(&stream, UInt(part.count))) + 64
      result.append(contentsOf: repeatElement(0, count: room))
      let status = part.withUnsafeBufferPointer { source in
        result.withUnsafeMutableBufferPointer { target in
          stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
          stream.avail_in = UInt32(part.count)
          stream.next_out = target.baseAddress.map { $0 + start }
          stream.avail_out = UInt32(room)
          return deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
        }
      }
      result.removeLast(Int(stream.avail_out))
      read += part.count - Int(stream.avail_in)
      if status == Z_STREAM_END { return result }
      guard status == Z_OK || status == Z_BUF_ERROR else {
        throw .malformed(part: "the compressed data", "zlib reports error \(status)")
      }
    }
  }
}

/// Files compressed by gzip.
public enum Gzip {
  /// The first bytes of every such file.
  static let signature: [UInt8] = [0x1f, 0x8b]

  /// Whether these are the bytes of a compressed file.
  public static func isCompressed(_ bytes: [UInt8]) -> Bool { bytes.starts(with: signature) }

  /// The original of a compressed file.
  ///
  /// Throws a ``FormatError`` when the data are damaged, cut off or not compressed at all.
  public static func decompress(_ bytes: [UInt8]) throws(FormatError) -> [UInt8] {
    guard !bytes.isEmpty else { throw .empty }
    guard isCompressed(bytes) else { throw .signature(format: "gzip") }
    return try Deflate.decompress(bytes[...], .gzip)
  }

  /// The bytes of a compressed file.
  public static func compress(_ bytes: [UInt8]) throws(FormatError) -> [UInt8] { try Deflate.compress(bytes) }
}
