import Glibc
import Language

/// The prompt's commands and the file system, as completion sees them.
final class PromptWorld: CompletionWorld {
  private let session: Session
  /// More names than this are no list to choose from.
  private static let entryLimit = 10_000

  /// The world of a session's prompt.
  init(_ session: Session) { self.session = session }

  var commands: [String] { PromptCommand.all.map(\.name) }

  func argument(of command: String, after before: [String]) -> (kind: CommandArgument, isLast: Bool)? {
    guard let command = PromptCommand.all.first(where: { $0.name == command }),
      command.arguments.indices.contains(before.count)
    else { return nil }
    let isLast = before.count == command.arguments.count - 1
    switch command.arguments[before.count].completion {
    case .nothing: return (.nothing, isLast)
    case .expression: return (.expression, isLast)
    case .path: return (.path, isLast)
    case .words(let words): return (.words(words(session, before)), isLast)
    }
  }

  var home: String? { TerminalLooks.variable("HOME") }

  func entries(ofFolder path: String) -> [FolderEntry] {
    guard let folder = opendir(path.isEmpty ? "." : path) else { return [] }
    defer { closedir(folder) }
    var entries: [FolderEntry] = []
    while let entry = readdir(folder), entries.count < PromptWorld.entryLimit {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name != ".", name != ".." else { continue }
      // A link, or a file system that does not tell, needs another look.
      let isFolder =
        switch Int(entry.pointee.d_type) {
        case Int(DT_DIR): true
        case Int(DT_LNK), Int(DT_UNKNOWN): PromptWorld.isFolder(path + name)
        default: false
        }
      entries.append(FolderEntry(name: name, isFolder: isFolder))
    }
    return entries
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
