import Plotting
import Tensors

/// Numbers over the plane.
enum SurfaceBuiltins {
  static let all: [Builtin] = [heatmap, contour, landscape, boundary, confusion]

  private static let axes =
    "x and y are (low, high), the positions or the names of columns and rows, and positions need not be equally far apart; of a function they are (low, high), and with xlog or ylog it is sampled in equal ratios"

  private static let heatmap = Builtin(
    "heatmap(z, x: none, y: none, \(FigureOptions.signature))", .plots,
    "The numbers of a matrix, or of a function of two numbers, as colors.",
    convention:
      "row 0 stands at the top unless y says where rows stand; small matrices show their numbers; \(axes); \(FigureOptions.convention)",
    example: """
      heatmap([[1, 2], [3, 4]], width: 40, height: 9)
      #>   │                ░░░░░░░░░░░░░░░░ ██ 4
      #> 0 ┤        1       ░░░░░░░ 2 ░░░░░░ ▓▓
      #>   │                ░░░░░░░░░░░░░░░░ ▓▓
      #>   │▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓████████████████ ▒▒
      #>   │▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓████████████████ ░░ 2
      #> 1 ┤▓▓▓▓▓▓▓ 3 ▓▓▓▓▓▓███████ 4 ██████ ░░
      #>   │▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓████████████████
      #>   └────────┬──────────────┬────────
      #>            0              1
      """
  ) { call in
    let options = try FigureOptions(call)
    let surface = try Surface2D(call, options)
    var marks: [any Mark] = [HeatMark(surface.grid, .suiting(surface.grid))]
    if surface.isSmall { marks.append(surface.numbers) }
    return .figure(try options.figure(surface.panel([Series(isNeutral: true, marks: marks)])))
  }

  private static let contour = Builtin(
    "contour(z, x: none, y: none, levels: 8, \(FigureOptions.signature))", .plots,
    "Lines of equal height of a matrix or a function of two numbers.",
    convention:
      "levels is about how many, or the heights themselves; row 0 stands at the bottom; \(axes); \(FigureOptions.convention)",
    example: """
      contour((x, y) -> x^2 + y^2, x: (-2, 2), y: (-2, 2), levels: 3, width: 40, height: 12)
      #>  2 ┤    ⢀⡠⠴⠒⠋⠁                ⠈⠙⠒⠦⢄⡀
      #>    │ ⣀⠴⠊⠁                          ⠈⠑⠦⣀
      #>    │⠞⠁                                ⠈⠳
      #>    │
      #>    │
      #>  0 ┤┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈
      #>    │
      #>    │⢦⡀                                ⢀⡴
      #>    │ ⠉⠲⢄⡀                           5 ⠉
      #> -2 ┤    ⠈⠑⠲⠤⣄⡀                ⢀⣠⠤⠖⠊⠁
      #>    └┬─────────────────┬────────────────┬
      #>    -2                 0                2
      """
  ) { call in
    let options = try FigureOptions(call)
    let surface = try Surface2D(call, options, hasRowsDown: false)
    let levels: [Double]
    if case .number(let count)? = call[3].quantity?.concrete {
      guard count >= 1, count <= 100 else {
        throw Diagnostic(
          "contour: levels must be from 1 to 100, or the heights themselves, not \(Display.number(count))")
      }
      levels = ContourMark.levels(surface.grid, count: Int(count))
    } else {
      levels = try call.samples(3).numbers
    }
    var panel = surface.panel([Series(marks: [ContourMark(surface.grid, levels: levels)])])
    if levels.isEmpty { panel.footnote = "all heights are equal" }
    return .figure(try options.figure(panel))
  }

  private static let landscape = Builtin(
    "landscape(loss, ranges, at: none, path: none, \(FigureOptions.signature))", .plots,
    "The surface of a loss over two of its parameters, with the way of a descent on it.",
    convention:
      "ranges has the form of the parameters, with (low, high) in two places; at gives all other parameters; path is a list of parameters or a matrix with two columns; one range gives a curve; \(FigureOptions.convention)",
    example: """
      landscape(p -> (p.w - 1)^2 + (p.b + 1)^2, (w: (-3, 3), b: (-3, 3)), width: 40, height: 12)
      #> b
      #>    │████▓▓▓▓▓▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ ██
      #>  2 ┤▓▓▓▓▒▒▒▒▒░░░░░░░░░░░░░░░░░░░░░ ██
      #>    │▓▓▒▒▒░░░░░░                  ░ ▓▓
      #>    │▒▒▒░░░░░                       ▒▒ 20
      #>  0 ┤▒▒░░░░                         ▒▒
      #>    │▒▒░░░░                         ░░
      #> -2 ┤▒▒▒░░░░
      #>    │▒▒▒▒░░░░░
      #>    └─────┬─────────┬────────┬─────
      #>         -2         0        2
      #>                   w
      """
  ) { call in
    let options = try FigureOptions(call)
    return .figure(try options.figure(Landscape(call).panel(options)))
  }

  private static let boundary = Builtin(
    "boundary(model, x, y, \(FigureOptions.signature))", .plots,
    "The map of a classifier's decisions over the plane, with the data on it.",
    convention:
      "x is [n, 2] and y the class of each row; the model is called with a matrix of points and gives a probability, a score whose sign decides, or a number for each class; pale is unsure; \(FigureOptions.convention)",
    example: """
      data = moons(60)
      boundary(p -> sigmoid(p[:, 1] - 0.3), data.x, data.y, width: 40, height: 12)
      #>      •  0     ×  1
      #>   │▒▒▒▒▒▒▒▒▒▒•▒▒▒▒▒▒•▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
      #> 1 ┤▒▒▒▒▒▒▒•▒▒▒•••▒▒••▒▒•▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
      #>   │▒▒▒▒▒▒▒▒•▒▒▒▒▒▒▒▒▒▒▒•••▒▒▒▒▒▒▒▒▒▒▒▒▒▒
      #>   │▒▒▒▒▒••▒▒▒▒▒▒××▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒××▒▒
      #>   │  •             ×      •••     ×
      #> 0 ┤    ••        ××       ••       ××
      #>   │    •            ×              ×
      #>   │                ×× ×× ×  ×  ×××
      #>   │                      ×  ××
      #>   └────┬─────────┬─────────┬────────┬───
      #>       -1         0         1        2
      """
  ) { call in
    let options = try FigureOptions(call)
    return .figure(try options.figure(DecisionMap(call, options).panel()))
  }

  private static let confusion = Builtin(
    "confusion(predicted, actual: none, labels: none, \(FigureOptions.signature))", .plots,
    "How often each class was taken for each other: confusion(predicted, actual), or of a matrix of counts.",
    convention:
      "rows are the actual classes, columns the predicted ones; a matrix of scores stands for the places of its rows' largest; \(FigureOptions.convention)",
    example: """
      confusion([0, 1, 1, 1], [0, 1, 0, 1], width: 40, height: 10)
      #> actual
      #>   │▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
      #> 0 ┤▒▒▒▒▒▒▒▒ 1 ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ 1 ▒▒▒▒▒▒▒
      #>   │▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
      #>   │                  ██████████████████
      #> 1 ┤         0        ████████ 2 ███████
      #>   │                  ██████████████████
      #>   └─────────┬────────────────┬─────────
      #>             0                1
      #>                 predicted
      """
  ) { call in
    let options = try FigureOptions(call)
    return .figure(try options.figure(ConfusionCounts(call).panel))
  }
}
