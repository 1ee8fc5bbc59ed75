import Tensors

/// A function recorded while it ran, ready to be walked backwards any number of times.
struct Recording {
  let trace: Trace
  /// What is differentiated: a number, a tensor or a structure.
  let argument: Value
  /// The numeric leaves of the argument as variables of the trace.
  let variables: [Quantity]
  /// What the function returned, still traced.
  let output: Value

  /// Runs `function` on `argument` with its numeric leaves recorded.
  init(of argument: Value, _ function: (Value) throws -> Value) throws {
    let trace = Trace()
    defer { trace.close() }
    self.trace = trace
    self.argument = argument
    if let leaf = argument.leaf {
      let variable = trace.variable(leaf)
      variables = [variable]
      output = try function(Value(variable)).unfixed
      return
    }
    variables = try Structure.quantities(of: argument).map { trace.variable($0) }
    output = try function(Structure.rebuild(argument, with: variables)).unfixed
  }
}

extension Recording {
  /// The gradients of `sum(cotangent * output)` with respect to the leaves.
  func gradients(of output: Quantity, cotangent: Quantity) throws -> [Quantity] {
    try trace.gradients(of: output, cotangent: cotangent, for: variables)
  }

  /// The gradients of all the output's leaves, each weighted by its cotangent.
  func gradients(_ cotangents: [Quantity]) throws -> [Quantity] {
    var sums: [Quantity]?
    for (leaf, cotangent) in zip(try Structure.quantities(of: output), cotangents) {
      let gradients = try gradients(of: leaf, cotangent: cotangent)
      if let known = sums {
        sums = try zip(known, gradients).map { try $0 + $1 }
      } else {
        sums = gradients
      }
    }
    return try sums ?? variables.map { try $0.zerosLike() }
  }

  /// Gradients in the structure of the argument.
  func structured(_ gradients: [Quantity]) throws -> Value {
    if argument.leaf != nil { return Value(gradients[0]) }
    return try Structure.gradient(of: argument, gradients.map { Value($0) })
  }

  /// A result without the wrappers of this recording.
  func detached(_ value: Value) throws -> Value {
    if let leaf = value.leaf { return Value(trace.detach(leaf)) }
    guard value.isStructure else { return value }
    let trace = trace
    return try Structure.mapEverywhere(value) { trace.detach($0) }
  }
}

extension Quantity {
  /// Zeros of its shape, plain.
  func zerosLike() throws(TensorError) -> Quantity { try .zeros(shape, dtype) }

  /// Ones of its shape, plain.
  func onesLike() throws(TensorError) -> Quantity { try .ones(shape, dtype) }
}
