import Glibc
import Language
import Tensors

/// Reading and writing by plain system calls, because starting Foundation takes longer than a small script.
enum Files {
  /// The content of a file.
  static func read(_ path: String) throws(Diagnostic) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("read", path, errno) }
    defer { close(descriptor) }
    var status = stat()
    let size = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    return try readAll(descriptor, named: path, expecting: size)
  }

  /// Everything up to the end of an open file or pipe; `size` is a first guess.
  static func readAll(
    _ descriptor: Int32, named name: String, expecting size: Int = 0
  ) throws(Diagnostic) -> [UInt8] {
    guard size <= memoryLimit else { throw tooLarge(name, size) }
    // One byte more than expected, so that the end is found without growing.
    var (bytes, isWhole) = try readPart(descriptor, name, most: max(size + 1, 1 << 12))
    while !isWhole {
      guard bytes.count <= memoryLimit else { throw tooLarge(name, bytes.count) }
      let (more, isLast) = try readPart(descriptor, name, most: max(1 << 12, bytes.count / 2))
      bytes += more
      isWhole = isLast
    }
    return bytes
  }

  /// The next `most` bytes, or all there are, and whether the end was seen behind them.
  private static func readPart(
    _ descriptor: Int32, _ name: String, most: Int
  ) throws(Diagnostic) -> (bytes: [UInt8], isLast: Bool) {
    var isLast = false
    var failed: Int32?
    let bytes = [UInt8](unsafeUninitializedCapacity: most) { buffer, filled in
      Storage.preferLargePages(UnsafeMutableRawBufferPointer(buffer))
      while filled < most, !isLast {
        if Interruption.isRequested {
          failed = EINTR
          return
        }
        // In pieces: a read of what never ends, such as /dev/zero, is not cut short by a signal.
        let piece = min(most - filled, 1 << 26)
        let count = Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, piece)
        if count < 0, errno != EINTR {
          failed = errno
          return
        }
        filled += max(0, count)
        isLast = count == 0
      }
    }
    guard let failed else { return (bytes, isLast) }
    throw failed == EINTR ? Diagnostic("interrupted", kind: .interrupted) : failure("read", name, failed)
  }

  /// Replaces the content of a file, or makes it.
  ///
  /// A regular file is written beside the old one and renamed, so that a full disk or a crash leaves one of
  /// the two whole. Where the folder does not take new files, it is overwritten.
  static func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
    var status = stat()
    let exists = stat(path, &status) == 0
    let isRegular = !exists || status.st_mode & S_IFMT == S_IFREG
    let target = exists ? resolved(path) : path
    let draft = "\(target).\(getpid()).part"
    let mode = exists ? status.st_mode & 0o777 : 0o666
    let descriptor = isRegular ? open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode) : -1
    guard descriptor >= 0 else {
      let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
      guard descriptor >= 0 else { throw failure("write", path, errno) }
      if let code = writeAndClose(bytes, descriptor) { throw failure("write", path, code) }
      return
    }
    var code = writeAndClose(bytes, descriptor)
    if code == nil, rename(draft, target) != 0 { code = errno }
    guard let code else { return }
    unlink(draft)
    throw failure("write", path, code)
  }

  private static func writeAndClose(_ bytes: [UInt8], _ descriptor: Int32) -> Int32? {
    let code = bytes.withUnsafeBytes { writeAll($0, to: descriptor) }
    return close(descriptor) != 0 && code == nil ? errno : code
  }

  /// Writes all of a buffer; the error number when that fails.
  static func writeAll(_ buffer: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32? {
    var rest = buffer[...]
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count < 0, errno != EINTR { return errno }
      rest = rest.dropFirst(max(0, count))
    }
    return nil
  }
}

extension Files {
  /// The system's words for an error number, as part of a sentence.
  static func reason(_ code: Int32) -> String {
    let text = strerror(code).map { String(cString: $0) } ?? "error \(code)"
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  private static func failure(_ action: String, _ path: String, _ code: Int32) -> Diagnostic {
    Diagnostic("cannot \(action) \(path): \(reason(code))", kind: .file)
  }

  private static func tooLarge(_ name: String, _ size: Int) -> Diagnostic {
    Diagnostic(
      "\(name) has \(size >> 20) MB or more, the limit here is \(memoryLimit >> 20) MB", kind: .limit,
      hint: "split it into smaller files")
  }

  /// Two thirds of what tensors may take, half of the machine's memory unless set: what is read has to be decoded
  /// beside it.
  private static var memoryLimit: Int { Storage.limit / 3 * 2 }

  /// The file behind symbolic links.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}
