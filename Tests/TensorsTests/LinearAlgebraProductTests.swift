import Testing

@testable import Tensors

@Suite(.serialized) struct LinearAlgebraProductTests {
  /// A pair of shapes, with the operands' last axes swapped or not.
  struct Operands: Sendable, CustomStringConvertible {
    let a: Shape
    let b: Shape
    var transposeA = false
    var transposeB = false
    var description: String { "\(a)\(transposeA ? "ᵀ" : "") @ \(b)\(transposeB ? "ᵀ" : "")" }

    func inputs(_ dtype: DType = .f64) throws -> [Quantity] {
      var numbers = TestNumbers(seed: a.count + b.count)
      return [
        Quantity.tensor(try numbers.tensor(a).converted(to: dtype)),
        Quantity.tensor(try numbers.tensor(b).converted(to: dtype)),
      ]
    }

    func product(_ x: [Quantity]) throws(TensorError) -> Quantity {
      try x[0].matrixProduct(x[1], transposeA: transposeA, transposeB: transposeB)
    }

    /// The product by its definition.
    func reference(_ x: [Quantity]) throws -> Quantity {
      var (left, right) = (x[0], x[1])
      if left.shape.rank == 1 {
        left = try left.reshape([1, -1])
      } else if transposeA {
        left = try left.transpose((-2, -1))
      }
      if right.shape.rank == 1 {
        right = try right.reshape([-1, 1])
      } else if transposeB {
        right = try right.transpose((-2, -1))
      }
      let (m, k, n) = (left.shape[left.shape.rank - 2], left.shape.last ?? 0, right.shape.last ?? 0)
      let stack = try Shape(unchecked: left.shape.dropLast(2)).broadcast(
        with: Shape(unchecked: right.shape.dropLast(2)))
      let a = try left.broadcast(to: stack.appending([m, k])).elements
      let b = try right.broadcast(to: stack.appending([k, n])).elements
      var c: [Double] = []
      for matrix in 0..<stack.count {
        for i in 0..<m {
          for j in 0..<n {
            c.append((0..<k).reduce(0) { $0 + a[(matrix * m + i) * k + $1] * b[(matrix * k + $1) * n + j] })
          }
        }
      }
      let shape = stack.appending((x[0].shape.rank == 1 ? [] : [m]) + (x[1].shape.rank == 1 ? [] : [n]))
      return Quantity(try Tensor(c, shape: shape))
    }
  }

  static let small = [
    Operands(a: [3], b: [3]), Operands(a: [3], b: [3, 2]), Operands(a: [2, 3], b: [3]),
    Operands(a: [2, 3], b: [3, 4]),
    Operands(a: [1, 3], b: [3, 1]), Operands(a: [2, 1], b: [1, 3]), Operands(a: [4, 2, 3], b: [3]),
    Operands(a: [3], b: [2, 3, 2]), Operands(a: [4, 2, 3], b: [3, 2]), Operands(a: [2, 3], b: [4, 3, 2]),
    Operands(a: [2, 1, 2, 3], b: [3, 3, 2]), Operands(a: [2, 2, 3], b: [2, 3, 2]),
    Operands(a: [1, 2, 3], b: [2, 1, 3, 2]),
    Operands(a: [3, 2], b: [3, 4], transposeA: true), Operands(a: [2, 3], b: [4, 3], transposeB: true),
    Operands(a: [3, 2], b: [4, 3], transposeA: true, transposeB: true),
    Operands(a: [2, 3, 2], b: [3, 4], transposeA: true),
    Operands(a: [2, 2, 3], b: [4, 3], transposeB: true),
    Operands(a: [2, 3, 2], b: [2, 4, 3], transposeA: true, transposeB: true),
    Operands(a: [3], b: [4, 3], transposeB: true), Operands(a: [3, 2], b: [3], transposeA: true),
  ]

  static let empty = [
    Operands(a: [0], b: [0]), Operands(a: [0, 3], b: [3, 2]), Operands(a: [2, 0], b: [0, 3]),
    Operands(a: [2, 3], b: [3, 0]),
    Operands(a: [0, 2, 3], b: [3, 2]), Operands(a: [0, 2, 3], b: [1, 3, 2]),
    Operands(a: [2, 2, 0], b: [2, 0, 2]),
  ]

