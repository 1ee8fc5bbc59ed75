import Formats

/// Named numbers, strings and truth values as a JSON object that SQL can look into.
public enum PlainFields {
  /// The object as text; what is none of the three is written as it shows, nan as null.
  public static func json(_ fields: [(name: String, value: Value)]) -> String {
    let members = fields.map { name, value in
      switch Display.settled(value) {
      case .number(let number): JSON.Member(name, .number(number))
      case .bool(let bool): JSON.Member(name, .bool(bool))
      case .string(let string): JSON.Member(name, .string(string))
      case .none: JSON.Member(name, .null)
      case let other: JSON.Member(name, .string(InlineWriter.text(other, limit: 200) ?? other.kind))
      }
    }
    return String(decoding: JSON.object(members).line, as: UTF8.self)
  }

  /// The object of named figures as text.
  public static func json(_ figures: [(name: String, value: Double)]) -> String {
    json(figures.map { ($0.name, .number($0.value)) })
  }

  /// The fields of an object; empty when the text is none.
  public static func fields(_ text: String) -> [(name: String, value: Value)] {
    guard case .object(let members)? = try? JSON(reading: Array(text.utf8)) else { return [] }
    return members.map { member in
      switch member.value {
      case .number(let number): (member.name, .number(number))
      case .bool(let bool): (member.name, .bool(bool))
      case .string(let string): (member.name, .string(string))
      case .null, .array, .object: (member.name, .none)
      }
    }
  }

  /// The figures of an object, null as nan.
  public static func figures(_ text: String) -> [(name: String, value: Double)] {
    fields(text).map { name, value in
      if case .number(let number) = value { (name, number) } else { (name, .nan) }
    }
  }
}
