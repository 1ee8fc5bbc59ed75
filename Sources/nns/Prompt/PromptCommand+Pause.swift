import Language

extension PromptCommand {
  /// About a training that waits.
  static let pauseCommands = [
    PromptCommand("continue", [], "go on with a paused training, lr, epochs and clip as they are now", .pause)
    {
      _ throws(Diagnostic) in .decide(.resume)
    },
    PromptCommand("stop", [], "end a paused training, which returns what it has", .pause) {
      _ throws(Diagnostic) in .decide(.stop)
    },
  ]
}
