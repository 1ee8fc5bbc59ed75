import Foundation
import Tensors
import Testing

@testable import Language

/// Values and gradients computed elsewhere, when the files are there.
@Suite("Oracles")
struct OracleTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../shared/oracles").standardized

  static let files = [
    "elementwise_unary", "binary", "reductions", "linalg", "shape", "numerics", "nn", "composite",
    "second_derivatives",
  ]

  @Test(
    "Every case agrees", .enabled(if: FileManager.default.fileExists(atPath: folder.path)), arguments: files)
  func everyCaseAgrees(file: String) throws {
    let data = try Data(contentsOf: OracleTests.folder.appendingPathComponent(file + ".json"))
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let cases = (json["cases"] as? [[String: Any]] ?? []).map(OracleCase.init)
    var mapped = 0
    var unmapped: [String] = []
    var failures: [String] = []
    for oracle in cases {
      guard let checker = OracleChecker(oracle) else {
        unmapped.append(oracle.id)
        continue
      }
      mapped += 1
      if let failure = checker.failure() { failures.append("\(oracle.id): \(failure)") }
    }
    print(
      "oracle \(file): \(cases.count) found, \(mapped) mapped, \(mapped - failures.count) passed"
        + (unmapped.isEmpty ? "" : "; not in the language yet: \(unmapped.joined(separator: ", "))"))
    #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
  }
}

/// Runs one case through the language.
struct OracleChecker {
  private let oracle: OracleCase
  private let expression: String

  /// Nil for an operation that the language does not have.
  init?(_ oracle: OracleCase) {
    self.oracle = oracle
    if let composite = OracleMap.composites[oracle.operation] {
      expression = composite
    } else if oracle.operation.hasPrefix("second_derivative_of_") {
      expression = "\(oracle.operation.dropFirst("second_derivative_of_".count))''(a)"
    } else if let found = OracleMap.expression(oracle.operation, oracle.attributes) {
      expression = found
    } else {
      return nil
    }
  }

  /// What disagrees, or nil.
  func failure() -> String? {
    do {
      let session = Session(host: RecordingHost())
      for (index, input) in oracle.inputs.enumerated() {
        session.globals.define(input.name ?? OracleMap.inputNames[index], try input.value)
      }
      for constant in oracle.constants { session.globals.define(constant.name ?? "k", try constant.value) }
      let output: Value
      do {
        output = try evaluate(expression, in: session)
      } catch {
        return oracle.expectsError ? nil : "\(error.render())"
      }
      if oracle.expectsError { return "a value instead of an error: \(Display.text(output))" }
      if let difference = try difference(output, oracle.accepted("output"), oracle.tolerance("output")) {
        return "output \(difference)"
      }
      return try gradientFailure(session) ?? hessianFailure(session)
    } catch {
      return (error as? Diagnostic)?.render() ?? "\(error)"
    }
  }

  private func gradientFailure(_ session: Session) throws -> String? {
    if let gradients = oracle.json["gradient"] as? [Any] {
      for expected in gradients.compactMap(OracleTensor.init) {
        let name = expected.name ?? "x"
        let gradient = try evaluate("grad(\(name) -> \(expression))(\(name))", in: session)
        if let difference = try difference(gradient, [expected], oracle.tolerance("gradient")) {
          return "gradient of \(name) \(difference)"
        }
      }
    }
    guard let cotangent = OracleTensor(oracle.json["cotangent"]) else { return nil }
    session.globals.define("cotangent", try cotangent.value)
    for (position, input) in oracle.differentiable.enumerated() {
      let name = OracleMap.inputNames[input]
      var gradient = try evaluate("vjp(\(name) -> \(expression), \(name), cotangent)", in: session)
      if ["cholesky", "eigvalsh"].contains(oracle.operation) {
        session.globals.define("gradient", gradient)
        gradient = try evaluate("(gradient + gradient.T) / 2", in: session)
      }
      let skipped = (oracle.json["vjp_not_checked"] as? [[Int]])?[position] ?? []
      let accepted = oracle.accepted("vjp", at: position)
      if let difference = try difference(gradient, accepted, oracle.tolerance("vjp"), skipping: skipped) {
        return "gradient of input \(input) \(difference)"
      }
    }
    return nil
  }

  private func hessianFailure(_ session: Session) throws -> String? {
    guard let expected = OracleTensor(oracle.json["hessian_wrt_first"]) else { return nil }
    let hessian = try evaluate("hessian(x -> \(expression))(x)", in: session)
    return try difference(hessian, [expected], oracle.tolerance("output")).map { "hessian \($0)" }
  }

  private func evaluate(_ text: String, in session: Session) throws(Diagnostic) -> Value {
    let outcome = session.submit(Source(name: oracle.id, text: "result = " + text))
    if case .failed(let diagnostic) = outcome { throw diagnostic }
    return session.value(of: "result") ?? .none
  }

  private func difference(
    _ got: Value, _ accepted: [OracleTensor], _ tolerance: (relative: Double, absolute: Double),
    skipping: [Int] = []
  ) throws -> String? {
    guard !accepted.isEmpty else { return nil }
    var first: String?
    for wanted in accepted {
      guard let problem = try difference(got, wanted, tolerance, skipping) else { return nil }
      first = first ?? problem
    }
    return first
  }

  private func difference(
    _ got: Value, _ wanted: OracleTensor, _ tolerance: (relative: Double, absolute: Double), _ skipping: [Int]
  ) throws -> String? {
    guard let quantity = got.quantity else { return "is \(got.kind)" }
    guard quantity.shape.array == wanted.shape else {
      return "has shape \(quantity.shape), not \(wanted.shape)"
    }
    let elements: [Double] =
      switch quantity.concrete {
      case .number(let number): [number]
      case .tensor(let tensor): try tensor.doubles()
      case .traced: []
      }
    for (index, (mine, theirs)) in zip(elements, wanted.data).enumerated() where !skipping.contains(index) {
      let agrees =
        mine == theirs || (mine.isNaN && theirs.isNaN)
        || abs(mine - theirs) <= tolerance.absolute + tolerance.relative * abs(theirs)
      if !agrees { return "is \(mine) at \(index), not \(theirs)" }
    }
    return nil
  }
}
