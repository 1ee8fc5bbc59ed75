import Formats

/// A session as a Jupyter notebook, nbformat 4, and the code of one.
public enum NotebookExport {
  /// The document.
  public static func bytes(_ cells: [CellEntry], title: String) -> [UInt8] {
    JSON.object([
      JSON.Member("cells", .array(forms(of: cells))),
      JSON.Member(
        "metadata",
        .object([
          JSON.Member(
            "kernelspec",
            .object([JSON.Member("display_name", .string("nns")), JSON.Member("name", .string("nns"))])),
          JSON.Member(
            "language_info",
            .object([JSON.Member("name", .string("nns")), JSON.Member("file_extension", .string(".nns"))])),
          JSON.Member("title", .string(title)),
        ])), JSON.Member("nbformat", .number(4)), JSON.Member("nbformat_minor", .number(5)),
    ]).bytes
  }

  private static func forms(of cells: [CellEntry]) -> [JSON] {
    var forms: [JSON] = []
    for cell in cells {
      if let prose = cell.prose { forms.append(form("markdown", at: forms.count, [], prose)) }
      guard let code = cell.code else { continue }
      let results = [
        JSON.Member("execution_count", cell.wasEvaluated ? .number(Double(cell.number)) : .null),
        JSON.Member("outputs", .array(outputs(of: cell))),
      ]
      forms.append(form("code", at: forms.count, results, code))
    }
    return forms
  }

  private static func form(_ type: String, at position: Int, _ results: [JSON.Member], _ source: String)
    -> JSON
  {
    .object(
      [
        JSON.Member("cell_type", .string(type)), JSON.Member("id", .string("cell-\(position + 1)")),
        JSON.Member("metadata", .object([])),
      ] + results + [JSON.Member("source", lines(source))])
  }

  private static func outputs(of cell: CellEntry) -> [JSON] {
    cell.outputs.map { output in
      switch output {
      case .error(let text):
        .object([
          JSON.Member("ename", .string(cell.status.rawValue)), JSON.Member("evalue", .string(text)),
          JSON.Member("output_type", .string("error")), JSON.Member("traceback", lines(text)),
        ])
      case .text(let text):
        .object([
          JSON.Member("name", .string("stdout")), JSON.Member("output_type", .string("stream")),
          JSON.Member("text", lines(text + "\n")),
        ])
      case .plot(let svg, let text):
        .object([
          JSON.Member(
            "data",
            .object([JSON.Member("image/svg+xml", lines(svg)), JSON.Member("text/plain", lines(text))])),
          JSON.Member("metadata", .object([])), JSON.Member("output_type", .string("display_data")),
        ])
      }
    }
  }

  /// A text as notebooks have it: lines with their ends.
  private static func lines(_ text: String) -> JSON {
    var lines: [JSON] = []
    var rest = text[...]
    while let end = rest.firstIndex(of: "\n") {
      lines.append(.string(String(rest[...end])))
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { lines.append(.string(String(rest))) }
    return .array(lines)
  }

  /// The cells of a notebook, notes as comments.
  ///
  /// Throws a diagnostic for a file that is none, and for a notebook in another language.
  public static func cells(reading bytes: [UInt8], named name: String) throws(Diagnostic) -> [String] {
    guard let document = try? JSON(reading: bytes), case .array(let cells)? = document["cells"],
      document["nbformat"]?.count == 4
    else { throw Diagnostic("\(name) is no notebook of nbformat 4", kind: .file) }
    let language = document["metadata"]?["language_info"]?["name"]?.string ?? "nns"
    guard language == "nns" else {
      throw Diagnostic("\(name) is a notebook in \(language), not in nns", kind: .file)
    }
    return cells.compactMap { cell in
      let source = text(cell["source"])
      guard !source.allSatisfy(\.isWhitespace) else { return nil }
      switch cell["cell_type"]?.string {
      case "code": return source
      case "markdown":
        return TranscriptExport.lines(source).map { $0.isEmpty ? "#" : "# " + $0 }.joined(separator: "\n")
      default: return nil
      }
    }
  }

  private static func text(_ form: JSON?) -> String {
    switch form {
    case .string(let text)?: text
    case .array(let lines)?: lines.compactMap(\.string).joined()
    default: ""
    }
  }
}
