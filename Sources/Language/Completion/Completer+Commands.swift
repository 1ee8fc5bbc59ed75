/// The prompt's commands and their arguments.
extension Completer {
  /// The candidates in a line that starts with a colon.
  func command(_ bytes: [UInt8], at cursor: Int) -> Completion? {
    guard cursor > 0 else { return nil }
    let words = CommandWords(bytes, upTo: cursor)
    guard let name = words.before.first else {
      let found = matches(world.commands, words.partial)
      return completion(
        words.range, found.map { Completion.Candidate($0, label: ":" + $0, ending: ending(of: $0)) })
    }
    let before = Array(words.before.dropFirst())
    // The last argument takes the rest of the line, spaces included.
    for count in 0...before.count {
      guard let argument = world.argument(of: name, after: Array(before.prefix(count))) else { return nil }
      guard argument.isLast || count == before.count else { continue }
      let range = words.starts[count + 1]..<cursor
      let text = String(decoding: bytes[range], as: UTF8.self)
      switch argument.kind {
      case .nothing: return nil
      case .expression: return expression(bytes, from: range.lowerBound, at: cursor)
      case .path: return path(text, ending: "").flatMap { completion(range, $0) }
      case .words(let known):
        let ending = argument.isLast ? "" : " "
        // In the order given, which for numbers is not that of their digits.
        let found = known.filter { $0.hasPrefix(text) }
        return completion(range, found.map { Completion.Candidate($0, ending: ending) })
      }
    }
    return nil
  }

  private func ending(of command: String) -> String {
    world.argument(of: command, after: []) == nil ? "" : " "
  }
}

/// The words of a command's line up to the cursor.
private struct CommandWords {
  /// The words that are complete, the command's name first.
  var before: [String] = []
  /// Where each word begins, the partial one included.
  var starts: [Int] = []
  /// The bytes of the last word, which ends at the cursor and may be empty.
  var range: Range<Int>
  /// The last word.
  var partial: String

  init(_ bytes: [UInt8], upTo cursor: Int) {
    var start = 1
    for index in 1..<max(1, cursor) where bytes[index] == UInt8(ascii: " ") {
      if index > start {
        before.append(String(decoding: bytes[start..<index], as: UTF8.self))
        starts.append(start)
      }
      start = index + 1
    }
    starts.append(start)
    range = start..<cursor
    partial = String(decoding: bytes[range], as: UTF8.self)
  }
}
