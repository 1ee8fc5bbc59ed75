import Tensors

/// A name that differs between two states of a session, and how.
public struct StateDifference {
  /// The name.
  public var name: String
  /// How it differs, in a few words.
  public var text: String
}

extension Session {
  /// The names that differ between the states after two cells; 0 is the state before the first.
  public func differences(_ first: CellLabel, _ second: CellLabel) throws(Diagnostic) -> [StateDifference] {
    guard let history else { throw Diagnostic("this session is not recorded", kind: .value) }
    func bindings(_ cell: CellLabel) throws(Diagnostic) -> [String: Int] {
      guard cell != 0 else { return [:] }
      let bindings = try store.bindings(after: history.cell(cell).id)
      return Dictionary(bindings.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
    }
    let (before, after) = (try bindings(first), try bindings(second))
    var differences: [StateDifference] = []
    for name in Set(before.keys).union(after.keys).sorted() where before[name] != after[name] {
      let old = try before[name].map { number throws(Diagnostic) in try store.value(number) }
      let new = try after[name].map { number throws(Diagnostic) in try store.value(number) }
      differences.append(StateDifference(name: name, text: Session.difference(old, new)))
    }
    return differences
  }

  private static func difference(_ old: Value?, _ new: Value?) -> String {
    switch (old, new) {
    case (let old?, nil): return "removed (was \(Display.line(old)))"
    case (nil, let new?): return "new: \(Display.line(new))"
    case (.tensor(let old)?, .tensor(let new)?) where old.shape == new.shape && old.shape.count > 1:
      guard let a = try? old.doubles(), let b = try? new.doubles() else { break }
      let changes = zip(a, b).filter { $0 != $1 && !($0.isNaN && $1.isNaN) }
      let largest = changes.map { abs($1 - $0) }.max() ?? 0
      return "\(changes.count) of \(a.count) elements differ, by up to \(Display.number(largest))"
    case (let old?, let new?): return "\(Display.line(old)) -> \(Display.line(new))"
    case (nil, nil): break
    }
    return "differs"
  }
}

extension Display {
  /// A value in at most 60 columns of one line: itself, or what it is.
  public static func line(_ value: Value) -> String { InlineWriter.text(value, limit: 60) ?? value.kind }

  /// A value on one line of at most so many columns, as it could be typed; nil when it does not fit.
  public static func line(_ value: Value, limit: Int) -> String? { InlineWriter.text(value, limit: limit) }
}
