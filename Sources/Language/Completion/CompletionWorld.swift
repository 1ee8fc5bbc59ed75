/// A file or folder by its name.
public struct FolderEntry: Equatable, Sendable {
  /// The last part of its path.
  public var name: String
  /// Whether it is a folder.
  public var isFolder: Bool

  /// An entry of this name.
  public init(name: String, isFolder: Bool) {
    self.name = name
    self.isFolder = isFolder
  }
}

/// What can stand at the place of a prompt command's argument.
public enum CommandArgument: Sendable {
  /// Anything new.
  case nothing
  /// Part of the language.
  case expression
  /// The path of a file.
  case path
  /// One of these words.
  case words([String])
}

/// What completion has to know besides the session: the prompt's commands and the file system.
public protocol CompletionWorld: AnyObject {
  /// The names of the prompt's commands, without their colons.
  var commands: [String] { get }
  /// What the argument of a command can be, and whether it takes the rest of the line, after the arguments
  /// `before` it; nil when there is none.
  func argument(of command: String, after before: [String]) -> (kind: CommandArgument, isLast: Bool)?
  /// What lies in a folder; empty when it cannot be read. The empty path is the current folder.
  func entries(ofFolder path: String) -> [FolderEntry]
  /// The user's home folder, without a slash at its end.
  var home: String? { get }
}
