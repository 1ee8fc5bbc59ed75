import Tensors

/// What layers are made of: records of a kind, and the functions that do their work.
extension BuiltinTable {
  static let layerBuiltins: [Builtin] = making + imageFunctions + sequenceFunctions

  private static let making: [Builtin] = [
    Builtin(
      "layer(kind, record)", .layers,
      "Record as a layer of some kind, which is what type, errors and summaries call it.",
      convention:
        "call: (self, x) -> y is what it does, train: (self, x) -> (y, self) what differs in learning",
      example: """
        twice = layer("twice", (call: (self, x) -> 2 * x))
        twice(4)
        #> 8
        type(twice)
        #> "twice"
        """
    ) { call in
      let record = try call.record(1)
      guard record["call"] != nil else {
        throw Diagnostic(
          "layer: the record has no field `call`", kind: .type,
          hint: "call: (self, x) -> … is what the layer does")
      }
      return .record(
        try Record(RecordLayout.named(record.layout.names, kind: call.string(0)), record.values))
    },
    Builtin(
      "affine(x, w, b: none)", .layers, "Rows times a matrix, plus a vector: what a dense layer does.",
      formula: "x @ w + b with x of shape [..., inputs], w [inputs, outputs], b [outputs]",
      gradient: "g @ w.T for x, x.T @ g for w and the sum of the rows of g for b",
      example: """
        affine([[1, 2]], [[1, 0], [0, 1]], [10, 20])
        #> [1, 2] f64
        #>   11  22
        """
    ) { call in Value(try call.quantity(0).affine(call.quantity(1), call.optionalQuantity(2))) },
    Builtin(
      "normalize(x, axis: -1, eps: 1e-5)", .layers, "Scaled to mean 0 and variance 1 along axes.",
      formula: "(x - mean(x)) / sqrt(var(x) + eps)",
      gradient: "(g - mean(g) - y mean(g y)) / sqrt(var(x) + eps)",
      convention: "the variance is that of all, ddof 0",
      example: """
        normalize([1, 3], eps: 0)
        #> [-1, 1]
        """
    ) { call in
      let (x, eps) = (try call.quantity(0), try call.scalar(2))
      guard eps.double >= 0 else {
        throw Diagnostic("normalize: eps must not be negative, but is \(Display.number(eps.double))")
      }
      let axes = try call.axes(1) ?? Array(0..<x.shape.rank)
      guard eps.isTraced else { return Value(try x.normalize(axes: axes, eps: eps.double)) }
      let distances = try x - x.mean(axes: axes, keepdims: true)
      return Value(try distances / ElementwiseTable.sqrt(x.variance(axes: axes, keepdims: true) + eps))
    },
    Builtin(
      "run_graph(model, ...x)", .layers,
      "What a graph of operations computes, as load makes one of an ONNX file: the call of such a layer.",
      convention:
        "model.graph has inputs (name, shape, dtype), outputs (names) and nodes (op, inputs, outputs, settings), operations being those of ONNX; model.weights has the numbers that are learnt, by name",
      example: """
        node = (op: "MatMul", inputs: ["x", "w"], outputs: "y")
        net = (weights: (w: [[2], [3]]), graph: fixed((inputs: ((name: "x"),), outputs: "y", nodes: (node,))))
        run_graph(net, [[1, 1]])[0]
        #> [5]
        grad(net -> sum(run_graph(net, [[1, 2]])))(net).weights.w.T
        #> [1, 2] f64
        #>   1  2
        """
    ) { call in
      var run = try GraphRun(call.record(0))
      return try run(call.rest(1))
    },
  ]
}
