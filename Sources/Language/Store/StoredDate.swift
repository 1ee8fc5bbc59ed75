/// Times as the store's lists show them.
enum StoredDate {
  /// Seconds since 1970 as date and time in UTC: `2026-03-01 12:30:05`.
  static func text(_ seconds: Double) -> String {
    guard abs(seconds) < 1e11 else { return "" }
    let total = Int(seconds.rounded(.down))
    let (day, second) = total.quotientAndRemainderFloored(by: 86_400)
    // Howard Hinnant, "chrono-compatible low-level date algorithms": years that begin in March, in eras of 400.
    let shifted = day + 719_468
    let (era, dayOfEra) = shifted.quotientAndRemainderFloored(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let date = "\(year)-\(two(month))-\(two(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1))"
    return "\(date) \(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension Int {
  fileprivate func quotientAndRemainderFloored(by divisor: Int) -> (Int, Int) {
    let remainder = ((self % divisor) + divisor) % divisor
    return ((self - remainder) / divisor, remainder)
  }
}
