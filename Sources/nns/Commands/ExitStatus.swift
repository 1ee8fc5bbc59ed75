import Language

/// What the program says when it ends.
enum ExitStatus: Int32 {
  case success = 0
  /// A script, a test or a file went wrong.
  case failure = 1
  /// The command line makes no sense.
  case usage = 64
  /// Stopped by Ctrl-C.
  case interrupted = 130
}

extension ExitStatus {
  /// What an error makes of the program.
  init(_ diagnostic: Diagnostic) {
    self = diagnostic.kind == .interrupted ? .interrupted : .failure
  }
}
