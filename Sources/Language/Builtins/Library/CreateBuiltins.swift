import Tensors

/// Making tensors.
extension BuiltinTable {
  static let createBuiltins: [Builtin] = filled + sequences + matrices + conversions

  private static let filled: [Builtin] = [
    Builtin(
      "zeros(...shape, dtype: none)", .create, "A tensor of zeros.",
      convention: "the shape is several numbers or one list of them; dtype is \"f64\", \"f32\" or \"bool\"",
      example: """
        zeros(3)
        #> [0, 0, 0]
        zeros(2, 3, dtype: "f32")
        #> [2, 3] f32
        #>   0  0  0
        #>   0  0  0
        """
    ) { call in Value(try .full(0, call.shape(0), call.dtype(1))) },
    Builtin(
      "ones(...shape, dtype: none)", .create, "A tensor of ones.",
      convention: "shape and dtype as of zeros",
      example: """
        ones(3)
        #> [1, 1, 1]
        """
    ) { call in Value(try .full(1, call.shape(0), call.dtype(1))) },
    Builtin(
      "full(shape, value, dtype: none)", .create, "A tensor with one value everywhere.",
      example: """
        full(3, 0.5)
        #> [0.5, 0.5, 0.5]
        full([2, 2], 7)[0, 1]
        #> 7
        """
    ) { call in
      let shape = try Shape(checking: call.integers(0))
      if case .bool(let bool) = call[1], call.isMissing(2) {
        return Value(try .full(bool ? 1 : 0, shape, .bool))
      }
      let value = try call.quantity(1)
      guard value.isTraced else { return Value(try .full(call.number(1), shape, call.dtype(2))) }
      return Value(try value.broadcast(to: shape).cast(to: call.dtype(2)))
    },
    Builtin(
      "zeros_like(x)", .create, "Zeros in the form of a value: a tensor, or a structure of them.",
      example: """
        zeros_like((w: [1, 2], b: 3))
        #> (w: [0, 0], b: 0)
        """
    ) { call in try call.mapped(0) { try .full(0, $0.shape, $0.dtype) } },
    Builtin(
      "ones_like(x)", .create, "Ones in the form of a value: a tensor, or a structure of them.",
      example: """
        ones_like([5, 6])
        #> [1, 1]
        """
    ) { call in try call.mapped(0) { try .full(1, $0.shape, $0.dtype) } },
  ]

