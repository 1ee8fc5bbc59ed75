import Foundation
import Tensors
import Testing

@testable import Language

/// Random bytes and damaged programs: nothing that can be typed may crash or hang the machine.
///
/// `NNS_FUZZ` sets how many are tried; `scripts/fuzz` runs a million.
@Suite("Fuzzing", .serialized)
struct FuzzTests {
  static let count = ProcessInfo.processInfo.environment["NNS_FUZZ"].flatMap(Int.init) ?? 4_000
  static let shards = 8

  @Test("Damaged programs end with a value or an error", arguments: 0..<shards)
  func damagedProgramsEnd(shard: Int) {
    let before = Storage.limit
    // Large allocations are tested elsewhere; here they would only take time.
    Storage.limit = 1 << 20
    defer { Storage.limit = before }
    var mutator = ProgramMutator(seed: UInt64(shard + 1))
    var outcomes = (done: 0, failed: 0, incomplete: 0)
    for _ in 0..<(FuzzTests.count / FuzzTests.shards) {
      let program = mutator.next()
      var options = SessionOptions()
      options.stepLimit = 500
      let session = Session(host: RecordingHost(), options: options)
      switch session.submit(Source(name: "fuzz", bytes: program)) {
      case .done: outcomes.done += 1
      case .failed(let diagnostic):
        outcomes.failed += 1
        _ = diagnostic.render()
      case .incomplete: outcomes.incomplete += 1
      }
    }
    #expect(outcomes.done > 0 && outcomes.failed > 0)
  }
}

/// Makes damaged programs out of sound ones, the same for the same seed.
struct ProgramMutator {
  private var state: UInt64
  private let pieces: [[UInt8]]

  init(seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15
    pieces = ProgramMutator.programs.map { Array($0.utf8) }
  }

  private static let programs = [
    "x = linspace(-3, 3, 20); y = sin(x) + 0.1 * randn(20)\nloss(p) = mean((p.w * x + p.b - y)^2)\n"
      + "p = (w: 0.0, b: 0.0)\nrepeat 3 { p -= 0.1 * grad(loss)(p) }\np",
    "f(n, x) = if n < 2 { x } else { f(n - 1, x) + f(n - 2, x) }\n(x -> f(6, x))'(1)",
    "a = [[1, 2, 3], [4, 5, 6]]\na[:, ::-1][0]\na[a > 2]\na[[0, 1], [2, 0]] += 3\na @ a.T",
    "try { error(\"boom {1 + 1:.2f}\") } catch err { print(err.message) }",
    "[k^2 for k in 0..<6 if k % 2 == 0] ++ (1...3)\nmap(v -> v * 2, (1, 2, \"a\"))",
    "r = (name: \"layer\", w: [1.0, 2], inner: (a: 1, b: (2, 3)))\nr.inner.b[1] = 5\nr + r\nr[\"w\"]",
    "n = 0\nwhile true { n += 1; if n == 7 { break } }\nfor (i, v) in enumerate([5, 6]) { if i == 1 { continue }; n += v }\nn",
    "explain(x -> sin(x^2) * exp(-x), 2)\nhessian(v -> v[0]^2 * v[1])([2, 3])\njacobian(v -> v * v)([1, 2])",
    "total(...xs) = sum([x for x in xs]); total(1, 2, 3); f(x, scale: 1) = scale * x; f(2, scale: 3); f(...(1, 2))",
    "m = (k: 3, call: (self, x) -> self.k * x)\nm(4) |> sqrt |> (v -> v + 1)\ncheck_grad(x -> sum(x^3), [1, 2])",
    "solve([[4, 1], [1, 3]], [1, 2])\ninv([[1, 2], [2, 4]])\nsvd([[1, 2], [3, 4]])\neinsum(\"ij,jk->ik\", eye(2), ones(2, 3))",
    "s = \"a,b\" |> split(\",\") |> join(\"-\")\nformat(3.14159, \".3e\")\nupper(s)[0:2]\n\"{s:>10}|{[1, 2]}\"",
    "sort([3, 1, nan, 2])\nargsort([2, 1])\nreshape(0..<6, 2, -1)\nconcat((ones(2), zeros(1)))\npad([1, 2], [[1, 1]])",
    "xs = []\nfor k in 0..<5 { xs = xs ++ [k] }\nys = (1,)\nys = append(ys, 2)\n0 < 1 < 2 & true\nnot (1 in [1, 2])",
    "seed(3); moons(10, noise: 0.1).x.shape; randint(0, 5, 3); permutation(4); dense(2, 3)(ones(1, 2)); chain(tanh, sin)(1)",
  ]

  private mutating func random(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(max(1, bound)))
  }

  /// The next program: noise now and then, mostly a sound program with a few wounds.
  mutating func next() -> [UInt8] {
    if random(20) == 0 { return (0..<random(60)).map { _ in UInt8(random(256)) } }
    var program = pieces[random(pieces.count)]
    for _ in 0..<(1 + random(4)) {
      let position = random(program.count + 1)
      switch random(6) {
      case 0: if position < program.count { program.remove(at: position) }
      case 1: if position < program.count { program[position] = UInt8(32 + random(95)) }
      case 2:
        program.insert(
          contentsOf: Array("()[]{}:'.,+-*/^@|&!<>=\"#\n;0x9e".utf8)[random(31)...].prefix(1), at: position)
      case 3:
        let other = pieces[random(pieces.count)]
        let start = random(other.count)
        program.insert(contentsOf: other[start..<min(other.count, start + random(30))], at: position)
      case 4:
        let end = min(program.count, position + random(20))
        program.removeSubrange(position..<end)
      default:
        let end = min(program.count, position + random(30))
        program.insert(contentsOf: program[position..<end], at: random(program.count))
      }
    }
    return program
  }
}
