/// What was typed at a prompt, evaluated or not.
public struct InputEntry: Equatable, Sendable {
  /// The store's number for it; later ones are larger.
  public var id: Int
  /// The session it was typed into; nil when that is gone.
  public var session: Int?
  /// The text, of several lines where it was.
  public var text: String

  /// An input of a session.
  public init(id: Int, session: Int?, text: String) {
    self.id = id
    self.session = session
    self.text = text
  }
}

/// Keeps the history of prompts: cells, commands and questions as they were typed.
public protocol InputStore: AnyObject {
  /// Adds what was typed into a session; returns the number it got.
  func remember(_ input: String, session: Int?, at date: Double) throws(Diagnostic) -> Int
  /// The newest inputs, at most `limit` of them, with numbers above `number`; the oldest first.
  func inputs(after number: Int, limit: Int) throws(Diagnostic) -> [InputEntry]
  /// The newest inputs of a session, at most `limit` of them; the oldest first.
  func inputs(ofSession session: Int, limit: Int) throws(Diagnostic) -> [InputEntry]
}
