extension Trace {
  /// The derivatives of every element of `output` in the numbers that vary, from one walk backwards.
  ///
  /// Between numbers and an output made of them element by element, the Jacobian matrix is as large as a cotangent
  /// that is never summed. For every variable there is a column for each of its numbers, of the output's shape or
  /// a single number; nil where an operation mixes elements, so that one walk does not tell.
  public func columns(of output: Quantity, for variables: [Quantity]) throws(TensorError) -> [[Quantity]]? {
    guard case .traced(let traced) = output, traced.trace === self else {
      return variables.map { Array(repeating: 0, count: $0.shape.count) }
    }
    let last = Int(traced.index)
    var cotangents = Cotangents(
      self, count: last + 1, application: Application(self, last), isUnreduced: true)
    var columns: [Int: [Quantity]] = [:]
    cotangents.start(last, with: try .ones(output.shape, output.dtype.arithmetic))
    for index in stride(from: last, through: 0, by: -1) {
      guard let primitive = tape.nodes[index].primitive, let g = cotangents.take(index) else { continue }
      let application = Application(self, index)
      if let read = primitive as? ElementRead {
        // An element of a vector of parameters stands for a number.
        let source = Int(application.index(of: 0))
        guard source >= 0, tape.nodes[source].primitive == nil else { return nil }
        let zeros = Array(repeating: Quantity.number(0), count: tape.form(of: Int32(source)).shape.count)
        columns[source, default: zeros][read.position] =
          try columns[source, default: zeros][read.position] + g
        continue
      }
      let shape = tape.form(of: Int32(index)).shape
      guard primitive.isElementwise, shape.rank == 0 || shape == output.shape else { return nil }
      cotangents.application = application
      try primitive.pullback(application, consume g, &cotangents)
    }
    var result: [[Quantity]] = []
    for variable in variables {
      guard case .traced(let traced) = variable, traced.trace === self else {
        result.append(Array(repeating: 0, count: variable.shape.count))
        continue
      }
      let index = Int(traced.index)
      let direct = index <= last ? cotangents.take(index) : nil
      if variable.shape.rank == 0 {
        result.append([direct ?? 0])
      } else if direct == nil {
        result.append(columns[index] ?? Array(repeating: 0, count: variable.shape.count))
      } else {
        return nil
      }
    }
    return result
  }
}
