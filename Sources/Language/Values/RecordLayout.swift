import Synchronization

/// The names of a record's fields and what kind of result it is, one object for each combination in use.
///
/// Records of one form share it, so a field is an offset and two forms compare by identity.
public final class RecordLayout: Sendable {
  /// The names in order.
  public let names: [String]
  /// What kind of result the record is (a run, a curve fit), which decides how it shows itself; nil for
  /// a plain record. Setting a field keeps it.
  public let kind: String?
  private let positions: [String: Int]

  private init(_ names: [String], kind: String?) {
    self.names = names
    self.kind = kind
    // A few names are found faster by looking than by hashing.
    positions = names.count > 8 ? Dictionary(uniqueKeysWithValues: zip(names, 0...)) : [:]
  }

  private struct Key: Hashable {
    var names: [String]
    var kind: String?
  }

  private static let known = Mutex<[Key: RecordLayout]>([:])

  /// The one layout of this kind with these names, which differ from one another.
  public static func named(_ names: [String], kind: String? = nil) -> RecordLayout {
    let key = Key(names: names, kind: kind)
    return known.withLock { known in
      if let layout = known[key] { return layout }
      let layout = RecordLayout(names, kind: kind)
      known[key] = layout
      return layout
    }
  }

  /// The position of a name.
  public func index(of name: String) -> Int? {
    positions.isEmpty ? names.firstIndex(of: name) : positions[name]
  }
}
