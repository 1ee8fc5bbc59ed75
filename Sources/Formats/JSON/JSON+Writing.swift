import Tensors

extension JSON {
  /// The document as text: arrays of numbers on one line, everything else indented by two spaces.
  ///
  /// JSON has no nan, which becomes null; an infinity becomes 1e999, which every reader takes for one.
  public var bytes: [UInt8] {
    var result: [UInt8] = []
    write(to: &result, indent: 0)
    result.append(UInt8(ascii: "\n"))
    return result
  }

  /// The document as text on one line.
  public var line: [UInt8] {
    var result: [UInt8] = []
    write(to: &result, indent: nil)
    return result
  }

  /// Without an indent it stays on the line.
  private func write(to result: inout [UInt8], indent: Int?) {
    switch self {
    case .null: result += "null".utf8
    case .bool(let bool): result += (bool ? "true" : "false").utf8
    case .number(let number):
      if number.isFinite {
        DecimalWriter.append(number, to: &result)
      } else {
        result += (number.isNaN ? "null" : number < 0 ? "-1e999" : "1e999").utf8
      }
    case .string(let string): JSON.write(string, to: &result)
    case .array(let items):
      let isShort = indent == nil || items.allSatisfy(\.isScalar)
      JSON.write(items, brackets: "[]", isShort: isShort, to: &result, indent: indent) { item, result in
        item.write(to: &result, indent: indent.map { $0 + 1 })
      }
    case .object(let members):
      JSON.write(
        members, brackets: "{}", isShort: indent == nil || members.isEmpty, to: &result, indent: indent
      ) { member, result in
        JSON.write(member.name, to: &result)
        result += ": ".utf8
        member.value.write(to: &result, indent: indent.map { $0 + 1 })
      }
    }
  }

  private static func write<Item>(
    _ items: [Item], brackets: String, isShort: Bool, to result: inout [UInt8], indent: Int?,
    _ write: (Item, inout [UInt8]) -> Void
  ) {
    result.append(contentsOf: brackets.utf8.prefix(1))
    for (index, item) in items.enumerated() {
      if index > 0 { result += (isShort ? ", " : ",").utf8 }
      if !isShort, let indent { startLine(indent + 1, &result) }
      write(item, &result)
    }
    if !isShort, !items.isEmpty, let indent { startLine(indent, &result) }
    result.append(contentsOf: brackets.utf8.suffix(1))
  }

  private static func startLine(_ indent: Int, _ result: inout [UInt8]) {
    result.append(UInt8(ascii: "\n"))
    result += repeatElement(UInt8(ascii: " "), count: 2 * indent)
  }

  private var isScalar: Bool {
    switch self {
    case .null, .bool, .number, .string: true
    case .array, .object: false
    }
  }

  private static func write(_ string: String, to result: inout [UInt8]) {
    result.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): result += #"\n"#.utf8
      case UInt8(ascii: "\t"): result += #"\t"#.utf8
      case UInt8(ascii: "\r"): result += #"\r"#.utf8
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        result += (#"\u"# + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8
      default: result.append(byte)
      }
    }
    result.append(UInt8(ascii: "\""))
  }
}
