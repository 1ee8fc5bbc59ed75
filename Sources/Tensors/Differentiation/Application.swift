/// One recorded use of a primitive, as its derivative sees it.
public struct Application {
  private let trace: Trace
  private let node: Int32
  private let first: Int32
  private let second: Int32
  private let third: Int32
  private let values: Int32
  private let keptInputs: Int32

  init(_ trace: Trace, _ index: Int) {
    self.trace = trace
    let nodes = trace.tape.nodes
    node = Int32(index)
    first = nodes[index].first
    second = nodes[index].second
    third = nodes[index].third
    values = nodes[index].values
    keptInputs = nodes[index].keptInputs
  }
}

extension Application {
  /// An operand; the primitive said that it keeps its inputs.
  public subscript(input position: Int) -> Quantity {
    precondition(position < keptInputs, "operand \(position) of \(name) is not kept")
    return trace.tape.values[Int(values) + position]
  }

  /// The result; the primitive said that it keeps its output.
  public var output: Quantity { trace.tape.values[Int(values + keptInputs)] }

  /// The name of the primitive.
  var name: String { trace.tape.nodes[Int(node)].primitive?.name ?? "variable" }

  /// How many operands are kept.
  var keptCount: Int { Int(keptInputs) }

  /// The recorded operand nodes, -1 for constants.
  func index(of position: Int) -> Int32 {
    switch position {
    case 0: return first
    case 1: return second
    case 2: return third
    default:
      guard let more = trace.tape.more[node], position - 3 < more.count else { return -1 }
      return more[position - 3]
    }
  }

  /// Whether an operand varies, so that its cotangent is wanted.
  public func varies(_ position: Int) -> Bool { index(of: position) >= 0 }

  /// The shape of an operand that varies.
  public func shape(of position: Int) -> Shape { trace.tape.form(of: index(of: position)).shape }

  /// The dtype of an operand that varies.
  public func dtype(of position: Int) -> DType { trace.tape.form(of: index(of: position)).dtype }

  /// Whether an operand that varies is a number.
  func isNumber(_ position: Int) -> Bool { trace.tape.nodes[Int(index(of: position))].form < 0 }
}
