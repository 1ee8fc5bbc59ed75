/// The library's definitions that are written in nns, compiled one by one on first use.
enum Prelude {
  /// The name the text goes under in errors.
  static let sourceName = "Prelude.nns"

  /// Names in the order of their definitions, without those for its own use, which start with `_`.
  static let names: [String] = definitions.map(\.name).filter { !$0.hasPrefix("_") }

  /// The text of a definition with its documentation, and the number of its first line, from 1.
  static func definition(named name: String) -> (text: String, line: Int)? {
    guard let index = positions[name] else { return nil }
    let definition = definitions[index]
    return (String(decoding: PackageResources.Prelude_nns[definition.bytes], as: UTF8.self), definition.line)
  }

  private struct Definition {
    var name: String
    var bytes: Range<Int>
    var line: Int
  }

  private static let positions: [String: Int] = Dictionary(
    definitions.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })

  /// Found without parsing: a definition starts in the first column and takes the comment above it
  /// and everything up to the next comment or definition in the first column.
  private static let definitions: [Definition] = {
    let bytes = PackageResources.Prelude_nns
    var found: [Definition] = []
    var documentation: (start: Int, line: Int)?
    var isOpen = false
    var (start, line) = (0, 1)
    func close(at end: Int) {
      if isOpen { found[found.count - 1].bytes = found[found.count - 1].bytes.lowerBound..<end }
      isOpen = false
    }
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      if bytes[start...].starts(with: "##".utf8) {
        close(at: start)
        if documentation == nil { documentation = (start, line) }
      } else if bytes[start] == UInt8(ascii: "#") {
        close(at: start)
        documentation = nil
      } else if let name = name(in: bytes[start..<end]) {
        close(at: start)
        let first = documentation ?? (start, line)
        found.append(Definition(name: name, bytes: first.start..<bytes.count, line: first.line))
        isOpen = true
        documentation = nil
      }
      start = end + 1
      line += 1
    }
    return found
  }()

  private static func name(in line: ArraySlice<UInt8>) -> String? {
    let name = line.prefix {
      ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") || $0 == UInt8(ascii: "_")
        || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) || $0 >= 0x80
    }
    return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
  }
}
