import ArgumentParser
import Language

/// `nns export`.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a session to a file.",
    discussion:
      "The file's name ends in .md, .html, .ipynb or .nns; the last is a script that nns test accepts.")

  @OptionGroup var options: StoreOptions
  @Argument(help: ArgumentHelp("A session.", valueName: "name")) var name: String
  @Option(name: .shortAndLong, help: ArgumentHelp("The file.", valueName: "file")) var output: String

  func validate() throws {
    guard (try? SessionExport(path: output)) != nil else {
      throw ValidationError("The file's name must end in .md, .html, .ipynb or .nns.")
    }
  }

  func run() throws {
    try options.withStore { store, host throws(Diagnostic) in
      let form = try SessionExport(path: output)
      let cells = try store.path(of: store.session(named: name))
      try host.write(form.bytes(cells, title: name), to: output)
    }
  }
}

/// `nns import`.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Evaluate the cells of a script or a notebook as a new session.",
    discussion: "Cells that fail are kept as such, and the exit status is 1.")

  @OptionGroup var options: StoreOptions
  @Argument(help: ArgumentHelp("A script (.nns) or a Jupyter notebook (.ipynb) in nns.", valueName: "file"))
  var file: String
  @Argument(help: ArgumentHelp("A name for the session.", valueName: "name")) var name: String

  func run() throws {
    let host = TerminalHost()
    defer { host.flush() }
    do throws(Diagnostic) {
      let cells = try SessionExport.cells(reading: Files.read(file), named: file)
      let store = try options.choice.open()
      let session = Session(host: host, store: store, queries: options.choice.queries)
      try session.start(named: name)
      var failures = 0
      for cell in cells {
        switch session.submit(Source(name: "[\(session.cellNumber)]", text: cell)) {
        case .done: break
        case .incomplete:
          host.writeErrorLine("error: a cell stops in the middle of a statement and is left out")
        case .failed(let diagnostic):
          host.report(diagnostic)
          failures += 1
        }
      }
      try session.close()
      store.foldLog()
      if failures > 0 {
        throw Diagnostic("\(failures) of \(cells.count) cells failed", kind: .value)
      }
    } catch {
      host.report(error)
      throw ExitCode(ExitStatus(error).rawValue)
    }
  }
}
