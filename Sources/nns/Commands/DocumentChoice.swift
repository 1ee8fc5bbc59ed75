import ArgumentParser
import Language

/// The documents that a script is written to when it has been evaluated.
struct DocumentChoice {
  private var files: [(form: SessionExport, path: String)] = []

  /// Whether there are none.
  var isEmpty: Bool { files.isEmpty }

  /// Whether a word of the command line is one of their options.
  static func isOption(_ word: String) -> Bool { options[word] != nil }

  /// The options and the forms they ask for.
  private static let options: [String: SessionExport] = [
    "--html": .html, "--md": .markdown, "--ipynb": .notebook,
  ]
}

extension DocumentChoice {
  /// Adds a document.
  mutating func add(_ form: SessionExport, _ path: String?) {
    if let path { files.append((form, path)) }
  }

  /// Takes the options at the front of a command line, as far as they are complete.
  mutating func take(from words: inout ArraySlice<String>) {
    while let form = words.first.flatMap({ DocumentChoice.options[$0] }), words.count > 1 {
      words = words.dropFirst()
      add(form, words.popFirst())
    }
  }

  /// Whether more than one of them is to go to standard output.
  var mixesOutput: Bool { files.count { $0.path == "-" } > 1 }

  /// Writes the cells of a script into all of them; `-` is standard output.
  func write(_ cells: [CellEntry], title: String, to host: TerminalHost) throws(Diagnostic) {
    for (form, path) in files {
      let bytes = form.bytes(cells, title: title)
      if path == "-" {
        let text = String(decoding: bytes, as: UTF8.self)
        host.writeLine(text.hasSuffix("\n") ? String(text.dropLast()) : text)
      } else {
        try host.write(bytes, to: path)
      }
    }
  }
}

/// The options about documents.
struct DocumentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write a page with code, outputs and plots instead of showing them; - is standard output.",
      valueName: "file"))
  var html: String?

  @Option(help: ArgumentHelp("Write Markdown in the same way.", valueName: "file"))
  var md: String?

  @Option(help: ArgumentHelp("Write a Jupyter notebook in the same way.", valueName: "file"))
  var ipynb: String?

  /// The choice they make.
  var choice: DocumentChoice {
    var choice = DocumentChoice()
    choice.add(.html, html)
    choice.add(.markdown, md)
    choice.add(.notebook, ipynb)
    return choice
  }
}
