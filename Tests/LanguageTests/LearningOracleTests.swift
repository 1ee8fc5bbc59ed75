import Foundation
import Tensors
import Testing

@testable import Language

/// Losses, optimisers, schedules and initialisers against values computed elsewhere, when the files are there.
@Suite("Learning oracles")
struct LearningOracleTests {
  static let files = ["losses", "optimizers", "schedules", "initializers"]

  @Test(
    "Every case agrees", .enabled(if: FileManager.default.fileExists(atPath: OracleTests.folder.path)),
    arguments: files)
  func everyCaseAgrees(file: String) throws {
    let data = try Data(contentsOf: OracleTests.folder.appendingPathComponent(file + ".json"))
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let cases = json["cases"] as? [[String: Any]] ?? []
    let mapped = cases.compactMap { LearningOracle($0, file: file) }
    let failures = mapped.compactMap { oracle in failure(of: oracle).map { "\(oracle.id): \($0)" } }
    print(
      "oracle \(file): \(cases.count) found, \(mapped.count) mapped, \(mapped.count - failures.count) passed")
    #expect(failures.isEmpty && mapped.count == cases.count, "\(failures.joined(separator: "\n"))")
  }

  /// What disagrees, or nil.
  private func failure(of oracle: LearningOracle) -> String? {
    let session = Session(host: RecordingHost())
    do {
      for statement in oracle.setup { _ = try evaluate(statement, in: session) }
      for check in oracle.checks {
        _ = try evaluate("result = \(check.expression)", in: session)
        let value = session.value(of: "result") ?? .none
        guard let elements = try value.quantity?.elements(), elements.count == check.wanted.count else {
          return "\(check.expression) is \(Display.text(value))"
        }
        for (mine, theirs) in zip(elements, check.wanted)
        where !(abs(mine - theirs) <= check.absolute + check.relative * abs(theirs)) {
          return "\(check.expression) is \(elements), not \(check.wanted)"
        }
      }
      return nil
    } catch {
      return (error as? Diagnostic)?.render() ?? "\(error)"
    }
  }

  private func evaluate(_ text: String, in session: Session) throws(Diagnostic) {
    if case .failed(let diagnostic) = session.submit(Source(name: "oracle", text: text)) { throw diagnostic }
  }
}
