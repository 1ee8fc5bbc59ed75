import Tensors

/// Answers SQL over tables.
public protocol Queries: AnyObject {
  /// The answer to one question that only reads.
  ///
  /// `tables` can be asked under their names. Numbers of the answer that come from a calculation have the
  /// dtype `precision`. Throws a diagnostic when the question cannot be answered.
  func answer(
    _ sql: String, over tables: [(name: String, table: Table)], precision: DType
  ) throws(Diagnostic) -> Table
}
