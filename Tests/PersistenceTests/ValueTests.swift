import Language
import Persistence
import Tensors
import Testing

@Suite("stored values")
struct ValueTests {
  @Test(
    "come back with every bit",
    arguments: [
      "none", "true", "1/3", "-0.0", "inf", "-inf", "nan", "2^53", "1e-310", #""a\u{0}\n\"ü{1}🙂""#, "\"\"",
      "[1, nan, -0.0, inf]", "f32([0.1, nan, 1e-40])", "[true, false]", "zeros(0)", "zeros(2, 0, 3)",
      "ones(2, 3, 4)",
      "0..<10", "2...5", "f32(0..<3)", #"["a", "ü", ""]"#, "()", "(1, \"a\", (2,))", "(w: 1.0, b: (c: none))",
      "(if: 1, ab: 2)", "(fixed([1, 2]), fixed((a: 1)))", "table(a: [1, nan], b: [\"x\", \"y\"])",
      "sin", "grad(sin)", "sin'", "x -> x^2", "(a -> b -> a + b)(2)", "((x, y: 2, ...z) -> (x, y, z))",
      "map(n -> (x -> x * n), (1, 2))", "dense(2, 3)",
      "chain(dense(2, 4), tanh, dropout(0.5), batch_norm(4), lstm(4, 2))",
      "adam(0.01)", "gelu", "(x ->\n x + 1)", "[1, 2][none]", "randn(3, 3)", "(a: [1, 2], b: [3, 4])",
      "plot([1, 3, 2])", "(hist([1, 2, 2, 3]), \"a\")", "plot(sin, -3, 3) + scatter([1, 2], [0, 1])",
      "grid(heatmap(eye(3)), bar([\"a\", \"b\"], [1, 2]))", "\"\"", "[\"\"]",
      "(\"\\u{0}\", \"\\u{10ffff}\", \"e\\u{301}\")",
      "zeros(0, dtype: \"f32\")", "zeros(3, 0) > 1", "f32([[inf, -inf], [-0.0, nan]])", "0..<0", "-3..<2",
      "(0..<5)[1:3]",
      "table(a: zeros(0), b: f32(zeros(0)))", "table(a: [true], b: [none][0:0] == 1)",
      "(if: fixed(2), b: free(fixed(1)))",
      "(a: (b: (c: (d: [(1,)]))))", "minimize(p -> sum((p - 1)^2), [0.0, 2.0], steps: 5)",
      "curve_fit((p, x) -> p.a * x, [1, 2, 3], [2.1, 3.9, 6.2], start: (a: 1))",
      "fit(mlp(1, 2, 1), [[1], [2]], [[2], [4]], loss: mse, epochs: 3, gradient_check: false)",
      "grid_search((a, b) -> a^2 + b, 0...2, 0...2)", "standardize([[1, 2], [3, 5]])", "ones",
      "conv2d(1, 2, 3)",
      "residual(dense(2, 2))", "cosine_lr(0.1, 10)", "jacobian(x -> x^2)", "grad(grad(x -> x^3))",
      "(x -> x)''",
      "describe(table(a: [1, 2]))", "((x, scale: 2) -> scale * x)",
      "reduce((f, k) -> (x -> k * f(x)), (2, 3), sin)",
    ])
  func comesBack(_ expression: String) throws {
    let folder = TemporaryStore()
    let before = try ValueTests.bits(of: expression, in: folder)
    #expect(try folder.session("one").bits() == before)
  }

  @Test("definitions come back with documentation, defaults and what they call")
  func definitionsComeBack() throws {
    let folder = TemporaryStore()
    func type() throws -> [String: String] {
      let session = try folder.session("one")
      try session.run(
        "## Doubles.\n## Twice as much.\ndouble(x, by: 2) = { y = by * x; y }",
        "fact(n) = if n < 2 { 1 } else { n * fact(n - 1) }",
        "make(k) = {\n  inner(x) = if x > 9 { x } else { inner(x + k) }\n  inner\n}", "g = make(3)")
      return try session.bits()
    }
    let before = try type()
    let session = try folder.session("one")
    #expect(try session.bits() == before)
    try session.run("assert(same((double(4), double(4, by: 3), fact(5), g(1)), (8, 12, 120, 10)))")
    guard case .function(let function)? = session.value(of: "double") else { return }
    #expect(HelpText.entry(for: function).contains("Twice as much."))
  }

  /// What a session is after evaluating an expression; it is over when this returns.
  private static func bits(of expression: String, in folder: TemporaryStore) throws -> [String: String] {
    let session = try folder.session("one")
    try session.run("v = \(expression)", "v")
    return try session.bits()
  }

  @Test("tensors keep NaN payloads and large ones their pieces")
  func tensorsKeepBits() throws {
    let folder = TemporaryStore()
    let store = try folder.open()
    let session = try folder.session("one", in: store)
    let odd = try Tensor([3], .f64) { bytes in
      bytes.storeBytes(of: 0x7FF8_0000_DEAD_BEEF as UInt64, toByteOffset: 0, as: UInt64.self)
      bytes.storeBytes(of: 0xFFF0_0000_0000_0001 as UInt64, toByteOffset: 8, as: UInt64.self)
      bytes.storeBytes(of: 0x8000_0000_0000_0000 as UInt64, toByteOffset: 16, as: UInt64.self)
    }
    let large = try Tensor((0..<1_300_000).map { Double($0) * 0.1 })
    for tensor in [odd, large] {
      _ = try store.save(Checkpoint(name: "t", created: 0, value: .tensor(tensor)))
      guard case .tensor(let loaded)? = try store.checkpoint(named: "t", version: nil)?.value else {
        Issue.record("no tensor came back")
        return
      }
      let isSame = try tensor.withBytes { a in (try? loaded.withBytes { b in a.elementsEqual(b) }) == true }
      #expect(isSame)
    }
    withExtendedLifetime(session) {}
  }

  @Test("a piece is kept once, and only written pieces are hashed again")
  func sharesPieces() throws {
    let folder = TemporaryStore()
    let store = try folder.open()
    let session = try folder.session("one", in: store)
    try session.run("x = range(2000000) * 1.5", "y = x", "x[0] = -1", "z = (x, y, x[0:10])")
    let facts = Dictionary(uniqueKeysWithValues: try store.facts())
    // 16 MB are four pieces; the change adds one, the view one.
    #expect(facts["tensors"]?.hasPrefix("3 in 6 pieces") == true)
    guard case .tensor(let x)? = session.value(of: "x") else { return }
    #expect(try x.pieces().allSatisfy(\.isUnchanged))
    try session.run("x[1999999] = 7")
    guard case .tensor(let changed)? = session.value(of: "x") else { return }
    #expect(try changed.pieces().map(\.isUnchanged) == [true, true, true, true])
  }

  @Test("functions of other sessions bring what they need")
  func functionsAreClosed() throws {
    let folder = TemporaryStore()
    try folder.session("one").run(
      "k = 3", "helper(x) = k * gelu(x)", "f(x) = helper(x) + 1", "before = f(2)",
      "n = checkpoint(\"f\", (f: f, at: before))")
    let other = try folder.session("two")
    try other.run("r = restore(\"f\")", "k = 100", "assert(same(r.f(2), r.at))")
  }
}
