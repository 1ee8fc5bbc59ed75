import Tensors

/// The data of a fit: what was measured and how well.
struct FitData {
  /// The measurements.
  let y: [Double]
  let shape: Shape
  /// 1 / sigma for each; nil where all count alike.
  let weights: [Double]?

  /// Reads y and sigma from a builtin's arguments.
  init(_ call: borrowing Call, y position: Int, sigma: Int) throws {
    let name = call.builtin.name
    guard let quantity = call[position].quantity?.concrete, quantity.shape.rank > 0 else {
      throw call.wrong(position, "a tensor of measurements")
    }
    try call.refuseDerivative(in: position)
    try call.refuseDerivative(in: sigma)
    shape = quantity.shape
    y = try quantity.elements()
    guard !y.isEmpty else { throw Diagnostic("\(name): y is empty, there is nothing to fit") }
    if let index = y.firstIndex(where: { !$0.isFinite }) {
      throw FitData.hole(name, "y", y[index], index)
    }
    guard !call.isMissing(sigma) else {
      weights = nil
      return
    }
    guard let errors = call[sigma].quantity?.concrete, errors.shape == shape || errors.shape.rank == 0 else {
      throw Diagnostic(
        "\(name): sigma is \(call[sigma].kind), but y is \(shape)", kind: .shape,
        hint: "sigma holds the standard error of each y, or one for all")
    }
    let numbers = try errors.elements()
    if let wrong = numbers.first(where: { !($0 > 0 && $0 < .infinity) }) {
      throw Diagnostic(
        "\(name): sigma must be above 0, but holds \(Display.number(wrong))",
        hint: "sigma holds standard errors; to leave a datum out, leave it out of x and y")
    }
    weights = y.indices.map { 1 / numbers[numbers.count == 1 ? 0 : $0] }
  }

  /// The error about a number that is none.
  static func hole(_ builtin: String, _ name: String, _ value: Double, _ index: Int) -> Diagnostic {
    Diagnostic(
      "\(builtin): \(name) holds \(Display.number(value)) at \(index)", kind: .value,
      hint: "leave such data out: ok = isfinite(\(name)), then x[ok] and y[ok]")
  }
}

extension FitData {
  /// Residuals in units of sigma.
  func weighted(_ residuals: [Double]) -> [Double] {
    guard let weights else { return residuals }
    return zip(residuals, weights).map { $0 * $1 }
  }

  /// Columns of derivatives in units of sigma.
  func weighted(columns: [Double]) -> [Double] {
    guard let weights else { return columns }
    return columns.indices.map { columns[$0] * weights[$0 % weights.count] }
  }
}
