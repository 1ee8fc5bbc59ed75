import CSQLite
import Glibc
import Language

extension DatabaseError {
  /// What it means for whoever uses the store at `path`.
  func diagnostic(_ path: String) -> Diagnostic {
    switch kind {
    case .busy:
      Diagnostic(
        "the store \(path) is busy: another program has held it for half a minute", kind: .file,
        hint: "close the other program, or wait")
    case .diskFull:
      Diagnostic(
        "the disk is full, nothing was changed in the store \(path)", kind: .file,
        hint: "make room and try again")
    case .readOnly:
      Diagnostic(
        "the store \(path) cannot be written: it or its folder is read-only", kind: .file,
        hint: "choose another file with --store, or --no-store")
    case .cannotOpen:
      Diagnostic(
        "the store \(path) cannot be opened: \(DatabaseError.obstacle(path) ?? message)", kind: .file,
        hint: "choose another file with --store, or --no-store")
    case .notADatabase:
      Diagnostic("\(path) is not a database", kind: .file, hint: "choose another file with --store")
    case .damaged:
      Diagnostic(
        "the store \(path) is damaged: \(message)", kind: .file,
        hint: "nns store check tells what; restore a backup, or sqlite3's .recover saves what can be read")
    case .interrupted: Diagnostic("interrupted", kind: .interrupted)
    case .notAllowed, .constraint, .other:
      Diagnostic("the store \(path) failed: \(message)", kind: .file)
    }
  }

  /// What is in the way of a store at `path`, which needs files beside it; nil when that is not seen.
  private static func obstacle(_ path: String) -> String? {
    let folder = path.lastIndex(of: "/").map { String(path[..<path.index(after: $0)]) } ?? "."
    if access(folder, F_OK) != 0 { return "its folder is not there and cannot be made" }
    if access(folder, W_OK | X_OK) != 0 { return "its folder cannot be written" }
    if access(path, F_OK) == 0, access(path, R_OK) != 0 { return "it cannot be read" }
    return nil
  }
}
