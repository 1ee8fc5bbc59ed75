import CSQLite

/// A value that a statement's `?` can stand for.
protocol Bindable {
  /// Binds it at a position from 1 on and returns SQLite's result code.
  func bind(_ statement: OpaquePointer, _ index: Int32) -> Int32
}

extension Int: Bindable {
  func bind(_ statement: OpaquePointer, _ index: Int32) -> Int32 {
    sqlite3_bind_int64(statement, index, sqlite3_int64(self))
  }
}

extension Double: Bindable {
  /// SQLite knows no nan: it becomes NULL.
  func bind(_ statement: OpaquePointer, _ index: Int32) -> Int32 {
    sqlite3_bind_double(statement, index, self)
  }
}

extension String: Bindable {
  func bind(_ statement: OpaquePointer, _ index: Int32) -> Int32 {
    var text = self
    return text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        // An empty text has no address, which SQLite would take for NULL.
        guard let start = characters.baseAddress, !characters.isEmpty else {
          return nns_sqlite_bind_text(statement, index, "", 0)
        }
        return nns_sqlite_bind_text(statement, index, start, UInt64(characters.count))
      }
    }
  }
}

extension Array: Bindable where Element == UInt8 {
  func bind(_ statement: OpaquePointer, _ index: Int32) -> Int32 {
    withUnsafeBytes { bytes in
      bytes.isEmpty
        ? sqlite3_bind_zeroblob(statement, index, 0)
        : nns_sqlite_bind_blob(statement, index, bytes.baseAddress, UInt64(bytes.count))
    }
  }
}

extension Optional: Bindable where Wrapped: Bindable {
  func bind(_ statement: OpaquePointer, _ index: Int32) -> Int32 {
    self?.bind(statement, index) ?? sqlite3_bind_null(statement, index)
  }
}
