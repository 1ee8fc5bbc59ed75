import Language

/// What was typed at prompts, in the store: this session's inputs, and before them those of all others.
///
/// That something cannot be kept is no reason to disturb the user.
final class History {
  /// How many inputs are at hand.
  static let limit = 10_000
  /// How many are read before the first prompt; the rest follows when nobody waits.
  private static let firstCount = 500

  private let session: Session
  private let now: () -> Double
  private var others: [InputEntry] = []
  private var own: [String] = []
  /// The number of the last input that was seen.
  private var last = 0
  private var isWhole = false

  /// The history as a session finds it.
  init(of session: Session, now: @escaping () -> Double) {
    self.session = session
    self.now = now
    let id = sessionID
    if let id {
      own = ((try? session.store.inputs(ofSession: id, limit: History.firstCount)) ?? []).map(\.text)
    }
    let newest = (try? session.store.inputs(after: 0, limit: History.firstCount)) ?? []
    others = newest.filter { $0.session != id || id == nil }
    last = newest.last?.id ?? 0
    isWhole = newest.count < History.firstCount
  }
}

extension History {
  private var sessionID: Int? { session.history?.entry.id }

  /// Whether nothing was ever typed.
  var isEmpty: Bool { others.isEmpty && own.isEmpty }

  /// The inputs, oldest first, those of this session last; equal neighbours are one.
  var inputs: [String] {
    var result: [String] = []
    for text in others.map(\.text) + own where text != result.last { result.append(text) }
    return result
  }

  /// Adds an input; false when it repeats the last one.
  func append(_ text: String) -> Bool {
    guard text != own.last else { return false }
    own.append(text)
    _ = try? session.store.remember(text, session: sessionID, at: now())
    return true
  }

  /// Reads what is missing: older inputs, and what other prompts have added. False when there is nothing new.
  func complete() -> Bool {
    let entries: [InputEntry]
    if isWhole {
      entries = (try? session.store.inputs(after: last, limit: History.limit)) ?? []
    } else {
      entries = (try? session.store.inputs(after: 0, limit: History.limit)) ?? []
      others = []
      isWhole = true
    }
    guard let newest = entries.last else { return false }
    last = newest.id
    let id = sessionID
    let added = entries.filter { $0.session != id || id == nil }
    others += added
    return !added.isEmpty
  }
}
