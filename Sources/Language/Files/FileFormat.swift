/// A form of files that values are read from and written to.
enum FileFormat: String, CaseIterable {
  case csv, tsv, json, npy, npz, safetensors, idx, onnx

  /// Endings of file names beside the format's own name.
  private var otherEndings: [String] {
    // The files of MNIST end in idx3-ubyte.
    self == .idx ? ["ubyte"] : []
  }

  /// The format and whether the file is compressed, by the ending of its name; `name` overrules the ending.
  ///
  /// Throws a diagnostic when neither tells.
  static func of(_ path: String, named name: String?) throws(Diagnostic) -> (
    format: FileFormat, isCompressed: Bool
  ) {
    let lowercase = path.lowercased()
    let isCompressed = lowercase.hasSuffix(".gz")
    let stem = isCompressed ? lowercase.dropLast(3) : lowercase[...]
    if let name {
      guard let format = FileFormat(rawValue: name) else {
        throw Diagnostic("there is no format \"\(name)\"", kind: .argument, hint: hint(name))
      }
      return (format, isCompressed)
    }
    let file = stem.split(separator: "/").last ?? ""
    let ending = file.split(whereSeparator: { $0 == "." || $0 == "-" }).last.map(String.init) ?? ""
    if let format = allCases.first(where: { $0.rawValue == ending || $0.otherEndings.contains(ending) }) {
      return (format, isCompressed)
    }
    if ending == "ipynb" {
      throw Diagnostic(
        "\(path) is a notebook, not data", kind: .file,
        hint: "`nns import \(path) NAME` makes a session of its cells; format: \"json\" reads it as a record")
    }
    let isEndless = !file.contains(".")
    throw Diagnostic(
      isEndless
        ? "the name \(path) has no ending that tells its format"
        : "nothing is known about files that end in .\(ending)",
      kind: .file, hint: hint(ending))
  }

  private static func hint(_ ending: String) -> String {
    if let near = NearestName.find(ending, in: allCases.map(\.rawValue)) { return "did you mean \(near)?" }
    let known = allCases.map(\.rawValue).joined(separator: ", ")
    return
      "there are \(known), each also with .gz; format: \"csv\" overrules the ending, read_text reads any text"
  }
}
