import CUTF8Proc

extension Display {
  /// A string as it would be written in source, with quotes and escapes.
  public static func literal(_ string: String) -> String {
    var result = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "{": result += "\\{"
      default:
        // Control characters could move the cursor or change colours.
        if scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) {
          result += "\\u{\(String(scalar.value, radix: 16))}"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  /// How many terminal columns a text takes.
  public static func columns(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.unicodeScalars.reduce(0) { columns, scalar in
      columns + max(0, Int(utf8proc_charwidth(utf8proc_int32_t(bitPattern: scalar.value))))
    }
  }

  /// The text filled with spaces to so many columns, on its left or its right.
  public static func padded(_ text: String, to width: Int, atLeft: Bool = false) -> String {
    let missing = width - columns(text)
    guard missing > 0 else { return text }
    let spaces = String(repeating: " ", count: missing)
    return atLeft ? spaces + text : text + spaces
  }
}

/// A number of things in words: `no rows`, `1 row`, `5 rows`.
public func counted(_ count: Int, _ noun: String) -> String {
  count == 0 ? "no \(noun)s" : count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
}
