extension FunctionCompiler {
  /// An operand that needs no evaluation.
  enum SimpleOperand {
    case register(Int)
    case constant(Int)
  }

  /// The register of a plain name, if the expression is one.
  func simpleRegister(_ expression: Expression) -> Int? {
    guard case .name(let name) = expression.node, case .register(let register)? = try? place(of: name)
    else { return nil }
    return register
  }

  private func simple(_ expression: Expression) throws(Diagnostic) -> SimpleOperand? {
    switch expression.node {
    case .number, .unary, .binary:
      guard let number = folded(expression) else { return nil }
      return checkedOperand(try constant(number))
    default: return simpleRegister(expression).map { .register($0) }
    }
  }

  /// The number that literals alone come to, such as `2 * -0.5`; nil for anything else, and for NaN.
  ///
  /// Looks only a few operators deep, because every level of an expression asks again.
  func folded(_ expression: Expression, depth: Int = 4) -> Double? {
    switch expression.node {
    case .number(let number): return number
    case .unary(.negate, let operand): return folded(operand, depth: depth).map { -$0 }
    case .binary(let operation, let left, let right):
      guard depth > 0, let y = folded(right, depth: depth - 1), let x = folded(left, depth: depth - 1)
      else { return nil }
      return folded(operation, x, y)
    default: return nil
    }
  }

  private func folded(_ operation: BinaryOperator, _ x: Double, _ y: Double) -> Double? {
    let result: Double? =
      switch operation {
      case .add: x + y
      case .subtract: x - y
      case .multiply: x * y
      case .divide: x / y
      case .pipe, .or, .and, .elementwiseOr, .elementwiseAnd, .join, .modulo, .floorDivide, .matrixMultiply,
        .power:
        nil
      }
    return result.flatMap { $0.isNaN ? nil : $0 }
  }

  private func checkedOperand(_ constant: Int) -> SimpleOperand? {
    constant < Instruction.operandLimit ? .constant(constant) : nil
  }

  /// Remembers where the operands of the next instruction come from.
  func noteOperands(_ left: SourceSpan, _ right: SourceSpan) {
    tables.operands[instructions.count] = (left, right)
  }

  func binary(_ operation: BinaryOperator, _ left: Expression, _ right: Expression) throws(Diagnostic) {
    if let x = folded(left), let y = folded(right), let result = folded(operation, x, y) {
      return emitConstant(.constant, try constant(result))
    }
    switch operation {
    case .pipe: return try pipe(left, right)
    case .and: return try shortCircuit(.jumpIfFalseKeeping, left, right)
    case .or: return try shortCircuit(.jumpIfTrueKeeping, left, right)
    case .power:
      if case .number(2) = right.node {
        try expression(left)
        noteOperands(left.span, right.span)
        emit(.square)
        return
      }
    case .matrixMultiply: return try matrixProduct(left, right)
    default: break
    }
    if operation == .modulo, let divisor = try wholeDivisor(right) {
      try expression(left)
      noteOperands(left.span, right.span)
      emit(.modAW, a: divisor)
      return
    }
    if let forms = ArithmeticForms(operation) { return try arithmetic(forms, left, right) }
    try expression(left)
    try withRegister(consumed: true) { (register) throws(Diagnostic) in
      emitStore(register)
      try expression(right)
      noteOperands(left.span, right.span)
      emit(.binary, a: register, b: BinaryOperator.allCases.firstIndex(of: operation) ?? 0)
    }
  }

  /// A product of matrices, of which `x.T @ y` reads x by columns instead of copying it.
  private func matrixProduct(_ left: Expression, _ right: Expression) throws(Diagnostic) {
    let (leftInner, rightInner) = (transposed(left), transposed(right))
    try expression(leftInner ?? left)
    try withRegister(consumed: true) { (register) throws(Diagnostic) in
      emitStore(register)
      try expression(rightInner ?? right)
      noteOperands(left.span, right.span)
      emit(
        .binary, a: register, b: BinaryOperator.allCases.firstIndex(of: .matrixMultiply) ?? 0,
        c: (leftInner == nil ? 0 : 1) | (rightInner == nil ? 0 : 2))
    }
  }

  /// What `x.T` is the transpose of.
  private func transposed(_ expression: Expression) -> Expression? {
    guard case .field(let value, let name) = expression.node, name.text == "T" else { return nil }
    return value
  }

  /// The number of two constants side by side: a positive whole divisor and its inverse.
  private func wholeDivisor(_ expression: Expression) throws(Diagnostic) -> Int? {
    guard case .number(let number) = expression.node, number >= 1, number == number.rounded(),
      number <= Machine.largestDivisor
    else { return nil }
    let index = try constant(Word(number))
    _ = try constant(Word(1 / number))
    return index + 1 < Instruction.operandLimit ? index : nil
  }

