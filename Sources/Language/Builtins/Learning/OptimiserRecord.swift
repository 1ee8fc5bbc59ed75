import Learning
import Tensors

/// An optimiser of the library as a value of the language: a record of its settings and of what it remembers.
///
/// Its fields are `name`, the settings, `steps`, a list of quantities (one for each parameter) for everything it
/// remembers, none before the first step, and the function `step`. A session saves it like any record, and setting
/// a field such as `lr` changes how it goes on.
struct OptimiserRecord {
  static let kind = "optimizer"

  let rule: OptimiserRule
  private let record: Record

  /// The record as an optimiser of the library; nil when it is something else, such as the user's own.
  init?(_ record: Record) {
    guard case .string(let name)? = record["name"], let rule = OptimiserTable.named(name),
      case .function(let step)? = record["step"], step.builtin === OptimiserBuiltins.step
    else { return nil }
    self.rule = rule
    self.record = record
  }

  /// A fresh optimiser of a rule with the arguments of its builtin, which has a parameter for each setting.
  init(_ rule: OptimiserRule, _ call: borrowing Call) throws {
    var fields: [(String, Value)] = [("name", .string(rule.name))]
    var settings = OptimiserSettings(rule.settings)
    for (position, setting) in rule.settings.enumerated() {
      let value = call[position]
      fields.append((setting.name, value))
      if setting.range == .rate, value.isCallable { continue }
      settings[setting.name] = try OptimiserRecord.checked(value, setting, of: rule)
    }
    fields.append(("steps", .number(0)))
    for name in rule.memoryNames(settings) { fields.append((name, .none)) }
    fields.append(("step", .function(Function(OptimiserBuiltins.step))))
    self.rule = rule
    record = try Record(fields, kind: OptimiserRecord.kind)
  }
}

extension OptimiserRecord {
  /// The record as a value.
  var value: Value { .record(record) }

  /// The optimiser at work, its learning rate that of the step to come.
  func optimiser(_ machine: Machine) throws -> Optimiser {
    guard case .number(let count)? = record["steps"]?.quantity?.concrete, count >= 0, count < 1e15 else {
      throw Diagnostic("\(rule.name): steps must be a number, as the optimizer left it", kind: .type)
    }
    var settings = OptimiserSettings(rule.settings)
    for setting in rule.settings {
      guard var value = record[setting.name] else { continue }
      if setting.range == .rate, value.isCallable {
        value = try machine.call(value, [.number(count)]).unfixed
      }
      settings[setting.name] = try OptimiserRecord.checked(value, setting, of: rule)
    }
    return Optimiser(rule, settings: settings, steps: Int(count), memory: try memory(settings))
  }

  /// The record after steps that `optimiser`, once made from it, has taken.
  func after(_ optimiser: Optimiser) throws -> Value {
    var result = record
    let names = rule.memoryNames(optimiser.settings)
    if names.contains(where: { record.layout.index(of: $0) == nil }) {
      // A setting was changed to one that remembers more.
      result = try Record(
        zip(record.layout.names, record.values).map { ($0, $1) } + names.map { ($0, .none) },
        kind: record.layout.kind)
    }
    var values = result.values
    if let index = result.layout.index(of: "steps") { values[index] = .number(Double(optimiser.steps)) }
    for (place, name) in names.enumerated() {
      guard let index = result.layout.index(of: name) else { continue }
      values[index] = .list(try List(optimiser.memory.map { Value($0[place]) }))
    }
    return .record(try Record(result.layout, values))
  }

  /// For every parameter what is remembered of it; empty before the first step.
  private func memory(_ settings: OptimiserSettings) throws(Diagnostic) -> [[Quantity]] {
    var memory: [[Quantity]] = []
    for (place, name) in rule.memoryNames(settings).enumerated() {
      switch record[name] {
      case .none?, nil: continue
      case .list(let list)?:
        if place == 0 { memory = Array(repeating: [], count: list.items.count) }
        for (index, item) in list.items.enumerated() where index < memory.count {
          guard let quantity = item.quantity else { break }
          memory[index].append(quantity)
        }
      default:
        throw Diagnostic(
          "\(rule.name): \(name) must be a list, as the optimizer left it", kind: .type,
          hint: "start with a new \(rule.name)(…)")
      }
    }
    // Without anything to remember, every parameter still has its place.
    return memory
  }

  /// A setting's value as a number in its range.
  private static func checked(
    _ value: Value, _ setting: OptimiserSetting, of rule: OptimiserRule
  ) throws(Diagnostic) -> Quantity {
    let wanted = setting.range == .rate ? "a number or a schedule" : "a number"
    switch (value, setting.range) {
    case (.bool(let bool), .flag): return bool ? 1 : 0
    case (_, .flag):
      throw Diagnostic("\(rule.name): \(setting.name) must be true or false, not \(value.kind)", kind: .type)
    case (.bool, _):
      throw Diagnostic("\(rule.name): \(setting.name) must be \(wanted), not a bool", kind: .type)
    default: break
    }
    guard let quantity = value.quantity, case .number(let number) = quantity.concrete else {
      throw Diagnostic(
        "\(rule.name): \(setting.name) must be \(wanted), not \(value.kind)", kind: .type,
        hint: setting.range == .rate ? "\(rule.name)(0.01) or \(rule.name)(cosine_lr(0.01, 1000))" : nil)
    }
    guard setting.allows(number) else {
      throw Diagnostic(
        "\(rule.name): \(setting.name) must be \(setting.wanted), but is \(Display.number(number))",
        kind: .value)
    }
    return quantity
  }
}
