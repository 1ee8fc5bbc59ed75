#if canImport(Glibc)
  import Glibc
#endif

/// Small data sets in the plane for trying out classifiers: points and the number of their class.
///
/// Neighbouring points belong to different classes, so that any part of the data has all of them.
public struct ToyData {
  /// Two coordinates for each point, one point after the other.
  public private(set) var points: [Double] = []
  /// The class of each point, counted from 0.
  public private(set) var classes: [Double] = []

  private mutating func add(_ x: Double, _ y: Double, _ kind: Int) {
    points += [x, y]
    classes.append(Double(kind))
  }
}

extension ToyData {
  /// Two interleaving half circles.
  public static func moons(_ count: Int) -> ToyData {
    var data = ToyData()
    for index in 0..<count {
      let angle = .pi * share(index, of: count, classes: 2)
      if index % 2 == 0 {
        data.add(cos(angle), sin(angle), 0)
      } else {
        data.add(1 - cos(angle), 0.5 - sin(angle), 1)
      }
    }
    return data
  }

  /// Arms that wind around one another.
  public static func spirals(_ count: Int, arms: Int, turns: Double) -> ToyData {
    var data = ToyData()
    for index in 0..<count {
      let arm = index % arms
      let along = share(index, of: count, classes: arms)
      let angle = 2 * .pi * (turns * along + Double(arm) / Double(arms))
      data.add((0.1 + 0.9 * along) * cos(angle), (0.1 + 0.9 * along) * sin(angle), arm)
    }
    return data
  }

  /// A circle inside another; `factor` is the ratio of their radii.
  public static func circles(_ count: Int, factor: Double) -> ToyData {
    var data = ToyData()
    for index in 0..<count {
      // The last angle is left out, since it is the first again.
      let angle = 2 * .pi * Double(index / 2) / Double(max(1, (count + 1) / 2))
      let radius = index % 2 == 0 ? 1 : factor
      data.add(radius * cos(angle), radius * sin(angle), index % 2)
    }
    return data
  }

  /// Points at the centers of clusters, which stand evenly on a circle of radius 4.
  public static func blobs(_ count: Int, centers: Int) -> ToyData {
    var data = ToyData()
    for index in 0..<count {
      let angle = 2 * .pi * Double(index % centers) / Double(centers)
      data.add(4 * cos(angle), 4 * sin(angle), index % centers)
    }
    return data
  }

  /// Points spread over the square from -1 to 1, classified by whether their signs differ.
  ///
  /// `uniform` holds two numbers from 0 to 1 for each point.
  public static func xorPoints(_ count: Int, uniform: [Double]) -> ToyData {
    precondition(uniform.count == 2 * count, "two numbers for each point")
    var data = ToyData()
    for index in 0..<count {
      let (x, y) = (2 * uniform[2 * index] - 1, 2 * uniform[2 * index + 1] - 1)
      data.add(x, y, (x > 0) != (y > 0) ? 1 : 0)
    }
    return data
  }

  /// The data with its points moved by `scale` times standard normal numbers, two for each point.
  public func moved(by scale: Double, _ normal: [Double]) -> ToyData {
    precondition(normal.count == points.count, "two numbers for each point")
    var result = self
    for index in points.indices { result.points[index] += scale * normal[index] }
    return result
  }

  /// How far along its class a point stands, from 0 to 1.
  private static func share(_ index: Int, of count: Int, classes: Int) -> Double {
    let members = (count - index % classes + classes - 1) / classes
    return members > 1 ? Double(index / classes) / Double(members - 1) : 0
  }
}
