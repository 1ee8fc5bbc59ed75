import Plotting

/// What is done with plots that are there.
enum FigureBuiltins {
  static let all: [Builtin] = [grid, sparkline]

  private static let grid = Builtin(
    "grid(...plots, width: none, height: none, style: none)", .plots,
    "Plots side by side, in as many rows as the width requires.",
    convention: "width and height are those of the whole; in a file they stand in a square",
    example: """
      grid(plot(sin, -3, 3), plot(cos, -3, 3), width: 80, height: 9)
      #>  1 ┤                      ⢀⠴⠒⠉⠉⠉⠒⠦⣀       1 ┤             ⢀⠴⠒⠉⠉⠉⠒⠦⡀
      #>    │                    ⡠⠊⠁       ⠈⠑⢄       │           ⡠⠊⠁       ⠈⠑⢄
      #>    │                  ⢠⠞             ⠳⡄     │         ⢠⠞             ⠳⡄
      #>  0 ┤⡀┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈⢀⠴⠁┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈⠈   0 ┤┈┈┈┈┈┈┈⢀⠖⠁┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈⠈⠲⡀┈┈┈┈┈┈┈
      #>    │⠘⢦             ⡴⠃                       │     ⢀⡴⠃                   ⠘⢦⡀
      #>    │  ⠑⢄⡀       ⢀⡠⠊                         │   ⢀⡤⠊                       ⠑⢤⡀
      #> -1 ┤    ⠉⠲⠤⣀⣀⣀⠤⠖⠁                        -1 ┤⣀⠤⠖⠁                           ⠈⠲⠤⣀
      #>    └──────┬──────────┬──────────┬──────     └──────┬──────────┬──────────┬──────
      #>          -2          0          2                 -2          0          2
      """
  ) { call in
    let options = try FigureOptions(call)
    var figures: [Figure] = []
    for value in try call.rest(0) {
      switch value {
      case .figure(let figure): figures.append(figure)
      case .list(let list):
        for item in list.items {
          guard case .figure(let figure) = item.unfixed else { throw call.wrong(0, "plots") }
          figures.append(figure)
        }
      default: throw Diagnostic("grid: every part must be a plot, not \(value.kind)", kind: .type)
      }
    }
    guard !figures.isEmpty else {
      throw Diagnostic("grid needs one plot or more", kind: .argument, hint: "grid(p, q) or grid([p, q])")
    }
    guard let grid = Figure.grid(figures) else {
      let count = figures.reduce(0) { $0 + $1.plotCount }
      throw Diagnostic(
        "grid: \(count) plots are more than \(Figure.plotLimit), which can stand side by side", kind: .limit,
        hint: "plots of grids inside of it count as well")
    }
    return .figure(options.sized(grid))
  }

  private static let sparkline = Builtin(
    "sparkline(x, width: 20)", .plots, "A row of numbers as one line of small bars, for a cell of a table.",
    convention: "longer rows are averaged in parts; nan is a gap",
    example: """
      sparkline([1, 2, 4, 8, 4, 2, 1])
      #> "▁▂▄█▄▂▁"
      """
  ) { call in
    try call.checkDataFits()
    let width = try call.integer(1)
    guard width > 0, width <= 1000 else {
      throw Diagnostic("sparkline: width must be from 1 to 1000, not \(width)")
    }
    return .string(Plotting.sparkline(try call.samples(0), width: width))
  }
}
