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
    case .derived(let builtin, let arguments): return derived(builtin, arguments)
    case .code(let code, _):
      guard let syntax = code.syntax else { return code.name ?? "function" }
      return syntax.signature + (syntax.name == nil ? " -> ..." : "")
    }
  }

  /// What was called with which function, as it is written: `grad(loss)`, `sin''`; or with settings:
  /// `step_lr(0.1, 20)`. Only so many levels of functions are written.
  private static func derived(_ builtin: Builtin, _ arguments: [Value], levels: Int = 4) -> String {
    var inner = ""
    if case .function(let function)? = arguments.first {
      switch function.body {
      case .builtin(let builtin): inner = builtin.name
      case .code(let code, _): inner = code.name ?? inline(function)
      case .derived(let builtin, let arguments):
        inner = levels > 1 ? derived(builtin, arguments, levels: levels - 1) : "..."
      }
    } else {
      inner = arguments.map { InlineWriter.text($0, limit: 40) ?? "..." }.joined(separator: ", ")
    }
    guard builtin.name == "derivative" else { return "\(builtin.name)(\(inner))" }
    return inner.contains(" ") ? "(\(inner))'" : "\(inner)'"
  }
}
