import CSQLite
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
        "the store \(path) cannot be opened: \(message)", kind: .file,
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
}
