import Tensors
import Testing

@testable import Language

/// Programs that ask for more than there is, or that must not take longer than their length.
@Suite("Limits", .serialized)
struct LimitTests {
  @Test(
    "Too much memory is an error",
    arguments: [
      "zeros(1e12)", "(0..<1e15) + 1", "sort(0..<1e15)", "map(x -> x, 0..<1e15)", "total(...(0..<1e15))",
      "[1, 2][0..<1e15]", "(0..<1e15) ≈ 1", "s = \"x\"; repeat 60 { s = s ++ s }",
      "s = \"x\"; repeat 60 { s = s + s }", "s = (1,); repeat 60 { s = s ++ s }",
      "s = [\"a\"]; repeat 60 { t = s ++ s; s = t }", "s = [\"a\"]; repeat 60 { s = s ++ s }",
      "cumsum(0..<1e15)", "\"{0..<1e15:.2f}\"",
      "zip(0..<1e15, 0..<1e15)", "ones(1e5) @ ones(1, 1e9)", "eye(1e9)", "randn(1e7, 1e7)",
      "root(x -> x, 0..<1e15)",
    ])
  func tooMuchMemory(program: String) {
    let limit = Storage.limit
    Storage.limit = 1 << 28
    defer { Storage.limit = limit }
    let session = Session(host: RecordingHost())
    _ = session.submit(Source(name: "setup", text: "total(...xs) = len(xs)"))
    guard case .failed(let diagnostic) = session.submit(Source(name: "test", text: program)) else {
      Issue.record("it found the memory")
      return
    }
    #expect([.limit, .shape, .index].contains(diagnostic.kind), "\(diagnostic.message)")
  }

  @Test("A recording that grows too large names its loop")
  func recordingNamesItsLoop() {
    let limit = Storage.limit
    Storage.limit = 1 << 25
    defer { Storage.limit = limit }
    let program = """
      f(x) = {
        repeat 1e9 { x = x * 0.5 + 1 }
        x
      }
      f'(1)
      """
    guard
      case .failed(let diagnostic) = Session(host: RecordingHost()).submit(Source(name: "t", text: program))
    else {
      Issue.record("it ended")
      return
    }
    #expect(diagnostic.hint?.contains("`repeat 1e9") == true && diagnostic.hint?.contains("line 2") == true)
  }

  /// Each would take minutes if a step copied what it grows or changes.
  @Test(
    "n steps on n items take time for n",
    .timeLimit(.minutes(1)),
    arguments: [
      "x = (); for i in 0..<n { x = append(x, i) }; len(x)",
      "x = (); for i in 0..<n { x = x ++ (i,) }; len(x)",
      "x = []; for i in 0..<n { x = append(x, i) }; len(x)",
      "x = [0]; for i in 1..<n { x = x ++ [i] }; len(x)",
      "x = [\"a\"]; for i in 1..<n { x = x ++ [\"b\"] }; for i in 0..<n { x[i] = \"c\" }; len(x)",
      "x = \"\"; for i in 0..<n { x = x ++ \"b\" }; len(x)",
      "x = join([\"b\" for i in 0..<n], \"\"); k = 0; for i in 0..<n { if x[i] == \"b\" { k += 1 } }; k",
      "x = join([\"β\" for i in 0..<n], \"\"); k = 0; for i in 0..<n { if x[i] == \"β\" { k += 1 } }; k",
      "r = (k0: 0); for i in 0..<n { r[\"k{i}\"] = i }; len(keys(r))",
      "g(...xs) = len(xs); g(...0..<n)",
      "x = zeros(n); for i in 0..<n { x[i] = i }; len(x)",
      "x = (k for k in 0..<n); for i in 0..<n { x[i] = i + 1 }; len(x)",
      "r = (x: zeros(n)); for i in 0..<n { r.x[i] = i }; len(r.x)",
      "grad(a -> { x = []; for i in 0..<n { x = append(x, a * i) }; sum(x) })(2); n",
      "grad(a -> { x = zeros(n); for i in 0..<n { x[i] = a * i }; sum(x) })(2); n",
      "len(grad(v -> { s = 0; for i in 0..<n { s += v[i]^2 }; s })(ones(n)))",
      "f'(1); n",
    ])
  func stepsOnManyItems(program: String) throws {
    let session = Session(host: RecordingHost())
    let setup = "n = 100_000; f(x) = { repeat 10 * n { x = x * 0.999 + 1e-3 }; x }"
    guard case .done = session.submit(Source(name: "setup", text: setup)),
      case .done = session.submit(Source(name: "test", text: program))
    else {
      Issue.record("it failed")
      return
    }
    guard case .number(100_000)? = session.value(of: "ans") else {
      Issue.record("it did not take n steps")
      return
    }
  }

  @Test(
    "A remainder by a constant is the primitive's", arguments: [1, 2, 3, 7, 10, 16_807, 2_147_483_647, 1e15])
  func remainderByConstant(divisor: Double) {
    var wrong: [Double] = []
    var state: UInt64 = 1
    for step in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      // Whole numbers, fractions and neighbours of multiples, of every size.
      let scale = Double(sign: .plus, exponent: step % 60 - 5, significand: 1)
      var x = Double(Int64(bitPattern: state >> 12)) / 0x1p52 * scale
      if step % 3 == 0 { x = x.rounded() }
      if step % 7 == 0 { x = (x / divisor).rounded() * divisor }
      if step % 5 == 0 { x = -x }
      let expected = BinaryTable.modulo.scalar(x, divisor)
      if Machine.remainder(x, divisor, inverse: 1 / divisor) != expected { wrong.append(x) }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }
}
