import Testing

@testable import Plotting

@Suite("axes")
struct AxisTests {
  @Test(
    "ticks stand at round numbers",
    arguments: [
      (0, 1, 5, ["0", "0.25", "0.50", "0.75", "1.00"]), (0, 10, 6, ["0", "2", "4", "6", "8", "10"]),
      (-1, 1, 5, ["-1.0", "-0.5", "0", "0.5", "1.0"]), (0, 0.003, 4, ["0", "0.001", "0.002", "0.003"]),
      (1e-300, 3e-300, 4, ["1e-300", "2e-300", "3e-300"]), (0, 1e6, 3, ["0", "500000", "1000000"]),
      (0, 5e8, 3, ["0", "2e8", "4e8"]), (0.1, 0.2, 1, ["0.2"]), (1995, 2025, 4, ["2000", "2010", "2020"]),
      (-1e308, 1e308, 3, ["-1e308", "0", "1e308"]),
      (1e9 + 0.001, 1e9 + 0.003, 3, ["1000000000.001", "1000000000.002", "1000000000.003"]),
    ] as [(Double, Double, Int, [String])])
  func ticks(from low: Double, to high: Double, limit: Int, are labels: [String]) {
    #expect(Ticks(Axis(), Scale(low: low, high: high), limit: limit).labels == labels)
  }

  @Test(
    "ticks of logarithmic axes",
    arguments: [
      (1, 1000, 5, ["1", "10", "100", "1000"]), (0.001, 1, 9, ["0.001", "0.01", "0.1", "1"]),
      (1, 10, 3, ["1", "3", "10"]), (1e-12, 1e12, 5, ["1e-10", "1e-5", "1e0", "1e5", "1e10"]),
      (2, 3, 4, ["2", "3"]),
      (1e-300, 1e300, 3, ["1e-200", "1e0", "1e200"]),
    ] as [(Double, Double, Int, [String])])
  func logarithmicTicks(from low: Double, to high: Double, limit: Int, are labels: [String]) {
    let ticks = Ticks(Axis(), Scale(low: low, high: high, isLog: true), limit: limit)
    #expect(ticks.labels.count <= limit)
    #expect(ticks.labels == labels)
  }

  @Test("numbers of ticks keep to their limit and rise", arguments: 1...12)
  func ticksKeepToTheirLimit(_ limit: Int) {
    var wrong: [String] = []
    for exponent in stride(from: -300, through: 300, by: 25) {
      for (low, high) in [(0.0, 1.0), (-0.37, 2.91), (3.3, 3.4), (-7, -6.5), (1, 97)] {
        let unit = Logarithm.power(exponent)
        let ticks = Ticks(Axis(), Scale(low: low * unit, high: high * unit), limit: limit)
        let rises = zip(ticks.values, ticks.values.dropFirst()).allSatisfy { $0 < $1 }
        let differ = Set(ticks.labels).count == ticks.labels.count
        if ticks.values.count > max(2, limit) || !rises || !differ {
          wrong.append("\(low)e\(exponent): \(ticks.labels)")
        }
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test("places and values are inverse", arguments: [false, true])
  func placesAndValues(isLog: Bool) {
    var worst = 0.0
    for (low, high) in [
      (1.0, 2.0), (1e-300, 1e-299), (1e-5, 1e300), (3, 1e6),
      (1e9 * .leastNonzeroMagnitude, 1e12 * .leastNonzeroMagnitude),
    ] {
      let scale = Scale(low: low, high: high, isLog: isLog)
      for place in [0, 0.1, 0.5, 0.9, 1] {
        worst = max(worst, abs(scale.place(of: scale.value(at: place)) - place))
      }
    }
    #expect(worst < 1e-6)
  }

  @Test(
    "short numbers",
    arguments: [
      (0, "0"), (1.0 / 3, "0.3333"), (123456, "123500"), (-2.5, "-2.5"), (1e-7, "1e-7"),
      (6.02214076e23, "6.022e23"),
      (.nan, "nan"), (-.infinity, "-inf"), (1e300, "1e300"), (.leastNonzeroMagnitude, "4.941e-324"),
      (0.99999, "1"),
    ] as [(Double, String)])
  func shortNumbers(_ value: Double, are text: String) {
    #expect(shortNumber(value) == text)
  }

  @Test("logarithms agree with powers of ten")
  func logarithms() {
    let worst =
      stride(from: -307, through: 308, by: 1).map { exponent in
        abs(Logarithm.base10(Logarithm.power(exponent)) - Double(exponent))
      }.max() ?? 1
    #expect(worst < 1e-12)
    #expect((-300...300).allSatisfy { Logarithm.floor(Logarithm.power($0)) == $0 })
  }
}
