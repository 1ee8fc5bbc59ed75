/// One entry between the brackets of an index expression.
public enum IndexEntry {
  /// A single position; negative ones count from the end.
  case at(Int)
  /// A range of positions with a step, clamped to the axis as in Python.
  case slice(start: Int?, stop: Int?, step: Int)
  /// A new axis of length 1.
  case newAxis
  /// As many whole axes as the other entries leave.
  case ellipsis
  /// The elements where a tensor of truth values is true; consumes as many axes as it has.
  case mask(Tensor)
  /// The positions that a tensor of integers lists.
  case integers(Tensor)
}

extension IndexEntry {
  /// The whole axis, written `:`.
  public static var all: IndexEntry { .slice(start: nil, stop: nil, step: 1) }

  /// Whether it picks listed elements, so that NumPy's rules for index arrays hold.
  var isListed: Bool {
    switch self {
    case .mask, .integers: true
    case .at, .slice, .newAxis, .ellipsis: false
    }
  }

  /// How many axes it uses up; an ellipsis is counted by what the others leave.
  var consumedAxes: Int {
    switch self {
    case .at, .slice, .integers: 1
    case .newAxis, .ellipsis: 0
    case .mask(let mask): mask.shape.rank
    }
  }

  var isEllipsis: Bool {
    if case .ellipsis = self { true } else { false }
  }
}
