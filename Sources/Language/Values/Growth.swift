import Tensors

/// Memory for what grows an item at a time, outside of tensors.
enum Growth {
  /// Throws when `count` items of `stride` bytes are about to become so many more that memory ends.
  ///
  /// Asks the system at every 65536th item only: it takes longer to answer than an item to be added.
  static func check(_ count: Int, adding more: Int, stride: Int) throws(TensorError) {
    let step = 1 << 16
    let grown = count + more
    guard grown / step > count / step else { return }
    let (bytes, overflow) = grown.multipliedReportingOverflow(by: stride)
    guard !overflow, bytes <= Storage.limit else {
      throw .allocation(bytes: overflow ? Int.max : bytes, limit: Storage.limit)
    }
    // Growing may take half of what is there, and the copy that moves it.
    try Storage.checkProgram(growingBy: bytes)
  }
}
