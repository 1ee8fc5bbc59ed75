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
    ]
    for text in texts { expectExact(text) }
  }

  @Test("random numbers are rounded correctly")
  func randomNumbers() {
    var generator = SplitMix(seed: 7)
    for _ in 0..<100_000 {
      let digits = 1 + Int(generator.next() % 19)
      let mantissa = generator.next() % (digits == 19 ? .max : UInt64(power(10, digits)))
      let exponent = Int(generator.next() % 100) - 50
      expectExact("\(mantissa)e\(exponent)")
      expectExact(Double(bitPattern: generator.next() & 0x7FEF_FFFF_FFFF_FFFF).description)
    }
  }

  private func power(_ base: UInt64, _ exponent: Int) -> UInt64 {
    (0..<exponent).reduce(1) { power, _ in power * base }
  }

  private func expectExact(_ text: String) {
    let read = Array(text.utf8).withUnsafeBufferPointer { DecimalReader.read($0, from: 0) }
    let wanted = Double(text)
    guard read?.end != text.utf8.count || read?.value.bitPattern != wanted?.bitPattern else { return }
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
