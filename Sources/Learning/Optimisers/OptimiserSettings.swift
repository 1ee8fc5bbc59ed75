import Tensors

/// A setting of an optimiser: its name, what it is without further ado and what it may be.
public struct OptimiserSetting: Sendable {
  /// What values make sense.
  public enum Range: Sendable {
    /// A learning rate: 0 or more.
    case rate
    /// 0 or more.
    case amount
    /// From 0 to below 1.
    case share
    /// True or false.
    case flag
  }

  /// The name in the language.
  public let name: String
  /// What it is unless it is given; a flag is 0 or 1.
  public let value: Double
  /// What values make sense.
  public let range: Range
}

extension OptimiserSetting {
  static func rate(_ value: Double) -> OptimiserSetting {
    OptimiserSetting(name: "lr", value: value, range: .rate)
  }

  static func amount(_ name: String, _ value: Double) -> OptimiserSetting {
    OptimiserSetting(name: name, value: value, range: .amount)
  }

  static func share(_ name: String, _ value: Double) -> OptimiserSetting {
    OptimiserSetting(name: name, value: value, range: .share)
  }

  static func flag(_ name: String) -> OptimiserSetting {
    OptimiserSetting(name: name, value: 0, range: .flag)
  }

  /// Whether a number lies in the range.
  public func allows(_ number: Double) -> Bool {
    switch range {
    case .rate, .amount: number >= 0 && number < .infinity
    case .share: number >= 0 && number < 1
    case .flag: number == 0 || number == 1
    }
  }

  /// The range in words, after "must be".
  public var wanted: String {
    switch range {
    case .rate: "0 or more"
    case .amount: "0 or more"
    case .share: "from 0 to below 1"
    case .flag: "true or false"
    }
  }
}

/// Values for the settings of a rule, some of which may be differentiated.
public struct OptimiserSettings {
  private let settings: [OptimiserSetting]
  private var values: [Quantity]

  /// What the settings are unless they are given.
  public init(_ settings: [OptimiserSetting]) {
    self.settings = settings
    values = settings.map { .number($0.value) }
  }

  /// The value of a setting that the rule has.
  public subscript(name: String) -> Quantity {
    get { values[position(of: name)] }
    set { values[position(of: name)] = newValue }
  }

  /// Whether a flag is set.
  func isSet(_ name: String) -> Bool {
    if case .number(0) = self[name].concrete { false } else { true }
  }

  private func position(of name: String) -> Int {
    guard let position = settings.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("no setting is named \(name)")
    }
    return position
  }
}
