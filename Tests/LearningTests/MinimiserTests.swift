import Testing

@testable import Learning

/// A function with a known minimum.
struct Valley: CustomTestStringConvertible {
  let name: String
  let start: [Double]
  let bottom: [Double]
  var tolerance = 1e-4
  let value: @Sendable ([Double]) -> Double

  var testDescription: String { name }

  /// Derivatives by central differences: what is tested is the search.
  var objective: Objective {
    Objective(
      value: value, slope: { (value($0), gradient($0)) },
      curvature: { x in
        x.indices.flatMap { i in
          let (plus, minus) = (gradient(moved(x, i, 1e-4)), gradient(moved(x, i, -1e-4)))
          return zip(plus, minus).map { ($0 - $1) / 2e-4 }
        }
      })
  }

  private func gradient(_ x: [Double]) -> [Double] {
    x.indices.map { (value(moved(x, $0, 1e-6)) - value(moved(x, $0, -1e-6))) / 2e-6 }
  }

  private func moved(_ x: [Double], _ index: Int, _ by: Double) -> [Double] {
    var x = x
    x[index] += by
    return x
  }

  static let all: [Valley] = [
    Valley(name: "bowl", start: [2, -1], bottom: [1, -2]) { x in
      3 * (x[0] - 1) * (x[0] - 1) + (x[1] + 2) * (x[1] + 2) + (x[0] - 1) * (x[1] + 2)
    },
    Valley(name: "Rosenbrock", start: [-1.2, 1], bottom: [1, 1], tolerance: 1e-3) { x in
      (1 - x[0]) * (1 - x[0]) + 100 * (x[1] - x[0] * x[0]) * (x[1] - x[0] * x[0])
    },
    Valley(name: "Beale", start: [1, 1], bottom: [3, 0.5], tolerance: 1e-3) { x in
      let terms = [1.5 - x[0] * (1 - x[1]), 2.25 - x[0] * (1 - x[1] * x[1])]
      let last = 2.625 - x[0] * (1 - x[1] * x[1] * x[1])
      return terms[0] * terms[0] + terms[1] * terms[1] + last * last
    },
    Valley(name: "one coordinate", start: [0], bottom: [2]) { x in (x[0] - 2) * (x[0] - 2) },
    Valley(name: "scales", start: [1, 1, 1], bottom: [0, 0, 0]) { x in
      x[0] * x[0] + 100 * x[1] * x[1] + 0.01 * x[2] * x[2]
    },
  ]
}

@Suite("Minimisers")
struct MinimiserTests {
  enum Name: CaseIterable { case steepest, newton, lbfgs, nelderMead }

  private func minimiser(_ name: Name, box: Box? = nil) -> Minimiser {
    let method: Minimiser.Method =
      switch name {
      case .steepest: .steepest
      case .newton: .newton
      case .lbfgs: .lbfgs
      case .nelderMead: .nelderMead
      }
    return Minimiser(method, stepLimit: 20_000, tolerance: 1e-7, box: box)
  }

  @Test("Every method finds every bottom", arguments: Name.allCases, Valley.all)
  func everyMethodFindsEveryBottom(name: Name, valley: Valley) throws {
    let minimum = try minimiser(name).minimum(of: valley.objective, from: valley.start)
    let distance = zip(minimum.point, valley.bottom).map { abs($0 - $1) }.max() ?? 0
    #expect(distance < valley.tolerance, "\(minimum.point) after \(minimum.steps) steps: \(minimum.stop)")
  }

  @Test("Bounds hold, and the best point inside is found", arguments: Name.allCases)
  func boundsHold(name: Name) throws {
    let valley = Valley.all[0]
    let box = Box(lower: [-5, -1.5], upper: [5, 5])
    let minimum = try minimiser(name, box: box).minimum(of: valley.objective, from: [4, 4])
    // On the edge the first coordinate balances 6 (x - 1) against 0.5.
    #expect(
      abs(minimum.point[1] + 1.5) < 1e-6 && abs(minimum.point[0] - (1 - 0.5 / 6)) < 1e-4, "\(minimum.point)")
  }

  @Test("A function that becomes nan ends the search with the best point", arguments: Name.allCases)
  func nanEndsTheSearch(name: Name) throws {
    let objective = Objective(
      value: { $0[0] > 0 ? $0[0] - 2 * $0[0].squareRoot() : .nan },
      slope: { ($0[0] > 0 ? $0[0] - 2 * $0[0].squareRoot() : .nan, [1 - 1 / $0[0].squareRoot()]) },
      curvature: { [0.5 / ($0[0] * $0[0].squareRoot())] })
    let minimum = try minimiser(name).minimum(of: objective, from: [30])
    #expect(abs(minimum.point[0] - 1) < 1e-3, "\(minimum.point) \(minimum.stop)")
    #expect(throws: MinimisationError.self) { try minimiser(name).minimum(of: objective, from: [-1]) }
  }

  @Test("The wish to stop returns the best point so far")
  func interruptionKeepsTheBest() throws {
    struct Wish: Error {}
    var count = 0
    let valley = Valley.all[1]
    var minimiser = minimiser(.lbfgs)
    minimiser.endsEarly = { $0 is Wish }
    minimiser.keepsPath = true
    let objective = Objective(
      value: valley.value,
      slope: {
        count += 1
        if count > 20 { throw Wish() }
        return try valley.objective.slope($0)
      }, curvature: valley.objective.curvature)
    let minimum = try minimiser.minimum(of: objective, from: valley.start)
    guard case .interrupted = minimum.stop else {
      Issue.record("\(minimum.stop)")
      return
    }
    #expect(minimum.value < 4 && minimum.path.count == minimum.steps + 1)
  }
}
