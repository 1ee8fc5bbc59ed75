/// Gives columns names that differ.
enum CSVNames {
  /// The names of a header: an empty one becomes c and its position, a repeated one gets a number.
  static func unique(_ header: [String]) -> [String] {
    let given = Set(header)
    var taken: Set<String> = []
    var result: [String] = []
    for (column, name) in header.enumerated() {
      let wanted = name.isEmpty ? "c\(column)" : name
      var unique = wanted
      var number = 2
      // A name that stands in the header goes to the first column that has it.
      while taken.contains(unique) || (unique != name && given.contains(unique)) {
        unique = "\(wanted)_\(number)"
        number += 1
      }
      taken.insert(unique)
      result.append(unique)
    }
    return result
  }
}
