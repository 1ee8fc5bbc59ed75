import Testing

@testable import Language

/// A layer, the way to the numbers it learns, and a small problem that it can learn.
private struct LayerCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// What makes the layer.
  let layer: String
  /// The learnable leaves in order.
  let paths: String
  /// Statements that define x and y.
  let data: String
  /// The network around the layer; `LAYER` stands for it.
  var net = "LAYER"
  var loss = "mse"
  var epochs = 60
  /// The loss of a network that has learnt something, where guessing gives 1 or (cross_entropy) 0.69.
  var goal = 0.1

  init(
    _ name: String, _ layer: String, paths: String, _ data: String, net: String = "LAYER",
    loss: String = "mse",
    epochs: Int = 60, goal: Double = 0.1
  ) {
    testDescription = name
    self.layer = layer
    self.paths = paths
    self.data = data
    self.net = net
    self.loss = loss
    self.epochs = epochs
    self.goal = goal
  }
}

private let line = "x = randn(64, 3); y = x @ [[1], [-0.5], [0.5]]"
private let moonData = "m = moons(128, noise: 0.1); x = m.x; y = m.y"
/// Images of a bright row (0) or a bright column (1).
private let bars = """
  y = randint(0, 2, 64); x = 0.1 * randn(64, 1, 6, 6)
  for i in 0..<64 { if y[i] == 0 { x[i, 0, randint(0, 6)] = 1 } else { x[i, 0, :, randint(0, 6)] = 1 } }
  """
/// Whether the first number of a sequence was positive.
private let memory = "x = randn(64, 6, 2); y = where(x[:, 0, 0] > 0, 1, 0)"
private let afterSequence = "chain(LAYER, dense(8, 2))"

private let cases: [LayerCase] = [
  LayerCase("dense", "dense(3, 1)", paths: "w b", line),
  LayerCase(
    "conv2d", "conv2d(1, 4, 3)", paths: "w b", bars,
    net: "chain(LAYER, relu, max_pool2d(2), flatten, dense(16, 2))",
    loss: "cross_entropy"),
  LayerCase(
    "max_pool2d", "max_pool2d(2)", paths: "", bars,
    net: "chain(conv2d(1, 4, 3), relu, LAYER, flatten, dense(16, 2))",
    loss: "cross_entropy"),
  LayerCase(
    "avg_pool2d", "avg_pool2d(2)", paths: "", bars,
    net: "chain(conv2d(1, 4, 3), relu, LAYER, flatten, dense(16, 2))",
    loss: "cross_entropy", goal: 0.3),
  LayerCase(
    "dropout", "dropout(0.1)", paths: "", moonData, net: "chain(dense(2, 16), relu, LAYER, dense(16, 2))",
    loss: "cross_entropy", goal: 0.3),
  LayerCase(
    "layer_norm", "layer_norm(16)", paths: "scale shift", moonData,
    net: "chain(dense(2, 16), LAYER, tanh, dense(16, 2))", loss: "cross_entropy", goal: 0.3),
  LayerCase(
    "batch_norm", "batch_norm(2)", paths: "scale shift",
    "m = moons(128, noise: 0.1); x = m.x * [100, 0.01] + 50; y = m.y",
    net: "chain(LAYER, dense(2, 16), tanh, dense(16, 2))", loss: "cross_entropy", goal: 0.3),
  LayerCase(
    "embedding", "embedding(5, 4)", paths: "w", "x = randint(0, 5, 64); y = [3, 1, 4, 1, 5][x][:, none]",
    net: "chain(LAYER, dense(4, 1))"),
  LayerCase(
    "rnn", "rnn(2, 8, last: true)", paths: "w u b", memory, net: afterSequence, loss: "cross_entropy"),
  LayerCase(
    "lstm", "lstm(2, 8, last: true)", paths: "w u b", memory, net: afterSequence, loss: "cross_entropy"),
  LayerCase(
    "gru", "gru(2, 8, last: true)", paths: "w u b c", memory, net: afterSequence, loss: "cross_entropy"),
  LayerCase(
    "attention", "attention(4, heads: 2)",
    paths: "q.w q.b k.w k.b v.w v.b out.w out.b",
    "x = randn(64, 5, 2); y = max(x[:, :, 0], axis: 1)[:, none]",
    net: "chain(dense(2, 4), LAYER, h -> mean(h, axis: 1), dense(4, 1))", epochs: 150),
  LayerCase(
    "residual", "residual(dense(2, 16), tanh, dense(16, 2))",
    paths: "body.layers[0].w body.layers[0].b body.layers[2].w body.layers[2].b", moonData,
    loss: "cross_entropy",
    goal: 0.3),
  LayerCase(
    "chain", "chain(dense(2, 16), tanh, dense(16, 2))",
    paths: "layers[0].w layers[0].b layers[2].w layers[2].b", moonData, loss: "cross_entropy", goal: 0.3),
  LayerCase(
    "mlp", "mlp(2, 16, 2)", paths: "layers[0].w layers[0].b layers[2].w layers[2].b", moonData,
    loss: "cross_entropy", goal: 0.3),
]

@Suite struct LayerTests {
  @Test(arguments: cases)
  fileprivate func listsOnlyWhatItLearns(_ layer: LayerCase) throws {
    let paths = "join([leaf.path for leaf in params(net)], \" \")"
    let found = try value(of: "net = \(layer.layer)\nresult = \(paths)")
    #expect(found == "\"\(layer.paths)\"")
  }

  @Test(arguments: cases)
  fileprivate func learnsASmallProblem(_ layer: LayerCase) throws {
    let net = layer.net.replacing("LAYER", with: layer.layer)
    let report = try value(
      of: """
        seed(2)
        \(layer.data)
        r = fit(\(net), x, y, loss: \(layer.loss), optimizer: adam(0.02), epochs: \(layer.epochs), batch: 16)
        result = (\(layer.loss)(r.model(x), y) < \(layer.goal), r.loss[0], \(layer.loss)(r.model(x), y))
        """)
    #expect(report.hasPrefix("(true"), "\(report)")
  }

  @Test(arguments: cases)
  fileprivate func followsThePrecision(_ layer: LayerCase) throws {
    let found = try value(
      of: """
        precision("f32")
        \(layer.data)
        net = \(layer.net.replacing("LAYER", with: layer.layer))
        map_leaves(v -> { assert(v.dtype == "f32", v.dtype); v }, net)
        result = training(net, f32(x))[0].dtype
        """)
    #expect(found == "\"f32\"")
  }

  /// What `result` holds after a script, as it is shown.
  private func value(of script: String) throws -> String {
    let session = Session(host: RecordingHost())
    let outcome = session.submit(Source(name: "layer", text: script))
    if case .failed(let diagnostic) = outcome { throw diagnostic }
    return Display.text(session.value(of: "result") ?? .none)
  }
}
