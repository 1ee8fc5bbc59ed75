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

  /// What was called with which function, `grad(loss)`, or settings, `step_lr(0.1, 20)`; only so many levels of
  /// calls are written.
  private static func derived(_ builtin: Builtin, _ arguments: [Value]) -> String {
    guard case .function? = arguments.first else {
      let settings = arguments.map { InlineWriter.text($0, limit: 40) ?? "..." }
      return builtin.name + "(" + settings.joined(separator: ", ") + ")"
    }
    var text = builtin.name + "("
    var levels = 1
    var next = arguments.first
    while case .function(let function)? = next {
      next = nil
      switch function.body {
      case .builtin(let inner): text += inner.name
      case .code(let code, _): text += code.name ?? inline(function)
      case .derived(_, _) where levels == 4: text += "..."
      case .derived(let inner, let innerArguments):
        text += inner.name + "("
        levels += 1
        next = innerArguments.first
      }
    }
    return text + String(repeating: ")", count: levels)
  }
}
