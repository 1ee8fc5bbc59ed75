@testable import Tensors

/// NumPy's index rules, element by element and as slowly as they are told.
struct IndexingReference {
  let shape: [Int]
  /// The row-major position in the source of every selected element.
  let positions: [Int]

  private enum Part {
    case axis([Int])
    case new
    /// An ellipsis, which separates lists even where it stands for nothing.
    case gap
    case list(shape: [Int], places: [Int])
  }

  init(_ entries: [IndexEntry], of source: [Int]) throws {
    let strides = Shape(unchecked: source).strides
    let consumed = entries.reduce(0) { $0 + $1.consumedAxes }
    let hasLists = entries.contains { $0.isListed }
    var parts: [Part] = []
    var axis = 0
    func wholeAxes(_ count: Int) {
      for _ in 0..<count {
        parts.append(.axis((0..<source[axis]).map { $0 * strides[axis] }))
        axis += 1
      }
    }
    for entry in entries {
      switch entry {
      case .at(let index):
        let place = (index < 0 ? index + source[axis] : index) * strides[axis]
        parts.append(.list(shape: [], places: [place]))
        axis += 1
      case .slice(let start, let stop, let step):
        let places = IndexingReference.slice(start, stop, step, source[axis])
        parts.append(.axis(places.map { $0 * strides[axis] }))
        axis += 1
      case .newAxis: parts.append(.new)
      case .ellipsis:
        parts.append(.gap)
        wholeAxes(source.count - consumed)
      case .integers(let tensor):
        let length = source[axis]
        let step = strides[axis]
        parts.append(
          .list(
            shape: tensor.shape.array,
            places: try tensor.doubles().map { (Int($0) < 0 ? Int($0) + length : Int($0)) * step }))
        axis += 1
      case .mask(let mask):
        let step = strides[axis + mask.shape.rank - 1]
        let places = try mask.doubles().enumerated().filter { $0.element != 0 }.map { $0.offset * step }
        parts.append(.list(shape: [places.count], places: places))
        axis += mask.shape.rank
      }
    }
    wholeAxes(source.count - axis)
    (shape, positions) = IndexingReference.combine(parts, hasLists: hasLists)
  }

  private static func slice(_ start: Int?, _ stop: Int?, _ step: Int, _ length: Int) -> [Int] {
    var result: [Int] = []
    var place = start.map { $0 < 0 ? $0 + length : $0 } ?? (step > 0 ? 0 : length - 1)
    if step > 0 { place = max(place, 0) } else { place = min(place, length - 1) }
    let end = stop.map { $0 < 0 ? max($0 + length, -1) : $0 } ?? (step > 0 ? length : -1)
    while step > 0 ? place < min(end, length) : place > max(end, -1) {
      if place >= 0, place < length { result.append(place) }
      place += step
    }
    return result
  }

  private static func combine(_ parts: [Part], hasLists: Bool) -> ([Int], [Int]) {
    var common: [Int] = []
    var listPlaces: [Int] = []
    for (place, part) in parts.enumerated() {
      guard case .list(let shape, _) = part else { continue }
      listPlaces.append(place)
      let rank = max(common.count, shape.count)
      common = (0..<rank).map { axis in
        let mine = axis - (rank - common.count)
        let theirs = axis - (rank - shape.count)
        let (a, b) = (mine < 0 ? 1 : common[mine], theirs < 0 ? 1 : shape[theirs])
        return a == 1 ? b : a
      }
    }
    let first = listPlaces.first ?? 0
    let areNeighbours = hasLists && listPlaces == Array(first..<first + listPlaces.count)

    // Each axis of the result: its length, and what a step on it adds.
    var axes: [(length: Int, offset: (Int) -> Int)] = []
    var listAxis = 0
    for (place, part) in parts.enumerated() {
      if place == first, areNeighbours { listAxis = axes.count }
      switch part {
      case .axis(let places): axes.append((places.count, { places[$0] }))
      case .new: axes.append((1, { _ in 0 }))
      case .list, .gap: break
      }
    }
    var shape = axes.map(\.length)
    shape.insert(contentsOf: common, at: listAxis)
    var positions: [Int] = []
    for flat in 0..<shape.reduce(1, *) {
      var rest = flat
      var place = Array(repeating: 0, count: shape.count)
      for axis in shape.indices.reversed() {
        place[axis] = rest % shape[axis]
        rest /= shape[axis]
      }
      let listPlace = Array(place[listAxis..<listAxis + common.count])
      place.removeSubrange(listAxis..<listAxis + common.count)
      var position = 0
      for (axis, own) in axes.enumerated() { position += own.offset(place[axis]) }
      for part in parts {
        guard case .list(let own, let places) = part else { continue }
        var element = 0
        for (axis, length) in own.enumerated() {
          let step = listPlace[common.count - own.count + axis]
          element = element * length + (length == 1 ? 0 : step)
        }
        position += places[element]
      }
      positions.append(position)
    }
    return (shape, positions)
  }
}
