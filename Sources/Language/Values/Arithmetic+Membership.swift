import Tensors

extension Arithmetic {
  /// `a in b`: elementwise when `a` is a text vector or a tensor looked up among numbers.
  ///
  /// A string is looked up in text, a name among the fields of a record or the columns of a table.
  static func membership(_ a: Value, _ b: Value) throws -> Value {
    switch b {
    case .string(let text):
      guard case .string(let part) = a else { throw incomparable(.in, a, b) }
      return .bool(part.isEmpty || text.contains(part))
    case .record(let record):
      guard case .string(let name) = a else { throw incomparable(.in, a, b) }
      return .bool(record.layout.index(of: name) != nil)
    case .table(let table):
      guard case .string(let name) = a else { throw incomparable(.in, a, b) }
      return .bool(table.names.contains(name))
    case .text(let text): return try membership(a, of: text)
    case .tensor, .traced:
      guard let x = a.quantity, let y = b.quantity else { return .bool(false) }
      return try membership(x, of: elements(y))
    case .list(let list):
      if case .text = a, let texts = texts(of: list) { return try membership(a, of: texts) }
      if case .tensor(let tensor) = a, let numbers = numbers(of: list) {
        return try membership(.tensor(tensor), of: numbers)
      }
      return .bool(list.items.contains { isEqual(a, $0) })
    case .none, .bool, .number, .function, .figure, .fixed:
      throw Diagnostic(
        "`in` looks into lists, tensors, text vectors, strings, records and tables, not into \(b.kind)",
        kind: .type)
    }
  }

  private static func membership(_ a: Value, of text: TextVector) throws -> Value {
    switch a {
    case .string(let string): return .bool(text.items.contains(string))
    case .none: return .bool(text.items.contains(nil))
    case .text(let wanted):
      let known = Set(text.items)
      return .tensor(try Tensor(wanted.items.map { known.contains($0) }))
    default: return .bool(false)
    }
  }

  private static func membership(_ x: Quantity, of elements: [Double]) throws -> Value {
    let known = Set(elements)
    switch x.concrete {
    case .number(let number): return .bool(known.contains(number))
    case .tensor(let tensor):
      return .tensor(try Tensor(tensor.doubles().map { known.contains($0) }, shape: tensor.shape))
    case .traced: preconditionFailure("a concrete quantity is not traced")
    }
  }

  private static func elements(_ x: Quantity) throws -> [Double] {
    switch x.concrete {
    case .number(let number): [number]
    case .tensor(let tensor): try tensor.doubles()
    case .traced: preconditionFailure("a concrete quantity is not traced")
    }
  }

  /// The items as texts when they all are strings.
  private static func texts(of list: List) -> TextVector? {
    var result: [String?] = []
    for item in list.items {
      guard case .string(let string) = item.unfixed else { return nil }
      result.append(string)
    }
    return TextVector(result)
  }

  /// The items as numbers when they all are numbers.
  private static func numbers(of list: List) -> [Double]? {
    var result: [Double] = []
    for item in list.items {
      guard case .number(let number)? = item.quantity?.concrete else { return nil }
      result.append(number)
    }
    return result
  }
}
