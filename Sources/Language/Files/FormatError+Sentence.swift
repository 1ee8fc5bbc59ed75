import Formats
import Tensors

extension FormatError {
  /// The error as the user reads it, about the file at `path`; the place in the script is added later.
  func diagnostic(_ path: String) -> Diagnostic {
    switch self {
    case .empty: Diagnostic("\(path) is empty", kind: .file)
    case .signature(let format):
      Diagnostic(
        "\(path) is not a file of the format \(format)", kind: .file, hint: "format: names another one")
    case .truncated(let part, let wanted, let found):
      Diagnostic(
        wanted == .max
          ? "\(path) is cut off or damaged: \(part) would not fit into any memory, and there are \(found) bytes"
          : "\(path) is cut off or damaged: \(part) needs \(wanted) bytes, and there are \(found)",
        kind: .file)
    case .surplus(let bytes, let after):
      Diagnostic("\(path) is damaged: \(bytes) bytes follow the end of \(after)", kind: .file)
    case .malformed(let part, let text): Diagnostic("\(path) is damaged: in \(part), \(text)", kind: .file)
    case .unsupported(let text): Diagnostic("\(path): \(text)", kind: .file)
    case .text(let text, let line, let column): Diagnostic("\(path):\(line):\(column): \(text)", kind: .file)
    case .ragged(let line, let column, let fields, let wanted):
      Diagnostic(
        "\(path):\(line):\(column): the record has \(counted(fields, "field")) where the first has \(wanted)",
        kind: .file,
        hint: wanted == 1
          ? "skip: 1 leaves out a line above the names; separator: \";\" or another one divides the fields"
          : "a field that contains the separator belongs in double quotes")
    case .encoding(let line, let column):
      Diagnostic(
        "\(path):\(line):\(column): this byte belongs to no UTF-8 character", kind: .file,
        hint: "encoding: \"latin1\" reads the older western European files")
    case .size(let bytes, let limit):
      Diagnostic("\(path) holds \(bytes >> 20) MB or more, the limit is \(limit >> 20) MB", kind: .limit)
    case .tensor(let error): error.diagnostic()
    }
  }
}

/// Runs code of `Formats` on the file at `path`, turning its errors into diagnostics.
func formatted<Result>(
  _ path: String, _ body: () throws(FormatError) -> Result
) throws(Diagnostic) -> Result {
  do { return try body() } catch { throw error.diagnostic(path) }
}
