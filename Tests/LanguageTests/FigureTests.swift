import Plotting
import Testing

@testable import Language

@Suite("plots as values")
struct FigureTests {
  /// A session in which a source has been evaluated, and the value of `p` there.
  private static func plot(_ source: String, _ host: RecordingHost = RecordingHost()) throws -> (
    Session, Value
  ) {
    let session = Session(host: host)
    if case .failed(let diagnostic) = session.submit(Source(name: "test", text: source)) { throw diagnostic }
    return (session, try #require(session.value(of: "p")))
  }

  @Test(
    "plots are kept as they are",
    arguments: [
      "p = plot([1, 2, 4], title: \"growth\", color: \"red\", xlim: (0, 1))",
      "p = plot(linspace(0, 1, 9), (a: zeros(9), b: linspace(0, 1, 9)), ylog: true, width: 60, style: \"block\")",
      "p = plot(tan, -5, 5) + plot(sin, -5, 5)", "p = scatter(randn(20, 2), by: randint(0, 3, 20))",
      "p = hist(randn(100))", "p = bar((a: 1, b: -2))", "p = box((a: randn(9), b: randn(9)))",
      "p = errorbars([1, 2], [1, 2], 0.5) + band([1, 2], [0, 1], [2, 3])",
      "p = heatmap([[1, 2], [3, 4]], x: [\"a\", \"b\"])",
      "p = heatmap([[1, 2, 3], [3, 4, 5]], x: [1, 2, 10], y: logspace(0, 2, 2), ylog: true)",
      "p = contour((x, y) -> x * y, x: (1, 9), y: (1, 9), xlog: true)",
      "p = hist(exp(randn(99)), xlog: true)",
      "p = plot(check_grad(p -> sum(p.w) * p.b, (w: [1, 2], b: 3)))",
      "p = contour((x, y) -> x * y, x: (0, 1), y: (0, 1))",
      "p = landscape((w, b) -> w^2 + b^2, (w: (-1, 1), b: (-1, 1)), path: [[1, 1], [0, 0]])",
      "p = boundary(x -> x[:, 0], randn(9, 2), randint(0, 2, 9))", "p = confusion([0, 1, 1], [0, 1, 0])",
      "p = grid(plot(0...9), hist(range(9)))", "p = (plot([1, 2]), (inner: plot([2, 1])))[0]",
      "x = linspace(0, 1, 20); p = plot(curve_fit((p, x) -> p.a * x, x, 2 * x + x^3, start: (a: 1)))",
    ])
  func keptAsTheyAre(_ source: String) throws {
    let (session, value) = try FigureTests.plot(source)
    let codec = session.codec
    let again = try codec.decode(codec.encode(.list(List([value, value])), .toSession))
    guard case .list(let list) = again else { return #expect(Bool(false), "a list comes back") }
    #expect(list.items.allSatisfy { Display.text($0) == Display.text(value) })
    guard case .figure(let figure) = value, case .figure(let other) = list.items[0] else {
      return #expect(Bool(false), "a plot comes back")
    }
    #expect(other.svg() == figure.svg())
  }

  @Test("damaged records are no plots")
  func damagedRecords() throws {
    let (_, value) = try FigureTests.plot("p = plot([1, 2])")
    guard case .figure(let figure) = value, case .record(let record) = try FigureRecord.value(of: figure)
    else {
      return #expect(Bool(false), "a plot has a record")
    }
    let rest = try Record(record.layout.names.filter { $0 != "layout" }.map { ($0, record[$0] ?? .none) })
    #expect(FigureRecord.figure(.record(rest)) == nil)
    #expect(FigureRecord.figure(.number(1)) == nil)
  }

  @Test("plots go into files by their endings", arguments: [("p.svg", "<svg "), ("p.TXT", "┤")])
  func files(_ path: String, holds text: String) throws {
    let host = RecordingHost()
    _ = try FigureTests.plot("p = plot([1, 2]); save(p, \"\(path)\")", host)
    #expect(String(decoding: host.files[path] ?? [], as: UTF8.self).contains(text))
  }

  @Test("drawing does not copy what is drawn, and later changes do not reach it")
  func plotsAreValues() throws {
    let (_, value) = try FigureTests.plot(
      "x = [1.0, 2, 3]; p = plot(x); before = str(p); x[0] = 100; p = (p, before)")
    guard case .list(let list) = value, case .string(let before) = list.items[1] else {
      return #expect(Bool(false), "a list")
    }
    #expect(Display.full(list.items[0]) == before)
  }
}
