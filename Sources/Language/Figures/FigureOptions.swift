import Plotting
import Tensors

/// What every plot can be told about titles, axes, size and colours.
struct FigureOptions {
  /// The parameters as they stand at the end of a signature.
  static let signature =
    "title: none, xlabel: none, ylabel: none, xlim: none, ylim: none, xlog: none, ylog: none, width: none, height: none, style: none, legend: none, color: none, colors: none"

  /// The first of them; all are given by name only.
  static let firstName = "title"

  /// What help says about them.
  static let convention =
    "xlim and ylim are (low, high); xlog and ylog make logarithmic axes; width and height count columns and lines of text; style is \"braille\", \"block\" or \"ascii\"; color is a name or \"#rrggbb\", colors one for each series"

  private var title: String?
  private var labels: (x: String?, y: String?)
  private var limits: (x: ClosedRange<Double>?, y: ClosedRange<Double>?)
  private var isLog: (x: Bool?, y: Bool?)
  private var size: (width: Int?, height: Int?)
  private var style: Figure.Style?
  private var showsLegend: Bool?
  private var colors: [Color] = []
}

extension FigureOptions {
  /// Reads them from the arguments of a builtin whose signature ends with them.
  ///
  /// Also throws a diagnostic when the data is a range that would never fit into memory.
  init(_ call: borrowing Call) throws(Diagnostic) {
    try call.checkDataFits()
    title = try call.text("title")
    labels = (try call.text("xlabel"), try call.text("ylabel"))
    limits = (try call.limits("xlim", "xlog"), try call.limits("ylim", "ylog"))
    isLog = (try call.flag("xlog"), try call.flag("ylog"))
    size = (try call.size("width", least: 20, most: 500), try call.size("height", least: 5, most: 200))
    style = try call.style()
    showsLegend = try call.flag("legend")
    colors = try call.colors("color") + call.colors("colors")
  }

  /// Whether the x axis shall be logarithmic.
  var isXLog: Bool { isLog.x ?? false }
  /// Whether the y axis shall be logarithmic.
  var isYLog: Bool { isLog.y ?? false }

  /// Throws when a range does not fit on a logarithmic axis.
  func checkPositive(
    _ builtin: String, x: ClosedRange<Double>, y: ClosedRange<Double>
  ) throws(Diagnostic) {
    if isXLog { try FigureOptions.checkPositive(builtin, "x", x.lowerBound) }
    if isYLog { try FigureOptions.checkPositive(builtin, "y", y.lowerBound) }
  }

  /// Throws when a range of some name does not start above 0, as a logarithmic axis needs it.
  static func checkPositive(_ builtin: String, _ name: String, _ low: Double) throws(Diagnostic) {
    guard low <= 0 else { return }
    throw Diagnostic(
      "\(builtin): \(name) starts at \(Display.number(low)), which a logarithmic axis cannot show",
      hint: "start above 0")
  }

  /// A figure of a panel with everything that was said.
  func figure(_ panel: Panel) throws(Diagnostic) -> Figure {
    var panel = panel
    try apply(to: &panel)
    return sized(Figure(panel))
  }

  /// A panel over a strip with everything that was said.
  func figure(_ panel: Panel, strip: Panel) throws(Diagnostic) -> Figure {
    var (panel, strip) = (panel, strip)
    try apply(to: &panel)
    if !colors.isEmpty { strip.colors = colors }
    return sized(Figure(.stacked(panel, strip: strip)))
  }

  /// A figure with the size and style that were asked for.
  func sized(_ figure: Figure) -> Figure {
    var figure = figure
    figure.width = size.width ?? figure.width
    figure.height = size.height ?? figure.height
    figure.style = style ?? figure.style
    return figure
  }

  private func apply(to panel: inout Panel) throws(Diagnostic) {
    for (axis, name, other, isLog) in [(panel.x, "x", "y", isXLog), (panel.y, "y", "x", isYLog)]
    where isLog && axis.categories != nil {
      throw Diagnostic(
        "\(name)log: the \(name) axis has names, which cannot stand on a logarithmic axis",
        hint: panel.series.contains { $0.marks.contains { $0.shades != nil } }
          ? nil : "the numbers are on the other one: \(other)log: true")
    }
    panel.title = title ?? panel.title
    panel.x.label = labels.x ?? panel.x.label
    panel.y.label = labels.y ?? panel.y.label
    panel.x.limits = limits.x ?? panel.x.limits
    panel.y.limits = limits.y ?? panel.y.limits
    panel.x.isLog = isLog.x ?? panel.x.isLog
    panel.y.isLog = isLog.y ?? panel.y.isLog
    panel.showsLegend = showsLegend ?? panel.showsLegend
    if !colors.isEmpty { panel.colors = colors }
  }
}

