/// The kind of number a tensor is made of.
public enum DType: UInt8, Hashable, Sendable, CaseIterable {
  case f64
  case f32
  case bool
}

extension DType {
  /// Bytes of one element.
  public var size: Int {
    switch self {
    case .f64: 8
    case .f32: 4
    case .bool: 1
    }
  }

  /// The spelling used in the language.
  public var name: String {
    switch self {
    case .f64: "f64"
    case .f32: "f32"
    case .bool: "bool"
    }
  }

  /// The dtype with this spelling, if there is one.
  public init?(name: String) {
    guard let found = DType.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }
}
