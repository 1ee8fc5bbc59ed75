import Foundation
import Testing

/// A command line, what is fed to it, and what it should say.
struct CommandLineCase: CustomTestStringConvertible, Sendable {
  var arguments: [String]
  var input = ""
  var status: Int32 = 0
  /// All of standard output.
  var output: String?
  /// A part of standard error; empty means that nothing may stand there.
  var errors = ""

  var testDescription: String { "nns " + arguments.joined(separator: " ") }

  static let all: [CommandLineCase] = [
    .init(arguments: ["-e", "1 + 1"], output: "2\n"),
    .init(arguments: ["-e", "x = 20", "-e", "x + 1"], output: "21\n"),
    .init(arguments: ["-e", "-3"], output: "-3\n"),
    .init(arguments: ["-e", "1;"], output: ""),
    .init(arguments: ["-e", "len(args())", "a", "-b", "--version"], output: "3\n"),
    .init(arguments: [], input: "2 * 3\n", output: "6\n"),
    .init(arguments: ["-"], input: "2 * 3", output: "6\n"),
    .init(arguments: ["-", "a", "b"], input: "args()[1]", output: "\"b\"\n"),
    .init(arguments: ["run", "-"], input: "\u{feff}2 * 3\r\n4\r\n", output: "6\n4\n"),
    .init(arguments: ["-"], input: "", output: ""),
    .init(
      arguments: ["-"], input: "1\nerror(\"boom\")\n2\n", status: 1, output: "1\n", errors: "error: boom"),
    .init(arguments: ["-e", "1 +"], status: 1, output: "", errors: "-e:1:"),
    .init(arguments: ["-e", "θ = 2", "-e", "θ * wörter"], status: 1, output: "", errors: "wörter"),
    .init(arguments: ["missing.nns"], status: 1, output: "", errors: "cannot read missing.nns: no such file"),
    .init(arguments: ["/"], status: 1, output: "", errors: "is a directory"),
    .init(arguments: ["tset"], status: 64, output: "", errors: "tset"),
    .init(arguments: ["--no-store", "run", "-"], input: "2 * 3", output: "6\n"),
    .init(arguments: ["--store", "missing.db", "sessions"], status: 1, output: "", errors: "missing.db"),
    .init(arguments: ["--no-store", "test", "x.nns"], status: 64, output: "", errors: "--no-store"),
    .init(arguments: ["--ascii", "test", "x.nns"], status: 64, output: "", errors: "nns test --ascii x.nns"),
    .init(arguments: ["--bogus"], status: 64, output: "", errors: "--bogus"),
    .init(arguments: ["-e"], status: 64, output: "", errors: "-e"),
    .init(arguments: ["run"], status: 64, output: "", errors: "Usage"),
    .init(arguments: ["run", "x.nns", "--html"], status: 64, output: "", errors: "--html"),
    .init(arguments: ["x.nns", "--md"], status: 64, output: "", errors: "--md"),
    .init(
      arguments: ["run", "-", "--md", "-"], input: "print(1)",
      output: "# nns\n\n```nns\nprint(1)\n```\n\n```text\n1\n```\n"),
    .init(
      arguments: ["run", "-", "--md", "-", "--html", "-"], input: "1", status: 64, output: "",
      errors: "one document"),
    .init(arguments: ["test"], status: 64, output: "", errors: "Usage"),
    .init(arguments: ["test", "--tolerance=-1", "x.nns"], status: 64, output: "", errors: "tolerance"),
    .init(
      arguments: ["test", "missing.nns"], status: 1, output: "0 passed, 1 failed\n", errors: "missing.nns"),
    .init(arguments: ["help", "no_such_name"], status: 1, output: "", errors: "no_such_name"),
    .init(arguments: ["help", "sin"]),
    .init(arguments: ["help"]),
    .init(arguments: ["help", "--search", "hyperbolic tangent"]),
    .init(arguments: ["help", "run"]),
    .init(arguments: ["--version"], output: "nns 0.1.0\n"),
    .init(arguments: ["--help"]),
    .init(arguments: ["test", "--help"]),
    .init(arguments: ["--generate-completion-script", "bash"]),
    .init(arguments: ["--generate-completion-script", "zsh"]),
    .init(arguments: ["--generate-completion-script", "fish"]),
  ]
}

@Suite("the command line", .enabled(if: Program.isBuilt))
struct CommandTests {
  let program: Program

  init() throws { program = try #require(Program()) }

  @Test(arguments: CommandLineCase.all)
  func saysWhatItShould(_ expected: CommandLineCase) throws {
    let result = try program.run(expected.arguments, input: expected.input)
    #expect(result.status == expected.status)
    if let output = expected.output { #expect(result.output == output) }
    #expect(expected.errors.isEmpty ? result.errors.isEmpty : result.errors.contains(expected.errors))
  }

  @Test func otherBytesThanUTF8AreAnError() throws {
    let result = try program.run(["-"], input: Data([0x31, 0x0a, 0xff, 0x0a])) { _ in }
    #expect(result.status == 1)
    #expect(result.errors.contains("not UTF-8") && result.errors.contains("line 2"))
  }

  @Test func aScriptKnowsItsArgumentsAndItsName() throws {
    try TemporaryFolder.with { folder in
      let script = folder.appendingPathComponent("größe.nns")
      try Data("args()[0]\nerror(args()[1])\n".utf8).write(to: script)
      let result = try program.run(["größe.nns", "--help", "-e"], in: folder)
      #expect(result.status == 1)
      #expect(result.output == "\"--help\"\n")
      #expect(result.errors.contains("error: -e\n  --> größe.nns:2:1"))
    }
  }

  @Test(arguments: [SIGINT])
  func aBusyScriptEndsByInterrupt(signal: Int32) throws {
    let script = Data("x = 0\nwhile true { x += 1 }\n".utf8)
    let result = try program.run(["-"], input: script) { process in
      Thread.sleep(forTimeInterval: 0.5)
      kill(process.processIdentifier, signal)
    }
    #expect(result.status == 130)
    #expect(result.errors.contains("interrupted"))
  }

  @Test func aClosedPipeEndsItQuietly() throws {
    let result = try program.runShell("\"$nns\" -e 'for i in 0..<1000000 { print(i) }' | head -n 1")
    #expect(result.output == "0\n")
    #expect(result.errors == "")
  }

  @Test func aFullDiskIsAnError() throws {
    let result = try program.runShell("\"$nns\" -e 1 > /dev/full")
    #expect(result.status == 1)
    #expect(result.errors.contains("cannot write the output"))
  }
}
