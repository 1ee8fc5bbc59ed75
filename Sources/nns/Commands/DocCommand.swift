import ArgumentParser
import Language

/// `nns doc`, the guide.
struct DocCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doc", abstract: "Show a page of the guide.",
    discussion: "Without a page it lists them. What does not fit on the terminal is shown by $PAGER.")

  @Argument(help: ArgumentHelp("A page, such as tour.", valueName: "page"))
  var page: String?

  @Flag(help: "Write the page's Markdown, whose examples nns test can check.")
  var markdown = false

  func run() throws {
    let host = TerminalHost()
    defer { host.flush() }
    guard let page else {
      host.writeLine(Bookshelf.contents(command: "nns doc", width: host.width))
      return
    }
    do throws(Diagnostic) {
      let found = try Bookshelf.page(named: page)
      if markdown { host.writeLine(found.markdown) } else { host.show(page: found.markdown) }
    } catch {
      host.report(error)
      throw ExitCode(ExitStatus.failure.rawValue)
    }
  }
}
