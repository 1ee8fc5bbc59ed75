import Plotting
import Tensors

/// Points divided by what class they belong to.
struct PointClasses {
  /// What the classes are called, in order.
  let names: [String]
  /// The class of each point, as an index into ``names``.
  let indices: [Int]
}

extension PointClasses {
  private static let limit = 30

  /// The classes that an argument gives: numbers, truth values or texts, one for each of `count` points.
  init(_ call: borrowing Call, _ position: Int, count: Int) throws(Diagnostic) {
    let (value, role) = (call[position], call.name(position))
    let builtin = call.builtin.name
    func wrong() -> Diagnostic {
      Diagnostic(
        "\(builtin): \(role) must be a vector of classes, as numbers, truth values or strings, not \(value.kind)",
        kind: .type)
    }
    let labels: [Label]
    switch value {
    case .text(let vector): labels = vector.items.map { Label.text($0 ?? "none") }
    case .list(let list):
      var texts: [Label] = []
      for item in list.items {
        guard case .string(let text) = item.unfixed else { throw wrong() }
        texts.append(.text(text))
      }
      labels = texts
    case let other:
      guard let tensor = other.plainTensor, tensor.count == tensor.shape[0] else { throw wrong() }
      let isTruth = tensor.dtype == .bool
      labels = (0..<tensor.count).map { index in
        isTruth ? .text(tensor[flat: index] != 0 ? "true" : "false") : .number(tensor[flat: index])
      }
    }
    guard labels.count == count else {
      throw Diagnostic(
        "\(builtin): \(role) has \(labels.count) classes for \(count) points", kind: .shape)
    }
    let known = Set(labels).sorted()
    guard known.count <= PointClasses.limit else {
      throw Diagnostic(
        "\(builtin): \(role) has \(known.count) different values, more than \(PointClasses.limit)",
        kind: .limit, hint: "color and signs tell classes apart, not measurements")
    }
    let numbers = Dictionary(uniqueKeysWithValues: zip(known, 0...))
    names = known.map(\.name)
    indices = labels.map { numbers[$0] ?? 0 }
  }

  private enum Label: Hashable, Comparable {
    case number(Double)
    case text(String)

    var name: String {
      switch self {
      case .number(let number): Display.number(number)
      case .text(let text): text
      }
    }
  }

  /// The points of each class.
  func split(_ samples: any Samples) -> [[Double]] {
    var parts = Array(repeating: [Double](), count: names.count)
    var position = 0
    for start in stride(from: 0, to: min(samples.count, indices.count), by: 4096) {
      samples.read(start..<min(samples.count, indices.count, start + 4096)) { piece in
        for index in piece.indices {
          parts[indices[position]].append(piece[index])
          position += 1
        }
      }
    }
    return parts
  }
}
