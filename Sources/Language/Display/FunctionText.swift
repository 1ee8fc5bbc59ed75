/// How functions are written for a reader.
enum FunctionText {
  /// A function by itself: signature and first line of its documentation, or its short definition.
  static func echo(_ function: Function, width: Int) -> String {
    switch function.body {
    case .builtin(let builtin): return builtin.signature + "\n  " + builtin.summary
    case .derived: return inline(function)
    case .code(let code, _):
      guard let syntax = code.syntax else { return inline(function) }
      if let documentation = syntax.documentation, let line = documentation.split(separator: "\n").first {
        return syntax.signature + "\n  " + line
      }
      let definition = code.source.text(of: syntax.span)
      let fits = !definition.contains { $0.isNewline } && Display.columns(definition) <= width
      return fits ? definition : inline(function)
    }
  }

  /// A function in one short line.
  static func inline(_ function: Function) -> String {
    switch function.body {
    case .builtin(let builtin): return builtin.name
    case .derived(let builtin, let arguments):
      guard let first = arguments.first, let text = InlineWriter.text(first, limit: 40) else {
        return builtin.name
      }
      return "\(builtin.name)(\(text))"
    case .code(let code, _):
      guard let syntax = code.syntax else { return code.name ?? "function" }
      return syntax.signature + (syntax.name == nil ? " -> ..." : "")
    }
  }
}
