extension Printer {
  /// The shortest text that reads back as the number.
  static func literal(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The content of a string with everything special escaped.
  static func escaped(_ content: String) -> String {
    var result = ""
    for scalar in content.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "{": result += "\\{"
      case _ where scalar.properties.generalCategory == .control:
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Writes an interpolated string, which stays on one line.
  mutating func write(_ parts: [StringPart]) {
    let wasInline = isInline
    isInline = true
    write("\"")
    for part in parts {
      switch part {
      case .text(let content): write(Printer.escaped(content))
      case .value(let value, let format):
        write("{")
        write(value)
        if let format { write(":" + format) }
        write("}")
      }
    }
    write("\"")
    isInline = wasInline
  }
}
