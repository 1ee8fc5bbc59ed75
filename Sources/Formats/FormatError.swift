import Tensors

/// What can be wrong with the bytes of a file, or with what should become one: facts without a path.
public enum FormatError: Error, Sendable {
  /// There are no bytes, or no record among them.
  case empty
  /// The first bytes are not those of the named format.
  case signature(format: String)
  /// A part needs more bytes than there are.
  case truncated(part: String, wanted: Int, found: Int)
  /// Bytes follow where the named part should be the last.
  case surplus(bytes: Int, after: String)
  /// A part breaks the rules of its format; the text says what was found.
  case malformed(part: String, String)
  /// Something that the format allows and that is not read, or a value that the format has no form for.
  case unsupported(String)
  /// A mistake at a place of a text; lines and columns count from 1, columns in bytes.
  case text(String, line: Int, column: Int)
  /// A record with another number of fields than the names above it; `column` is where it differs.
  case ragged(line: Int, column: Int, fields: Int, wanted: Int)
  /// A byte that belongs to no UTF-8 character.
  case encoding(line: Int, column: Int)
  /// More bytes than are taken, after decompression.
  case size(bytes: Int, limit: Int)
  /// Making a tensor of it failed.
  case tensor(TensorError)
}

/// Runs code of `Tensors`, turning its errors into this module's.
func building<Result>(_ body: () throws(TensorError) -> Result) throws(FormatError) -> Result {
  do { return try body() } catch { throw .tensor(error) }
}

/// Throws when the user asked to stop; for loops over large files.
func checkInterruption() throws(FormatError) {
  if Threads.isInterrupted { throw .tensor(.interrupted) }
}
