import Language

extension Source {
  /// The text of a script file, which has to be UTF-8.
  static func script(_ bytes: [UInt8], named name: String, folder: String? = nil) throws(Diagnostic) -> Source
  {
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    let content = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
    if let text = String(validating: content, as: UTF8.self) {
      return Source(name: name, text: text, folder: folder)
    }
    let line = 1 + content.prefix(validPrefix(of: content)).count { $0 == UInt8(ascii: "\n") }
    throw Diagnostic(
      "\(name) is not UTF-8 text: line \(line) has other bytes", kind: .file, hint: "save it as UTF-8")
  }

  /// How many bytes from the start are UTF-8.
  private static func validPrefix(of bytes: ArraySlice<UInt8>) -> Int {
    var decoder = UTF8()
    var rest = bytes.makeIterator()
    var count = 0
    while case .scalarValue(let scalar) = decoder.decode(&rest) { count += UTF8.width(scalar) }
    return count
  }
}
