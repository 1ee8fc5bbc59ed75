import Testing

@testable import Language

/// A host at which the n-th line "step" that is printed is the user's Ctrl-C.
private final class InterruptingHost: Host {
  private let host = RecordingHost()
  private var stepsLeft: Int
  var outputs: [String] { host.outputs }

  init(step: Int) { stepsLeft = step }

  func show(_ output: Output) {
    guard case .text("step") = output else { return host.show(output) }
    stepsLeft -= 1
    if stepsLeft == 0 { Interruption.request() }
  }

  func read(_ path: String) throws(Diagnostic) -> [UInt8] { try host.read(path) }
  func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) { try host.write(bytes, to: path) }
  func seconds() -> Double { host.seconds() }
  func date() -> Double { host.date() }
}

/// A session with a training, and the user who evaluates cells when it pauses and then decides.
private final class Pauser {
  let host: InterruptingHost
  let session: Session
  private(set) var pauses = 0
  /// The errors of the cells, and of taking the knobs over.
  private(set) var errors: [String] = []

  /// Trains and interrupts the training in a step; 0 lets it run.
  init(step: Int, _ cells: [String] = [], _ decision: PausedRun.Decision = .resume) throws {
    var options = SessionOptions()
    options.interruptionEndsRuns = true
    host = InterruptingHost(step: step)
    session = Session(host: host, options: options)
    try session.start()
    session.pauseHandler = { [unowned self] paused in
      pauses += 1
      for cell in cells {
        if case .failed(let error) = paused.submit(Source(name: "pause", text: cell)) {
          errors.append(error.message)
        }
      }
      do throws(Diagnostic) {
        try paused.adopt()
      } catch {
        errors.append(error.message)
        return .stop
      }
      return decision
    }
    run("x = linspace(-1, 1, 40)[:, none]; lr = 7; noisy(p, y) = { print(\"step\"); mse(p, y) }")
    run(
      """
      net = chain(dense(1, 4), tanh, dropout(0.2), dense(4, 1))
      r = fit(net, x, 3 * x, loss: noisy, optimizer: adam(0.01), epochs: 6, batch: 8, gradient_check: false, validation: 0.2)
      """)
  }

  func run(_ cell: String) {
    defer { Interruption.clear() }
    if case .failed(let error) = session.submit(Source(name: "cell", text: cell)) {
      errors.append(error.message)
    }
  }

  /// Model, losses and random stream, bit by bit.
  func bits() throws -> String {
    guard case .record(let record)? = session.value(of: "r") else { return "" }
    let parts = ["model", "loss", "val_loss"].map { record[$0] ?? .none }
    let stored = try session.codec.encode(.list(try List(parts)), .toSession)
    let hashes = try stored.tensors.map { tensor in "\(try tensor.pieces().map(\.hash))" }
    return "\(stored.structure) \(hashes) \(session.machine.state)"
  }
}

@Suite("paused trainings")
struct PausedRunTests {
  @Test("a pause in which nothing is changed changes no bit", arguments: [1, 2, 5, 10, 29])
  func resumesExactly(step: Int) throws {
    let plain = try Pauser(step: 0)
    let paused = try Pauser(
      step: step, ["z = rand(); model = none; precision(\"f32\")", "run.stopped", "undefined"])
    #expect((plain.pauses, paused.pauses) == (0, 1))
    #expect(paused.errors == ["nothing is named undefined"])
    #expect(try plain.bits() == paused.bits())
  }

  /// Cells of a pause, and what is true of the session afterwards.
  static let changes: [(cells: [String], decision: PausedRun.Decision, afterwards: String)] = [
    (["epochs = 3"], .resume, "r.epochs == 3 & r.stopped == \"finished\" & lr == 7"),
    (["x = 1; lr = 0.5; clip = 1"], .resume, "r.epochs == 6 & x.shape[0] == 40 & lr == 7"),
    (["lr = cosine_lr(0.1, 20)"], .resume, "r.epochs == 6"),
    ([], .stop, "r.stopped == \"interrupted\" & r.epochs < 6"),
    (["assert(run.stopped == \"paused\")", "fit(model, x, 3 * x, epochs: 2);"], .stop, "r.epochs < 6"),
  ]

  @Test("knobs flow back, nothing else does, and the record tells", arguments: PausedRunTests.changes)
  func changesKnobs(_ cells: [String], _ decision: PausedRun.Decision, _ afterwards: String) throws {
    let pauser = try Pauser(step: 9, cells, decision)
    pauser.run("assert(\(afterwards))")
    pauser.run("assert(len(r.pauses) == 1 & runs(1).configuration.pauses == r.pauses[0])")
    #expect(pauser.errors == [])
  }

  @Test("changes are told in the cell's output", arguments: [["lr = 0.5", "epochs = 7"], []])
  func notesChanges(cells: [String]) throws {
    let head = try #require(try Pauser(step: 9, cells + ["1 + 1"]).session.history?.head)
    let output = head.output.split(separator: "\n").filter { $0 != "step" }.joined()
    let wanted = "note: fit was paused in epoch 2, step 8, lr 0.01 -> 0.5, epochs 6 -> 7"
    #expect(output == (cells.isEmpty ? "" : wanted))
  }

  @Test(
    "a knob that makes no sense is refused",
    arguments: [
      ("lr = -1", "adam: lr must be 0 or more, but is -1"), ("epochs = 2.5", "epochs must be a whole number"),
      ("epochs = none", "epochs must be"), ("clip = \"a\"", "clip must be"),
    ])
  func refuses(_ cell: String, _ message: String) throws {
    let pauser = try Pauser(step: 9, [cell])
    #expect(pauser.errors.count == 1 && pauser.errors[0].hasPrefix(message))
  }

  @Test("cancelling undoes the cell")
  func cancels() throws {
    let pauser = try Pauser(step: 9, [], .cancel)
    #expect(pauser.errors == ["interrupted"])
    #expect(pauser.session.variables.map(\.name).sorted() == ["lr", "noisy", "x"])
  }
}
