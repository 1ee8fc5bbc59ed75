/// A diagnostic on its way out of the parser.
///
/// A reference, because the parser recurses: an error of one word keeps its frames small.
struct SyntaxError: Error {
  private final class Box: Sendable {
    let diagnostic: Diagnostic
    init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
  }

  private let box: Box

  /// What is reported.
  var diagnostic: Diagnostic { box.diagnostic }

  /// An error with its report.
  init(_ diagnostic: Diagnostic) { box = Box(diagnostic) }
}
