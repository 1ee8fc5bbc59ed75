/// The datasets and checkpoints of a store as they were at some time, for evaluating cells of that time again.
public final class EarlierVersions {
  let store: any Store
  /// What was saved from then on is not seen, in seconds since 1970.
  var time = Double.infinity

  /// What is in `store`, all of it at first.
  public init(of store: any Store) { self.store = store }
}

extension EarlierVersions {
  func datasets() throws(Diagnostic) -> [DatasetEntry] { try store.datasets().filter { $0.created < time } }

  func dataset(named name: String, version: Int?) throws(Diagnostic) -> Dataset? {
    let versions = try datasets().filter { $0.name == name }.map(\.version)
    guard let version = version ?? versions.max(), versions.contains(version) else { return nil }
    return try store.dataset(named: name, version: version)
  }

  func checkpoints(named name: String?) throws(Diagnostic) -> [CheckpointEntry] {
    try store.checkpoints(named: name).filter { $0.created < time }
  }

  func checkpoint(named name: String, version: Int?) throws(Diagnostic) -> Checkpoint? {
    let versions = try checkpoints(named: name).map(\.version)
    guard let version = version ?? versions.max(), versions.contains(version) else { return nil }
    return try store.checkpoint(named: name, version: version)
  }
}
