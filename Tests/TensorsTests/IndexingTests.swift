import Testing

@testable import Tensors

/// A random shape and a random index expression for it.
struct RandomIndex: CustomStringConvertible {
  let shape: Shape
  let entries: [IndexEntry]
  var description: String { "\(shape) \(entries.count) entries" }

  init(seed: Int) throws {
    var numbers = TestNumbers(seed: seed)
    let rank = Int.random(in: 1...4, using: &numbers)
    let shape = Shape(unchecked: (0..<rank).map { _ in Int.random(in: 1...4, using: &numbers) })
    let lists = Shape(
      unchecked: (0..<Int.random(in: 1...2, using: &numbers)).map { _ in
        Int.random(in: 1...3, using: &numbers)
      })
    let maskCount = Int.random(in: 0...2, using: &numbers)
    var entries: [IndexEntry] = []
    var axis = 0
    var hasEllipsis = false
    while axis < rank, entries.count < 5 {
      let length = shape[axis]
      switch Int.random(in: 0..<9, using: &numbers) {
      case 0, 1:
        entries.append(.at(Int.random(in: -length..<length, using: &numbers)))
        axis += 1
      case 2, 3, 4:
        func bound() -> Int? { Bool.random(using: &numbers) ? nil : Int.random(in: -6...6, using: &numbers) }
        let step = [1, 1, 2, 3, -1, -2][Int.random(in: 0..<6, using: &numbers)]
        entries.append(.slice(start: bound(), stop: bound(), step: step))
        axis += 1
      case 5: entries.append(.newAxis)
      case 6 where !hasEllipsis:
        entries.append(.ellipsis)
        hasEllipsis = true
        axis += Int.random(in: 0...rank - axis, using: &numbers)
      case 7 where maskCount < 2 && axis + 1 < rank || maskCount == 1:
        let axes = Swift.min(maskCount + 1, rank - axis)
        let masked = Shape(unchecked: shape[axis..<axis + axes])
        // As many true elements as an index list has, so that both may stand in one expression.
        let wanted = lists[lists.rank - 1]
        guard masked.count >= wanted else { continue }
        let chosen = Set((0..<masked.count).shuffled(using: &numbers).prefix(wanted))
        entries.append(.mask(try Tensor((0..<masked.count).map(chosen.contains), shape: masked)))
        axis += axes
      default:
        let places = (0..<lists.count).map { _ in Double(Int.random(in: -length..<length, using: &numbers)) }
        entries.append(.integers(try Tensor(places, shape: lists)))
        axis += 1
      }
    }
    self.shape = shape
    // The generator ends early now and then; an ellipsis must not take the axes it left.
    self.entries = entries + (hasEllipsis ? Array(repeating: .all, count: rank - axis) : [])
  }
}

@Suite struct IndexingTests {
  @Test(arguments: 0..<600)
  func agreesWithReference(seed: Int) throws {
    let index = try RandomIndex(seed: seed)
    let reference = try IndexingReference(index.entries, of: index.shape.array)
    let count = index.shape.count
    for dtype in DType.allCases {
      let values = (0..<count).map { dtype == .bool ? Double($0 % 3 % 2) : Double($0) }
      let x = Quantity(try Tensor(values, shape: index.shape).converted(to: dtype))
      let selected = try x.indexed(index.entries)
      #expect(selected.shape.array == reference.shape)
      #expect(selected.elements == reference.positions.map { values[$0] })

      // Assignment: a row that broadcasts, the last write wins.
      let width = reference.shape.last ?? 1
      let row = (0..<width).map { dtype == .bool ? Double($0 % 2) : Double(1000 + $0) }
      let value = Quantity(
        try Tensor(row, shape: reference.shape.isEmpty ? [] : [width]).converted(to: dtype))
      var expected = values
      for (place, position) in reference.positions.enumerated() { expected[position] = row[place % width] }
      #expect(try x.assigningIndex(index.entries, value).elements == expected)
      #expect(x.elements == values, "the original stays")
    }
  }

