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

extension Machine {
  /// Whether an error is the user's first wish to stop, which a search or a training answers with what it has so
  /// far; the wish is then granted, and the next one cancels the cell.
  func endsRun(_ error: any Error) -> Bool {
    guard interruptionEndsRuns, Interruption.isRequested, Interruption.isCause(of: error) else {
      return false
    }
    Interruption.clear()
    return true
  }
}

extension Interruption {
  fileprivate static func isCause(of error: any Error) -> Bool {
    switch error {
    case let diagnostic as Diagnostic: diagnostic.kind == .interrupted
    case TensorError.interrupted: true
    case TensorError.callback(let cause): isCause(of: cause)
    default: false
    }
  }
}
