import Tensors

/// What a session does to the world around it.
public protocol Host: AnyObject {
  /// Shows something that a cell produced.
  func show(_ output: Output)
  /// The content of a file, or a diagnostic of kind `file`.
  func read(_ path: String) throws(Diagnostic) -> [UInt8]
  /// Replaces the content of a file.
  func write(_ bytes: [UInt8], to path: String) throws(Diagnostic)
  /// Seconds on a clock that never goes back.
  func seconds() -> Double
  /// Seconds since 1970.
  func date() -> Double
  /// Told how far something long has come, often; the host decides what of it to show.
  func report(_ progress: Progress)
}

extension Host {
  /// Shows nothing.
  public func report(_ progress: Progress) {}
}

/// Something a cell produced, in the order it appeared.
public enum Output {
  /// The value of a bare expression.
  case value(Value)
  /// What `print` wrote, without the final line end.
  case text(String)
  /// A remark that is not an error.
  case note(String)
}
