import Testing

@testable import Tensors

@Suite struct LinearAlgebraEinsumTests {
  struct Equation: Sendable, CustomStringConvertible {
    let description: String
    let shapes: [Shape]

    init(_ text: String, _ shapes: Shape...) {
      description = text
      self.shapes = shapes
    }

    func inputs() throws -> [Quantity] {
      var numbers = TestNumbers(seed: 9)
      return try shapes.map { Quantity(try numbers.tensor($0)) }
    }

    /// The sum over every letter, for equations without dots.
    func reference(_ operands: [Quantity]) throws -> Quantity {
      let sides = description.filter { $0 != " " }.split(separator: "->", omittingEmptySubsequences: false)
      let inputs = sides[0].split(separator: ",", omittingEmptySubsequences: false).map(Array.init)
      var lengths: [Character: Int] = [:]
      for (letters, operand) in zip(inputs, operands) {
        for (letter, length) in zip(letters, operand.shape) where lengths[letter] ?? 1 == 1 {
          lengths[letter] = length
        }
      }
      let all = inputs.flatMap { $0 }
      let output =
        sides.count == 2
        ? Array(sides[1]) : Set(all.filter { letter in all.count { $0 == letter } == 1 }).sorted()
      let letters = output + lengths.keys.filter { !output.contains($0) }.sorted()
      let shape = Shape(unchecked: output.map { lengths[$0] ?? 1 })
      var result = Array(repeating: 0.0, count: shape.count)
      let total = letters.reduce(1) { $0 * (lengths[$1] ?? 1) }
      for flat in 0..<total {
        var (rest, place): (Int, [Character: Int]) = (flat, [:])
        for letter in letters.reversed() {
          place[letter] = rest % (lengths[letter] ?? 1)
          rest /= lengths[letter] ?? 1
        }
        var product = 1.0
        for (letters, operand) in zip(inputs, operands) {
          let position = zip(letters, operand.shape).reduce(0) {
            $0 * $1.1 + ($1.1 == 1 ? 0 : place[$1.0] ?? 0)
          }
          product *= operand.elements[position]
        }
        result[output.reduce(0) { $0 * (lengths[$1] ?? 1) + (place[$1] ?? 0) }] += product
      }
      return Quantity(try Tensor(result, shape: shape))
    }
  }

  static let equations = [
    Equation("ij,jk->ik", [2, 3], [3, 4]), Equation("ij,jk", [2, 3], [3, 4]),
    Equation("ji,jk->ki", [3, 2], [3, 4]),
    Equation("ij->", [2, 3]), Equation("ij->ji", [2, 3]), Equation("ba", [2, 3]), Equation("ii->i", [3, 3]),
    Equation("ii", [3, 3]),
    Equation("i,j->ij", [2], [3]), Equation("i,i->", [3], [3]), Equation("i,i->i", [3], [3]),
    Equation("ijk,k->ij", [2, 3, 2], [2]),
    Equation("bij,bjk->bik", [2, 3, 2], [2, 2, 3]), Equation("bij,bkj->bik", [2, 3, 2], [2, 4, 2]),
    Equation("ij,ij->", [2, 3], [2, 3]),
    Equation("ij,jk,kl->il", [2, 3], [3, 2], [2, 4]), Equation("i,ij,j->", [2], [2, 3], [3]),
    Equation("iij,jk->ik", [2, 2, 3], [3, 2]),
    Equation("ijk,jil->kl", [2, 3, 2], [3, 2, 2]), Equation("ab,cd->abcd", [2, 2], [2, 3]),
    Equation("iji->j", [2, 3, 2]),
    Equation("a,a,a->a", [3], [3], [3]), Equation("ij,kj->ik", [1, 3], [4, 3]),
    Equation("ij,jk->ik", [2, 1], [3, 2]),
    Equation(",i->i", [], [3]), Equation("->", []), Equation("ij , jk -> k i", [2, 3], [3, 2]),
    Equation("aab,bcc->ac", [2, 2, 3], [3, 2, 2]),
    Equation("ij,jk->ik", [2, 0], [0, 3]),
  ]

  @Test(arguments: equations)
  func agreesWithDefinition(equation: Equation) throws {
    let inputs = try equation.inputs()
    #expect(try largestDifference(.einsum(equation.description, inputs), equation.reference(inputs)) < 1e-13)
    let f: Differentiable = { (x) throws(TensorError) in
      let y = try Quantity.einsum(equation.description, x)
      return try y * y
    }
    #expect(try gradientGap(f, at: inputs) < 1e-7)
    #expect(try secondGradientGap(f, at: inputs) < 1e-7)
  }

  static let dotted = [
    (Equation("...ij,...jk->...ik", [2, 1, 3, 2], [4, 2, 3]), "abij,bjk->abik"),
    (Equation("...i,...i", [2, 3], [2, 3]), "ai,ai->a"),
    (Equation("i...,i...->...i", [2, 3], [2, 3]), "ia,ia->ai"),
    (Equation("...->...", [2, 3]), "ab->ab"), (Equation("b...a,...", [2, 3, 2], [3]), "bca,c->cab"),
    (Equation("i...j->j", [2, 3, 2]), "iaj->j"),
  ]

  @Test(arguments: dotted.indices)
  func dotsStandForFurtherAxes(_ position: Int) throws {
    let (equation, spelledOut) = LinearAlgebraEinsumTests.dotted[position]
    let inputs = try equation.inputs()
    let axes = spelledOut.prefix { $0 != "-" }.split(separator: ",").map(\.count)
    #expect(axes == inputs.map(\.shape.rank))
    let reference = try Equation(spelledOut).reference(inputs)
    #expect(try largestDifference(.einsum(equation.description, inputs), reference) < 1e-13)
  }

  @Test(arguments: [
    "ij", "ij,jk->il", "ij,kj->ii", "ij->ji->ij", "i1,jk", "ijk,jk", "ij,ik", "......ij,jk", "ij,jk,k",
  ])
  func mistakesAreErrors(equation: String) throws {
    let operands = [try Quantity.ones([2, 3]), try Quantity.ones([4, 5])]
    #expect(throws: TensorError.self) { try Quantity.einsum(equation, operands) }
  }
}
