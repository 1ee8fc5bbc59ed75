/// The rarer forms of numbers in cells: with spaces around, in quotes, with thousands, nan and infinities.
struct CSVNumber {
  let syntax: CSVSyntax

  /// The number that these bytes are, or nil when they are none.
  func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    let trimmed = CSVNumber.trimmed(bytes)
    if trimmed.isEmpty { return nil }
    if let number = plain(trimmed) { return number }
    if let special = CSVNumber.special(trimmed) { return special }
    guard let thousands = syntax.thousands, trimmed.contains(thousands), isGrouped(trimmed, thousands) else {
      return nil
    }
    return trimmed.filter { $0 != thousands }.withUnsafeBufferPointer(plain)
  }

  private func plain(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let number = DecimalReader.read(bytes, from: 0, decimal: syntax.decimal), number.end == bytes.count
    else { return nil }
    return number.value
  }

  private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var part = bytes[...]
    while part.first == 0x20 || part.first == 0x09 { part.removeFirst() }
    while part.last == 0x20 || part.last == 0x09 { part.removeLast() }
    return UnsafeBufferPointer(rebasing: part)
  }

  private static func special(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    guard bytes.count <= 9 else { return nil }
    switch String(decoding: bytes, as: UTF8.self).lowercased() {
    case "nan", "+nan", "-nan": return .nan
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default: return nil
    }
  }

  /// Whether the digits before the fraction stand in groups of three.
  private func isGrouped(_ bytes: UnsafeBufferPointer<UInt8>, _ thousands: UInt8) -> Bool {
    var whole = bytes.prefix { $0 != syntax.decimal && $0 | 0x20 != UInt8(ascii: "e") }
    if bytes.dropFirst(whole.count).contains(thousands) { return false }
    if whole.first == UInt8(ascii: "-") || whole.first == UInt8(ascii: "+") { whole.removeFirst() }
    let groups = whole.split(separator: thousands, omittingEmptySubsequences: false)
    guard let first = groups.first, (1...3).contains(first.count) else { return false }
    return groups.dropFirst().allSatisfy { $0.count == 3 }
  }
}
