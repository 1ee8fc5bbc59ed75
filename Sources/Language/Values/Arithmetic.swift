import Plotting
import Tensors

/// The operators of the language on values of every type.
///
/// Numbers, truth values and tensors go through the primitives of `Tensors`, whether or not they are
/// being differentiated; structures are worked on leaf by leaf.
enum Arithmetic {
  /// `a op b`; comparisons are ``compare(_:_:_:)``. A tensor that nobody else holds may become the
  /// result.
  static func binary(
    _ op: BinaryOperator, _ a: consuming Value, _ b: consuming Value
  ) throws -> Value {
    switch op {
    case .add, .subtract, .multiply, .divide, .modulo, .floorDivide, .power:
      if a.isQuantity, b.isQuantity { return Value(try calculate(op, a.intoQuantity(), b.intoQuantity())) }
      return try elementwise(op, a.unfixed, b.unfixed)
    case .matrixMultiply:
      guard a.isQuantity, b.isQuantity else { throw refusal(op, a.unfixed, b.unfixed) }
      return Value(try calculate(op, a.intoQuantity(), b.intoQuantity()))
    case .join: return try join(a.unfixed, b.unfixed)
    case .elementwiseOr, .elementwiseAnd: return try logic(op, a.unfixed, b.unfixed)
    case .or, .and:
      guard case .bool(let x) = a.unfixed, case .bool(let y) = b.unfixed else {
        throw refusal(op, a.unfixed, b.unfixed)
      }
      return .bool(op == .or ? x || y : x && y)
    case .pipe: throw Diagnostic("a pipe needs a function on its right", kind: .type)
    }
  }

  /// `op a`.
  static func unary(_ op: UnaryOperator, _ a: consuming Value) throws -> Value {
    switch op {
    case .negate:
      if a.isQuantity { return Value(try -a.intoQuantity()) }
      guard a.isStructure else { throw Diagnostic("cannot negate \(a.kind)", kind: .type) }
      return try Structure.map(a) { try -$0 }
    case .complement:
      if case .bool(let bool) = a.unfixed { return .bool(!bool) }
      guard a.isTruth, let x = a.quantity else {
        throw Diagnostic(
          "`!` works on true and false, not on \(a.kind)", kind: .type,
          hint: a.isQuantity ? "compare first: !(x > 0), or write 1 - x" : nil)
      }
      return Value(try BooleanTable.not(x))
    case .not:
      if case .bool(let bool) = a.unfixed { return .bool(!bool) }
      throw Diagnostic(
        "`not` works on true or false, not on \(a.kind)", kind: .type,
        hint: a.isTruth ? "`!` works elementwise on tensors of truth values" : nil)
    }
  }
}

extension Arithmetic {
  private static func elementwise(_ op: BinaryOperator, _ a: Value, _ b: Value) throws -> Value {
    switch (a, b) {
    case (.string(let x), .string(let y)) where op == .add: return .string(try joined(x, y))
    case (.figure(let x), .figure(let y)) where op == .add: return .figure(try overlay(x, y))
    case (.list, .list), (.record, .record), (.list, .record), (.record, .list):
      return try Structure.zip(a, b, to: verb(op)) { try apply(op, $0, $1) }
    case (.list, _), (.record, _):
      guard let y = b.quantity, y.shape.rank == 0 else { throw refusal(op, a, b) }
      return try Structure.map(a) { try apply(op, $0, y) }
    case (_, .list), (_, .record):
      guard let x = a.quantity, x.shape.rank == 0 else { throw refusal(op, a, b) }
      return try Structure.map(b) { try apply(op, x, $0) }
    default: throw refusal(op, a, b)
    }
  }

  /// Two plots in one.
  private static func overlay(_ a: Figure, _ b: Figure) throws(Diagnostic) -> Figure {
    do throws(Figure.OverlayError) {
      return try a.overlaid(with: b)
    } catch {
      switch error {
      case .grid:
        throw Diagnostic("cannot add a grid of plots", kind: .type, hint: "add first: grid(p + q, r)")
      case .series(let count): throw NamedSamples.tooMany(count, limit: Panel.seriesLimit)
      }
    }
  }

  /// The operator on quantities; an error about shapes names the operation.
  static func calculate(
    _ op: BinaryOperator, _ x: consuming Quantity, _ y: consuming Quantity
  ) throws -> Quantity {
    do {
      return try apply(op, x, y)
    } catch {
      throw Arithmetic.named(op, error)
    }
  }

  /// An error about shapes with the operation in its sentence; every other error as it is.
  private static func named(_ op: BinaryOperator, _ error: TensorError) -> any Error {
    switch error {
    case .broadcast(let a, let b, let axis):
      var diagnostic = error.diagnostic()
      diagnostic.message =
        "cannot \(phrase(op, "\(a)", "\(b)")): \(TensorError.disagreement(a, b, axis: axis))"
      return diagnostic
    case .shapes(_, let a, let b, _) where op == .join:
      return Diagnostic(
        "cannot join \(a) and \(b): all axes but the first must be equally long", kind: .shape,
        operands: ["\(a)", "\(b)"],
        hint: a.rank == b.rank ? nil : "x[none] adds an axis in front")
    default: return error
    }
  }

  /// `&` and `|`, on truth values only.
  private static func logic(_ op: BinaryOperator, _ a: Value, _ b: Value) throws -> Value {
    if case .bool(let x) = a, case .bool(let y) = b {
      return .bool(op == .elementwiseOr ? x || y : x && y)
    }
    guard a.isTruth, b.isTruth, let x = a.quantity, let y = b.quantity else { throw refusal(op, a, b) }
    return Value(try calculate(op, x, y))
  }
}

extension Value {
  /// Whether it is a truth value or a tensor of them.
  var isTruth: Bool {
    switch self {
    case .bool: true
    case .tensor(let tensor): tensor.dtype == .bool
    case .fixed(let fixed): fixed.value.isTruth
    case .none, .number, .traced, .text, .string, .list, .record, .table, .function, .figure: false
    }
  }
}
