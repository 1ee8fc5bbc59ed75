import Tensors
import Testing

@testable import Language

/// Every derivative that `explain` writes down, evaluated as it stands there.
@Suite("Explained formulas")
struct ExplainedFormulaTests {
  /// An operation of the tables between numbers, one of which varies.
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    /// The operands.
    let u: Double
    var v: Double?
    /// Whether the second operand is the one that varies.
    var variesRight = false

    private static let operators = [
      "add": "+", "subtract": "-", "multiply": "*", "divide": "/", "power": "^", "mod": "%",
      "floor_div": "//",
    ]

    var testDescription: String { "(\(function))'(\(variable))" }
    /// What varies.
    var variable: Double { variesRight ? v ?? u : u }
    /// The operation as a function of x.
    var function: String {
      guard let v else { return "x -> \(name)(x)" }
      let (first, second) = variesRight ? ("(\(u))", "x") : ("x", "(\(v))")
      guard let sign = Case.operators[name] else { return "x -> \(name)(\(first), \(second))" }
      return "x -> \(first) \(sign) \(second)"
    }

    /// Numbers of a domain that four digits show in full.
    private static func samples(_ domain: ClosedRange<Double>) -> [Double] {
      [0.13, 0.41, 0.62, 0.87].map {
        ((domain.lowerBound + $0 * (domain.upperBound - domain.lowerBound)) * 1000).rounded() / 1000
      }
    }

    static let all: [Case] =
      ElementwiseTable.all.flatMap { row in samples(row.rule.domain).map { Case(name: row.name, u: $0) } }
      + BinaryTable.all.flatMap { row in
        zip(samples(row.rule.domains.x), samples(row.rule.domains.y).reversed()).flatMap { u, v in
          [false, true].map { Case(name: row.name, u: u, v: v, variesRight: $0) }
        }
      }
  }

  @Test("are true", arguments: Case.all)
  func formulaIsTrue(of sample: Case) throws {
    let session = ExplainingSession()
    let slope = try session.number(
      "f = \(sample.function)\n(f(\(sample.variable) + 1e-6) - f(\(sample.variable) - 1e-6)) / 2e-6")
    try session.run("u = \(sample.u)\nv = \(sample.v ?? 0)\ny = f(\(sample.variable))")
    let formulas = try session.formulas(of: sample.function, at: sample.variable)
    let wrong = try formulas.filter { formula in
      let value = try session.number(Textbook.source(formula))
      // Nan is wrong too.
      return !(abs(value - slope) <= 2e-3 * max(1, abs(slope)))
    }
    // What has no line passes nothing on.
    #expect(
      wrong.isEmpty && (abs(slope) < 1e-9 || !formulas.isEmpty), "the slope is \(slope), not \(wrong)")
  }
}

/// A session that is asked for explanations and for numbers.
private final class ExplainingSession {
  private let host = RecordingHost()
  private let session: Session

  init() {
    session = Session(host: host)
    let digamma = "digamma(x) = (lgamma(x + 1e-5) - lgamma(x - 1e-5)) / 2e-5"
    _ = session.submit(Source(name: "setup", text: digamma))
  }

  func run(_ text: String) throws {
    if case .failed(let diagnostic) = session.submit(Source(name: "test", text: text)) { throw diagnostic }
  }

  func number(_ text: String) throws -> Double {
    try run(text)
    return host.outputs.last.flatMap { Double($0) } ?? .nan
  }

  /// What the first line of the way back gives for the derivative: in variables, in numbers, and its value.
  func formulas(of function: String, at x: Double) throws -> [String] {
    try run("explain(\(function), \(x))")
    let lines = (host.outputs.last ?? "").split(separator: "\n")
    guard let line = lines.first(where: { $0.contains(" × 1 = ") }) else { return [] }
    let derivative = line.prefix(upTo: line.firstRange(of: " × 1 = ")?.lowerBound ?? line.startIndex)
    return derivative.split(separator: " = ").dropFirst().map(String.init)
  }
}

/// The notation of textbooks in the language.
private enum Textbook {
  static func source(_ formula: String) -> String {
    var text = formula
    // tanh²(x), the square of a function.
    text = text.replacing(/([a-z]+)²(\([^()]*(?:\([^()]*\)[^()]*)*\))/) { "\($0.1)\($0.2)^2" }
    for (sign, name) in [("√", "sqrt"), ("∛", "cbrt")] {
      text = text.replacing(sign + "(", with: name + "(")
      while let place = text.firstRange(of: sign) {
        let rest = text[place.upperBound...]
        let operand = rest.prefix { $0.isLetter || $0.isNumber && $0.isASCII || $0 == "." }
        text.replaceSubrange(place.lowerBound..<operand.endIndex, with: "\(name)(\(operand))")
      }
    }
    for (sign, plain) in [
      ("²", "^2"), ("³", "^3"), ("π", "pi"), ("⌊", "floor("), ("⌋", ")"), ("·", "*"), ("ln(", "log("),
    ] {
      text = text.replacing(sign, with: plain)
    }
    // A space between factors is a product.
    return text.replacing(/([\w)])\s+(?=[\w(])/) { "\($0.1) * " }
  }
}
