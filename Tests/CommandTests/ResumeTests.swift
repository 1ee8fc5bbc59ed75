import Foundation
import Testing

@Suite("resuming a fit", .enabled(if: Program.isBuilt))
struct ResumeTests {
  /// A run with everything that decides how it goes on: momentum, shuffling, dropout, a schedule, validation.
  private static let script = """
    seed(7)
    x = randn(400, 3)
    y = x[:, 0:1] * x[:, 1:2] - x[:, 2:3]
    net = chain(dense(3, 24), tanh, dropout(0.1), batch_norm(24), dense(24, 1))
    r = fit(net, x, y, loss: mse, optimizer: adam(cosine_lr(0.01, 600)), epochs: 40, batch: 20, validation: 0.2,
      gradient_check: false, checkpoint: "run", resume: "run")
    print("{r.loss[-1]:.17g} {r.val_loss[-1]:.17g} {sum(r.loss):.17g} {rand():.17g}")
    print("{r.model(x[0:1])[0, 0]:.17g}")
    """

  @Test(
    "a fit that is killed in the middle of an epoch, again and again, ends with the bits of one that is not")
  func endsWithTheSameBits() throws {
    let program = try #require(Program())
    try TemporaryFolder.with { folder in
      let file = folder.appendingPathComponent("fit.nns")
      try ResumeTests.script.write(to: file, atomically: true, encoding: .utf8)
      func seconds(_ work: () throws -> Void) rethrows -> Double {
        let start = Date()
        try work()
        return Date().timeIntervalSince(start)
      }
      var whole = try program.run(["--store", folder.path + "/whole.db", "-e", "n = checkpoint(\"a\", 1)"])
      let starting = try seconds {
        _ = try program.run(["--store", folder.path + "/whole.db", "-e", "restore(\"a\")"])
      }
      let running = try seconds {
        whole = try program.run(["--store", folder.path + "/whole.db", file.path])
      }
      #expect(whole.status == 0, "\(whole.errors)")
      let store = folder.path + "/killed.db"
      var kills = 0
      var last = whole
      for _ in 0..<100 {
        last = try program.run(["--store", store, file.path], input: Data(), in: folder) { process in
          // At times too early for an epoch, mostly in the middle of one.
          Thread.sleep(forTimeInterval: starting + Double.random(in: 0..<0.2) * (running - starting))
          kill(process.processIdentifier, SIGKILL)
        }
        if last.status == 0 { break }
        kills += 1
      }
      #expect(kills > 3)
      if last.status != 0 { last = try program.run(["--store", store, file.path]) }
      #expect(last.output == whole.output)
      print("the fit was killed \(kills) times")
    }
  }
}
