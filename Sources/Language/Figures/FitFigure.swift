import Plotting
import Tensors

/// The picture of a fit: data, curve with its band, and a strip of the residuals.
struct FitFigure {
  private let x: [Double]
  private let fitted: [Double]
  private let residuals: [Double]
}

extension FitFigure {
  /// Nil when the record is not that of a fit of a function of one number.
  private init?(_ record: Record) {
    func numbers(_ name: String) -> [Double]? { record[name].flatMap { NamedSamples.vector($0)?.numbers } }
    guard let x = numbers("x"), let fitted = numbers("fitted"), let residuals = numbers("residuals"),
      x.count > 1, x.count == fitted.count, x.count == residuals.count
    else { return nil }
    (self.x, self.fitted, self.residuals) = (x, fitted, residuals)
  }

  /// Data, the fitted values as a line, and the residuals.
  @Sendable static func figure(_ record: Record) -> Figure? {
    guard let fit = FitFigure(record) else { return nil }
    let order = fit.x.indices.sorted { fit.x[$0] < fit.x[$1] }
    let line = LineMark(x: order.map { fit.x[$0] }, y: order.map { fit.fitted[$0] })
    let (panel, strip) = fit.panels([line])
    var figure = Figure(.stacked(panel, strip: strip))
    figure.height = 20
    return figure
  }

  /// Data, the curve between and beyond them, its band of confidence where it can be known, and the
  /// residuals; nil when the record is not that of a fit of a function of one number.
  static func figure(_ record: Record, _ call: borrowing Call) throws -> Figure? {
    guard let fit = FitFigure(record), let low = fit.x.min(), let high = fit.x.max(), low < high else {
      return nil
    }
    let positions = (0...200).map { low + (high - low) * Double($0) / 200 }
    let tensor = Value.tensor(try Tensor(positions))
    let predict = Value.function(Function(FittingBuiltins.predict))
    var marks: [any Mark] = []
    let named: [(String, Value)] = [
      ("confidence", record["confidence"] ?? .number(0.95)), ("mean", .bool(true)),
    ]
    // Without degrees of freedom there is no band.
    if let band = try? call.machine.call(predict, [.record(record), tensor], named: named),
      case .record(let sides) = band, let lower = sides["lower"].flatMap({ NamedSamples.vector($0) }),
      let upper = sides["upper"].flatMap({ NamedSamples.vector($0) }), lower.numbers.allSatisfy(\.isFinite)
    {
      marks.append(BandMark(x: positions, low: lower, high: upper))
    }
    guard let curve = NamedSamples.vector(try call.machine.call(predict, [.record(record), tensor])),
      curve.count == positions.count
    else { return nil }
    marks.append(LineMark(x: positions, y: curve))
    let (panel, strip) = fit.panels(marks)
    return try FigureOptions(call).figure(panel, strip: strip)
  }

  private func panels(_ curve: [any Mark]) -> (Panel, strip: Panel) {
    let y = zip(fitted, residuals).map { $0 + $1 }
    let panel = Panel([Series("data", marks: [PointMark(x: x, y: y)]), Series("fit", marks: curve)])
    var strip = Panel([Series(marks: [PointMark(x: x, y: residuals)])])
    strip.y.label = "residuals"
    return (panel, strip)
  }
}
