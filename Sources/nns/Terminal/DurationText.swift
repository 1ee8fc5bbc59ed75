import Language

/// Durations for a reader.
enum DurationText {
  /// Seconds in three digits of the unit that suits them: `12.3 ms`.
  static func text(_ seconds: Double, isUnicode: Bool) -> String {
    let units = [
      (3600, "h"), (60, "min"), (1, "s"), (1e-3, "ms"), (1e-6, isUnicode ? "µs" : "us"), (1e-9, "ns"),
    ]
    let unit = units.first { seconds >= $0.0 } ?? (1e-9, "ns")
    return Display.number(seconds / unit.0, digits: 3) + " " + unit.1
  }
}
