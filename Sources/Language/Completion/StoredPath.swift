/// A value that can be found without evaluating anything: a name, then fields and literal indices.
struct StoredPath {
  /// A way from a value to a part of it.
  enum Step {
    case field(String)
    case item(Int)
  }

  /// The name it starts with.
  private(set) var root = ""
  /// The way from there.
  private(set) var steps: [Step] = []

  /// Reads the path at the end of some tokens: `a.b[2].c`, `r["w"]`. Nil when something else stands there.
  init?(_ source: Source, _ tokens: ArraySlice<Token>) {
    var rest = tokens
    while let last = rest.popLast() {
      switch last.kind {
      case .identifier:
        let name = source.text(of: last.span)
        guard rest.last?.kind == .dot else {
          root = name
          return
        }
        steps.insert(.field(name), at: 0)
        rest.removeLast()
      case .rightSquare:
        guard let step = StoredPath.index(source, &rest) else { return nil }
        steps.insert(step, at: 0)
      default: return nil
      }
    }
    return nil
  }

  /// Takes what stands between square brackets, and the opening one.
  private static func index(_ source: Source, _ rest: inout ArraySlice<Token>) -> Step? {
    guard let last = rest.popLast() else { return nil }
    var step: Step?
    if last.kind == .number {
      step = Int(source.text(of: last.span)).map { .item($0) }
    } else if last.kind == .stringEnd, let text = rest.popLast(), text.kind == .stringText,
      rest.popLast()?.kind == .stringStart
    {
      step = .field(source.text(of: text.span))
    }
    guard rest.popLast()?.kind == .leftSquare else { return nil }
    return step
  }
}
