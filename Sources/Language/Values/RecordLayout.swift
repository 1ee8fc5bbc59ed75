import Synchronization

/// The names of a record's fields, one object for each combination in use.
///
/// Records of one form share it, so a field is an offset and two forms compare by identity.
public final class RecordLayout: Sendable {
  /// The names in order.
  public let names: [String]
  private let positions: [String: Int]

  private init(_ names: [String]) {
    self.names = names
    // A few names are found faster by looking than by hashing.
    positions = names.count > 8 ? Dictionary(uniqueKeysWithValues: zip(names, 0...)) : [:]
  }

  private static let known = Mutex<[[String]: RecordLayout]>([:])

  /// The one layout with these names, which differ from one another.
  public static func named(_ names: [String]) -> RecordLayout {
    known.withLock { known in
      if let layout = known[names] { return layout }
      let layout = RecordLayout(names)
      known[names] = layout
      return layout
    }
  }

  /// The position of a name.
  public func index(of name: String) -> Int? {
    positions.isEmpty ? names.firstIndex(of: name) : positions[name]
  }
}
