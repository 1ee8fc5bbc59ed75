import Foundation
import Testing

@Suite("the guide", .enabled(if: Program.isBuilt))
struct GuideTests {
  let program: Program

  init() throws { program = try #require(Program()) }

  private static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../..").standardizedFileURL

  private static let commands = [
    "", "run", "test", "help", "doc", "sessions", "show", "delete", "export", "import", "replay", "store",
    "store info", "store check", "store gc", "store backup",
  ]

  @Test("the manual page names every option and command", arguments: commands)
  func manualIsComplete(_ command: String) throws {
    let words = command.split(separator: " ").map(String.init)
    let help = try program.run(words + ["--help"]).output
    let page = try String(
      contentsOf: Self.project.appendingPathComponent("scripts/man/nns.1"), encoding: .utf8)
    let options = help.split(separator: "\n").filter { $0.hasPrefix("  -") }
      .flatMap { $0.split(whereSeparator: { " ,".contains($0) }) }.filter { $0.hasPrefix("-") && $0 != "-" }
    let subcommands = help.split(separator: "SUBCOMMANDS:\n").dropFirst().first.map { list in
      list.split(separator: "\n").filter {
        $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.hasPrefix("  See")
      }
      .compactMap { $0.split(separator: " ").first }
    }
    let missing =
      options.filter { !page.contains("Fl \($0.dropFirst()) ") && !page.contains("Fl \($0.dropFirst())\n") }
      + (subcommands ?? []).filter { !page.contains("Cm \($0)") && !page.contains("Cm \(command) \($0)") }
    #expect(!options.isEmpty && missing.isEmpty)
    #expect(
      (subcommands ?? []).allSatisfy { Self.commands.contains((words + [String($0)]).joined(separator: " ")) }
    )
  }

  @Test(arguments: [
    "installation", "tour", "language", "library", "cookbook", "how-it-works", "store", "tou",
  ])
  func showsThePage(_ page: String) throws {
    let result = try program.run(["doc", page])
    #expect(result.status == 0 && result.errors.isEmpty && !result.output.contains("\u{1b}"))
    let isWrapped = result.output.split(separator: "\n").allSatisfy { $0.hasPrefix("    ") || $0.count <= 80 }
    #expect(isWrapped)
  }

  @Test func anUnknownPageIsAnError() throws {
    let result = try program.run(["doc", "nonsense"])
    #expect(result.status == 1 && result.errors.contains("the pages are installation, tour"))
    #expect(try program.run(["doc"]).output.contains("nns doc tour"))
  }

  @Test func aWrongExampleOfTheReferenceIsFound() throws {
    try TemporaryFolder.with { folder in
      let reference = try program.run(["doc", "language", "--markdown"]).output
      let page = folder.appendingPathComponent("language.md")
      let wrong = reference.replacingOccurrences(of: "#> 1024", with: "#> 1025")
        .replacingOccurrences(of: "(2^10, -2^2, 2^-1)\n#> (1024", with: "(2^10, -2^2, 2^-1)\n#> (1025")
      try Data(wrong.utf8).write(to: page)
      let result = try program.run(["test", "language.md"], in: folder)
      #expect(wrong != reference && result.status == 1 && result.output.contains("the output differs"))
    }
  }

  @Test(
    "a manual page without mistakes",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/groff")))
  func manualIsWellFormed() throws {
    let page = Self.project.appendingPathComponent("scripts/man/nns.1").path
    let result = try program.runShell("groff -mdoc -Tutf8 -wall -z '\(page)'")
    #expect(result.status == 0 && result.errors.isEmpty)
  }
}
