/// What went wrong, where, and what to do about it.
///
/// The message is lower case, without blame and without a full stop. Everything but the message may
/// be missing while the error travels from the place that knows the facts to the place that knows
/// the source.
public struct Diagnostic: Error, Sendable {
  /// A family of errors, for `err.kind` and exit codes.
  public enum Kind: String, Sendable {
    case syntax, name, type, shape, value, index, argument, arithmetic, assertion, user, limit, file,
      interrupted
  }

  /// One line of the call trace.
  public struct Call: Sendable {
    /// Name of the function that was being called.
    public var function: String
    /// Where the call stands.
    public var source: Source
    /// The bytes of the call.
    public var span: SourceSpan
  }

  /// One sentence: what was found and what was wanted.
  public var message: String
  /// The family it belongs to.
  public var kind: Kind
  /// The text it points into.
  public var source: Source?
  /// The bytes it points at.
  public var span: SourceSpan?
  /// Written under the marked bytes: the values' shapes, for example.
  public var label: String?
  /// What the two operands were, for a label that names them by their source text.
  public var operands: [String] = []
  /// What to try.
  public var hint: String?
  /// Whether the hint should name the loop that was running.
  var concernsLoop = false
  /// Further facts, a line each.
  public var notes: [String] = []
  /// The calls that led here, innermost first.
  public var calls: [Call] = []

  /// An error that does not know its place yet unless `span` is given.
  public init(
    _ message: String, kind: Kind = .value, at span: SourceSpan? = nil, in source: Source? = nil,
    label: String? = nil, operands: [String] = [], hint: String? = nil
  ) {
    self.message = message
    self.kind = kind
    self.span = span
    self.source = source
    self.label = label
    self.operands = operands
    self.hint = hint
  }
}
