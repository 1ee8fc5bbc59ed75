import Synchronization

/// The names of a record's fields and what kind of result it is.
///
/// Records of one form share it as long as it has few names, so a field is an offset and two forms often
/// compare by identity. One with many names is that of a record used as a dictionary, which grows alone.
/// It changes only while a single record refers to it, so that it may be passed on.
public final class RecordLayout: @unchecked Sendable {
  /// The names in order.
  public var names: [String] { orderedNames }
  /// What kind of result the record is (a run, a curve fit), which decides how it shows itself; nil for
  /// a plain record. Setting a field keeps it.
  public let kind: String?
  private var orderedNames: [String]
  /// Empty while there are few names.
  private var positions: [String: Int] = [:]

  /// So many names are found faster by looking than by hashing.
  static let fewNames = 8
  /// Layouts with more names are not shared: each name that is added would leave a copy of all behind.
  private static let sharedNames = 32
  private static let knownLimit = 4096

  private init(_ names: [String], kind: String?) {
    orderedNames = names
    self.kind = kind
    if names.count > RecordLayout.fewNames {
      positions = Dictionary(zip(names, 0...)) { first, _ in first }
    }
  }

  private struct Key: Hashable {
    var names: [String]
    var kind: String?
  }

  private static let known = Mutex<[Key: RecordLayout]>([:])

  /// The layout of this kind with these names, which differ from one another.
  public static func named(_ names: [String], kind: String? = nil) -> RecordLayout {
    guard names.count <= sharedNames else { return RecordLayout(names, kind: kind) }
    let key = Key(names: names, kind: kind)
    return known.withLock { known in
      if let layout = known[key] { return layout }
      // A program that makes names up as it goes must not fill the memory with them.
      if known.count == knownLimit { known = [:] }
      let layout = RecordLayout(names, kind: kind)
      known[key] = layout
      return layout
    }
  }

  /// Replaces a record's layout by one with a new name at its end, in place where only this record has it.
  static func add(_ name: String, to layout: inout RecordLayout) {
    guard layout.orderedNames.count >= sharedNames else {
      layout = named(layout.orderedNames + [name], kind: layout.kind)
      return
    }
    if !isKnownUniquelyReferenced(&layout) {
      layout = RecordLayout(layout.orderedNames, kind: layout.kind)
    }
    layout.positions[name] = layout.orderedNames.count
    layout.orderedNames.append(name)
  }

  /// The position of a name.
  public func index(of name: String) -> Int? {
    positions.isEmpty ? orderedNames.firstIndex(of: name) : positions[name]
  }

  /// The names as messages list them, the first ones of many.
  var listing: String {
    let shown = orderedNames.prefix(RecordLayout.sharedNames).joined(separator: ", ")
    let rest = orderedNames.count - RecordLayout.sharedNames
    return rest > 0 ? "\(shown) and \(rest) more" : shown
  }
}