extension Call {
  /// Throws when an argument, or an item of one, is a range too long to be looked at number by number.
  func checkDataFits() throws(Diagnostic) {
    for argument in arguments {
      if case .list(let list) = argument {
        for item in list.items { try Call.checkFits(item) }
      } else {
        try Call.checkFits(argument)
      }
    }
  }

  private static func checkFits(_ value: Value) throws(Diagnostic) {
    guard case .tensor(let tensor)? = value.quantity?.concrete else { return }
    do {
      try Storage.checkRoom(for: tensor.count, Double.self)
    } catch {
      throw error.diagnostic()
    }
  }

  /// The position of an option that the signature has.
  func option(_ name: String) -> Int? {
    guard let position = parameters.firstIndex(where: { $0.name == name }), !isMissing(position) else {
      return nil
    }
    return position
  }

  fileprivate func text(_ name: String) throws(Diagnostic) -> String? {
    guard let position = option(name) else { return nil }
    return try string(position)
  }

  fileprivate func flag(_ name: String) throws(Diagnostic) -> Bool? {
    guard let position = option(name) else { return nil }
    return try bool(position)
  }

  fileprivate func size(_ name: String, least: Int, most: Int) throws(Diagnostic) -> Int? {
    guard let position = option(name) else { return nil }
    let count = try integer(position)
    guard count >= least, count <= most else {
      throw Diagnostic("\(builtin.name): \(name) must be from \(least) to \(most), not \(count)")
    }
    return count
  }

  /// Two numbers, the lower one first.
  func interval(_ position: Int) throws(Diagnostic) -> ClosedRange<Double> {
    guard let ends = NamedSamples.vector(self[position]), ends.count == 2 else {
      throw wrong(position, "two numbers (low, high)")
    }
    var numbers: [Double] = []
    ends.read(0..<2) { piece in numbers = piece.indices.map { piece[$0] } }
    guard numbers.count == 2, numbers.allSatisfy(\.isFinite), numbers[0] < numbers[1] else {
      throw Diagnostic(
        "\(builtin.name): \(name(position)) must be (low, high) with low < high, not "
          + InlineWriter.fullText(self[position]))
    }
    return numbers[0]...numbers[1]
  }

  fileprivate func limits(_ name: String, _ log: String) throws(Diagnostic) -> ClosedRange<Double>? {
    guard let position = option(name) else { return nil }
    let limits = try interval(position)
    let isLogarithmic = try flag(log) ?? false
    if isLogarithmic { try FigureOptions.checkPositive(builtin.name, name, limits.lowerBound) }
    return limits
  }

  fileprivate func style() throws(Diagnostic) -> Figure.Style? {
    guard let position = option("style") else { return nil }
    let name = try string(position)
    guard let style = Figure.Style(rawValue: name) else {
      let names = Figure.Style.allCases.map { Display.literal($0.rawValue) }
      throw Diagnostic(
        "\(builtin.name): there is no style \(Display.literal(name))",
        hint: "use \(names.dropLast().joined(separator: ", ")) or \(names.last ?? "")")
    }
    return style
  }

  fileprivate func colors(_ name: String) throws(Diagnostic) -> [Color] {
    guard let position = option(name) else { return [] }
    var names: [String] = []
    switch self[position] {
    case .string(let string): names = [string]
    case .text(let vector): names = vector.items.map { $0 ?? "" }
    case .list(let list):
      for item in list.items {
        guard case .string(let string) = item.unfixed else { throw wrong(position, "names of colors") }
        names.append(string)
      }
    default: throw wrong(position, "the name of a color or several of them")
    }
    var colors: [Color] = []
    for name in names {
      guard let color = Color(named: name) else {
        throw Diagnostic(
          "\(builtin.name): there is no color \(Display.literal(name))",
          hint: "use \(Color.names.joined(separator: ", ")) or \"#rrggbb\"")
      }
      colors.append(color)
    }
    return colors
  }
}
