/// What completion offers at a place of a text.
public struct Completion: Equatable, Sendable {
  /// One way to go on.
  public struct Candidate: Equatable, Sendable {
    /// What takes the place of the completed range.
    public var text: String
    /// What a list of candidates shows.
    public var label: String
    /// What follows the text when it is the only candidate: a space, an opening bracket, a closing quote or nothing.
    public var ending: String

    /// A candidate shown as `label`, or as its text.
    public init(_ text: String, label: String? = nil, ending: String = "") {
      self.text = text
      self.label = label ?? text
      self.ending = ending
    }
  }

  /// The bytes of the text that a candidate replaces; they end at the cursor.
  public var range: Range<Int>
  /// The candidates, each text once; never empty.
  public var candidates: [Candidate]
  /// A line that explains the place: the signature of the function whose arguments are typed.
  public var note: String?

  /// Candidates for a range.
  public init(range: Range<Int>, candidates: [Candidate], note: String? = nil) {
    self.range = range
    self.candidates = candidates
    self.note = note
  }
}

extension Completion {
  /// What can be typed for the user: the only candidate with its ending, or what all candidates start with.
  public var insertion: String {
    guard let first = candidates.first else { return "" }
    guard candidates.count > 1 else { return first.text + first.ending }
    return candidates.dropFirst().reduce(first.text) { common, candidate in
      String(zip(common, candidate.text).prefix { $0 == $1 }.map(\.0))
    }
  }
}
