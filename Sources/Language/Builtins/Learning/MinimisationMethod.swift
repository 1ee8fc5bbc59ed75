import Learning
import Tensors

/// What `method` of `minimize` asks for: a name, or an optimizer.
struct MinimisationMethod {
  /// How it is called in results.
  let name: String
  let method: Minimiser.Method
  /// The most steps unless the user says.
  let stepLimit: Int

  private static let names = ["gd", "momentum", "adam", "newton", "lbfgs", "nelder_mead"]
  /// The most parameters of methods whose memory grows with the square of their number.
  private static let matrixLimit = 2000
  /// The learning rate of methods that need one, unless the user says.
  fileprivate static let rate = 0.01

  /// Reads the argument at `position` of `call`; `rate` is the position of the learning rate.
  init(_ call: borrowing Call, _ position: Int, rate: Int, _ parameters: FlatParameters) throws {
    guard case .string(let name) = call[position] else {
      self = try MinimisationMethod(optimizer: call[position], call, position, rate: rate, parameters)
      return
    }
    let lr = call[rate]
    self.name = name
    if ["newton", "nelder_mead"].contains(name), parameters.count > MinimisationMethod.matrixLimit {
      throw Diagnostic(
        "minimize: \(name) keeps a number for every pair of parameters, and \(parameters.count) are too many",
        kind: .limit, hint: "lbfgs, adam and gd work on any number")
    }
    switch name {
    case "gd":
      method = call.isMissing(rate) ? .steepest : try .stepping(with: "sgd", lr, call, parameters)
      stepLimit = 1000
    case "momentum":
      method = try .stepping(with: "sgd", lr, momentum: 0.9, call, parameters)
      stepLimit = 1000
    case "newton": (method, stepLimit) = (.newton, 100)
    case "lbfgs": (method, stepLimit) = (.lbfgs, 1000)
    case "nelder_mead": (method, stepLimit) = (.nelderMead, max(1000, 400 * parameters.count))
    default:
      guard let rule = OptimiserTable.named(name) else {
        let known = MinimisationMethod.names + OptimiserTable.all.map(\.name).filter { $0 != "adam" }
        let nearest = NearestName.find(name, in: known).map { "did you mean \"\($0)\"? " } ?? ""
        throw Diagnostic(
          "minimize: there is no method \"\(name)\"", kind: .name,
          hint: nearest + "the methods are " + known.joined(separator: ", ")
            + ", or an optimizer like adam(0.1)")
      }
      method = try .stepping(with: rule.name, lr, call, parameters)
      stepLimit = 1000
    }
    if !call.isMissing(rate), ["newton", "lbfgs", "nelder_mead"].contains(name) {
      throw Diagnostic(
        "minimize: \(name) has no learning rate", kind: .argument,
        hint: "it finds the length of its steps by itself; gd, momentum and adam take lr")
    }
  }

  private init(
    optimizer: Value, _ call: borrowing Call, _ position: Int, rate: Int, _ parameters: FlatParameters
  ) throws {
    guard case .record(let record) = optimizer, record["step"]?.isCallable == true else {
      throw call.wrong(
        position, "the name of a method or an optimizer", hint: "method: \"lbfgs\" or method: adam(0.1)")
    }
    guard call.isMissing(rate) else {
      throw Diagnostic(
        "minimize: the optimizer has its own learning rate", kind: .argument, hint: "leave lr out")
    }
    if case .string(let own)? = record["name"] { name = own } else { name = "optimizer" }
    method = .stepping(with: optimizer, call.machine, parameters)
    stepLimit = 1000
  }
}

extension Minimiser.Method {
  /// Steps of an optimizer of the library, at the learning rate or schedule `lr`.
  fileprivate static func stepping(
    with name: String, _ lr: Value, momentum: Double? = nil, _ call: borrowing Call,
    _ parameters: FlatParameters
  ) throws -> Minimiser.Method {
    var arguments = [("lr", lr)]
    if case .none = lr { arguments[0].1 = .number(MinimisationMethod.rate) }
    if let momentum { arguments.append(("momentum", .number(momentum))) }
    let optimizer = try call.machine.call(call.machine.builtin(name), [], named: arguments)
    return .stepping(with: optimizer, call.machine, parameters)
  }

  /// Steps of any optimizer, which sees parameters and gradient in their structure.
  fileprivate static func stepping(
    with optimizer: Value, _ machine: Machine, _ parameters: FlatParameters
  ) -> Minimiser.Method {
    var optimizer = optimizer
    return .following { point, gradient in
      let (moved, next) = try ParameterStep.take(
        optimizer, parameters.structure(point), along: parameters.structure(gradient), machine)
      optimizer = next
      let leaves = try Structure.leaves(of: moved)
      guard leaves.reduce(0, { $0 + $1.quantity.shape.count }) == parameters.count else {
        throw Diagnostic("minimize: the optimizer's step changed the form of the parameters", kind: .shape)
      }
      return try parameters.numbers(leaves.map(\.quantity))
    }
  }
}