  @Test(arguments: 0..<60)
  func gradientsAgreeWithDifferences(seed: Int) throws {
    let index = try RandomIndex(seed: seed)
    var numbers = TestNumbers(seed: seed)
    let x = Quantity(try numbers.tensor(index.shape))
    let selected = try x.indexed(index.entries).shape
    let value = Quantity(try numbers.tensor(selected))
    let read: Differentiable = { (x) throws(TensorError) in
      let y = try x[0].indexed(index.entries)
      return try y * y
    }
    let write: Differentiable = { (x) throws(TensorError) in
      let y = try (x[0] * x[0]).assigningIndex(index.entries, x[1] * x[1])
      return try y * y + x[0] * y
    }
    let append: Differentiable = { (x) throws(TensorError) in
      var y = try x[0] * x[0]
      try Quantity.append(&y, y.indexed([.at(0)]) * x[0].indexed([.at(-1)]))
      return try y * y
    }
    #expect(try gradientGap(read, at: [x]) < 1e-7)
    #expect(try gradientGap(write, at: [x, value]) < 1e-7)
    #expect(try gradientGap(append, at: [x]) < 1e-7)
    if seed < 20 {
      #expect(try secondGradientGap(read, at: [x]) < 1e-7)
      #expect(try secondGradientGap(write, at: [x, value]) < 1e-7)
      #expect(try secondGradientGap(append, at: [x]) < 1e-7)
    }
  }

  struct BadIndex: Sendable {
    let name: String
    let error: @Sendable (TensorError) -> Bool
    let index: @Sendable (Quantity) throws -> Quantity
  }

  static let badIndices = [
    BadIndex(name: "past the end") {
      if case .index(3, axis: 0, length: 3) = $0 { true } else { false }
    } index: {
      try $0.indexed([.at(3)])
    },
    BadIndex(name: "before the start") {
      if case .index(-5, axis: 1, length: 4) = $0 { true } else { false }
    } index: {
      try $0.indexed([.all, .at(-5)])
    },
    BadIndex(name: "smallest integer") {
      if case .index = $0 { true } else { false }
    } index: {
      try $0.indexed([.at(.min)])
    },
    BadIndex(name: "list past the end") {
      if case .index(7, axis: 1, length: 4) = $0 { true } else { false }
    } index: {
      try $0.indexed([.all, .integers(try Tensor([0.0, 7]))])
    },
    BadIndex(name: "range past the end") {
      if case .index = $0 { true } else { false }
    } index: {
      try $0.indexed([.integers(Tensor(integersFrom: 1, count: 3))])
    },
    BadIndex(name: "too many") {
      if case .tooManyIndices(3, _) = $0 { true } else { false }
    } index: {
      try $0.indexed([.at(0), .at(0), .at(0)])
    },
    BadIndex(name: "fraction") {
      if case .fraction(0.5) = $0 { true } else { false }
    } index: {
      try $0.indexed([.integers(try Tensor([0.5]))])
    },
    BadIndex(name: "not a number") {
      if case .fraction = $0 { true } else { false }
    } index: {
      try $0.indexed([.integers(try Tensor([Double.nan]))])
    },
    BadIndex(name: "mask") {
      if case .mask = $0 { true } else { false }
    } index: {
      try $0.indexed([.mask(try Tensor([true, false]))])
    },
    BadIndex(name: "lists") {
      if case .broadcast = $0 { true } else { false }
    } index: {
      try $0.indexed([.integers(try Tensor([0.0, 1])), .integers(try Tensor([0.0, 1, 2]))])
    },
    BadIndex(name: "dots") {
      if case .argument = $0 { true } else { false }
    } index: {
      try $0.indexed([.ellipsis, .ellipsis])
    },
    BadIndex(name: "step") {
      if case .argument = $0 { true } else { false }
    } index: {
      try $0.indexed([.slice(start: nil, stop: nil, step: 0)])
    },
    BadIndex(name: "rank") {
      if case .rank = $0 { true } else { false }
    } index: {
      try $0.indexed(Array(repeating: .newAxis, count: 7))
    },
    BadIndex(name: "value") {
      if case .shapes = $0 { true } else { false }
    } index: {
      try $0.assigningIndex([.at(0)], Quantity(try Tensor([1.0, 2])))
    },
    BadIndex(name: "of a number") {
      if case .tooManyIndices(1, _) = $0 { true } else { false }
    } index: { _ in
      try Quantity.number(1).indexed([.at(0)])
    },
    BadIndex(name: "row") {
      if case .shapes = $0 { true } else { false }
    } index: {
      var x = $0
      try Quantity.append(&x, .number(1))
      return x
    },
  ]

