/// What outlives a cell or a process: sessions, what was typed, datasets, checkpoints and training runs.
///
/// Language owns one in memory, Persistence one in a file. Both behave the same; all times are seconds since
/// 1970 and come from the caller.
public protocol Store: DatasetStore, CheckpointStore, RunStore, SessionStore, InputStore {
  /// Turns values into what can be kept; the session that uses the store sets it.
  var codec: ValueCodec? { get set }
}
