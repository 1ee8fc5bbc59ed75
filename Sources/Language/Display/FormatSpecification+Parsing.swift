extension FormatSpecification {
  /// Reads a format.
  init(parsing text: String) throws(Diagnostic) {
    self.text = text
    var rest = Substring(text)
    if let second = rest.dropFirst().first, let alignment = Alignment(rawValue: second),
      let first = rest.first
    {
      fill = first
      self.alignment = alignment
      rest = rest.dropFirst(2)
    } else if let first = rest.first, let alignment = Alignment(rawValue: first) {
      self.alignment = alignment
      rest = rest.dropFirst()
    }
    if let first = rest.first, "+- ".contains(first) {
      sign = first
      rest = rest.dropFirst()
    }
    if rest.first == "#" {
      isAlternate = true
      rest = rest.dropFirst()
    }
    if rest.first == "0" {
      if alignment == nil { (fill, alignment) = ("0", .afterSign) }
      rest = rest.dropFirst()
    }
    width = try FormatSpecification.integer(&rest, "width") ?? 0
    if let first = rest.first, first == "," || first == "_" {
      grouping = first
      rest = rest.dropFirst()
    }
    if rest.first == "." {
      rest = rest.dropFirst()
      guard let digits = try FormatSpecification.integer(&rest, "precision") else {
        throw Diagnostic("format \"\(text)\" has no digits after its point", hint: "write .3f, for example")
      }
      precision = digits
    }
    if let last = rest.first, "bcdeEfFgGosxX%".contains(last), last != "c" {
      type = last
      rest = rest.dropFirst()
    }
    guard rest.isEmpty else {
      throw Diagnostic(
        "\"\(text)\" is not a format: \"\(rest)\" is not understood",
        hint: "formats look like .3f 6d .2e >10 <12 ^8 , % g")
    }
  }

  private static func integer(_ rest: inout Substring, _ role: String) throws(Diagnostic) -> Int? {
    let digits = rest.prefix { ("0"..."9").contains($0) }
    guard !digits.isEmpty else { return nil }
    rest = rest.dropFirst(digits.count)
    guard let number = Int(digits), number <= limit else {
      throw Diagnostic("the \(role) of a format is at most \(limit), not \(digits.prefix(20))", kind: .limit)
    }
    return number
  }
}