  @Test(arguments: badIndices.indices)
  func mistakesAreErrors(_ position: Int) throws {
    let bad = IndexingTests.badIndices[position]
    let x = Quantity(try Tensor((0..<12).map(Double.init), shape: [3, 4]))
    let error = #expect(throws: TensorError.self) { _ = try bad.index(x) }
    #expect(error.map(bad.error) == true, "\(bad.name): \(String(describing: error))")
    #expect(x.elements == (0..<12).map(Double.init))
  }

  @Test(arguments: [
    (Int?.some(1), Int?.some(99), 1), (nil, nil, -1), (-2, nil, 1), (5, 1, -2), (nil, nil, .min),
    (.min, .max, .max),
  ])
  func slicesClampAsInPython(start: Int?, stop: Int?, step: Int) throws {
    let x = Quantity(try Tensor((0..<6).map(Double.init)))
    let got = try x.indexed([.slice(start: start, stop: stop, step: step)]).elements
    let expected: [Double] =
      switch (start, stop, step) {
      case (1, 99, 1): [1, 2, 3, 4, 5]
      case (nil, nil, -1): [5, 4, 3, 2, 1, 0]
      case (-2, nil, 1): [4, 5]
      case (5, 1, -2): [5, 3]
      case (nil, nil, .min): [5]
      default: [0]
      }
    #expect(got == expected)
  }

  @Test func rangesStayUnmaterialised() throws {
    let range = Tensor(integersFrom: 10, count: 1 << 40)
    let x = Quantity.tensor(range)
    let part = try x.indexed([.slice(start: 5, stop: 1 << 39, step: 1)])
    #expect(try x.element(-1).elements == [Double(10 + (1 << 40) - 1)])
    #expect(try part.element(2).elements == [17])
    #expect(range.sequenceStart == 10)
    let y = Quantity(try Tensor((0..<6).map(Double.init)))
    #expect(try y.indexed([.integers(Tensor(integersFrom: 2, count: 3))]).elements == [2, 3, 4])
  }

  @Test func takesAlongAxes() throws {
    var numbers = TestNumbers(seed: 5)
    let x = Quantity(try numbers.tensor([3, 4, 2]))
    let list = try Tensor([2.0, 0, -1, 2])
    let along = try Tensor([1.0, -1, 0, 2, 0, 0], shape: [3, 2, 1])
    #expect(try x.take(list, axis: 1).shape == [3, 4, 2])
    #expect(try x.take(list).elements == [2, 0, 23, 2].map { x.elements[$0] })
    let picked = try x.takeAlong(along, axis: 1)
    #expect(picked.shape == [3, 2, 2])
    #expect(picked.elements == [2, 3, 6, 7, 8, 9, 12, 13, 16, 17, 16, 17].map { x.elements[$0] })
  }

  static let takes = [
    DifferentiableCase("take", [3, 4, 2]) { (x) throws(TensorError) in
      let list = try Tensor([2.0, 0, -1, 2])
      return try x[0].take(list, axis: 1) * x[0].take(list, axis: -2)
    },
    DifferentiableCase("take_along", [3, 4, 2]) { (x) throws(TensorError) in
      let y = try x[0].takeAlong(Tensor([1.0, -1, 0, 2, 0, 0], shape: [3, 2, 1]), axis: 1)
      return try y * y
    },
    DifferentiableCase("scatter_add rows", [3, 4, 2]) { (x) throws(TensorError) in
      let list = try Tensor([2.0, 0, -1, 2])
      let y = try (x[0] * x[0]).scatterAdd(list, x[0].take(list, axis: 1), axis: 1)
      return try y * y
    },
    DifferentiableCase("scatter_add elements", [3, 4, 2]) { (x) throws(TensorError) in
      let along = try Tensor([1.0, -1, 0, 2, 0, 0], shape: [3, 2, 1])
      let y = try (x[0] * x[0]).scatterAdd(along, x[0].takeAlong(along, axis: 1), axis: 1)
      return try y * y
    },
  ]

  @Test(arguments: takes.indices)
  func takingHasGradients(_ position: Int) throws {
    let take = IndexingTests.takes[position]
    let inputs = try take.inputs()
    #expect(try gradientGap(take.f, at: inputs) < 1e-7, "\(take.name)")
    #expect(try secondGradientGap(take.f, at: inputs) < 1e-7, "\(take.name)")
  }
}
