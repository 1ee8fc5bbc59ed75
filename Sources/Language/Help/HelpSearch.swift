/// Finds entries by words that stand in them.
enum HelpSearch {
  /// Words of a question that say nothing about its matter.
  private static let fillers: Set = ["a", "an", "the", "of", "to", "how", "do", "i", "my", "is", "what"]

  /// The entries that contain every word, best first; where none contains all of them, those that contain some.
  static func find(_ text: String, in entries: [HelpEntry]) -> [HelpEntry] {
    let typed = text.lowercased().split(separator: " ").map(String.init)
    guard !typed.isEmpty else { return [] }
    let telling = typed.filter { !fillers.contains($0) }
    let words = telling.isEmpty ? typed : telling
    var all: [(entry: HelpEntry, score: Int)] = []
    var some: [(entry: HelpEntry, score: Int)] = []
    for entry in entries {
      let scores = words.map { entry.score(of: $0) }
      // Words in this order say more than the same words apart.
      let isPhrase = words.count > 1 && entry.summary.lowercased().contains(words.joined(separator: " "))
      let total = scores.reduce(isPhrase ? 30 : 0, +)
      if !scores.contains(0) { all.append((entry, total)) } else if total > 0 { some.append((entry, total)) }
    }
    let found = all.isEmpty ? some : all
    return found.sorted { ($1.score, $0.entry.name) < ($0.score, $1.entry.name) }.map(\.entry)
  }
}

extension HelpEntry {
  /// How much a word of a search says about this entry: the most for its name, 0 when it does not occur.
  fileprivate func score(of word: String) -> Int {
    let exact = score(ofForm: word)
    guard exact == 0 else { return exact }
    // Plural and other endings; a quarter less, so that what was typed wins.
    for ending in ["s", "es", "ing", "ed"] where word.count > ending.count + 3 && word.hasSuffix(ending) {
      var stem = String(word.dropLast(ending.count))
      if ending.count > 1, stem.last == stem.dropLast().last { stem.removeLast() }
      let found = score(ofForm: stem)
      if found > 0 { return found * 3 / 4 }
    }
    return 0
  }

  private func score(ofForm word: String) -> Int {
    let name = name.lowercased()
    if name == word { return 100 }
    let others = otherNames.map { $0.lowercased() }
    if others.contains(word) { return 80 }
    if name.hasPrefix(word) { return 60 }
    if name.contains(word) { return 45 }
    let text = " " + summary.lowercased()
    if text.contains(" " + word) { return 40 }
    if others.contains(where: { $0.contains(word) }) { return 30 }
    if text.contains(word) { return 20 }
    if section == word { return 15 }
    if signature.lowercased().contains(word) { return 12 }
    return parts.contains { $0.text.lowercased().contains(word) } ? 10 : 0
  }
}
