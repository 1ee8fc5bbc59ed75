import Plotting

/// Figures as files.
enum FigureFile {
  /// The bytes of a figure for a file of this name: a drawing for `.svg`, characters for `.txt`.
  static func bytes(of figure: Figure, path: String) throws(Diagnostic) -> [UInt8] {
    let name = path.lowercased()
    if name.hasSuffix(".svg") { return Array(figure.svg().utf8) }
    if name.hasSuffix(".txt") { return Array((figure.picture().text + "\n").utf8) }
    throw Diagnostic(
      "save: a plot cannot be written to \(Display.literal(path))", kind: .file,
      hint: "end the name with .svg or .txt")
  }
}
