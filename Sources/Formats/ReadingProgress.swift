/// How far the reading of a file has come, for whoever waits for it.
public enum ReadingProgress {
  /// Told now and then how many of all bytes have been read, only by the thread that set it.
  @TaskLocal public static var note: (@Sendable (_ done: Int, _ total: Int) -> Void)?
}

/// Throws when the user asked to stop, and tells how far a loop over a large file has come.
func checkInterruption(at position: Int, of total: Int) throws(FormatError) {
  try checkInterruption()
  ReadingProgress.note?(position, total)
}
