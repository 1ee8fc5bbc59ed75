extension FormatSpecification {
  /// Writes a number in the format.
  func format(_ number: Double) throws(Diagnostic) -> String {
    guard number.isFinite else {
      let word = number.isNaN ? "nan" : "inf"
      var plain = self
      // Zeros in front of a word would read as a number.
      if fill == "0", alignment == .afterSign { (plain.fill, plain.alignment) = (" ", .right) }
      return plain.aligned(
        signed(type.map(\.isUppercase) == true ? word.uppercased() : word, number), by: .right)
    }
    let digits = try digits(number.magnitude)
    return padded(digits, number)
  }

  /// The digits of a number that is not negative, before grouping.
  private func digits(_ size: Double) throws(Diagnostic) -> String {
    switch type {
    case "f", "F": CFormat.text(size, precision: precision ?? 6, style: "f")
    case "e": CFormat.text(size, precision: precision ?? 6, style: "e")
    case "E": CFormat.text(size, precision: precision ?? 6, style: "E")
    case "g": CFormat.text(size, precision: precision ?? 6, style: "g")
    case "G": CFormat.text(size, precision: precision ?? 6, style: "G")
    case "%": CFormat.text(size * 100, precision: precision ?? 6, style: "f") + "%"
    case "d": CFormat.text(try whole(size), precision: 0, style: "f")
    case "b": try whole(size, prefix: "0b", radix: 2)
    case "o": try whole(size, prefix: "0o", radix: 8)
    case "x": try whole(size, prefix: "0x", radix: 16)
    case "X": try whole(size, prefix: "0X", radix: 16).uppercased()
    case nil: precision.map { CFormat.text(size, precision: $0, style: "g") } ?? Display.number(size)
    default:
      throw Diagnostic("format \"\(text)\" is for strings, not for a number", kind: .type, hint: "try .4g")
    }
  }

  private func whole(_ size: Double) throws(Diagnostic) -> Double {
    guard size == size.rounded() else {
      throw Diagnostic(
        "format \"\(text)\" wants a whole number, not \(Display.number(size))", kind: .type,
        hint: "use .0f to round")
    }
    guard precision == nil else {
      throw Diagnostic("format \"\(text)\" cannot have a precision", hint: "use .\(precision ?? 0)f")
    }
    return size
  }

  private func whole(_ size: Double, prefix: String, radix: Int) throws(Diagnostic) -> String {
    guard let integer = UInt64(exactly: try whole(size)) else {
      throw Diagnostic("\(Display.number(size)) is too large for format \"\(text)\"", kind: .limit)
    }
    return (isAlternate ? prefix : "") + String(integer, radix: radix)
  }

  /// With sign, thousands and filling.
  private func padded(_ digits: String, _ number: Double) -> String {
    guard let grouping else { return aligned(signed(digits, number), by: .right) }
    let end = digits.firstIndex { !$0.isHexDigit || $0 == "e" && type != "x" } ?? digits.endIndex
    let size = type == "b" || type == "o" || type == "x" || type == "X" ? 4 : 3
    var whole = Array(digits[..<end])
    // Filling with zeros counts the separators too: the number grows until it is wide enough.
    if fill == "0", alignment == .afterSign {
      let others = digits[end...].count + signed("", number).count
      while whole.count + (whole.count - 1) / size + others < width { whole.insert("0", at: 0) }
    }
    var grouped = ""
    for (position, digit) in whole.enumerated() {
      if position > 0, (whole.count - position) % size == 0 { grouped.append(grouping) }
      grouped.append(digit)
    }
    return aligned(signed(grouped + digits[end...], number), by: .right)
  }

  private func signed(_ digits: String, _ number: Double) -> String {
    if number.sign == .minus, !number.isNaN { return "-" + digits }
    return sign == "-" ? digits : String(sign) + digits
  }
}
