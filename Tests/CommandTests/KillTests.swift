import Foundation
import Testing

@Suite("killing", .enabled(if: Program.isBuilt && Terminal.isAvailable))
struct KillTests {
  /// What is typed: assignments, training with checkpoints, and moves through the history.
  private static let cells = [
    "a = randn(50)", "b = a * 2; b[0] = len(a)", "net = mlp(1, 4, 1)",
    "net = fit(net, a[:, none], b[:, none], loss: mse, epochs: 3, batch: 10, checkpoint: \"k\", gradient_check: false).model",
    "x = randn(300000)", "x[5] = rand()", ":undo", ":redo", ":undo", "c = 3",
    "f(t) = t + sum(b)",
    "d = f(2)",
  ]

  @Test("kill -9 at any moment loses no acknowledged cell and no bit")
  func survivesKills() throws {
    let program = try #require(Program())
    var generator = SystemRandomNumberGenerator()
    try TemporaryFolder.with { home in
      var acknowledged = 0
      var histogram: [String: Int] = [:]
      for _ in 0..<200 {
        try Terminal.with(program, home: home, arguments: "--session k --store '\(home.path)/s.db'") {
          terminal in
          try terminal.expect("]> ")
          for _ in 0..<Int.random(in: 0..<4, using: &generator) {
            let cell = KillTests.cells.randomElement(using: &generator) ?? ""
            try terminal.type(cell + "\r", expecting: "]> ")
            if !cell.hasPrefix(":") { acknowledged += 1 }
          }
          var moment = "at rest"
          if Int.random(in: 0..<8, using: &generator) > 0 {
            let cell = KillTests.cells.randomElement(using: &generator) ?? ""
            try terminal.type(cell + "\r")
            Thread.sleep(forTimeInterval: pow(Double.random(in: 0..<1, using: &generator), 2) * 0.12)
            moment = cell.hasPrefix(":") ? "in a move" : cell.contains("fit") ? "in fit" : "in a cell"
          }
          histogram[moment, default: 0] += 1
          try terminal.kill()
        }
        let check = try program.runShell(
          """
          export NNS_STORE='\(home.path)/s.db'
          $nns store check && $nns -e 'sql("select count(*) as n from cells").n[0]'
          """)
        let lines = check.output.split(separator: "\n")
        #expect(check.status == 0 && lines.first == "the store is sound", "\(check.output)\(check.errors)")
        let count = lines.last.flatMap { Int($0) } ?? 0
        #expect(count >= acknowledged)
        acknowledged = count
      }
      print("kills: \(histogram.sorted { $0.key < $1.key }), cells: \(acknowledged)")
      let replay = try program.runShell("export NNS_STORE='\(home.path)/s.db'; $nns replay k")
      #expect(replay.output == "everything came out the same\n", "\(replay.errors)")
    }
  }
}
