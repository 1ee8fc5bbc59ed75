import Learning
import Tensors

/// Learning rates that change from step to step: functions of the number of the step, from 0.
enum ScheduleBuiltins {
  static let all: [Builtin] = [
    schedule(
      "constant_lr(lr)", "A learning rate that stays the same.", formula: "lr",
      example: """
        constant_lr(0.1)(50)
        #> 0.1
        """
    ) { call in .constant(lr: try rate(call, 0)) },
    schedule(
      "step_lr(lr, every, gamma: 0.1)", "A learning rate that falls by a factor every so many steps.",
      formula: "lr gamma^floor(t / every)",
      example: """
        step_lr(1, 20, gamma: 0.5)([0, 19, 20, 40])
        #> [1, 1, 0.5, 0.25]
        """
    ) { call in .step(lr: try rate(call, 0), every: try positive(call, 1), gamma: try rate(call, 2)) },
    schedule(
      "exponential_lr(lr, gamma)", "A learning rate that falls by a factor each step.", formula: "lr gamma^t",
      example: """
        exponential_lr(1, 0.9)([0, 1, 2])
        #> [1, 0.9, 0.81]
        """
    ) { call in .exponential(lr: try rate(call, 0), gamma: try rate(call, 1)) },
    schedule(
      "linear_lr(lr, steps, end: 0)", "A learning rate that goes to its end in a straight line.",
      formula: "lr + (end - lr) t / steps, then end",
      example: """
        linear_lr(1, 10)([0, 5, 10, 20])
        #> [1, 0.5, 0, 0]
        """
    ) { call in .linear(lr: try rate(call, 0), steps: try positive(call, 1), end: try rate(call, 2)) },
    schedule(
      "cosine_lr(lr, steps, min: 0, restart: false, growth: 1)",
      "A learning rate that falls along half a cosine.",
      formula: "min + (lr - min) (1 + cos(pi t / steps)) / 2, then min",
      convention: "restart: true begins again after steps, each time growth times as slowly",
      example: """
        cosine_lr(1, 10)([0, 5, 10, 20])
        #> [1, 0.5, 0, 0]
        cosine_lr(1, 10, restart: true)([0, 5, 10, 15])
        #> [1, 0.5, 1, 0.5]
        """
    ) { call in
      let (lr, steps, min) = (try rate(call, 0), try positive(call, 1), try rate(call, 2))
      guard try call.bool(3) else { return .cosine(lr: lr, steps: steps, min: min) }
      let growth = try call.number(4)
      guard growth >= 1, growth < .infinity else {
        throw Diagnostic("cosine_lr: growth must be 1 or more, but is \(Display.number(growth))")
      }
      return .cosineRestarts(lr: lr, steps: steps, min: min, growth: growth)
    },
    schedule(
      "one_cycle(peak, steps, start: none, end: none, rise: 0.3)",
      "A learning rate that rises to a peak and falls far below its start, along half cosines.",
      convention:
        "start is peak / 25 and end start / 10000 unless given; rise is the share of steps that go up",
      example: """
        one_cycle(1, 100)([0, 30, 100])
        #> [0.04, 1, 4e-06]
        """
    ) { call in
      let peak = try rate(call, 0)
      let start = try call.isMissing(2) ? peak / 25 : rate(call, 2)
      let end = try call.isMissing(3) ? start / 10_000 : rate(call, 3)
      let rise = try call.number(4)
      guard rise >= 0, rise <= 1 else {
        throw Diagnostic("one_cycle: rise must be from 0 to 1, but is \(Display.number(rise))")
      }
      return .oneCycle(peak: peak, steps: try positive(call, 1), start: start, end: end, rise: rise)
    },
    Builtin(
      "warmup(lr, steps, start: 0)", .optimisers,
      "A learning rate that rises from start over some steps and then follows lr, a number or a schedule.",
      formula: "start + (lr(0) - start) t / steps, then lr(t - steps)",
      example: """
        warmup(cosine_lr(1, 10), 4)([0, 2, 4, 9, 14])
        #> [0, 0.5, 1, 0.5, 0]
        """,
      second: { call in
        let (machine, schedule) = (call.machine, call[0])
        let (steps, start) = (try positive(call, 1), try rate(call, 2))
        return try rates(call) { t in
          let after = try following(schedule, max(0, t - steps), machine)
          return t < steps ? try Schedule.warmup(from: start, to: after, steps: steps, at: t) : after
        }
      }
    ) { call in
      guard call[0].isCallable || call[0].quantity?.shape.rank == 0 else {
        throw call.wrong(0, "a number or a schedule")
      }
      _ = (try positive(call, 1), try rate(call, 2))
      return try DerivativeBuiltins.derived(call, [call[0], call[1], call[2]])
    },
  ]

  /// A function that returns a schedule by the settings `make` reads from its arguments.
  private static func schedule(
    _ signature: String, _ summary: String, formula: String? = nil, convention: String? = nil,
    example: String,
    _ make: @escaping @Sendable (borrowing Call) throws -> Schedule
  ) -> Builtin {
    Builtin(
      signature, .optimisers, summary, formula: formula, convention: convention, example: example,
      second: { call in
        let schedule = try make(call)
        return try rates(call) { try schedule.rate(at: $0) }
      }
    ) { call in
      // What is wrong with the settings shows now, not in the middle of a training.
      _ = try make(call)
      return try DerivativeBuiltins.derived(call, call.arguments)
    }
  }

  /// The rates at the steps that the schedule was called with.
  private static func rates(_ call: borrowing Call, _ rate: (Double) throws -> Quantity) throws -> Value {
    let given = try call.rest(call.arguments.count - 2)
    guard given.count == 1, let steps = given[0].quantity else {
      throw Diagnostic(
        "\(call.builtin.name): a schedule is called with the number of the step", kind: .argument,
        hint: "\(call.builtin.name)(…)(0) is the first rate")
    }
    try LostGradient.refuse(
      given[0],
      "\(call.builtin.name): the step is being differentiated, but a schedule has no derivative in it")
    let found = try steps.elements().map { try rate($0) }
    if found.count == 1 { return Value(try found[0].broadcast(to: steps.shape)) }
    guard found.contains(where: \.isTraced) else {
      return Value(try Quantity(found.map(\.double), shape: steps.shape))
    }
    return Value(try Quantity.stack(found).reshape(steps.shape.array))
  }

  /// The rate of step `t` of a number or a schedule.
  private static func following(_ schedule: Value, _ t: Double, _ machine: Machine) throws -> Quantity {
    if let lr = schedule.quantity, lr.shape.rank == 0 { return lr }
    guard let lr = try machine.call(schedule, [.number(t)]).quantity, lr.shape.rank == 0 else {
      throw Diagnostic("warmup: the schedule must return a number", kind: .type)
    }
    return lr
  }

  private static func rate(_ call: borrowing Call, _ position: Int) throws(Diagnostic) -> Quantity {
    let rate = try call.scalar(position)
    guard rate.double >= 0, rate.double < .infinity else {
      throw Diagnostic(
        "\(call.builtin.name): \(call.name(position)) must be 0 or more, but is \(Display.number(rate.double))"
      )
    }
    return rate
  }

  private static func positive(_ call: borrowing Call, _ position: Int) throws(Diagnostic) -> Double {
    let number = try call.number(position)
    guard number > 0, number < .infinity else {
      throw Diagnostic(
        "\(call.builtin.name): \(call.name(position)) must be above 0, but is \(Display.number(number))")
    }
    return number
  }
}
