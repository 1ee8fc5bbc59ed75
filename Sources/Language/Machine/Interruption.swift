import Tensors

/// The user's wish to stop what is running.
public enum Interruption {
  /// Whether somebody asked.
  @inline(__always)
  public static var isRequested: Bool { Threads.isInterrupted }

  /// Forgets an earlier wish; called when a cell begins.
  public static func clear() { Threads.isInterrupted = false }

  /// Asks the running cell to stop. A signal handler sets the C flag behind it directly.
  public static func request() { Threads.isInterrupted = true }
}
