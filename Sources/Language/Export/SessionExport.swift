/// The forms in which a session leaves the store.
public enum SessionExport: String, CaseIterable, Sendable {
  case markdown = "md"
  case html
  case notebook = "ipynb"
  case transcript = "nns"

  /// The form that the ending of a path asks for. Throws for other endings.
  public init(path: String) throws(Diagnostic) {
    let file = path.split(separator: "/").last ?? ""
    let ending = file.lastIndex(of: ".").map { String(file[file.index(after: $0)...]) } ?? ""
    guard let form = SessionExport(rawValue: ending) else {
      throw Diagnostic(
        "the form of \(path) is not known", kind: .argument,
        hint:
          "a session is written as \(SessionExport.allCases.map { "." + $0.rawValue }.joined(separator: ", "))"
      )
    }
    self = form
  }

  /// The cells in this form.
  public func bytes(_ cells: [CellEntry], title: String) -> [UInt8] {
    switch self {
    case .markdown: Array(MarkdownExport.text(cells, title: title).utf8)
    case .html: Array(HTMLExport.text(cells, title: title).utf8)
    case .notebook: NotebookExport.bytes(cells, title: title)
    case .transcript: Array((TranscriptExport.text(cells) + "\n").utf8)
    }
  }

  /// The texts of the cells of a file in one of the forms that can be read: a script or a notebook.
  public static func cells(reading bytes: [UInt8], named name: String) throws(Diagnostic) -> [String] {
    if name.hasSuffix(".ipynb") { return try NotebookExport.cells(reading: bytes, named: name) }
    let source = Source(name: name, bytes: bytes)
    switch Parser.parse(source) {
    case .incomplete(let diagnostic), .failure(let diagnostic): throw diagnostic
    case .program(let program):
      // Expected output stands in the file, and will be shown anew.
      return Session.cells(of: program, in: source).map { cell in
        TranscriptExport.lines(source.text(of: cell.span)).filter { !$0.hasPrefix("#>") }.joined(
          separator: "\n")
      }
    }
  }
}
