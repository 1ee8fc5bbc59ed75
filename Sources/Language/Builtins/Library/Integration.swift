import Tensors

/// Adaptive integration by the Gauss–Kronrod rule of 7 and 15 points.
///
/// It works on quantities, so the integral has derivatives in its bounds and in everything the
/// function uses.
struct Integration {
  /// The function, its argument already mapped to where it is asked for.
  let function: (Quantity) throws -> Quantity
  let tolerance: Double

  /// Nodes of the rule in (0, 1), mirrored, with both rules' weights; the last is the middle.
  private static let nodes: [(x: Double, kronrod: Double, gauss: Double)] = [
    (0.991455371120812639206854697526329, 0.022935322010529224963732008058970, 0),
    (
      0.949107912342758524526189684047851, 0.063092092629978553290700663189204,
      0.129484966168869693270611432679082
    ),
    (0.864864423359769072789712788640926, 0.104790010322250183839876322541518, 0),
    (
      0.741531185599394439863864773280788, 0.140653259715525918745189590510238,
      0.279705391489276667901467771423780
    ),
    (0.586087235467691130294144691693013, 0.169004726639267902826583426598550, 0),
    (
      0.405845151377397166906606412076961, 0.190350578064785409913256402421014,
      0.381830050505118944950369775488975
    ),
    (0.207784955007898467600689403773245, 0.204432940075298892414161999234649, 0),
    (0, 0.209482141084727828012999174891714, 0.417959183673469387755102040816327),
  ]

  /// Intervals after which it gives up.
  private static let intervalLimit = 2000

  private struct Part {
    var from: Quantity
    var to: Quantity
    var value: Quantity
    var error: Double
  }

  /// The integral from one bound to the other.
  func value(from start: Quantity, to end: Quantity) throws -> Quantity {
    var parts = [try part(start, end)]
    while true {
      let total = parts.reduce(0.0) { $0 + $1.value.double.magnitude }
      let error = parts.reduce(0.0) { $0 + $1.error }
      // Rounding limits what splitting can reach.
      if error.isNaN || error <= tolerance * max(1, total) || error <= 1e-14 * total { break }
      guard parts.count < Integration.intervalLimit,
        let worst = parts.indices.max(by: { parts[$0].error < parts[$1].error })
      else {
        throw Diagnostic(
          "integrate did not reach its tolerance: the error is about \(Display.number(error))",
          kind: .arithmetic,
          hint: "split the interval where the function jumps or grows without bound, or give a larger tol")
      }
      let split = parts.remove(at: worst)
      let middle = try (split.from + split.to) * 0.5
      parts.append(try part(split.from, middle))
      parts.append(try part(middle, split.to))
    }
    var sum: Quantity = 0
    for part in parts { sum = try sum + part.value }
    return sum
  }

  private func part(_ from: Quantity, _ to: Quantity) throws -> Part {
    let (middle, half) = (try (from + to) * 0.5, try (to - from) * 0.5)
    var (kronrod, gauss): (Quantity, Double) = (0, 0)
    for node in Integration.nodes {
      var values = try function(middle + half * .number(node.x))
      if node.x > 0 { values = try values + function(middle - half * .number(node.x)) }
      kronrod = try kronrod + values * .number(node.kronrod)
      gauss += values.double * node.gauss
    }
    let value = try kronrod * half
    return Part(from: from, to: to, value: value, error: abs(value.double - gauss * half.double))
  }
}

extension Quantity {
  /// The plain number it is; nan for a tensor.
  var double: Double {
    if case .number(let number) = concrete { number } else { .nan }
  }
}