  private func shortCircuit(
    _ jump: Operation, _ left: Expression, _ right: Expression
  ) throws(Diagnostic) {
    try expression(left)
    let end = try jumpAt(left.span, jump)
    try expression(right)
    try at(right.span) { () throws(Diagnostic) in emit(.requireBool) }
    try land(end)
  }

  private func jumpAt(_ span: SourceSpan, _ jump: Operation) throws(Diagnostic) -> Int {
    var position = 0
    try at(span) { () throws(Diagnostic) in position = emit(jump) }
    return position
  }

  private func arithmetic(
    _ forms: ArithmeticForms, _ left: Expression, _ right: Expression
  ) throws(Diagnostic) {
    switch (try simple(left), try simple(right)) {
    case (.register(let a), .register(let b)):
      noteOperands(left.span, right.span)
      emit(forms.rr, a: a, b: b)
    case (.register(let a), .constant(let b)):
      noteOperands(left.span, right.span)
      emit(forms.rk, a: a, b: b)
    case (.constant(let a), .register(let b)):
      noteOperands(left.span, right.span)
      emit(forms.kr, a: a, b: b)
    case (.register(let a), nil) where !right.assignsNames:
      try expression(right)
      noteOperands(left.span, right.span)
      emit(forms.ra, a: a)
    case (.constant(let a), _):
      try expression(right)
      noteOperands(left.span, right.span)
      emit(forms.ka, a: a)
    case (nil, .register(let b)):
      try expression(left)
      noteOperands(left.span, right.span)
      emit(forms.ar, a: b)
    case (nil, .constant(let b)):
      try expression(left)
      noteOperands(left.span, right.span)
      emit(forms.ak, a: b)
    case (_, nil):
      try expression(left)
      try withRegister(consumed: true) { (register) throws(Diagnostic) in
        emitStore(register)
        try expression(right)
        noteOperands(left.span, right.span)
        emit(forms.ra, a: register, b: 1)
      }
    }
  }

  /// A chain is the elementwise `&` of its links, each operand evaluated once.
  func comparison(_ operands: [Expression], _ operations: [ComparisonOperator]) throws(Diagnostic) {
    guard operands.count > 2 else {
      try expression(operands[0])
      return try withRegister(consumed: true) { (left) throws(Diagnostic) in
        emitStore(left)
        try expression(operands[1])
        noteOperands(operands[0].span, operands[1].span)
        emit(.compare, a: left, b: number(of: operations[0]))
      }
    }
    let first = nextRegister
    for operand in operands { try intoNextRegister(operand) }
    let so = try takeRegisters(1)
    for (link, operation) in operations.enumerated() {
      emit(.load, a: first + link + 1)
      noteOperands(operands[link].span, operands[link + 1].span)
      emit(.compare, a: first + link, b: number(of: operation))
      if link > 0 {
        emit(.binary, a: so, b: BinaryOperator.allCases.firstIndex(of: .elementwiseAnd) ?? 0)
      }
      emitStore(so)
    }
    emit(.clear, a: first + operands.count - 1)
    emit(.take, a: so)
    giveBack(to: first)
  }

  private func number(of operation: ComparisonOperator) -> Int {
    ComparisonOperator.allCases.firstIndex(of: operation) ?? 0
  }

  /// Compiles a condition; the jumps returned are taken when it is false.
  func jumpUnless(_ condition: Expression) throws(Diagnostic) -> [Int] {
    if case .binary(.and, let left, let right) = condition.node {
      return try jumpUnless(left) + jumpUnless(right)
    }
    if case .comparison(let operands, let operations) = condition.node, operands.count == 2,
      let forms = ComparisonForms(operations[0])
    {
      return [try fusedJump(forms, operands[0], operands[1], condition.span)]
    }
    try expression(condition)
    return [try jumpAt(condition.span, .jumpIfFalse)]
  }

  private func fusedJump(
    _ forms: ComparisonForms, _ left: Expression, _ right: Expression, _ span: SourceSpan
  ) throws(Diagnostic) -> Int {
    var position = 0
    try at(span) { () throws(Diagnostic) in
      switch (try simple(left), try simple(right)) {
      case (.register(let a), .register(let b)):
        noteOperands(left.span, right.span)
        position = emit(forms.rr, a: a, b: b)
      case (.register(let a), .constant(let b)):
        noteOperands(left.span, right.span)
        position = emit(forms.rk, a: a, b: b)
      case (_, .constant(let b)):
        try expression(left)
        noteOperands(left.span, right.span)
        position = emit(forms.ak, a: b)
      case (.register(let a), nil) where !right.assignsNames:
        try expression(right)
        noteOperands(left.span, right.span)
        position = emit(forms.ra, a: a)
      default:
        try expression(left)
        try withRegister(consumed: true) { (register) throws(Diagnostic) in
          emitStore(register)
          try expression(right)
          noteOperands(left.span, right.span)
          // Bit 0 of b says that the register is a temporary: c holds the jump.
          position = emit(forms.ra, a: register, b: 1)
        }
      }
    }
    return position
  }
}
