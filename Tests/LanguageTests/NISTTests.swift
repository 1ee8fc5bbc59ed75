import Foundation
import Testing

@testable import Language

/// NIST's Statistical Reference Datasets, when they are there.
@Suite("NIST")
struct NISTTests {
  @Test("Nonlinear sets from both starts", .enabled(if: NISTCase.isThere))
  func nonlinearSets() throws {
    var problems: [String] = []
    var failedFirst = 0
    for name in NISTCase.names("nonlinear") {
      for start in ["start1", "start2"] {
        let fit = try NonlinearFit(name, start)
        print("nist \(name) \(start): \(fit.summary)")
        if start == "start1", fit.parameterDigits < 6 {
          failedFirst += 1
          if fit.isConverged {
            problems.append("\(name) \(start) failed and says that it converged: \(fit.summary)")
          }
        } else if let problem = fit.problem {
          problems.append("\(name) \(start): \(problem) (\(fit.summary))")
        }
      }
    }
    #expect(problems.isEmpty && failedFirst <= 2, "\(problems.joined(separator: "\n"))")
  }

  /// What a Householder factorisation reaches, less one and a half digits.
  static let linearBounds = [
    "Norris": 11, "NoInt1": 13.5, "NoInt2": 13.5, "Longley": 9.4, "Filip": 6.6, "Wampler1": 7.8,
    "Wampler2": 11,
    "Wampler3": 7.6, "Wampler5": 4.3,
  ]

  @Test("Linear sets", .enabled(if: NISTCase.isThere), arguments: NISTCase.names("linear"))
  func linearSet(name: String) throws {
    let nist = try NISTCase(name)
    let predictors = nist.json["predictors"] as? [String] ?? []
    let columns =
      (nist.json["polynomial_degree"] as? Int).map { degree in (1...degree).map { "x^\($0)" } } ?? predictors
    let hasConstant = nist.json["intercept"] as? Bool ?? true
    _ = try nist.evaluate(
      "linear_fit(stack((\(columns.joined(separator: ", ")),), axis: 1), y, intercept: \(hasConstant))")
    _ = nist.session.submit(Source(name: "nist", text: "fit = result"))
    let digits = NISTCase.digits(try nist.evaluate("fit.at"), nist.numbers("certified"))
    let errors = try nist.evaluate("fit.stderr")
    let deviation = try nist.evaluate("sqrt(fit.reduced_chi2)")[0]
    let r2 = NISTCase.digits(try nist.evaluate("fit.r2"), [nist.number("r_squared")])
    let bound = NISTTests.linearBounds[name] ?? 6
    if nist.number("rss") == 0 {
      #expect(deviation < 1e-8 && digits >= bound, "\(digits) digits, \(deviation)")
    } else {
      let errorDigits = NISTCase.digits(errors, nist.numbers("certified_sd"))
      print("nist \(name): \(digits) digits, standard errors \(errorDigits), r2 \(r2)")
      #expect(digits >= bound && errorDigits >= min(bound, 6) && r2 >= 6, "\(digits) \(errorDigits) \(r2)")
    }
  }

  @Test("Univariate sets", .enabled(if: NISTCase.isThere), arguments: NISTCase.names("univariate"))
  func univariateSet(name: String) throws {
    let nist = try NISTCase(name)
    let mean = NISTCase.digits(try nist.evaluate("mean(y)"), [nist.number("mean")])
    let deviation = NISTCase.digits(try nist.evaluate("std(y, ddof: 1)"), [nist.number("sd")])
    let lag = NISTCase.digits(
      try nist.evaluate("(e_ -> sum(e_[1:] * e_[:-1]) / sum(e_^2))(y - mean(y))"),
      [nist.number("lag1_autocorrelation")])
    let bounds = ["Mavro": (13.0, 12.0), "NumAcc4": (8.0, 10.0)][name] ?? (13.5, 13)
    #expect(mean >= 14 && deviation >= bounds.0 && lag >= bounds.1, "\(mean) \(deviation) \(lag)")
  }
}

/// A nonlinear set fitted from one of its starts.
private struct NonlinearFit {
  let name: String
  let parameterDigits: Double
  let errorDigits: Double
  let rss: Double
  let rssDigits: Double
  let isConverged: Bool

  init(_ name: String, _ start: String) throws {
    self.name = name
    let nist = try NISTCase(name)
    var model = nist.text("model")
    for parameter in nist.names.sorted(by: { $0.count > $1.count }) {
      model = model.replacingOccurrences(of: parameter, with: "p.\(parameter)")
    }
    let response = nist.text("response")
    let values = zip(nist.names, nist.numbers(start)).map { "\($0): \($1)" }.joined(separator: ", ")
    _ = try nist.evaluate("curve_fit((p, x) -> \(model), x, \(response), start: (\(values)))")
    _ = nist.session.submit(Source(name: "nist", text: "fit = result"))
    parameterDigits = NISTCase.digits(try nist.evaluate("fit.at"), nist.numbers("certified"))
    errorDigits = NISTCase.digits(try nist.evaluate("fit.stderr"), nist.numbers("certified_sd"))
    rss = try nist.evaluate("fit.rss")[0]
    rssDigits = NISTCase.digits([rss], [nist.number("rss")])
    isConverged = try nist.evaluate("fit.converged") == [1]
  }

  var summary: String {
    func short(_ x: Double) -> String { String(format: "%.1f", x) }
    return
      "\(short(parameterDigits)) digits, standard errors \(short(errorDigits)), rss \(short(rssDigits)), converged \(isConverged)"
  }

  /// Which bound was missed; the certified sum of Lanczos1 is nothing but rounding.
  var problem: String? {
    let isLanczos1 = name == "Lanczos1"
    if parameterDigits < 6 { return "too few digits" }
    if errorDigits < (isLanczos1 ? 1 : 4) { return "too few digits of the standard errors" }
    if isLanczos1 ? rss > 1e-20 : rssDigits < 6 { return "too few digits of rss" }
    return isConverged ? nil : "did not converge"
  }
}
