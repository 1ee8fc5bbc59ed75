import Foundation
import Tensors

@testable import Language

/// A set of NIST's Statistical Reference Datasets.
struct NISTCase {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../shared/data/nist").standardized

  static var isThere: Bool { FileManager.default.fileExists(atPath: folder.path) }

  /// The names of the sets of a kind.
  static func names(_ kind: String) -> [String] {
    guard let data = try? Data(contentsOf: folder.appendingPathComponent("index.json")),
      let list = try? JSONSerialization.jsonObject(with: data) as? [[String: Any]]
    else { return [] }
    return list.filter { $0["kind"] as? String == kind }.compactMap { $0["name"] as? String }
  }

  let json: [String: Any]
  let session: Session

  /// Reads a set and gives a session its columns by name.
  init(_ name: String) throws {
    let data = try Data(contentsOf: NISTCase.folder.appendingPathComponent(name + ".json"))
    json = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    session = Session(host: RecordingHost())
    let text = try String(
      contentsOf: NISTCase.folder.appendingPathComponent(name + ".csv"), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline)
    let names = lines[0].split(separator: ",")
    let rows = lines.dropFirst().map { $0.split(separator: ",").compactMap { Double($0) } }
    for (column, name) in names.enumerated() {
      session.globals.define(String(name), .tensor(try Tensor(rows.map { $0[column] })))
    }
  }

  func text(_ name: String) -> String { json[name] as? String ?? "" }

  func number(_ name: String) -> Double { (json[name] as? NSNumber)?.doubleValue ?? .nan }

  func numbers(_ name: String) -> [Double] { (json[name] as? [NSNumber] ?? []).map(\.doubleValue) }

  var names: [String] { json["parameters"] as? [String] ?? [] }

  /// The numbers of an expression.
  func evaluate(_ expression: String) throws -> [Double] {
    let outcome = session.submit(Source(name: "nist", text: "result = " + expression))
    if case .failed(let diagnostic) = outcome { throw diagnostic }
    guard let value = session.value(of: "result") else { return [] }
    if case .bool(let bool) = value { return [bool ? 1 : 0] }
    return try Structure.quantities(of: value).flatMap { try $0.elements() }
  }

  /// The least number of digits in which two rows of numbers agree: the log relative error.
  static func digits(_ values: [Double], _ certified: [Double]) -> Double {
    guard values.count == certified.count else { return 0 }
    return zip(values, certified).map { value, wanted in
      if value == wanted { return 16 }
      let error = wanted == 0 ? abs(value) : abs(value - wanted) / abs(wanted)
      return error.isNaN ? 0 : max(0, min(16, -log10(error)))
    }.min() ?? 0
  }
}
