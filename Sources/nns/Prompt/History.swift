import Glibc
import Language

/// The cells typed at earlier prompts, in a file with one cell per line.
///
/// A line end within a cell is written `\n` and a backslash `\\`, so that a cell of several lines comes back
/// whole. Every prompt appends, so several can share the file.
struct History {
  /// How many cells are kept.
  static let limit = 10_000
  /// Where the file is; nil when there is no place for it.
  private let path: String?
  /// The cells in the file, oldest first.
  private(set) var cells: [String] = []
  /// Whether there was no file yet.
  private(set) var isNew = true

  /// The user's history.
  init() {
    path = History.folder.map { $0 + "/history" }
    guard let path, let bytes = try? Files.read(path) else { return }
    isNew = false
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    cells = lines.suffix(History.limit).map(History.decoded)
    // Shortened only when it is much too long, because another prompt may be appending.
    guard lines.count > 2 * History.limit else { return }
    try? Files.write(Array(cells.map { History.encoded($0) + "\n" }.joined().utf8), to: path)
  }

  /// Adds a cell; that it cannot be kept is no reason to disturb the user.
  mutating func append(_ cell: String) {
    guard cell != cells.last else { return }
    cells.append(cell)
    guard let path else { return }
    History.makeFolders(of: path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    _ = Array((History.encoded(cell) + "\n").utf8).withUnsafeBytes { Files.writeAll($0, to: descriptor) }
    close(descriptor)
  }
}

extension History {
  /// `$XDG_STATE_HOME/nns`, or its usual place.
  private static var folder: String? {
    if let state = variable("XDG_STATE_HOME"), state.hasPrefix("/") { return state + "/nns" }
    return variable("HOME").map { $0 + "/.local/state/nns" }
  }

  private static func variable(_ name: String) -> String? {
    guard let value = getenv(name), value[0] != 0 else { return nil }
    return String(cString: value)
  }

  private static func makeFolders(of path: String) {
    for index in path.indices.dropFirst() where path[index] == "/" { mkdir(String(path[..<index]), 0o700) }
  }

  private static func encoded(_ cell: String) -> String {
    var line = ""
    for character in cell.unicodeScalars {
      switch character {
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      default: line.unicodeScalars.append(character)
      }
    }
    return line
  }

  private static func decoded(_ line: Substring) -> String {
    var cell = ""
    var isEscaped = false
    for character in line.unicodeScalars {
      if isEscaped {
        cell.unicodeScalars.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        cell.unicodeScalars.append(character)
      }
    }
    return cell
  }
}
