import Tensors

/// Chance that repeats: every draw follows from the seed and the draws before it.
extension BuiltinTable {
  static let randomBuiltins: [Builtin] = continuous + discrete

  private static let continuous: [Builtin] = [
    Builtin(
      "seed(n)", .random, "Starts the random stream anew.",
      convention: "a new session starts from seed(0); a failed cell leaves the stream where it was",
      example: """
        seed(1)
        a = rand(3)
        seed(1)
        same(a, rand(3))
        #> true
        """
    ) { call in
      let seed = try call.integer(0)
      call.machine.state.random = RandomStream(key: UInt64(bitPattern: Int64(seed)))
      return .none
    },
    Builtin(
      "rand(...shape, dtype: none)", .random, "Uniform random numbers from 0 up to, but without, 1.",
      convention:
        "the shape is several numbers or one list of them; the numbers follow from seed(n) and the draws before",
      example: """
        rand(3)
        #> ...
        x = rand(2, 500)
        (x.shape, all(0 <= x < 1))
        #> ([2, 500], true)
        """
    ) { call in Value(try call.machine.state.random.uniform(call.shape(0), call.dtype(1))) },
    Builtin(
      "randn(...shape, dtype: none)", .random, "Normal random numbers with mean 0 and variance 1.",
      convention:
        "the shape is several numbers or one list of them; the numbers follow from seed(n) and the draws before",
      example: """
        x = randn(100, 100)
        (x.shape, abs(mean(x)) < 0.05, abs(std(x) - 1) < 0.05)
        #> ([100, 100], true, true)
        """
    ) { call in Value(try call.machine.state.random.normal(call.shape(0), call.dtype(1))) },
  ]

  private static let discrete: [Builtin] = [
    Builtin(
      "randint(low, high, ...shape)", .random, "Random whole numbers from low up to, but without, high.",
      convention: "without a shape a single one",
      example: """
        dice = randint(1, 7, 1000)
        (min(dice), max(dice))
        #> (1, 6)
        """
    ) { call in
      let (low, high) = (try call.integer(0), try call.integer(1))
      return Value(try call.machine.state.random.integers(low, high, call.shape(2), call.state.precision))
    },
    Builtin(
      "permutation(x)", .random, "Random order of the numbers below n, or of the items of a collection.",
      example: """
        order = permutation(4)
        sort(order)
        #> [0, 1, 2, 3]
        len(permutation(["a", "b", "c"]))
        #> 3
        """
    ) { call in
      if case .number? = call[0].quantity?.concrete {
        return Value(
          try call.machine.state.random.permutation(call.length(0, limit: Call.itemLimit)).cast(
            to: call.state.precision))
      }
      let items = try call.items(0)
      let order = try call.machine.state.random.permutation(items.count).numbers().map { Int($0) }
      return try Collections.picked(order, of: call[0], items)
    },
    Builtin(
      "choice(x, n: none, replace: true, p: none)", .random,
      "Random items of a collection, or random numbers below n.",
      convention: "without n a single one; p are the probabilities of the items",
      example: """
        choice(["a", "b"]) in ["a", "b"]
        #> true
        unique(choice(10, 10, replace: false))
        #> [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
        mean(choice([0, 1], 10000, p: [0.2, 0.8])) > 0.75
        #> true
        """
    ) { call in
      var (source, items): (Value, [Value]) = (call[0], [])
      if source.quantity?.shape.rank == 0 {
        source = .tensor(Tensor(integersFrom: 0, count: try call.length(0, limit: Call.itemLimit)))
      }
      // Rows of tensors are chosen without taking the tensor apart.
      if case .tensor = source {} else { items = try call.items(0) }
      guard let count = Collections.count(source), count > 0 else { throw Diagnostic("choice of nothing") }
      let picked = try Collections.picked(chosen(call, from: count), of: source, items)
      guard call.isMissing(1), !source.isString else { return picked }
      return try Collections.items(picked)?.first ?? .none
    },
    Builtin(
      "bernoulli(p, ...shape)", .random, "Random truth values that are true with probability p.",
      convention: "without a shape, that of p",
      example: """
        x = bernoulli(0.3, 10000)
        abs(mean(x) - 0.3) < 0.02
        #> true
        """
    ) { call in
      let p = try call.quantity(0).concrete
      guard try p.elements().allSatisfy({ 0...1 ~= $0 }) else {
        throw Diagnostic("bernoulli: p must be between 0 and 1", kind: .value)
      }
      let shape = try call.rest(1).isEmpty ? p.shape : call.shape(1)
      return Value(truth: try call.machine.state.random.bernoulli(p, shape, .bool))
    },
  ]

  /// Positions of a sample, by the arguments n, replace and p of `choice`.
  private static func chosen(_ call: borrowing Call, from count: Int) throws -> [Int] {
    let wanted = call.isMissing(1) ? 1 : try call.length(1, limit: Call.itemLimit)
    let replaces = try call.bool(2)
    guard replaces || wanted <= count else {
      throw Diagnostic(
        "choice: \(wanted) different items of \(count) are too many", hint: "replace: true allows repetitions"
      )
    }
    let positions: Quantity
    if call.isMissing(3) {
      positions = try call.machine.state.random.choice(count, wanted, repeating: replaces)
    } else {
      let weights = try call.numbers(3)
      guard weights.shape == [count] else {
        throw Diagnostic("choice: p is \(weights.shape), the items need \(count) probabilities", kind: .shape)
      }
      positions =
        try replaces
        ? call.machine.state.random.choice(weights: weights, wanted)
        : distinct(call, weights.numbers(), wanted)
    }
    return try positions.numbers().map { Int($0) }
  }

  /// Different positions drawn one after the other, each with the weights of those that are left.
  private static func distinct(_ call: borrowing Call, _ weights: [Double], _ wanted: Int) throws -> Quantity
  {
    var weights = weights
    var positions: [Double] = []
    for _ in 0..<wanted {
      let drawn = try call.machine.state.random.choice(weights: .tensor(Tensor(weights)), 1).numbers()
      positions += drawn
      for position in drawn { weights[Int(position)] = 0 }
    }
    return .tensor(try Tensor(positions))
  }
}
