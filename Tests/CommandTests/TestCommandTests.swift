import Foundation
import Testing

@Suite("nns test", .enabled(if: Program.isBuilt))
struct TestCommandTests {
  let program: Program

  init() throws { program = try #require(Program()) }

  /// A script with expected output, and whether it is as expected.
  struct Script: CustomTestStringConvertible, Sendable {
    var text: String
    var passes = true
    var options: [String] = []

    var testDescription: String { text }
  }

  static let scripts: [Script] = [
    .init(text: "1 + 1\n#> 2\n"),
    .init(text: "1 + 1\n#> 3\n", passes: false),
    .init(text: "1 + 1\n"),
    .init(text: "1 + 1;\n#> 2\n", passes: false),
    .init(text: "[1, 2]\n#> [1, 2.0000001]\n"),
    .init(text: "[1, 2]\n#> [1, 2.1]\n", passes: false),
    .init(text: "[1, 2]\n#> [1, 2.1]\n", options: ["--tolerance", "0.1"]),
    .init(text: "[1, 2]\n#> [1,  2]\n", passes: false),
    .init(text: "[1, 2, 3]\n#> [1, ...]\n"),
    .init(text: "[1, 2, 3]\n#> ...2...\n"),
    .init(text: "[1, 2, 3]\n#> [1, ...4]\n", passes: false),
    .init(text: "for i in 0..<5 { print(i) }\n#> 0\n#> ...\n#> 4\n"),
    .init(text: "for i in 0..<5 { print(i) }\n#> ...\n"),
    .init(text: "for i in 0..<5 { print(i) }\n#> 0\n#> ...\n#> 5\n", passes: false),
    .init(text: "print(1); print(2)\n#> 1\n#> 2\n"),
    .init(text: "error(\"boom\")\n#> error: boom\n#> ...\n2\n#> 2\n"),
    .init(text: "error(\"boom\")\n#> error: bang\n#> ...\n", passes: false),
    .init(text: "error(\"boom\")\n2\n#> 2\n", passes: false),
    .init(text: "2x\n#> error: ...\n#> ...\n2\n#> 2\n"),
    .init(text: "f(x) = {\n  y = x\n  y + 1\n}\nf(1)\n#> 2\n"),
    .init(text: "#> 2\n", passes: false),
    .init(text: "text = \"\"\"\n#> 3\n\"\"\"\nlen(text)\n#> 4\n"),
  ]

  @Test(arguments: scripts)
  func compares(_ script: Script) throws {
    try TemporaryFolder.with { folder in
      try Data(script.text.utf8).write(to: folder.appendingPathComponent("script.nns"))
      let result = try program.run(["test", "script.nns"] + script.options, in: folder)
      #expect(result.status == (script.passes ? 0 : 1))
      #expect(result.output.hasSuffix(script.passes ? "1 passed, 0 failed\n" : "0 passed, 1 failed\n"))
      #expect(script.passes || result.output.hasPrefix("script.nns:"))
      #expect(result.errors == "")
    }
  }

  @Test func aDifferenceNamesItsLine() throws {
    try TemporaryFolder.with { folder in
      try Data("a = 1\nfor i in 0..<3 { print(i) }\n#> 0\n#> 7\n#> 2\n".utf8)
        .write(to: folder.appendingPathComponent("script.nns"))
      let result = try program.run(["test", "script.nns"], in: folder)
      #expect(
        result.output == """
          script.nns:3: the output differs
              0
            - 7
            + 1
              2
          0 passed, 1 failed

          """)
    }
  }

  /// A script, and what recording makes of it.
  static let recordings: [(String, String)] = [
    ("x = 1\nx + 1\n", "x = 1\nx + 1\n#> 2\n"),
    ("x = 1 # one\r\nx + 1", "x = 1 # one\r\nx + 1\r\n#> 2\r\n"),
    ("1\n#> 7\n#> 8\n\n2 # two\n#> 2\n", "1\n#> 1\n\n2 # two\n#> 2\n"),
    ("[1, 2, 3]\n#> [1, ...]\n", "[1, 2, 3]\n#> [1, ...]\n"),
    ("1;\n#> 7\n", "1;\n"),
    ("error(\"boom\")\n1\n", "error(\"boom\")\n#> error: boom\n#> ...\n1\n#> 1\n"),
    ("print(\"a\\n\\n b\")\n", "print(\"a\\n\\n b\")\n#> a\n#>\n#>  b\n"),
  ]

  @Test(arguments: recordings)
  func records(_ script: String, _ recorded: String) throws {
    try TemporaryFolder.with { folder in
      let file = folder.appendingPathComponent("script.nns")
      try Data(script.utf8).write(to: file)
      #expect(try program.run(["test", "--record", "script.nns"], in: folder).status == 0)
      #expect(try String(contentsOf: file, encoding: .utf8) == recorded)
      #expect(try program.run(["test", "script.nns"], in: folder).status == 0)
    }
  }

  @Test func codeBlocksOfMarkdownAreTested() throws {
    try TemporaryFolder.with { folder in
      let text = "# Title\n\n```nns\nx = 1\n```\n\n```\nnot code\n```\n\n```nns\nx + 1\n#> 3\n```\n"
      try Data(text.utf8).write(to: folder.appendingPathComponent("page.md"))
      let result = try program.run(["test", "page.md"], in: folder)
      #expect(result.status == 1)
      #expect(result.output.hasPrefix("page.md:13: the output differs\n  - 3\n  + 2\n"))
    }
  }
}
