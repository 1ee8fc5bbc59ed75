/// Finds what a misspelt name was meant to be.
public enum NearestName {
  /// The candidate nearest to `name`, or nil when none is near.
  ///
  /// Near is at most a third of the letters inserted, removed, replaced or swapped with a neighbour; a difference in
  /// upper and lower case hardly counts. Of equally near candidates the alphabetically first is taken.
  ///
  ///     NearestName.find("relU", in: ["relu", "elu"])  // "relu"
  public static func find(_ name: String, in candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.unicodeScalars)
    let folded = Array(name.lowercased().unicodeScalars)
    // A single letter is near to every other one.
    let limit = wanted.count < 2 ? 0 : max(1, min(3, wanted.count / 3))
    var best: (score: Int, name: String)?
    for candidate in candidates where candidate != name {
      let letters = Array(candidate.lowercased().unicodeScalars)
      guard abs(letters.count - folded.count) <= limit,
        let distance = distance(from: folded, to: letters, atMost: limit)
      else { continue }
      let differsAtStart = letters.first != folded.first
      let score = 2 * distance + (differsAtStart ? 1 : 0)
      guard let current = best else {
        best = (score, candidate)
        continue
      }
      if (score, candidate) < current { best = (score, candidate) }
    }
    return best?.name
  }

  /// The Damerau–Levenshtein distance with swaps of neighbours; nil when it is more than `limit`.
  static func distance(from first: [Unicode.Scalar], to second: [Unicode.Scalar], atMost limit: Int) -> Int? {
    var beforeLast: [Int] = []
    var last = Array(0...second.count)
    for row in first.indices {
      var current = [row + 1]
      for column in second.indices {
        var cost = min(
          last[column] + (first[row] == second[column] ? 0 : 1), last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      guard let least = current.min(), least <= limit else { return nil }
      (beforeLast, last) = (last, current)
    }
    return last[second.count] <= limit ? last[second.count] : nil
  }
}
