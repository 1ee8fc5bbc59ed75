import Guide
import Language
import Persistence

/// A page that `:doc` and `nns doc` show: written, or made from the tables that define what it describes.
struct Page {
  let name: String
  let title: String
  let markdown: String
}

/// The pages of the guide.
enum Bookshelf {
  /// All pages, in reading order.
  static var pages: [Page] {
    [
      Page(.installation), Page(.tour),
      Page(
        name: "language", title: "reference of the language: statements, operators, values",
        markdown: HelpText.languageReference()),
      Page(
        name: "library", title: "reference of all functions", markdown: HelpText.libraryReference()),
      Page(.cookbook), Page(.howItWorks),
      Page(name: "store", title: "where everything is kept, and its schema", markdown: SchemaPage.text),
    ]
  }

  /// A page by its name, or by the beginning of one.
  static func page(named name: String) throws(Diagnostic) -> Page {
    let pages = pages
    if let page = pages.first(where: { $0.name == name }) { return page }
    let begun = pages.filter { $0.name.hasPrefix(name) }
    if begun.count == 1 { return begun[0] }
    throw Diagnostic(
      "there is no page \(name)", kind: .name,
      hint: "the pages are \(pages.map(\.name).joined(separator: ", "))")
  }

  /// The pages with the command that shows each, in so many columns.
  static func contents(command: String, width: Int) -> String {
    Display.aligned(pages.map { ("\(command) \($0.name)", $0.title) }, width: width).joined(separator: "\n")
  }

  /// The lessons in so many columns.
  static func lessons(width: Int) -> String {
    Display.aligned(Lesson.all.map { (":demo \($0.name)", $0.title) }, width: width).joined(separator: "\n")
  }
}

extension Page {
  fileprivate init(_ page: GuidePage) {
    self.init(name: page.name, title: page.title, markdown: page.text)
  }
}