  private static let sequences: [Builtin] = [
    Builtin(
      "linspace(start, stop, n: 50, dtype: none)", .create,
      "Evenly spaced numbers from start to stop, both included.",
      formula: "start + i (stop - start) / (n - 1)",
      gradient: "the shares of start and stop in each number",
      example: """
        linspace(0, 1, 5)
        #> [0, 0.25, 0.5, 0.75, 1]
        """
    ) { call in
      let (start, stop, count) = (try call.quantity(0), try call.quantity(1), try call.length(2))
      guard start.isTraced || stop.isTraced else {
        return Value(try Quantity.linspace(call.number(0), call.number(1), count, call.dtype(3)))
      }
      let share = try Quantity.linspace(0, 1, count)
      return Value(try (start * (1 - share) + stop * share).cast(to: call.dtype(3)))
    },
    Builtin(
      "logspace(start, stop, n: 50, base: 10, dtype: none)", .create,
      "Numbers evenly spaced on a logarithmic scale.",
      formula: "base ^ linspace(start, stop, n)",
      gradient: "exact, in start, stop and base",
      example: """
        logspace(0, 3, 4)
        #> [1, 10, 100, 1000]
        """
    ) { call in
      let (start, stop) = (try call.quantity(0), try call.quantity(1))
      if try start.isTraced || stop.isTraced || call.quantity(3).isTraced {
        let share = try Quantity.linspace(0, 1, call.length(2))
        let exponents = try start * (1 - share) + stop * share
        return Value(try BinaryTable.power(call.quantity(3), exponents).cast(to: call.dtype(4)))
      }
      let base = try call.number(3)
      return Value(
        try Quantity.logspace(call.number(0), call.number(1), call.length(2), base: base, call.dtype(4)))
    },
    Builtin(
      "range(start, stop: none, step: 1, dtype: none)", .create,
      "Numbers from start up to, but without, stop.",
      gradient: "1 for start, i for step, nothing for stop, which only says how many there are",
      convention: "range(n) starts at 0; the step may be a fraction or negative",
      example: """
        range(3)
        #> [0, 1, 2]
        range(1, 2, 0.25)
        #> [1, 1.25, 1.5, 1.75]
        """
    ) { call in
      let hasStop = !call.isMissing(1)
      let start = hasStop ? try call.scalar(0) : 0
      let stop = try call.plainNumber(hasStop ? 1 : 0)
      let step = try call.scalar(2)
      // On the wrong side of the start the end is the start: there is nothing between them.
      let end = step.double > 0 ? max(start.double, stop) : min(start.double, stop)
      let numbers = try Quantity.range(start.double, end, step: step.double, call.dtype(3))
      guard start.isTraced || step.isTraced else { return Value(numbers) }
      let places = try Quantity.range(0, Double(numbers.shape.count))
      return Value(try (start + places * step).cast(to: call.dtype(3)))
    },
    Builtin(
      "meshgrid(x, y)", .create, "Coordinates of a grid: for each axis a matrix.",
      gradient: "summed over the axis along which it repeats",
      convention: "rows follow y and columns x, as a picture is drawn",
      example: """
        (gx, gy) = meshgrid([1, 2, 3], [10, 20])
        gx.shape
        #> [2, 3]
        gy[1, 0]
        #> 20
        """
    ) { call in
      let vectors = [try call.vector(0), try call.vector(1)]
      return .list(try List(try Quantity.meshgrid(vectors, isCartesian: true).map { Value($0) }))
    },
  ]

  private static let matrices: [Builtin] = [
    Builtin(
      "eye(rows, columns: none, dtype: none)", .create,
      "The identity matrix: ones on the diagonal, zeros elsewhere.",
      example: """
        eye(2, 3)
        #> [2, 3] f64
        #>   1  0  0
        #>   0  1  0
        eye(2) @ [3, 4]
        #> [3, 4]
        """
    ) { call in
      let rows = try call.length(0)
      let columns = call.isMissing(1) ? rows : try call.length(1)
      return Value(try Quantity.eye(rows, columns, call.dtype(2)))
    },
    Builtin(
      "onehot(labels, classes: none)", .create,
      "A one at the place of each label, zeros elsewhere, along a new last axis.",
      convention:
        "without classes, there is one more than the largest label; of a text vector, a column for each text in ascending order",
      example: """
        onehot([0, 2], 3)[1]
        #> [0, 0, 1]
        onehot(["b", "a"])[0]
        #> [0, 1]
        """
    ) { call in
      var labels = Quantity.number(0)
      if case .text(let vector) = call[0] {
        labels = .tensor(try Tensor(Categories(.text(vector)).labels("onehot")))
      } else {
        labels = try call.quantity(0).concrete
      }
      let numbers = try labels.numbers()
      if let broken = numbers.first(where: { $0 != $0.rounded() }) {
        throw Diagnostic("onehot: label \(Display.number(broken)) is not a whole number", kind: .type)
      }
      let largest = Int(min(max(numbers.max() ?? -1, -1), 0x1p52))
      let classes = call.isMissing(1) ? largest + 1 : try call.length(1)
      if let outside = numbers.first(where: { !($0 >= 0 && $0 < Double(classes)) }) {
        throw Diagnostic(
          "onehot: label \(Display.number(outside)) is not one of the \(classes) classes 0 to \(classes - 1)",
          kind: .value)
      }
      return Value(try labels.onehot(classes, call.state.precision))
    },
    Builtin(
      "diag(x, k: 0)", .create, "Matrix with a vector on its diagonal, or the diagonal of a matrix.",
      gradient: "the diagonal, or the matrix with it",
      convention: "k > 0 is above the main diagonal, k < 0 below",
      example: """
        diag([[1, 2], [3, 4]])
        #> [1, 4]
        diag([1, 2])[1, 1]
        #> 2
        """
    ) { call in Value(try call.quantity(0).diag(offset: call.offset(1))) },
    Builtin(
      "tril(x, k: 0)", .create, "Matrix with zeros above a diagonal.",
      gradient: "zeros where x is left out",
      example: """
        tril([[1, 2], [3, 4]])[0]
        #> [1, 0]
        """
    ) { call in Value(try call.quantity(0).tril(offset: call.offset(1))) },
    Builtin(
      "triu(x, k: 0)", .create, "Matrix with zeros below a diagonal.",
      gradient: "zeros where x is left out",
      example: """
        triu([[1, 2], [3, 4]])[1]
        #> [0, 4]
        """
    ) { call in Value(try call.quantity(0).triu(offset: call.offset(1))) },
  ]

