import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Freed blocks kept by size, because touching fresh pages costs more than most kernels.
///
/// Sizes are rounded up to four steps per power of two, so that a block serves its neighbours. What the
/// pool holds is capped. A free block holds the address of the next one of its size.
enum StoragePool {
  private struct State {
    /// Bytes in free blocks.
    var held = 0
    /// Bytes in blocks that tensors have.
    var used = 0
    var free: InlineArray<256, UnsafeMutableRawPointer?> = InlineArray(repeating: nil)
  }

  /// The most the pool keeps, in bytes.
  static let cap = 1 << 30
  private static let smallest = 64
  private static let isLocked = Atomic<Bool>(false)

  // Reached only between `lock` and `unlock`, apart from what never changes. Nil under AddressSanitizer,
  // which must see every free.
  nonisolated(unsafe) private static let state: UnsafeMutablePointer<State>? = {
    if getenv("NNS_NO_POOL") != nil { return nil }
    let state = UnsafeMutablePointer<State>.allocate(capacity: 1)
    state.initialize(to: State())
    return state
  }()

  /// The bytes a request is rounded up to.
  static func sizeClass(of bytes: Int) -> Int {
    guard bytes > smallest else { return smallest }
    let power = Int.bitWidth - 1 - (bytes - 1).leadingZeroBitCount
    let step = max(smallest, 1 << (power - 2))
    return (bytes + step - 1) / step * step
  }

  private static func index(of size: Int) -> Int {
    let power = Int.bitWidth - 1 - size.leadingZeroBitCount
    return power * 4 + ((size >> (power - 2)) & 3)
  }

  /// A block of a size that ``sizeClass(of:)`` returned, or why there is none.
  ///
  /// Throws ``TensorError/exhausted(bytes:used:limit:)`` when all blocks together would pass `limit`.
  static func take(_ size: Int, limit: Int) throws(TensorError) -> UnsafeMutableRawPointer {
    if let state, let block = try takeKept(size, state, limit) { return block }
    var memory: UnsafeMutableRawPointer?
    guard posix_memalign(&memory, 64, size) == 0, let memory else {
      forget(size)
      throw .allocation(bytes: size, limit: limit)
    }
    Storage.preferLargePages(UnsafeMutableRawBufferPointer(start: memory, count: size))
    return memory
  }

  /// Takes a block back.
  static func give(_ block: UnsafeMutableRawPointer, _ size: Int) {
    if let state, keep(block, size, state) { return }
    free(block)
  }

  /// A free block, nil when there is none of this size; it counts as used either way.
  private static func takeKept(
    _ size: Int, _ state: UnsafeMutablePointer<State>, _ limit: Int
  ) throws(TensorError) -> UnsafeMutableRawPointer? {
    let index = index(of: size)
    lock()
    defer { unlock() }
    let used = state.pointee.used
    // A small block is never refused, so that errors can be reported and names deleted.
    guard used + size <= limit || size <= 4096 else {
      throw .exhausted(bytes: size, used: used, limit: limit)
    }
    state.pointee.used = used + size
    guard let block = state.pointee.free[index] else { return nil }
    state.pointee.free[index] = block.load(as: UnsafeMutableRawPointer?.self)
    state.pointee.held -= size
    return block
  }

  /// Takes back the count of a block that the system did not have.
  private static func forget(_ size: Int) {
    guard let state else { return }
    lock()
    defer { unlock() }
    state.pointee.used -= size
  }

  private static func keep(
    _ block: UnsafeMutableRawPointer, _ size: Int, _ state: UnsafeMutablePointer<State>
  ) -> Bool {
    let index = index(of: size)
    lock()
    defer { unlock() }
    state.pointee.used -= size
    guard state.pointee.held + size <= cap else { return false }
    block.storeBytes(of: state.pointee.free[index], as: UnsafeMutableRawPointer?.self)
    state.pointee.free[index] = block
    state.pointee.held += size
    return true
  }

  // Held for a few instructions, so waiting in place beats sleeping.
  @inline(__always)
  private static func lock() {
    while isLocked.exchange(true, ordering: .acquiring) { sched_yield() }
  }

  @inline(__always)
  private static func unlock() { isLocked.store(false, ordering: .releasing) }
}
