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
    var held = 0
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

  /// A block of a size that ``sizeClass(of:)`` returned; nil when the system has none.
  static func take(_ size: Int) -> UnsafeMutableRawPointer? {
    if let state, let block = takeKept(size, state) { return block }
    var memory: UnsafeMutableRawPointer?
    guard posix_memalign(&memory, 64, size) == 0 else { return nil }
    return memory
  }

  /// Takes a block back.
  static func give(_ block: UnsafeMutableRawPointer, _ size: Int) {
    if let state, keep(block, size, state) { return }
    free(block)
  }

  private static func takeKept(_ size: Int, _ state: UnsafeMutablePointer<State>) -> UnsafeMutableRawPointer?
  {
    let index = index(of: size)
    lock()
    defer { unlock() }
    guard let block = state.pointee.free[index] else { return nil }
    state.pointee.free[index] = block.load(as: UnsafeMutableRawPointer?.self)
    state.pointee.held -= size
    return block
  }

  private static func keep(
    _ block: UnsafeMutableRawPointer, _ size: Int, _ state: UnsafeMutablePointer<State>
  ) -> Bool {
    let index = index(of: size)
    lock()
    defer { unlock() }
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