  private static let conversions: [Builtin] = [
    Builtin(
      "tensor(items, dtype: none)", .create, "Tensor from numbers, bools or nested lists of them.",
      example: """
        tensor((1, 2, 3))
        #> [1, 2, 3]
        """
    ) { call in
      let value = try tensor(call[0], call.state.precision)
      return call.isMissing(1) ? Value(value) : Value(try value.cast(to: call.dtype(1)))
    },
    Builtin(
      "f32(x)", .create, "Value in single precision; structures leaf by leaf.",
      example: """
        f32([1, 2]).dtype
        #> "f32"
        "{f32(0.1):.12f}"
        #> "0.100000001490"
        """
    ) { call in try call.mapped(0) { try $0.cast(to: .f32) } },
    Builtin(
      "f64(x)", .create, "Value in double precision; structures leaf by leaf.",
      example: """
        f64([true, false])
        #> [1, 0]
        """
    ) { call in try call.mapped(0) { try $0.cast(to: .f64) } },
  ]

  /// Nested lists as a tensor.
  private static func tensor(_ value: Value, _ precision: DType) throws -> Quantity {
    if let quantity = value.quantity { return quantity }
    guard case .list(let list) = value else {
      throw Diagnostic("\(value.kind) holds no numbers", kind: .type)
    }
    guard list.depth <= Shape.maximumRank else { throw TensorError.rank(list.depth) }
    let items = try list.items.map { Value(try tensor($0.unfixed, precision)) }
    guard let result = try BracketRule.collect(items, precision: precision).quantity else {
      throw Diagnostic("the list holds something other than numbers", kind: .type)
    }
    return result
  }
}

extension Call {
  /// The most items that are handled one by one.
  static let itemLimit = 1 << 26

  /// A length that memory could hold.
  func length(_ position: Int, limit: Int = 1 << 40) throws(Diagnostic) -> Int {
    let count = try count(position)
    guard count <= limit else {
      throw Diagnostic("\(builtin.name): \(name(position)) is too large: \(count)", kind: .limit)
    }
    return count
  }

  /// The number of a diagonal, small enough to count with.
  func offset(_ position: Int) throws(Diagnostic) -> Int {
    min(max(try integer(position), -1 << 40), 1 << 40)
  }

  /// A quantity of rank 1.
  func vector(_ position: Int) throws(Diagnostic) -> Quantity {
    let quantity = try quantity(position)
    guard quantity.shape.rank == 1 else { throw wrong(position, "a vector") }
    return quantity
  }

  /// A plain tensor of rank 1 or more, without traces.
  func plainTensor(_ position: Int) throws(Diagnostic) -> Tensor {
    guard case .tensor(let tensor) = try quantity(position).concrete else {
      throw wrong(position, "a tensor")
    }
    return tensor
  }
}
