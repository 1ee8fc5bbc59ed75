import Foundation
import Testing

@Suite("killing", .enabled(if: Program.isBuilt && Terminal.isAvailable))
struct KillTests {
  /// What is typed: assignments, training with checkpoints, and moves through the history.
  private static let cells = [
    "a = randn(50)", "b = a * 2; b[0] = len(a)", "net = mlp(1, 4, 1)", fit, "x = randn(300000)",
    "x[5] = rand()", ":undo", ":redo", ":undo", "c = 3", "f(t) = t + sum(b)", "d = f(2)",
  ]
  private static let fit =
    "net = fit(net, a[:, none], b[:, none], loss: mse, epochs: 15, batch: 5, checkpoint: \"k\", gradient_check: false).model"

  /// Where the program is when it is killed.
  enum Moment: String, CaseIterable {
    case inTransaction = "inside a transaction"
    case inFitTransaction = "inside a transaction of fit"
    case inFit = "inside fit"
    case inCell = "inside another cell"
    case atRest = "at rest"
  }

  @Test("kill -9 at any moment loses no acknowledged cell and no bit")
  func survivesKills() throws {
    let program = try #require(Program())
    var generator = SystemRandomNumberGenerator()
    try TemporaryFolder.with { home in
      let store = home.path + "/s.db"
      var acknowledged = 0
      var histogram: [Moment: Int] = [:]
      for number in 0..<200 {
        // In turn, so that every kind of moment is met.
        let wanted = Moment.allCases[number % Moment.allCases.count]
        try Terminal.with(program, home: home, arguments: "--session k --store '\(store)'") { terminal in
          try terminal.expect("]> ")
          for cell in ["a = randn(50)", "b = a * 2", "net = mlp(1, 4, 1)"] where number == 0 {
            try terminal.type(cell + "\r", expecting: "]> ")
            acknowledged += 1
          }
          for _ in 0..<Int.random(in: 0..<3, using: &generator) {
            let cell = KillTests.cells.randomElement(using: &generator) ?? ""
            try terminal.type(cell + "\r", expecting: "]> ")
            if !cell.hasPrefix(":") { acknowledged += 1 }
          }
          histogram[try KillTests.kill(terminal, store, wanted, &generator), default: 0] += 1
        }
        let check = try program.runShell(
          """
          export NNS_STORE='\(store)'
          $nns store check && $nns -e 'sql("select count(*) as n from cells").n[0]'
          """)
        let lines = check.output.split(separator: "\n")
        // The check begins with PRAGMA integrity_check.
        #expect(check.status == 0 && lines.first == "the store is sound", "\(check.output)\(check.errors)")
        let count = lines.last.flatMap { Int($0) } ?? 0
        #expect(count >= acknowledged)
        acknowledged = count
      }
      let kills = histogram.sorted { $0.key.rawValue < $1.key.rawValue }.map {
        "\($0.value) \($0.key.rawValue)"
      }
      print("kills: \(kills.joined(separator: ", ")); \(acknowledged) cells")
      #expect(Set(histogram.keys) == Set(Moment.allCases))
      // Every cell again, undisturbed.
      let replay = try program.runShell("export NNS_STORE='\(store)'; $nns replay k")
      #expect(replay.output == "everything came out the same\n", "\(replay.errors)")
    }
  }

  /// Types a cell and kills the program near a moment; returns the moment that it was.
  private static func kill(
    _ terminal: Terminal, _ store: String, _ wanted: Moment, _ generator: inout SystemRandomNumberGenerator
  ) throws -> Moment {
    guard wanted != .atRest else {
      Thread.sleep(forTimeInterval: Double.random(in: 0..<0.02, using: &generator))
      try terminal.kill()
      return .atRest
    }
    let isFit = wanted == .inFit || wanted == .inFitTransaction
    let others = cells.filter { !$0.contains("fit") && ($0.hasPrefix("x") || wanted == .inTransaction) }
    try terminal.type((isFit ? fit : others.randomElement(using: &generator) ?? "") + "\r")
    let isLocked = wanted == .inTransaction || wanted == .inFitTransaction
    if isLocked {
      // The locks tell of a transaction that was just begun; some of its statements are let through.
      let deadline = Date(timeIntervalSinceNow: 0.5)
      for _ in 0..<(isFit ? Int.random(in: 1..<8, using: &generator) : 1) {
        StoreLock.wait(for: store, isHeld: false, until: deadline)
        StoreLock.wait(for: store, isHeld: true, until: deadline)
      }
      usleep(UInt32.random(in: 0..<800, using: &generator))
    } else {
      Thread.sleep(
        forTimeInterval: pow(Double.random(in: 0..<1, using: &generator), 2) * (isFit ? 0.1 : 0.02))
    }
    terminal.stop()
    let isWriting = StoreLock.isHeld(of: store)
    try terminal.kill()
    if isWriting { return isFit ? .inFitTransaction : .inTransaction }
    return terminal.hasShown("]> ") ? .atRest : isFit ? .inFit : .inCell
  }
}

/// The lock that a process holds on a store's log while it writes a transaction.
enum StoreLock {
  /// Whether a process holds it.
  static func isHeld(of store: String) -> Bool {
    // The first of SQLite's lock bytes in the index of the log.
    let descriptor = open(store + "-shm", O_RDWR)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = 120
    lock.l_len = 1
    return fcntl(descriptor, F_GETLK, &lock) == 0 && lock.l_type != Int16(F_UNLCK)
  }

  /// Waits until it is held or free, or it is late.
  static func wait(for store: String, isHeld wanted: Bool, until deadline: Date) {
    while isHeld(of: store) != wanted, Date() < deadline {}
  }
}
