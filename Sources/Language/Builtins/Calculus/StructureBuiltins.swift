import Tensors

/// Parameters in structures: which numbers are learnt, and working on all of them.
enum StructureBuiltins {
  static let all: [Builtin] = [
    Builtin(
      "fixed(value)", .structure, "Marks a part of a structure as data, which training leaves alone.",
      gradient: "0 where the mark stands in the argument",
      convention: "reading the field gives the value itself; arithmetic on the structure leaves it unchanged",
      example: """
        p = (w: 1, rate: fixed(10))
        p - 0.5
        #> (w: 0.5, rate: 10)
        grad(p -> p.w * p.rate)(p)
        #> (w: 10, rate: 0)
        """
    ) { call in .fixed(Fixed(call[0])) },
    Builtin(
      "free(value)", .structure,
      "The same structure without the marks of fixed, so that all its numbers are learnt.",
      example: """
        p = (w: 1, rate: fixed(10))
        free(p) - 0.5
        #> (w: 0.5, rate: 9.5)
        """
    ) { call in try Structure.free(call[0]) },
    Builtin(
      "params(net)", .structure,
      "Trainable numbers of a model: paths, shapes and counts, one record for each leaf.",
      convention: "what is marked as fixed is left out",
      example: """
        params((w: [[1, 2], [3, 4]], b: 0, rate: fixed(10)))
        #> ((path: "w", shape: [2, 2], count: 4), (path: "b", shape: [], count: 1))
        """
    ) { call in
      var rows: [Value] = []
      for leaf in try Structure.leaves(of: call[0]) {
        let shape = leaf.quantity.shape
        rows.append(
          .record(
            try Record([
              ("path", .string(leaf.path)), ("shape", .tensor(try Tensor(shape.map { Double($0) }))),
              ("count", .number(Double(shape.count))),
            ])))
      }
      return .list(try List(rows))
    },
    Builtin(
      "map_leaves(f, ...structures)", .structure,
      "The structure with f applied to every number and tensor in it; several of one form go together.",
      gradient: "that of f",
      convention:
        "function and structure in either order; functions, strings and fixed parts are carried over",
      example: """
        map_leaves(v -> v^2, (w: [1, 2], b: 3, name: "line"))
        #> (w: [1, 4], b: 9, name: "line")
        map_leaves((a, b) -> a * b, (1, 2), (3, 4))
        #> (3, 8)
        """
    ) { call in
      var structures = try call.rest(1)
      var function = call[0]
      if case .function = function {
      } else if let last = structures.last, case .function = last {
        structures = [function] + structures.dropLast()
        function = last
      }
      guard function.isCallable, let first = structures.first else {
        throw Diagnostic(
          "map_leaves takes a function and a structure", kind: .argument, hint: "map_leaves(v -> 2 * v, p)")
      }
      let leaves = try structures.map { try Structure.leaves(of: $0) }
      for (index, other) in leaves.enumerated().dropFirst() where other.map(\.path) != leaves[0].map(\.path) {
        throw Diagnostic(
          "map_leaves: structures 1 and \(index + 1) have different forms", kind: .shape,
          hint: "params(p) lists the leaves of a structure")
      }
      var results: [Value] = []
      for position in leaves[0].indices {
        results.append(try call.machine.call(function, leaves.map { Value($0[position].quantity) }))
      }
      return try Structure.rebuild(first, with: results)
    },
  ]
}
