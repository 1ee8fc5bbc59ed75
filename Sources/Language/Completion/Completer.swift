/// Finds how a text can go on at the cursor.
///
/// What it needs to know of values it reads from names and their stored fields; it never evaluates anything.
public struct Completer {
  let session: Session
  let world: any CompletionWorld

  /// Completes with the names of `session`.
  public init(session: Session, world: any CompletionWorld) {
    self.session = session
    self.world = world
  }

  /// The candidates at a cursor, which is an offset into the text's bytes; nil when there are none.
  public func completion(of text: String, at cursor: Int) -> Completion? {
    let bytes = Array(text.utf8)
    guard (0...bytes.count).contains(cursor) else { return nil }
    if let symbol = SymbolNames.completion(of: bytes, at: cursor) { return symbol }
    switch bytes.first {
    case UInt8(ascii: "?"): return topic(bytes, at: cursor)
    case UInt8(ascii: ":"): return command(bytes, at: cursor)
    default: return expression(bytes, from: 0, at: cursor)
    }
  }

  /// Completes in source text that starts at an offset.
  func expression(_ bytes: [UInt8], from start: Int, at cursor: Int) -> Completion? {
    let place = CompletionPlace(bytes, from: start, cursor: cursor)
    if place.isComment { return nil }
    if let string = place.string { return completion(in: string, of: place) }
    if place.isField { return field(of: place) }
    guard !place.isNumber else { return nil }
    return name(at: place)
  }

  /// A completion of candidates, sorted and each once; nil without any.
  func completion(
    _ range: Range<Int>, _ candidates: [Completion.Candidate], note: String? = nil
  ) -> Completion? {
    var known = Set<String>()
    let unique = candidates.filter { known.insert($0.text).inserted }
    return unique.isEmpty ? nil : Completion(range: range, candidates: unique, note: note)
  }

  /// The words that start with a prefix, regardless of case where none does so exactly; sorted.
  func matches(_ words: some Sequence<String>, _ prefix: String) -> [String] {
    let words = Array(words)
    var found = words.filter { $0.hasPrefix(prefix) }
    if found.isEmpty {
      let lower = prefix.lowercased()
      found = words.filter { $0.lowercased().hasPrefix(lower) }
    }
    return found.sorted()
  }
}

/// Names.
extension Completer {
  private func name(at place: CompletionPlace) -> Completion? {
    let arguments = namedArguments(at: place)
    guard !place.partial.isEmpty else {
      // Every name there is would be no answer: the arguments of the call, or else what the user made.
      if let arguments { return completion(place.range, arguments.candidates, note: arguments.note) }
      return completion(place.range, session.assignedNames.sorted().map { candidate($0, at: place) })
    }
    let names =
      matches(session.assignedNames + Session.predefinedNames + place.otherNames, place.partial)
      .map { candidate($0, at: place) }
    let keywords = matches(Token.Kind.keywords, place.partial).map { Completion.Candidate($0, ending: " ") }
    let words = (names + keywords).sorted { $0.text < $1.text }
    return completion(place.range, (arguments?.candidates ?? []) + words, note: arguments?.note)
  }

  private func candidate(_ name: String, at place: CompletionPlace) -> Completion.Candidate {
    Completion.Candidate(name, ending: session.isFunction(name) && !place.isFollowed(by: "(") ? "(" : "")
  }

  /// `?name` and `??words`.
  private func topic(_ bytes: [UInt8], at cursor: Int) -> Completion? {
    let place = CompletionPlace(bytes, from: min(cursor, 1), cursor: cursor)
    guard cursor > 0, !place.partial.isEmpty else { return nil }
    let names = matches(session.assignedNames + Session.predefinedNames, place.partial)
    return completion(place.range, names.map { Completion.Candidate($0) })
  }
}

/// Fields of records, columns of tables and properties of tensors, behind a dot.
extension Completer {
  private func field(of place: CompletionPlace) -> Completion? {
    guard let path = place.valueBeforeDot, let value = session.stored(path) else { return nil }
    let fields = matches(value.fieldNames.filter(CompletionPlace.isIdentifier), place.partial)
    return completion(
      place.range,
      fields.map { name in
        var isFunction = false
        if case .record(let record) = value, case .function? = record[name] { isFunction = true }
        return Completion.Candidate(name, ending: isFunction && !place.isFollowed(by: "(") ? "(" : "")
      })
  }
}

extension Value {
  /// What can stand behind its dot.
  fileprivate var fieldNames: [String] {
    switch self {
    case .record(let record): record.layout.names
    case .table(let table): table.names
    case .tensor, .traced, .number, .bool: ["shape", "T", "dtype", "size", "rank"]
    case .fixed(let fixed): fixed.value.fieldNames
    case .none, .text, .string, .list, .function, .figure: []
    }
  }

  /// What can stand between its brackets as a string.
  var keyNames: [String] {
    switch self {
    case .record(let record): record.layout.names
    case .table(let table): table.names
    case .fixed(let fixed): fixed.value.keyNames
    case .none, .bool, .number, .tensor, .traced, .text, .string, .list, .function, .figure: []
    }
  }
}
