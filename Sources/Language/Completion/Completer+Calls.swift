/// Named arguments between the brackets of a call.
extension Completer {
  /// The arguments that can still be named where one begins; nil anywhere else.
  func namedArguments(
    at place: CompletionPlace
  ) -> (candidates: [Completion.Candidate], note: String)? {
    guard let opening = place.openCall, let last = place.tokens.last,
      last.kind == .leftRound || last.kind == .comma,
      let path = StoredPath(place.source, place.tokens[..<opening]), let callee = callee(path)
    else { return nil }
    let given = givenArguments(of: place, from: opening + 1)
    // What stands behind `...rest` can only be named.
    let rest = callee.parameters.firstIndex(where: \.isRest) ?? callee.parameters.count
    let open =
      (callee.parameters[..<rest].dropFirst(given.positional) + callee.parameters[rest...].dropFirst())
      .map(\.name)
      .filter { !given.names.contains($0) && CompletionPlace.isIdentifier($0) }
    let ending = place.isFollowed(by: ":") ? "" : ": "
    let candidates = open.filter { $0.hasPrefix(place.partial) }.map { name in
      // The sign belongs to the candidate, so that a variable of the same name is another one.
      Completion.Candidate(name + ending, label: name + ":")
    }
    return (candidates, callee.signature)
  }

  /// How many arguments stand without a name before the cursor, and which names are used.
  private func givenArguments(
    of place: CompletionPlace, from first: Int
  ) -> (positional: Int, names: Set<String>) {
    var (depth, positional) = (0, 0)
    var names = Set<String>()
    var isNamed = false
    for index in place.tokens.indices[first...] {
      let token = place.tokens[index]
      switch token.kind {
      case .leftRound, .leftSquare, .leftCurly, .interpolationStart: depth += 1
      case .rightRound, .rightSquare, .rightCurly, .interpolationEnd: depth -= 1
      case .comma where depth == 0:
        if !isNamed { positional += 1 }
        isNamed = false
      case .colon where depth == 0:
        guard place.tokens[index - 1].kind == .identifier else { continue }
        names.insert(place.source.text(of: place.tokens[index - 1].span))
        isNamed = true
      default: break
      }
    }
    return (positional, names)
  }

  /// The signature of what a path leads to.
  private func callee(_ path: StoredPath) -> (parameters: [Signature.Parameter], signature: String)? {
    if let value = session.stored(path) {
      guard case .function(let function) = value else { return nil }
      return Completer.signature(of: function)
    }
    guard path.steps.isEmpty else { return nil }
    let text = BuiltinTable.named(path.root)?.signature ?? HelpEntry(prelude: path.root)?.signature
    return text.map { (Signature($0).parameters, $0) }
  }

  private static func signature(
    of function: Function
  ) -> (parameters: [Signature.Parameter], signature: String)? {
    switch function.body {
    case .builtin(let builtin): return (Signature(builtin.signature).parameters, builtin.signature)
    case .code(let code, captures: _):
      let parameters = code.parameters.map {
        Signature.Parameter(name: $0.name, isRest: $0.isRest, defaultValue: nil)
      }
      return (parameters, code.syntax?.signature ?? FunctionText.inline(function))
    case .derived(_, let arguments):
      // A derivative takes what its function takes.
      guard case .function(let function)? = arguments.first else { return nil }
      return signature(of: function)
    }
  }
}
