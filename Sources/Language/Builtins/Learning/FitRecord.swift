import Learning
import Tensors

/// The results of a fit as a record of the language.
struct FitRecord {
  static let curveKind = "curve fit"
  static let linearKind = "linear fit"

  let parameters: FlatParameters
  let statistics: FitStatistics
  let confidence: Double

  /// The fields that every fit has, for the parameters `point`.
  func fields(at point: [Double], residuals: [Double], data: FitData) throws -> [(String, Value)] {
    let n = point.count
    let errors = statistics.standardErrors
    let factor = StudentT(degrees: Double(statistics.degreesOfFreedom)).halfWidth(confidence)
    let intervals = zip(point, errors).map { ($0 - factor * $1, $0 + factor * $1) }
    let names = parameters.names
    let fitted = zip(data.y, residuals).map { $0 - $1 }
    return [
      ("at", try parameters.structure(point)), ("stderr", try parameters.structure(errors)),
      ("interval", try parameters.paired(intervals)), ("confidence", .number(confidence)),
      ("covariance", try matrix(statistics.covariance, n)),
      ("correlation", try matrix(statistics.correlation, n)),
      ("rss", .number(statistics.residualSumOfSquares)),
      ("dof", .number(Double(statistics.degreesOfFreedom))), ("reduced_chi2", .number(statistics.variance)),
      ("r2", .number(statistics.determination)),
      ("fitted", .tensor(try Tensor(fitted, shape: data.shape))),
      ("residuals", .tensor(try Tensor(residuals, shape: data.shape))),
      ("undetermined", .text(TextVector(statistics.undetermined.map { names[$0] }))),
      ("at_bound", .text(TextVector(statistics.resting.map { names[$0] }))),
    ]
  }

  private func matrix(_ elements: [Double], _ n: Int) throws -> Value {
    .tensor(try Tensor(elements, shape: [n, n]))
  }

  /// Reads the share of confidence from a builtin's arguments.
  static func confidence(_ call: borrowing Call, _ position: Int) throws -> Double {
    let share = try call.number(position)
    guard share > 0, share < 1 else {
      throw Diagnostic(
        "\(call.builtin.name): confidence must lie between 0 and 1, but is \(Display.number(share))",
        hint: share > 1 ? "95 % is 0.95" : nil)
    }
    return share
  }
}
