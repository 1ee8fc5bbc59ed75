/// How a file stores one number.
enum ElementKind: Equatable, CaseIterable {
  case bool, i8, u8, i16, u16, i32, u32, i64, u64, f16, bf16, f32, f64

  /// Bytes of one element.
  var size: Int {
    switch self {
    case .bool, .i8, .u8: 1
    case .i16, .u16, .f16, .bf16: 2
    case .i32, .u32, .f32: 4
    case .i64, .u64, .f64: 8
    }
  }

  /// The bytes that this many elements along each axis take; nil when no memory could hold them.
  func byteCount(_ lengths: [Int]) -> Int? {
    // A length of 0 anywhere makes the product 0, whatever the others are.
    if lengths.contains(0) { return 0 }
    var bytes = size
    for length in lengths {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: length)
      if overflow || product < 0 { return nil }
      bytes = product
    }
    return bytes
  }
}
