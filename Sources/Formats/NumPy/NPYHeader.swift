/// What the header of a NumPy file says about its array.
struct NPYHeader {
  private(set) var kind = ElementKind.f64
  private(set) var isBigEndian = false
  private(set) var isFortran = false
  private(set) var shape: [Int] = []

  /// Reads a Python dictionary with exactly the keys `descr`, `fortran_order` and `shape`.
  init(reading bytes: ArraySlice<UInt8>) throws(FormatError) {
    var scanner = Scanner(rest: bytes)
    var keys: Set<String> = []
    try scanner.expect("{")
    while !scanner.accept("}") {
      let key = try scanner.string()
      guard keys.insert(key).inserted else { throw NPYHeader.malformed("\(key) stands there twice") }
      try scanner.expect(":")
      switch key {
      case "descr": try readKind(&scanner)
      case "fortran_order": isFortran = try scanner.bool()
      case "shape": shape = try scanner.tuple()
      default: throw NPYHeader.malformed("\(key.prefix(40)) is none of descr, fortran_order, shape")
      }
      guard scanner.accept(",") else {
        try scanner.expect("}")
        break
      }
    }
    guard keys.count == 3 else {
      throw NPYHeader.malformed("descr, fortran_order and shape are not all there")
    }
  }

  private mutating func readKind(_ scanner: inout Scanner) throws(FormatError) {
    guard !scanner.accept("[") else {
      throw .unsupported("it holds an array of records; arrays of numbers and truth values are read")
    }
    let text = try scanner.string()
    guard let order = text.first, "<>|=".contains(order) else {
      throw NPYHeader.malformed("the type \(text.prefix(40)) has no byte order")
    }
    guard let kind = NPYHeader.kinds[String(text.dropFirst())] else {
      let what =
        text.dropFirst().first == "O" ? "an array of pickled objects" : "an array of type \(text.prefix(40))"
      throw .unsupported("it holds \(what); arrays of numbers and truth values are read")
    }
    self.kind = kind
    isBigEndian = order == ">"
  }

  private static let kinds: [String: ElementKind] = [
    "b1": .bool, "i1": .i8, "i2": .i16, "i4": .i32, "i8": .i64, "u1": .u8, "u2": .u16, "u4": .u32, "u8": .u64,
    "f2": .f16, "f4": .f32, "f8": .f64,
  ]

  private static func malformed(_ text: String) -> FormatError { .malformed(part: "the header", text) }

  /// Reads the few Python literals that occur.
  private struct Scanner {
    var rest: ArraySlice<UInt8>

    private mutating func skipSpaces() {
      while let byte = rest.first, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") {
        rest.removeFirst()
      }
    }

    /// Passes over a character if it is next.
    mutating func accept(_ character: Unicode.Scalar) -> Bool {
      skipSpaces()
      guard rest.first == UInt8(ascii: character) else { return false }
      rest.removeFirst()
      return true
    }

    mutating func expect(_ character: Unicode.Scalar) throws(FormatError) {
      guard accept(character) else { throw NPYHeader.malformed("there is no \(character) where one belongs") }
    }

    mutating func string() throws(FormatError) -> String {
      let quote: UInt8 = accept("'") ? UInt8(ascii: "'") : UInt8(ascii: "\"")
      if quote == UInt8(ascii: "\"") { try expect("\"") }
      guard let end = rest.firstIndex(of: quote) else { throw NPYHeader.malformed("a string does not end") }
      defer { rest = rest[(end + 1)...] }
      return String(decoding: rest[..<end], as: UTF8.self)
    }

    mutating func bool() throws(FormatError) -> Bool {
      skipSpaces()
      for (word, value) in [("True", true), ("False", false)] where rest.starts(with: word.utf8) {
        rest = rest.dropFirst(word.utf8.count)
        return value
      }
      throw NPYHeader.malformed("fortran_order is neither True nor False")
    }

    mutating func tuple() throws(FormatError) -> [Int] {
      var result: [Int] = []
      try expect("(")
      while !accept(")") {
        skipSpaces()
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard let length = Int(String(decoding: digits, as: UTF8.self)) else {
          throw NPYHeader.malformed("the shape holds something else than lengths")
        }
        rest = rest[digits.endIndex...]
        result.append(length)
        guard accept(",") else {
          try expect(")")
          break
        }
      }
      return result
    }
  }
}
