import Tensors
import Testing

@testable import Learning

/// A rule with settings that select one of its forms.
struct OptimiserForms: CustomTestStringConvertible {
  let rule: String
  var set: [String: Double] = [:]

  var testDescription: String { rule + set.map { " \($0.key) \($0.value)" }.sorted().joined() }

  static let all: [OptimiserForms] =
    OptimiserTable.all.map { OptimiserForms(rule: $0.name) } + [
      OptimiserForms(rule: "sgd", set: ["momentum": 0.9, "weight_decay": 0.1]),
      OptimiserForms(rule: "sgd", set: ["momentum": 0.9, "nesterov": 1]),
      OptimiserForms(rule: "adam", set: ["amsgrad": 1, "weight_decay": 0.1]),
      OptimiserForms(rule: "rmsprop", set: ["momentum": 0.9]),
      OptimiserForms(rule: "rmsprop", set: ["centered": 1]),
      OptimiserForms(rule: "rmsprop", set: ["centered": 1, "momentum": 0.5]),
      OptimiserForms(rule: "adagrad", set: ["initial": 0.1]),
      OptimiserForms(rule: "lion", set: ["weight_decay": 0.1]),
    ]

  func optimiser(rate: Double) throws -> Optimiser {
    let rule = try #require(OptimiserTable.named(rule))
    var settings = OptimiserSettings(rule.settings)
    settings["lr"] = .number(rate)
    for (name, value) in set { settings[name] = .number(value) }
    return Optimiser(rule, settings: settings)
  }
}

@Suite("Optimisers")
struct OptimiserTests {
  /// Gradients of a slanted bowl, which differ from step to step and in sign.
  private func gradient(_ p: [Double]) -> [Double] {
    p.enumerated().map { ($1 - Double($0)) * Double($0 + 1) }
  }

  @Test("Kernels and formulas take the same steps", arguments: OptimiserForms.all)
  func kernelsAndFormulasAgree(form: OptimiserForms) throws {
    let count = 37
    let start = (0..<count).map { 3 - 0.4 * Double($0) }
    let trace = Trace()
    var kernel = try form.optimiser(rate: 0.05)
    var formula = kernel
    var fast: [Quantity] = [.tensor(try Tensor(start)), 2]
    var slow: [Quantity] = [trace.variable(.tensor(try Tensor(start))), trace.variable(2)]
    var worst = 0.0
    for _ in 0..<6 {
      let slopes: [Quantity] = [.tensor(try Tensor(gradient(try numbers(fast[0])))), .number(1.5)]
      try kernel.step(&fast, along: slopes)
      try formula.step(&slow, along: slopes)
      for (a, b) in zip(try fast.flatMap(numbers), try slow.flatMap(numbers)) {
        worst = max(worst, abs(a - b) / max(1, abs(b)))
      }
    }
    #expect(worst < 1e-13)
  }

  @Test("Single precision follows double precision", arguments: OptimiserForms.all)
  func precisionsAgree(form: OptimiserForms) throws {
    let start = (0..<20).map { 1 + 0.5 * Double($0) }
    var (double, single) = (try form.optimiser(rate: 0.05), try form.optimiser(rate: 0.05))
    var wide: [Quantity] = [.tensor(try Tensor(start))]
    var narrow: [Quantity] = [.tensor(try Tensor(start).converted(to: .f32))]
    for _ in 0..<5 {
      let slope = try Tensor(gradient(try numbers(wide[0])))
      try double.step(&wide, along: [.tensor(slope)])
      try single.step(&narrow, along: [.tensor(slope)])
    }
    let worst = zip(try numbers(wide[0]), try numbers(narrow[0])).map { abs($0 - $1) / abs($0) }.max() ?? 0
    #expect(worst < 1e-4 && narrow[0].dtype == .f32)
  }

  @Test("Every optimiser reaches the bottom of a bowl", arguments: OptimiserForms.all)
  func everyOptimiserReachesTheBottom(form: OptimiserForms) throws {
    let rates = ["adadelta": 1.0, "lion": 0.003, "adagrad": 0.5]
    var optimiser = try form.optimiser(rate: rates[form.rule] ?? 0.01)
    var p: [Quantity] = [.tensor(try Tensor([2.0, -1, 3]))]
    let isDecaying = form.set["weight_decay"] != nil || form.rule == "adamw"
    for _ in 0..<(form.rule == "adadelta" ? 20_000 : 3000) {
      try optimiser.step(&p, along: [.tensor(try Tensor(gradient(try numbers(p[0]))))])
    }
    let end = try numbers(p[0])
    let distance = zip(end, [0, 1, 2]).map { abs($0 - $1) }.max() ?? 0
    #expect(distance < (isDecaying ? 0.3 : 0.02), "\(end)")
  }

  @Test("Parameters that nobody else sees are moved in place")
  func movesInPlace() throws {
    var optimiser = try OptimiserForms(rule: "adam").optimiser(rate: 0.1)
    var own: [Quantity] = [.tensor(try Tensor([1.0, 2]))]
    let gradient: [Quantity] = [.tensor(try Tensor([1.0, 1]))]
    try optimiser.step(&own, along: gradient)
    let identity = identity(own[0])
    try optimiser.step(&own, along: gradient)
    let seen = own
    try optimiser.step(&own, along: gradient)
    #expect(self.identity(seen[0]) == identity && self.identity(own[0]) != identity)
  }

  @Test("Large parameters give the same bits on one thread and on two")
  func threadsAgree() throws {
    var results: [[Double]] = []
    for threads in [1, 2] {
      Threads.count = threads
      defer { Threads.count = 0 }
      var optimiser = try OptimiserForms(rule: "adam").optimiser(rate: 0.1)
      var p: [Quantity] = [.tensor(try Tensor((0..<200_000).map { Double($0 % 97) - 40 }))]
      for _ in 0..<2 { try optimiser.step(&p, along: p) }
      results.append(try numbers(p[0]))
    }
    #expect(results[0] == results[1])
  }

  @Test("Other parameters than before are an error")
  func otherParametersAreAnError() throws {
    var optimiser = try OptimiserForms(rule: "adam").optimiser(rate: 0.1)
    var p: [Quantity] = [1, 2]
    try optimiser.step(&p, along: [1, 1])
    var fewer: [Quantity] = [1]
    #expect(throws: TensorError.self) { try optimiser.step(&fewer, along: [1]) }
    var longer: [Quantity] = [1, .tensor(try Tensor([1.0, 2]))]
    #expect(throws: TensorError.self) { try optimiser.step(&longer, along: longer) }
  }

  private func numbers(_ quantity: Quantity) throws -> [Double] {
    switch quantity.concrete {
    case .number(let number): [number]
    case .tensor(let tensor): try tensor.doubles()
    case .traced: []
    }
  }

  private func identity(_ quantity: Quantity) -> ObjectIdentifier? {
    if case .tensor(let tensor) = quantity { ObjectIdentifier(tensor) } else { nil }
  }
}
