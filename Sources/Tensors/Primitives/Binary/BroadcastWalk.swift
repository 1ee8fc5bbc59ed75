/// How up to three operands of broadcasting shapes are walked together: nested loops around runs
/// within which every operand either follows the result or stays on one element.
struct BroadcastWalk {
  /// Length of the runs.
  private(set) var run = 1
  /// How many loops there are around the runs.
  private(set) var loops = 0
  /// The length of each loop from the run outwards; the run is loop 0.
  private(set) var lengths: InlineArray<8, Int> = InlineArray(repeating: 1)
  /// Elements each operand advances by in each loop: 1 or 0 in a run.
  private(set) var strides: InlineArray<3, InlineArray<8, Int>> = InlineArray(
    repeating: InlineArray(repeating: 0))

  /// The walk over `result`, to which the operands broadcast; axes that no operand tells apart are merged.
  init(_ result: Shape, _ a: Shape, _ b: Shape, _ c: Shape = Shape()) {
    var elements: InlineArray<3, Int> = [1, 1, 1]
    var merged = -1
    for axis in stride(from: result.rank - 1, through: 0, by: -1) {
      let length = result[axis]
      var here: InlineArray<3, Int> = [0, 0, 0]
      for operand in 0..<3 {
        let shape = operand == 0 ? a : operand == 1 ? b : c
        let position = axis - (result.rank - shape.rank)
        guard position >= 0, shape[position] != 1 else { continue }
        here[operand] = elements[operand]
        elements[operand] *= shape[position]
      }
      if length == 1 { continue }
      var joins = merged >= 0
      for operand in 0..<3 where joins && here[operand] != strides[operand][merged] * lengths[merged] {
        joins = false
      }
      if joins {
        lengths[merged] *= length
        continue
      }
      merged += 1
      lengths[merged] = length
      for operand in 0..<3 { strides[operand][merged] = here[operand] }
    }
    loops = max(0, merged)
    run = lengths[0]
  }

  /// The position of an operand's first element in one round of the loops from the second on.
  func offset(_ operand: Int, round: Int) -> Int {
    var (rest, offset) = (round, 0)
    for loop in stride(from: 2, through: loops, by: 1) {
      offset += rest % lengths[loop] * strides[operand][loop]
      rest /= lengths[loop]
    }
    return offset
  }

  /// How many rounds the loops from the second on make.
  var rounds: Int {
    var product = 1
    for loop in stride(from: 2, through: loops, by: 1) { product *= lengths[loop] }
    return product
  }
}
