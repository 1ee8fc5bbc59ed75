import Tensors

/// Taking strings apart and putting them together.
extension BuiltinTable {
  static let stringBuiltins: [Builtin] = [
    Builtin(
      "split(text, separator: none)", .text, "Parts of a text between separators; without one, its words.",
      example: """
        split("a,b,c", ",")
        #> ["a", "b", "c"]
        split("  to be  ")
        #> ["to", "be"]
        """
    ) { call in
      let text = try call.string(0)
      if call.isMissing(1) {
        return .text(TextVector(text.split(whereSeparator: \.isWhitespace).map { String($0) }))
      }
      let separator = try call.string(1)
      guard !separator.isEmpty else {
        throw Diagnostic(
          "split: the separator is empty", hint: "(c for c in text) is the list of the characters")
      }
      return .text(TextVector(StringWork.split(text, separator)))
    },
    Builtin(
      "join(parts, separator: \"\")", .text, "Texts joined into one, with a separator between them.",
      example: """
        join(["a", "b"], "-")
        #> "a-b"
        """
    ) { call in
      let separator = try call.string(1)
      if case .string(let string) = call[0] { return .string(string) }
      guard let items = try Collections.items(call[0]) else { throw call.wrong(0, "a text vector or a list") }
      return .string(items.map(Display.full).joined(separator: separator))
    },
    Builtin(
      "replace(text, old, new)", .text, "Text with every occurrence of `old` replaced by `new`.",
      example: """
        replace("banana", "an", "o")
        #> "booa"
        """
    ) { call in
      let (old, new) = (try call.string(1), try call.string(2))
      guard !old.isEmpty else { throw Diagnostic("replace: there is nothing to look for in \"\"") }
      return try call.text(0) { StringWork.split($0, old).joined(separator: new) }
    },
    Builtin(
      "trim(text)", .text, "Text without white space at its ends.",
      example: """
        trim("  a b ")
        #> "a b"
        """
    ) { call in try call.text(0, StringWork.trimmed) },
    Builtin(
      "upper(text)", .text, "Text in capital letters.",
      example: """
        upper("née")
        #> "NÉE"
        """
    ) { call in try call.text(0) { $0.uppercased() } },
    Builtin(
      "lower(text)", .text, "Text in small letters.",
      example: """
        lower("ABC")
        #> "abc"
        """
    ) { call in try call.text(0) { $0.lowercased() } },
    Builtin(
      "contains(whole, part)", .text, "Whether a text contains another, or a collection a value.",
      example: """
        contains("gradient", "grad")
        #> true
        contains(["a", "b"], "b")
        #> true
        """
    ) { call in
      if case .string(let whole) = call[0] {
        let part = try call.string(1)
        return .bool(StringWork.contains(whole, part))
      }
      guard let items = try Collections.items(call[0]) else {
        throw call.wrong(0, "a string or a collection")
      }
      let wanted = call[1]
      return .bool(items.contains { Arithmetic.same($0, wanted) })
    },
    Builtin(
      "starts_with(text, prefix)", .text, "Whether a text starts with another; elementwise on text vectors.",
      example: """
        starts_with(["loss", "lr"], "lo")
        #> [true, false]
        """
    ) { call in
      let prefix = try call.string(1)
      return try call.truth(0) { $0.hasPrefix(prefix) }
    },
    Builtin(
      "ends_with(text, suffix)", .text, "Whether a text ends with another; elementwise on text vectors.",
      example: """
        ends_with("iris.csv", ".csv")
        #> true
        """
    ) { call in
      let suffix = try call.string(1)
      return try call.truth(0) { $0.hasSuffix(suffix) }
    },
    Builtin(
      "lines(text)", .text, "Lines of a text, without their ends.",
      example: """
        lines("a\\nb\\n")
        #> ["a", "b"]
        """
    ) { call in
      var lines = try call.string(0).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      if lines.last?.isEmpty == true { lines.removeLast() }
      return .text(TextVector(lines.map { String($0) }))
    },
  ]
}

extension Call {
  /// A text, or each text of a vector, transformed.
  fileprivate func text(_ position: Int, _ transform: (String) -> String) throws(Diagnostic) -> Value {
    switch self[position] {
    case .string(let string): return .string(transform(string))
    case .text(let vector): return .text(TextVector(vector.items.map { $0.map(transform) }))
    default: throw wrong(position, "a string or a text vector")
    }
  }

  /// A question to a text, or to each text of a vector; a missing text answers false.
  fileprivate func truth(_ position: Int, _ question: (String) -> Bool) throws -> Value {
    switch self[position] {
    case .string(let string): return .bool(question(string))
    case .text(let vector): return .tensor(try Tensor(vector.items.map { $0.map(question) ?? false }))
    default: throw wrong(position, "a string or a text vector")
    }
  }
}

/// Searching in strings by their UTF-8, which is exact and quick.
enum StringWork {
  /// The parts between occurrences of `separator`, which is not empty.
  static func split(_ text: String, _ separator: String) -> [String] {
    let (bytes, wanted) = (Array(text.utf8), Array(separator.utf8))
    var parts: [String] = []
    var (start, position) = (0, 0)
    while position + wanted.count <= bytes.count {
      if bytes[position] == wanted[0], bytes[position..<(position + wanted.count)].elementsEqual(wanted) {
        parts.append(String(decoding: bytes[start..<position], as: UTF8.self))
        position += wanted.count
        start = position
      } else {
        position += 1
      }
    }
    return parts + [String(decoding: bytes[start...], as: UTF8.self)]
  }

  static func contains(_ text: String, _ part: String) -> Bool {
    part.isEmpty || split(text, part).count > 1
  }

  static func trimmed(_ text: String) -> String {
    var rest = Substring(text)
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
