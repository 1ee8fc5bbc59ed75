import Glibc
import Language

/// The user's own editor, for texts that are too long for the prompt.
enum ExternalEditor {
  /// The text as the user leaves it in the editor.
  ///
  /// Throws a diagnostic when there is no editor or it fails; its file is gone in any case.
  static func edit(_ text: String) throws(Diagnostic) -> String {
    let path = try draft(text)
    defer { unlink(path) }
    let command = TerminalLooks.variable("VISUAL") ?? TerminalLooks.variable("EDITOR") ?? "vi"
    let status = try run(command, path)
    guard status == 0 else {
      let isMissing = status == 127 << 8
      let end =
        status & 0x7f == 0 ? "ended with status \(status >> 8)" : "was ended by signal \(status & 0x7f)"
      throw Diagnostic(
        isMissing
          ? "the editor \(command) cannot be started" : "the editor \(command) \(end); nothing was evaluated",
        kind: .file, hint: isMissing ? "set VISUAL or EDITOR to a command that edits a file" : nil)
    }
    var edited = try Source.script(try Files.read(path), named: "the edited text").text(of: nil)
    while edited.last?.isNewline == true { edited.removeLast() }
    return edited
  }

  /// A new file that holds a text; its name lets editors know the language.
  private static func draft(_ text: String) throws(Diagnostic) -> String {
    let folder = TerminalLooks.variable("TMPDIR") ?? "/tmp"
    var template = Array("\(folder)/cell-XXXXXX.nns".utf8CString)
    let descriptor = mkstemps(&template, 4)
    guard descriptor >= 0 else {
      throw Diagnostic(
        "cannot make a file in \(folder): \(Files.reason(errno))", kind: .file,
        hint: "set TMPDIR to a folder that can be written")
    }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let failure = Array((text + "\n").utf8).withUnsafeBytes { Files.writeAll($0, to: descriptor) }
    close(descriptor)
    guard let failure else { return path }
    unlink(path)
    throw Diagnostic("cannot write \(path): \(Files.reason(failure))", kind: .file)
  }

  /// Runs a shell's command with a file behind it and waits; its status as the system tells it.
  private static func run(_ command: String, _ path: String) throws(Diagnostic) -> Int32 {
    let words = ["sh", "-c", command + " \"$1\"", "sh", path]
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, "/bin/sh", nil, nil, &arguments, environ)
    guard code == 0 else {
      throw Diagnostic("the editor \(command) cannot be started: \(Files.reason(code))", kind: .file)
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      // Ctrl-C is the editor's while it runs.
      guard errno == EINTR else {
        throw Diagnostic("the editor was lost: \(Files.reason(errno))", kind: .file)
      }
    }
    return status
  }
}
