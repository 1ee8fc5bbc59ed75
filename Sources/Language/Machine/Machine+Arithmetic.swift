import Tensors

extension Machine {
  /// Arithmetic on borrowed words that are not both numbers (or whose result is NaN).
  @inline(never)
  func arithmetic(_ operation: BinaryOperator, _ x: Word, _ y: Word) throws(Diagnostic) -> Word {
    if x.isUnset || y.isUnset { throw unset(current) }
    return try combine(operation, x.value, y.value)
  }

  /// The same, consuming the left word.
  @inline(never)
  func arithmetic(_ operation: BinaryOperator, consuming x: Word, _ y: Word) throws(Diagnostic) -> Word {
    if y.isUnset {
      x.release()
      throw unset(current)
    }
    return try combine(operation, x.take(), y.value)
  }

  /// The same, consuming the right word.
  @inline(never)
  func arithmetic(_ operation: BinaryOperator, _ x: Word, consuming y: Word) throws(Diagnostic) -> Word {
    if x.isUnset {
      y.release()
      throw unset(current)
    }
    return try combine(operation, x.value, y.take())
  }

  /// The same with the left word in register a, which is consumed when it is a temporary.
  @inline(never)
  func arithmetic(
    _ operation: BinaryOperator, _ base: UnsafeMutablePointer<Word>, _ i: Instruction, consuming y: Word
  ) throws(Diagnostic) -> Word {
    if base[i.a].isUnset {
      y.release()
      throw unset(current)
    }
    let left = i.b & 1 == 1 ? takeValue(base, i.a) : base[i.a].value
    return try combine(operation, left, y.take())
  }

  /// An operator without an operation of its own: R[a] on the left, the accumulator on the right.
  @inline(never)
  func binary(_ base: UnsafeMutablePointer<Word>, _ i: Instruction, _ acc: Word) throws(Diagnostic) -> Word {
    let (x, y) = (takeValue(base, i.a), acc.take())
    guard i.c != 0 else { return try combine(BinaryOperator.allCases[i.b], x, y) }
    return try transposedProduct(x, y, left: i.c & 1 != 0, right: i.c & 2 != 0)
  }

  /// `x.T @ y` and the like: matrices are read by columns, anything else has its field or property T taken.
  private func transposedProduct(
    _ x: Value, _ y: Value, left: Bool, right: Bool
  ) throws(Diagnostic) -> Word {
    let (readsLeft, readsRight) = (left && x.isMatrix, right && y.isMatrix)
    let a = left && !readsLeft ? try field("T", of: x) : x
    let b = right && !readsRight ? try field("T", of: y) : y
    guard readsLeft || readsRight, let first = a.quantity, let second = b.quantity else {
      return try combine(.matrixMultiply, a, b)
    }
    do {
      return Word(
        packing: Value(try first.matrixProduct(second, transposeA: readsLeft, transposeB: readsRight)))
    } catch {
      throw error.diagnostic()
    }
  }

  /// Operands that nobody else holds may become the result.
  private func combine(
    _ operation: BinaryOperator, _ x: consuming Value, _ y: consuming Value
  ) throws(Diagnostic) -> Word {
    do {
      return Word(packing: try Arithmetic.binary(operation, x, y))
    } catch {
      throw failure(error)
    }
  }

  @inline(never)
  func unary(_ operation: UnaryOperator, _ acc: Word) throws(Diagnostic) -> Word {
    let value = acc.take()
    do {
      return Word(packing: try Arithmetic.unary(operation, value))
    } catch {
      throw failure(error)
    }
  }

  @inline(never)
  func compare(_ base: UnsafeMutablePointer<Word>, _ i: Instruction, _ acc: Word) throws(Diagnostic) -> Word {
    try relate(ComparisonOperator.allCases[i.b], takeValue(base, i.a), acc.take())
  }

  private func relate(_ operation: ComparisonOperator, _ x: Value, _ y: Value) throws(Diagnostic) -> Word {
    do {
      return Word(packing: try Arithmetic.compare(operation, x, y))
    } catch {
      throw failure(error)
    }
  }

  /// The outcome of a comparison as a condition, on borrowed words.
  @inline(never)
  func holds(_ operation: ComparisonOperator, _ x: Word, _ y: Word) throws(Diagnostic) -> Bool {
    if x.isUnset || y.isUnset { throw unset(current) }
    return try truth(try relate(operation, x.value, y.value))
  }

  @inline(never)
  func holds(_ operation: ComparisonOperator, consuming x: Word, _ y: Word) throws(Diagnostic) -> Bool {
    if y.isUnset {
      x.release()
      throw unset(current)
    }
    return try truth(try relate(operation, x.take(), y.value))
  }

  @inline(never)
  func holds(
    _ operation: ComparisonOperator, _ base: UnsafeMutablePointer<Word>, _ i: Instruction, consuming y: Word
  ) throws(Diagnostic) -> Bool {
    if base[i.a].isUnset {
      y.release()
      throw unset(current)
    }
    let left = i.b & 1 == 1 ? takeValue(base, i.a) : base[i.a].value
    return try truth(try relate(operation, left, y.take()))
  }

  private func truth(_ word: Word) throws(Diagnostic) -> Bool {
    if word == .yes { return true }
    if word == .no { return false }
    throw notBool(word.take())
  }

  /// An error of an operation as a diagnostic.
  func failure(_ error: any Error) -> Diagnostic {
    switch error {
    case let error as Diagnostic: error
    case let error as TensorError: error.diagnostic()
    default: Diagnostic("\(error)")
    }
  }

  /// A literal tensor in the session's precision.
  @inline(never)
  func literal(_ word: Word) throws(Diagnostic) -> Word {
    if state.precision == .f64 {
      word.retain()
      return word
    }
    guard case .tensor(let tensor) = word.value else { return .none }
    do {
      return Word(packing: .tensor(try tensor.converted(to: state.precision)))
    } catch {
      throw error.diagnostic()
    }
  }

  /// The remainder with the sign of the divisor; NaN for boxed operands, as the loop expects.
  @inline(__always)
  static func remainder(_ x: Double, _ y: Double) -> Double {
    // Integers take the short way: one integer division.
    if x >= 0, x <= 9_007_199_254_740_992, y >= 1, y <= 9_007_199_254_740_992 {
      let (n, d) = (Int64(x), Int64(y))
      if Double(n) == x, Double(d) == y { return Double(n % d) }
    }
    return slowRemainder(x, y)
  }

  /// The same for a positive whole divisor up to ``largestDivisor`` with its inverse.
  @inline(__always)
  static func remainder(_ x: Double, _ y: Double, inverse: Double) -> Double {
    guard x >= 0, x <= largestDivisor else { return slowRemainder(x, y) }
    // Adding and taking away 1.5 * 2^52 rounds to a whole number. That is the quotient or one more, so product
    // and difference are exact, and a third of what an integer division takes.
    let rounding = 6_755_399_441_055_744.0
    let quotient = (x * inverse + rounding) - rounding
    let rest = x - quotient * y
    return rest + (rest < 0 ? y : 0)
  }

  /// Up to 2^51 the quotient of ``remainder(_:_:inverse:)`` is off by less than one.
  static let largestDivisor = 2_251_799_813_685_248.0

  @inline(never)
  private static func slowRemainder(_ x: Double, _ y: Double) -> Double {
    BinaryTable.modulo.scalar(x, y)
  }
}

extension Value {
  /// Whether it is a tensor of rank 2.
  fileprivate var isMatrix: Bool { quantity?.shape.rank == 2 }
}
