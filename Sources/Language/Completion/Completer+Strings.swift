/// Inside of strings: keys of records and tables, names of datasets and checkpoints, paths of files.
extension Completer {
  /// The candidates inside an open string.
  func completion(in string: CompletionPlace.OpenString, of place: CompletionPlace) -> Completion? {
    let before = place.tokens.prefix(string.tokensBefore)
    let range = string.start..<place.cursor
    let typed = String(decoding: place.bytes[range], as: UTF8.self)
    let text = string.isRaw ? typed : Completer.unescaped(typed)
    let ending = place.isFollowed(by: "\"") ? "" : "\""
    func candidates(_ words: [String]) -> Completion? {
      let found = matches(words, text).map { word in
        Completion.Candidate(string.isRaw ? word : Completer.escaped(word), label: word, ending: ending)
      }
      return completion(range, found)
    }
    if before.last?.kind == .leftSquare, let path = StoredPath(place.source, before.dropLast()),
      let value = session.stored(path)
    {
      return candidates(value.keyNames)
    }
    if before.last?.kind == .leftRound, let name = before.dropLast().last, name.kind == .identifier,
      let words = kept(by: place.source.text(of: name.span))
    {
      return candidates(words)
    }
    guard let path = path(text, ending: ending) else { return nil }
    let found = path.map { candidate in
      var candidate = candidate
      if !string.isRaw { candidate.text = Completer.escaped(candidate.text) }
      return candidate
    }
    return completion(range, found)
  }

  /// The names of what the store keeps, for the functions that take one first.
  private func kept(by function: String) -> [String]? {
    switch function {
    case "dataset", "save_dataset": ((try? session.store.datasets()) ?? []).map(\.name)
    case "checkpoint", "restore", "checkpoints":
      ((try? session.store.checkpoints(named: nil)) ?? []).map(\.name)
    default: nil
    }
  }

  private static func escaped(_ text: String) -> String {
    String(Display.literal(text).dropFirst().dropLast())
  }

  /// The text of a string's source, as far as paths need it.
  private static func unescaped(_ source: String) -> String {
    var text = ""
    var isEscaped = false
    for character in source {
      if isEscaped {
        text.append(character == "n" ? "\n" : character == "t" ? "\t" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        text.append(character)
      }
    }
    return text
  }
}

/// Paths of files.
extension Completer {
  /// The candidates for a path of which `text` is there, whole paths each; nil without any.
  ///
  /// A `~` becomes the home folder, because the language does not know it. Hidden files are offered to
  /// those who type the dot.
  func path(_ text: String, ending: String) -> [Completion.Candidate]? {
    var text = text
    if text.hasPrefix("~"), text.dropFirst().first.map({ $0 == "/" }) ?? true, let home = world.home {
      text = home + (text == "~" ? "/" : text.dropFirst())
    }
    let folder = text.lastIndex(of: "/").map { String(text[...$0]) } ?? ""
    let name = String(text.dropFirst(folder.count))
    let entries = world.entries(ofFolder: folder).filter { !$0.name.hasPrefix(".") || name.hasPrefix(".") }
    let kinds = Dictionary(entries.map { ($0.name, $0.isFolder) }, uniquingKeysWith: { first, _ in first })
    let candidates = matches(kinds.keys, name).map { entry in
      let isFolder = kinds[entry] ?? false
      let shown = entry + (isFolder ? "/" : "")
      return Completion.Candidate(folder + shown, label: shown, ending: isFolder ? "" : ending)
    }
    return candidates.isEmpty ? nil : candidates
  }
}
