import Learning
import Tensors

extension FittingBuiltins {
  static let linearFit = Builtin(
    "linear_fit(x, y, sigma: none, intercept: true, absolute_sigma: false, confidence: 0.95)", .training,
    "A line through data, or a plane through several columns, with standard errors.",
    formula: "minimum of sum(((y - x @ coefficients - intercept) / sigma)^2) by QR",
    convention:
      "a vector x gives (intercept:, slope:), a matrix with a column for each quantity (intercept:, coefficients:); without an intercept r2 compares with 0; returns the fields of curve_fit",
    example: """
      fit = linear_fit([0, 1, 2, 3, 4], [1.1, 2.9, 5.2, 6.8, 9.1])
      fit.at
      #> (intercept: 1.04, slope: 1.99)
      fit.stderr
      #> (intercept: 0.1462873884, slope: 0.05972157622)
      fit(10)
      #> 20.94
      """
  ) { call in
    let data = try FitData(call, y: 1, sigma: 2)
    let hasConstant = try call.bool(3)
    let columns = try LinearDesign.columns(call, rows: data.y.count)
    let confidence = try FitRecord.confidence(call, 5)
    let isVector = call[0].quantity?.shape.rank == 1
    let count = columns.count + (hasConstant ? 1 : 0)
    guard count > 0 else { throw Diagnostic("linear_fit: x has no columns and there is no intercept") }
    guard data.y.count >= count else {
      throw Diagnostic(
        "linear_fit: \(data.y.count == 1 ? "1 datum" : "\(data.y.count) data") cannot determine \(count) coefficients"
      )
    }
    let fit = LinearFit(
      columns: columns, data: data.y, weights: data.weights, hasConstant: hasConstant,
      isAbsolute: try call.bool(4))
    var template: [(String, Value)] = hasConstant ? [("intercept", .number(0))] : []
    template.append(
      isVector
        ? ("slope", .number(0)) : ("coefficients", .tensor(try .filled(0, Shape(checking: [columns.count])))))
    let parameters = try FlatParameters(.record(Record(template)), purpose: "linear_fit: at")
    let record = FitRecord(parameters: parameters, statistics: fit.statistics, confidence: confidence)
    return .record(
      try Record(
        record.fields(at: fit.coefficients, residuals: fit.residuals, data: data) + [
          ("weighted", .bool(data.weights != nil)), ("x", call[0]),
          ("model", .function(Function(linearModel))),
          ("call", .function(Function(predict))),
        ], kind: FitRecord.linearKind))
  }

  /// The model of `linear_fit`, which `predict` calls like any other.
  static let linearModel = Builtin(
    "linear_model(p, x)", .training, "The linear function with the coefficients that linear_fit found.",
    formula: "p.slope x + p.intercept, or x @ p.coefficients + p.intercept",
    example: """
      linear_model((intercept: 1, slope: 2), [0, 1])
      #> [1, 3]
      """
  ) { call in
    guard case .record(let record) = call[0] else { throw call.wrong(0, "a record of coefficients") }
    let x = try call.quantity(1)
    let constant = record["intercept"]?.quantity ?? 0
    if let slope = record["slope"]?.quantity { return Value(try slope * x + constant) }
    guard let coefficients = record["coefficients"]?.quantity else {
      throw Diagnostic("linear_model: the record has neither slope nor coefficients", kind: .value)
    }
    return Value(try x.matrixProduct(coefficients) + constant)
  }
}

/// The columns of what is fitted linearly.
private enum LinearDesign {
  static func columns(_ call: borrowing Call, rows: Int) throws -> [[Double]] {
    guard let x = call[0].quantity?.concrete, x.shape.rank == 1 || x.shape.rank == 2 else {
      throw call.wrong(0, "a vector, or a matrix with a column for each quantity")
    }
    guard x.shape[0] == rows, call[1].quantity?.shape.rank == 1 else {
      throw Diagnostic(
        "linear_fit: x is \(x.shape) and y is \(call[1].quantity?.shape ?? []); there is a row of x for each y",
        kind: .shape)
    }
    try call.refuseDerivative(
      in: 0, hint: "lstsq(a, y) has a derivative; stop_gradient(x) makes x a constant")
    let numbers = try x.elements()
    if let index = numbers.firstIndex(where: { !$0.isFinite }) {
      throw FitData.hole("linear_fit", "x", numbers[index], index / max(1, numbers.count / rows))
    }
    let width = x.shape.rank == 1 ? 1 : x.shape[1]
    return (0..<width).map { column in (0..<rows).map { numbers[$0 * width + column] } }
  }
}
