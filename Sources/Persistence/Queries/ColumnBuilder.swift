import CSQLite
import Language
import Tensors

/// Collects a column of an answer: numbers as long as there are only numbers, texts otherwise.
struct ColumnBuilder {
  /// Types of columns whose dtype an answer keeps.
  enum DeclaredType: String {
    case f64 = "REAL"
    case f32 = "FLOAT32"
    case bool = "BOOL"
  }

  /// What the column is called.
  let name: String
  private let index: Int
  private let isDeclaredText: Bool
  private let dtype: DType
  private var numbers: [Double] = []
  private var texts: ContiguousArray<String?>?

  /// An empty column for the answers of `statement`.
  init(_ statement: Statement, _ index: Int, precision: DType) {
    name = statement.columnName(index)
    self.index = index
    let type = statement.declaredType(index)
    isDeclaredText = type == "TEXT"
    switch type.flatMap(DeclaredType.init) {
    case .f64: dtype = .f64
    case .f32: dtype = .f32
    case .bool: dtype = .bool
    case nil: dtype = precision
    }
    if isDeclaredText { texts = [] }
  }

  /// Takes the value of the current row.
  mutating func append(_ statement: Statement) throws(DatabaseError) {
    switch statement.type(index) {
    case SQLITE_BLOB:
      throw DatabaseError(
        code: SQLITE_MISMATCH, message: "the column \(name) holds bytes; hex(\(name)) writes them as text",
        sql: nil)
    case SQLITE_TEXT:
      if texts == nil { texts = ContiguousArray(numbers.map { $0.isNaN ? nil : Display.number($0) }) }
      texts?.append(statement.text(index))
    case SQLITE_NULL where texts != nil: texts?.append(nil)
    case _ where texts != nil: texts?.append(statement.text(index))
    default: numbers.append(statement.number(index))
    }
  }

  /// The finished column.
  func column() throws(DatabaseError) -> Table.Column {
    if let texts { return .text(TextVector(texts)) }
    do throws(TensorError) {
      let tensor = try Tensor(numbers)
      // A missing truth value cannot be one.
      let isTruth = dtype == .bool && numbers.allSatisfy { $0 == 0 || $0 == 1 }
      return .tensor(dtype == .bool && !isTruth ? tensor : try tensor.converted(to: dtype))
    } catch {
      throw DatabaseError(code: SQLITE_NOMEM, message: "the answer does not fit into memory", sql: nil)
    }
  }
}
