import Learning
import Tensors

/// Small data sets in the plane, each `(x: [n, 2], y: [n])`.
extension BuiltinTable {
  static let toyDataBuiltins: [Builtin] = [
    Builtin(
      "moons(n: 200, noise: 0.1)", .toyData, "Two interleaving half circles, as (x: [n, 2], y: [n]).",
      convention: "y holds 0 and 1; noise is the standard deviation of what is added to x",
      example: """
        data = moons(100)
        data.x.shape
        #> [100, 2]
        unique(data.y)
        #> [0, 1]
        """
    ) { call in try points(call, noise: 1) { .moons($0) } },
    Builtin(
      "spirals(n: 200, noise: 0.02, arms: 2, turns: 1)", .toyData,
      "Arms that wind around one another, as (x: [n, 2], y: [n]).",
      example: """
        unique(spirals(90, arms: 3).y)
        #> [0, 1, 2]
        """
    ) { call in
      let (arms, turns) = (try classes(call, 2), try call.number(3))
      return try points(call, noise: 1) { .spirals($0, arms: arms, turns: turns) }
    },
    Builtin(
      "circles(n: 200, noise: 0.05, factor: 0.5)", .toyData,
      "A circle inside another, as (x: [n, 2], y: [n]).",
      convention: "factor is the radius of the inner circle, whose y is 1",
      example: """
        circles(100).y.shape
        #> [100]
        """
    ) { call in
      let factor = try call.number(2)
      return try points(call, noise: 1) { .circles($0, factor: factor) }
    },
    Builtin(
      "blobs(n: 200, centers: 3, noise: 1)", .toyData, "Round clusters on a circle, as (x: [n, 2], y: [n]).",
      convention: "the centers stand on a circle of radius 4",
      example: """
        unique(blobs(100, centers: 4).y)
        #> [0, 1, 2, 3]
        """
    ) { call in
      let centers = try classes(call, 1)
      return try points(call, noise: 2) { .blobs($0, centers: centers) }
    },
    Builtin(
      "xor_points(n: 200, noise: 0)", .toyData,
      "Points in a square whose class is the exclusive or of their signs.",
      convention: "x lies between -1 and 1 before the noise; y is 1 where the signs differ",
      example: """
        data = xor_points(50)
        all((data.x[:, 0] * data.x[:, 1] < 0) == (data.y == 1))
        #> true
        """
    ) { call in
      let uniform = try call.machine.state.random.uniform(Shape(checking: [2 * pointCount(call)])).numbers()
      return try points(call, noise: 1) { .xorPoints($0, uniform: uniform) }
    },
  ]

  private static func pointCount(_ call: borrowing Call) throws(Diagnostic) -> Int {
    let count = try call.count(0)
    guard count <= 10_000_000 else {
      throw Diagnostic("\(call.builtin.name): n is at most 10000000, not \(count)", kind: .limit)
    }
    return count
  }

  private static func classes(_ call: borrowing Call, _ position: Int) throws(Diagnostic) -> Int {
    let count = try call.count(position)
    guard count > 0, count <= 1000 else {
      throw Diagnostic("\(call.builtin.name): \(call.name(position)) must be from 1 to 1000, not \(count)")
    }
    return count
  }

  /// The record of a data set with noise added; `noise` is the position of that argument.
  private static func points(_ call: borrowing Call, noise: Int, _ make: (Int) -> ToyData) throws -> Value {
    let count = try pointCount(call)
    let normal = try call.machine.state.random.normal(Shape(checking: [2 * count])).numbers()
    let data = make(count).moved(by: try call.number(noise), normal)
    let precision = call.state.precision
    return .record(
      try Record([
        ("x", .tensor(try Tensor(data.points, shape: Shape(checking: [count, 2])).converted(to: precision))),
        ("y", .tensor(try Tensor(data.classes).converted(to: precision))),
      ]))
  }
}
