import Foundation
import Tensors
import Testing

@testable import Formats

@Suite("decimals")
struct DecimalTests {
  @Test("hard numbers are rounded correctly")
  func hardNumbers() {
    let texts = [
      "0", "-0", "1", "123456789", "0.1", "1e22", "1e23", "9007199254740993", "9007199254740993e0",
      "9007199254740992.5", "17976931348623157e292", "17976931348623159e292", "2.2250738585072011e-308",
      "4.9e-324", "2.4703282292062327e-324", "1.7976931348623157e308", "8.98846567431158e307",
      "6.0221408570000000001e23", "123456789012345678901234567890", "0.000000000000000000000000000001",
      "1e-27", "18446744073709551615e-27", "9223372036854775807e-19", "3.1415926535897932384626433832795",
      "5e-1", "4503599627370496.5", "4503599627370497.5", "1e400", "-1e400", "1e-400", "10000000000000000000",
      "1.00000000000000011102230246251565404236316680908203125", "7.3177701707893310e+15",
      "1.00000000000000011102230246251565404236316680908203124", "0.00012345678901234567890",
      "1.234567890123456789e+00", "9.999999999999999999e-309", "2.2250738585072012e-308",
      "1.2345678901234567e-100",
      "7.2057594037927933e+16", "3.5844466002796428e+298", "8.41e-342", "1e-325",
      "0.000000000000000000000000000",
    ]
    for text in texts { expectExact(text) }
  }

  @Test("random numbers are rounded correctly", arguments: 0..<4)
  func randomNumbers(_ seed: Int) {
    var generator = SplitMix(seed: UInt64(seed))
    for _ in 0..<250_000 {
      expectExact(DecimalTests.text(using: &generator))
      expectExact(Double(bitPattern: generator.next() & 0x7FEF_FFFF_FFFF_FFFF).description)
    }
  }

  /// A decimal of up to 40 digits, with and without sign, point, zeros in front and exponent.
  private static func text(using generator: inout SplitMix) -> String {
    var text = ["", "-", "+"][Int(generator.next() % 3)]
    text += String(repeating: "0", count: Int(generator.next() % 8 / 6 * (generator.next() % 24)))
    let most = generator.next() % 8 == 0 ? 40 : 20
    let digits = 1 + Int(generator.next() % UInt64(most))
    let point = generator.next() % 4 == 0 ? -1 : Int(generator.next() % UInt64(digits + 1))
    for index in 0..<digits {
      if index == point { text += "." }
      text += String(generator.next() % 10)
    }
    let range: UInt64 = generator.next() % 4 == 0 ? 700 : 60
    if generator.next() % 2 == 0 { text += "e\(Int(generator.next() % range) - Int(range / 2))" }
    return text
  }

  private func expectExact(_ text: String) {
    let read = Array(text.utf8).withUnsafeBufferPointer { DecimalReader.read($0, from: 0) }
    let wanted = strtod(text, nil)
    guard read?.end != text.utf8.count || read?.value.bitPattern != wanted.bitPattern else { return }
    Issue.record("\(text) is read as \(String(describing: read))")
  }

  @Test(
    "where a number ends",
    arguments: [("1.5,", 3), ("12e", 2), ("1e+", 1), (".5 ", 2), ("5.x", 2), ("1.2.3", 3)])
  func ends(_ example: (text: String, end: Int)) {
    let read = Array(example.text.utf8).withUnsafeBufferPointer { DecimalReader.read($0, from: 0) }
    #expect(read?.end == example.end)
  }

  @Test("what is no number", arguments: ["", "-", ".", "e5", "+.", "x1", "-x"])
  func noNumber(_ text: String) {
    #expect(Array(text.utf8).withUnsafeBufferPointer { DecimalReader.read($0, from: 0) } == nil)
  }
}

/// A small generator for repeatable tests.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