  static let large = [
    Operands(a: [64, 64], b: [64, 64]), Operands(a: [65, 66], b: [66, 67]),
    Operands(a: [129, 130], b: [130, 131]),
    Operands(a: [128, 784], b: [784, 100]), Operands(a: [700, 90], b: [90, 70]),
    Operands(a: [70, 90], b: [90, 700]),
    Operands(a: [513, 40], b: [40, 257]), Operands(a: [3000, 30], b: [30, 40]),
    Operands(a: [30, 40], b: [40, 3000]),
    Operands(a: [200, 300], b: [100, 300], transposeB: true),
    Operands(a: [300, 200], b: [300, 100], transposeA: true),
    Operands(a: [300, 200], b: [100, 300], transposeA: true, transposeB: true),
    Operands(a: [40, 20, 30], b: [40, 30, 20]),
    Operands(a: [5, 100, 130], b: [5, 130, 120]), Operands(a: [5, 100, 130], b: [130, 120]),
    Operands(a: [4000], b: [4000, 30]),
    Operands(a: [40, 4000], b: [4000]), Operands(a: [40, 4000], b: [40, 4000], transposeB: true),
  ]

  @Test(arguments: small + empty + large, [DType.f64, .f32])
  func agreesWithDefinition(operands: Operands, dtype: DType) throws {
    let inputs = try operands.inputs(dtype)
    let product = try operands.product(inputs)
    let gap = try largestDifference(product, operands.reference(inputs))
    #expect(gap <= (dtype == .f32 ? 2e-4 : 1e-11))
    #expect(product.shape.rank == 0 || product.dtype == dtype)
  }

  @Test(arguments: small)
  func gradientsAgreeWithDifferences(operands: Operands) throws {
    let inputs = try operands.inputs()
    #expect(try gradientGap(operands.product, at: inputs) < 1e-8)
    #expect(try secondGradientGap(operands.product, at: inputs) < 1e-8)
  }

  @Test(arguments: empty)
  func gradientsOfNothingAreEmpty(operands: Operands) throws {
    let inputs = try operands.inputs()
    let shapes = try gradients(operands.product, at: inputs).map(\.shape)
    #expect(shapes == inputs.map(\.shape))
  }

  @Test(arguments: small + large, [DType.f64, .f32])
  func bitsDoNotDependOnThreads(operands: Operands, dtype: DType) throws {
    let before = Threads.count
    defer { Threads.count = before }
    let inputs = try operands.inputs(dtype)
    var bits: [[UInt64]] = []
    for threads in [1, 2, 3] {
      Threads.count = threads
      bits.append(try operands.product(inputs).elements.map(\.bitPattern))
    }
    #expect(bits[0] == bits[1])
    #expect(bits[0] == bits[2])
  }

  @Test func mixedPrecisionIsWide() throws {
    let operands = Operands(a: [2, 3], b: [3, 2])
    let (narrow, wide) = (try operands.inputs(.f32), try operands.inputs())
    #expect(try narrow[0].matrixProduct(wide[1]).dtype == .f64)
    #expect(try narrow[0].matrixProduct(narrow[1]).dtype == .f32)
    let flags = Quantity.tensor(try Tensor([true, false, true, true, true, false], shape: [2, 3]))
    #expect(try flags.matrixProduct(flags, transposeB: true).elements == [2, 1, 1, 2])
  }

  @Test(arguments: [4, 100, 200])
  func nanAndInfinityPropagate(size: Int) throws {
    let zeros = Quantity.tensor(try Tensor.filled(0, [size, size]))
    let infinite = Quantity.tensor(try Tensor.filled(.infinity, [size, size]))
    #expect(try zeros.matrixProduct(infinite).elements.allSatisfy(\.isNaN))
    #expect(try infinite.matrixProduct(zeros).elements.allSatisfy(\.isNaN))
    #expect(try infinite.matrixProduct(infinite).elements.allSatisfy { $0 == .infinity })
  }

  @Test func mistakesAreErrors() throws {
    let a = Quantity.tensor(try Tensor.filled(1, [2, 3]))
    let stack = Quantity.tensor(try Tensor.filled(1, [4, 3, 2]))
    let other = Quantity.tensor(try Tensor.filled(1, [5, 2, 3]))
    let inner = #expect(throws: TensorError.self) { try a.matrixProduct(a) }
    guard case .inner([2, 3], [2, 3], 3, 2) = inner else {
      return #expect(Bool(false), "\(String(describing: inner))")
    }
    let broadcast = #expect(throws: TensorError.self) { try stack.matrixProduct(other) }
    guard case .broadcast([4, 3, 2], [5, 2, 3], axis: -3) = broadcast else {
      return #expect(Bool(false), "\(String(describing: broadcast))")
    }
    #expect(throws: TensorError.self) { try a.matrixProduct(.number(2)) }
    #expect(throws: TensorError.self) { try Quantity.number(2).matrixProduct(a) }
  }
}
