import Tensors

/// Derivatives of functions of the language, made of recordings.
enum Derivatives {
  /// The derivative of an elementwise function: formally the gradient of `sum(f(x))`.
  static func elementwise(_ call: DerivativeCall) throws -> Value {
    guard try call.argument().leaf != nil else {
      try call.refuseTruth(call.argument())
      throw Diagnostic(
        "' needs a number or a tensor, but \(call.function.callName) was given \(try call.argument().kind)",
        kind: .type, hint: "grad(f) works on lists and records")
    }
    let recording = try call.record()
    guard let output = recording.output.leaf else {
      throw Diagnostic(
        "' needs a function that returns numbers, but \(call.function.callName) returned "
          + recording.output.kind, kind: .type)
    }
    let shape = recording.variables[0].shape
    let isConstant = !output.isTraced && output.shape.rank == 0
    guard isConstant || output.shape.filter({ $0 != 1 }) == shape.filter({ $0 != 1 }) else {
      throw Diagnostic(
        "' is the derivative of elementwise functions, but \(call.function.callName) made "
          + "\(Value(output).kind) of \(Value(recording.variables[0]).kind)", kind: .shape,
        hint: output.shape.rank == 0
          ? "grad(f) is the gradient of a function that returns one number"
          : "jacobian(f) has the derivative of every output in every input, jvp(f, x, v) that along v")
    }
    return try recording.structured(recording.gradients(of: output, cotangent: output.onesLike()))
  }

  /// The gradient of a function that returns one number.
  static func gradient(_ call: DerivativeCall) throws -> Value {
    let recording = try call.record()
    let output = try single(recording.output, call)
    return try recording.structured(recording.gradients(of: output, cotangent: 1))
  }

  /// Value and gradient in one pass; with `hasExtra` the function returns `(value, extra)`.
  static func valueAndGradient(_ call: DerivativeCall, hasExtra: Bool) throws -> Value {
    let recording = try call.record()
    var (value, extra) = (recording.output, [Value]())
    if hasExtra {
      guard case .list(let list) = recording.output, list.items.count == 2 else {
        throw Diagnostic(
          "\(call.builtin): with aux: true, \(call.function.callName) must return (value, extra), not "
            + recording.output.kind,
          kind: .type)
      }
      value = list.items[0].unfixed
      extra = [try recording.detached(list.items[1].unfixed)]
    }
    let output = try single(value, call)
    let gradient = try recording.structured(recording.gradients(of: output, cotangent: 1))
    return .list(try List([try recording.detached(value)] + extra + [gradient]))
  }

  /// The one number a function returned.
  static func single(_ output: Value, _ call: DerivativeCall) throws -> Quantity {
    if let leaf = output.leaf, leaf.shape.rank == 0 { return leaf }
    var hint = "the function must return a number"
    if output.leaf != nil {
      hint = "sum(…) or mean(…) make one number of it; f' is the elementwise derivative, jacobian(f) has all"
    } else if case .list(let list) = output, list.items.count == 2, list.items[0].leaf != nil {
      hint = "value_and_grad(f, aux: true) takes functions that return (value, extra)"
    } else if case .none = output {
      hint = "the value of a function is that of its last statement"
    }
    throw Diagnostic(
      "\(call.builtin) needs a function that returns a single number, but \(call.function.callName) returned "
        + output.kind, kind: .type, hint: hint)
  }
}

extension Derivatives {
  /// All partial derivatives: for an output of shape [m] and an argument of shape [n] an [m, n]
  /// tensor; structures of them where the output or the argument is a structure.
  static func jacobian(_ recording: Recording, _ machine: Machine) throws -> Value {
    let outputs = try Structure.quantities(of: recording.output)
    guard recording.output.leaf != nil || recording.output.isStructure else {
      throw Diagnostic(
        "jacobian needs a function that returns numbers, not \(recording.output.kind)", kind: .type)
    }
    var parts: [Value] = []
    for output in outputs {
      parts.append(
        try Structure.gradient(
          of: recording.argument, try jacobian(recording, of: output, machine).map { Value($0) }))
    }
    return try Structure.rebuild(recording.detached(recording.output), with: parts)
  }

  /// The Jacobian of one tensor with respect to every leaf: a backward pass for each element.
  private static func jacobian(
    _ recording: Recording, of output: Quantity, _ machine: Machine
  ) throws -> [Quantity] {
    if output.shape.rank == 0 { return try recording.gradients(of: output, cotangent: 1) }
    var rows: [[Quantity]] = recording.variables.map { _ in [] }
    for index in 0..<output.shape.count {
      try machine.checkInterruption()
      let cotangent = try unit(index, output)
      for (leaf, row) in try recording.gradients(of: output, cotangent: cotangent).enumerated() {
        rows[leaf].append(row)
      }
    }
    return try zip(recording.variables, rows).map { variable, rows in
      let shape = try Shape(checking: output.shape.array + variable.shape.array)
      return rows.isEmpty
        ? try .zeros(shape, variable.dtype) : try Quantity.stack(rows, axis: 0).reshaped(to: shape)
    }
  }

  /// A tensor like `quantity` that is 1 at one element and 0 elsewhere.
  static func unit(_ index: Int, _ quantity: Quantity) throws -> Quantity {
    try Storage.checkRoom(for: quantity.shape.count, Double.self)
    var elements = Array(repeating: 0.0, count: quantity.shape.count)
    elements[index] = 1
    return .tensor(try Tensor(elements, shape: quantity.shape).converted(to: quantity.dtype))
  }

  /// The second derivatives of a function that returns one number: the Jacobian of its gradient.
  static func hessian(_ call: DerivativeCall) throws -> Value {
    let recording = try Recording(of: call.checkedArgument()) { argument in
      let inner = try Recording(of: argument) { try call($0) }
      return try inner.structured(inner.gradients(of: single(inner.output, call), cotangent: 1))
    }
    return try jacobian(recording, call.machine)
  }
}
