import Foundation

/// The program under test: `$NNS_BINARY`, or what `scripts/nns` builds.
struct Program {
  let path: String

  /// Nil when it has not been built.
  init?() {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let built = folder.appendingPathComponent("../../.build/release/nns").standardizedFileURL.path
    path = ProcessInfo.processInfo.environment["NNS_BINARY"] ?? built
    guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
  }

  /// Whether there is one.
  static var isBuilt: Bool { Program() != nil }

  /// Whether it runs at its full speed, as far as its place and the environment tell.
  var isFast: Bool { !path.contains("/debug/") && Program.sanitizerSettings.isEmpty }

  /// Seconds after which it will never do what it is waited for; a sanitized one is many times slower.
  static let patience = sanitizerSettings.isEmpty ? 20.0 : 120

  /// What `scripts/test --sanitize` sets; a program in an environment of its own needs it too.
  static let sanitizerSettings = ProcessInfo.processInfo.environment.filter {
    ["ASAN_OPTIONS", "NNS_NO_POOL", "TSAN_OPTIONS"].contains($0.key)
  }
}

extension Program {
  /// What a run left behind.
  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Runs it to its end.
  func run(_ arguments: [String], input: String = "", in folder: URL? = nil) throws -> Result {
    try run(arguments, input: Data(input.utf8), in: folder) { _ in }
  }

  /// Runs it to its end, `seconds` at most; `meanwhile` is called once it has started.
  func run(
    _ arguments: [String], input: Data, in folder: URL? = nil, seconds: Double = 3 * Program.patience,
    meanwhile: (Process) throws -> Void
  ) throws -> Result {
    // Through files, because a full pipe that nobody reads would stop the program.
    try TemporaryFolder.with { scratch in
      let files = ["input", "output", "errors"].map { scratch.appendingPathComponent($0) }
      try input.write(to: files[0])
      for file in files[1...] { try Data().write(to: file) }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: path)
      process.arguments = arguments
      process.currentDirectoryURL = folder ?? scratch
      process.standardInput = try FileHandle(forReadingFrom: files[0])
      process.standardOutput = try FileHandle(forWritingTo: files[1])
      process.standardError = try FileHandle(forWritingTo: files[2])
      try process.run()
      try meanwhile(process)
      let deadline = Date(timeIntervalSinceNow: seconds)
      while process.isRunning, Date() < deadline { Thread.sleep(forTimeInterval: 0.005) }
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
      process.waitUntilExit()
      return Result(
        status: process.terminationStatus, output: try String(contentsOf: files[1], encoding: .utf8),
        errors: try String(contentsOf: files[2], encoding: .utf8))
    }
  }

  /// Runs a shell command in which `$nns` is the program.
  func runShell(_ command: String, seconds: Double = 3 * Program.patience) throws -> Result {
    let shell = Program(at: "/bin/bash")
    return try shell.run(["-c", "nns=\(path)\n\(command)"], input: Data(), seconds: seconds) { _ in }
  }

  private init(at path: String) { self.path = path }
}

/// Folders that exist for one test.
enum TemporaryFolder {
  static func with<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("nns-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }
}
