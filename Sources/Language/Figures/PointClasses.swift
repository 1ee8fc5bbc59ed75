import Plotting
import Tensors

/// Points divided by what class they belong to.
struct PointClasses {
  /// What the classes are called, in order.
  let names: [String]
  /// The class of each point, as an index into ``names``: small, because there may be ten million points.
  private let indices: [UInt8]
}

extension PointClasses {
  /// The classes that an argument gives: numbers, truth values or texts, one for each of `count` points.
  init(_ call: borrowing Call, _ position: Int, count: Int) throws(Diagnostic) {
    let (value, role) = (call[position], call.name(position))
    let builtin = call.builtin.name
    func wrong() -> Diagnostic {
      Diagnostic(
        "\(builtin): \(role) must be a vector of classes, as numbers, truth values or strings, not \(value.kind)",
        kind: .type)
    }
    var found = FoundClasses()
    switch value {
    case .text(let vector): for text in vector.items { found.append(.text(text ?? "none")) }
    case .list(let list):
      for item in list.items {
        guard case .string(let text) = item.unfixed else { throw wrong() }
        found.append(.text(text))
      }
    case let other:
      guard let tensor = other.plainTensor, tensor.count == tensor.shape[0] else { throw wrong() }
      let isTruth = tensor.dtype == .bool
      TensorSamples(tensor).forEachPiece { piece in
        for index in piece.indices {
          found.append(ClassLabel(piece[index], isTruth: isTruth))
        }
      }
    }
    guard found.count == count else {
      throw Diagnostic(
        "\(builtin): \(role) has \(found.count) classes for \(count) points", kind: .shape)
    }
    guard let sorted = found.sorted else {
      throw Diagnostic(
        "\(builtin): \(role) has more than \(FoundClasses.limit) different values",
        kind: .limit, hint: "color and signs tell classes apart, not measurements")
    }
    (names, indices) = sorted
  }

  /// The points of each class.
  func split(_ samples: any Samples) -> [[Double]] {
    var counts = Array(repeating: 0, count: names.count)
    for index in indices { counts[Int(index)] += 1 }
    var parts = counts.map { count in
      var part: [Double] = []
      part.reserveCapacity(count)
      return part
    }
    var position = 0
    samples.forEachPiece { piece in
      for index in piece.indices where position < indices.count {
        parts[Int(indices[position])].append(piece[index])
        position += 1
      }
    }
    return parts
  }
}

/// What a class is known by.
private enum ClassLabel: Hashable, Comparable {
  case number(Double)
  case text(String)

  /// The label that an element of a tensor is.
  init(_ number: Double, isTruth: Bool) {
    // As a number, nan would be another class each time.
    self =
      isTruth ? .text(number != 0 ? "true" : "false") : number.isNaN ? .text("nan") : .number(number)
  }

  var name: String {
    switch self {
    case .number(let number): Display.number(number)
    case .text(let text): text
    }
  }
}

/// The classes of points in the order in which they are met.
private struct FoundClasses {
  private var numbers: [ClassLabel: UInt8] = [:]
  private var indices: [UInt8] = []
  private var last: (label: ClassLabel, number: UInt8)?
  /// How many points there were, those of classes beyond the limit included.
  private(set) var count = 0

  /// Colours and signs for more cannot be told apart.
  static let limit = 30

  mutating func append(_ label: ClassLabel) {
    count += 1
    if let last, last.label == label { return indices.append(last.number) }
    if numbers.count > FoundClasses.limit { return }
    let number = numbers[label] ?? UInt8(numbers.count)
    numbers[label] = number
    last = (label, number)
    indices.append(number)
  }

  /// Names and indices into them, in the order of the labels; nil when there are more than the limit.
  var sorted: (names: [String], indices: [UInt8])? {
    guard numbers.count <= FoundClasses.limit else { return nil }
    let order = numbers.sorted { $0.key < $1.key }
    var places = Array(repeating: UInt8(0), count: order.count)
    for (place, entry) in order.enumerated() { places[Int(entry.value)] = UInt8(place) }
    return (order.map(\.key.name), indices.map { places[Int($0)] })
  }
}
