/// Turns a session's values into what a store can keep, and back.
///
/// Nothing is evaluated: functions are kept as source with what they captured, and are parsed and bound.
public final class ValueCodec {
  let modules: ModuleLoader
  /// The session's own names.
  let home: Globals

  init(modules: ModuleLoader, home: Globals) {
    self.modules = modules
    self.home = home
  }

  /// How functions that read session names are kept.
  public enum Binding {
    /// They read the names of the session they are loaded into: the form of a session's own values.
    case toSession
    /// They bring the values of those names with them: the form of what is loaded by other sessions.
    case closed
  }
}

extension ValueCodec {
  /// The stored form of a value.
  ///
  /// Throws a diagnostic for what cannot be kept.
  public func encode(_ value: Value, _ binding: Binding) throws(Diagnostic) -> StoredValue {
    try ValueEncoder(self, binding).run(value)
  }

  /// The value of a stored form.
  ///
  /// Throws a diagnostic when the form is damaged, or needs something this version does not have.
  public func decode(_ stored: StoredValue) throws(Diagnostic) -> Value {
    try ValueDecoder(self, stored).run()
  }
}
