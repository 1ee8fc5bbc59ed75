import Foundation
import Tensors

@testable import Language

/// A tensor as the oracle files write it.
struct OracleTensor {
  let name: String?
  let shape: [Int]
  let data: [Double]
  let isBool: Bool

  init?(_ json: Any?) {
    guard let json = json as? [String: Any], let shape = json["shape"] as? [Int] else { return nil }
    self.shape = shape
    name = json["name"] as? String
    isBool = json["dtype"] as? String == "bool"
    let count = shape.reduce(1, *)
    if let fill = json["fill"] as? Double {
      data = Array(repeating: fill, count: count)
    } else if let items = json["data"] as? [Any] {
      data = items.map(OracleTensor.number)
    } else {
      return nil
    }
  }

  private static func number(_ json: Any) -> Double {
    if let text = json as? String { return Double(text) ?? .nan }
    return (json as? NSNumber)?.doubleValue ?? .nan
  }

  /// The tensor as a value of the language.
  var value: Value {
    get throws {
      if shape.isEmpty { return .number(data[0]) }
      return .tensor(try Tensor(data, shape: try Shape(checking: shape)))
    }
  }
}

/// The settings of an operation case, in the language's spelling.
struct Attributes {
  let json: [String: Any]
  let inputCount: Int

  subscript(name: String) -> String { Attributes.spell(json[name] ?? NSNull()) }

  /// `, axis: 1, keepdims: true` for the settings that are present.
  func named(_ names: String...) -> String {
    names.filter { json[$0] != nil }.map { ", \($0): \(self[$0])" }.joined()
  }

  func text(_ name: String) -> String { json[name] as? String ?? "" }

  func numbers(_ name: String) -> [String] { (json[name] as? [Any] ?? []).map(Attributes.spell) }

  /// `1:3, ::2` of a list of `[start, stop, step]`.
  func slices(_ name: String) -> String {
    (json[name] as? [[Any]] ?? []).map { slice in
      slice.map { $0 is NSNull ? "" : Attributes.spell($0) }.joined(separator: ":")
    }.joined(separator: ", ")
  }

  var inputNames: String { OracleMap.inputNames.prefix(inputCount).joined(separator: ", ") }

  private static func spell(_ json: Any) -> String {
    switch json {
    case is NSNull: "none"
    case let number as NSNumber where CFBooleanLike.isBool(number): number.boolValue ? "true" : "false"
    case let number as NSNumber: "\(number.doubleValue)"
    case let list as [Any]: "[" + list.map(spell).joined(separator: ", ") + "]"
    default: "\"\(json)\""
    }
  }
}

/// JSON's true and 1 are both `NSNumber`s.
private enum CFBooleanLike {
  static func isBool(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}

/// One case of a file.
struct OracleCase {
  let json: [String: Any]

  var id: String { json["id"] as? String ?? "?" }
  var operation: String { json["op"] as? String ?? "?" }
  var inputs: [OracleTensor] { (json["inputs"] as? [Any] ?? []).compactMap(OracleTensor.init) }
  var constants: [OracleTensor] { (json["constants"] as? [Any] ?? []).compactMap(OracleTensor.init) }
  var expectsError: Bool { json["expect_error"] as? Bool ?? false }
  var differentiable: [Int] { json["differentiable_inputs"] as? [Int] ?? [] }
  var attributes: Attributes {
    Attributes(json: json["attrs"] as? [String: Any] ?? [:], inputCount: inputs.count)
  }

  /// The answers that are accepted: the chosen one and its alternatives.
  func accepted(_ name: String, at index: Int? = nil) -> [OracleTensor] {
    func tensor(_ json: Any?) -> OracleTensor? {
      guard let index else { return OracleTensor(json) }
      guard let list = json as? [Any], index < list.count else { return nil }
      return OracleTensor(list[index])
    }
    var answers = [tensor(json[name])].compactMap { $0 }
    for alternative in json["\(name)_also_accepted"] as? [Any] ?? [] {
      if let answer = tensor(alternative) ?? OracleTensor(alternative) { answers.append(answer) }
    }
    return answers
  }

  func tolerance(_ name: String) -> (relative: Double, absolute: Double) {
    func number(_ key: String) -> Double? { (json[key] as? NSNumber)?.doubleValue }
    let prefix = name == "vjp" ? "vjp_" : ""
    return (
      number(prefix + "rtol") ?? number("rtol") ?? 0, number(prefix + "atol") ?? number("atol") ?? 0
    )
  }
}
