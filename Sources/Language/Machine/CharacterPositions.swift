/// Where the characters of a string begin, so that any of them is found in constant time.
struct CharacterPositions {
  /// How many characters there are.
  let count: Int
  /// The index of every 64th character; empty where each is one byte.
  private let marks: [String.Index]

  /// What is indexed, for errors.
  static let what = "the string"

  private static let distance = 64

  /// Walks over the string once.
  init(of string: String) {
    // A carriage return may be one character with the line feed after it.
    guard string.utf8.contains(where: { $0 >= 0x80 || $0 == UInt8(ascii: "\r") }) else {
      (count, marks) = (string.utf8.count, [])
      return
    }
    var (count, marks) = (0, [String.Index]())
    for index in string.indices {
      if count % CharacterPositions.distance == 0 { marks.append(index) }
      count += 1
    }
    (self.count, self.marks) = (count, marks)
  }

  /// The index of a character that exists, in the string this was made of.
  func index(of position: Int, in string: String) -> String.Index {
    guard !marks.isEmpty else { return string.utf8.index(string.startIndex, offsetBy: position) }
    let mark = marks[position / CharacterPositions.distance]
    return string.index(mark, offsetBy: position % CharacterPositions.distance)
  }
}
