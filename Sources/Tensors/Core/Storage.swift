import CKernels
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// A block of memory that tensors share, aligned to 64 bytes and drawn from a pool.
///
/// Kernels must be given the storage (or the tensor) as an argument, not a bare pointer obtained
/// from it earlier: an object's life ends at its last use.
public final class Storage {
  /// The first byte.
  let pointer: UnsafeMutableRawPointer
  /// How many bytes there are room for.
  let capacity: Int
  /// What is known about its content from an earlier look; see ``Tensor/pieceHashes()``.
  @exclusivity(unchecked) var pieces = PieceTable()

  /// Memory for at least `bytes` bytes with unspecified content.
  ///
  /// Throws ``TensorError/allocation(bytes:limit:)`` above ``limit``, and ``TensorError/interrupted`` for a
  /// large block when the user asked to stop: kernels then leave results unfinished, and the next one that
  /// needs as much memory must not go on with them.
  init(bytes: Int) throws(TensorError) {
    if bytes > 1 << 20, Threads.isInterrupted { throw .interrupted }
    guard bytes <= Storage.limit else { throw .allocation(bytes: bytes, limit: Storage.limit) }
    capacity = StoragePool.sizeClass(of: bytes)
    pointer = try StoragePool.take(capacity, limit: Storage.limit)
  }

  deinit { StoragePool.give(pointer, capacity) }
}

extension Storage {
  /// The most memory that tensors may take, one alone or all together, in bytes: three quarters of the
  /// machine's unless set.
  public static var limit: Int {
    get { allocationLimit.load(ordering: .relaxed) }
    set { allocationLimit.store(newValue, ordering: .relaxed) }
  }

  /// Throws ``TensorError/allocation(bytes:limit:)`` when `count` elements outside of tensors, in an array or a
  /// list, would be more than the limit.
  public static func checkRoom<Element>(for count: Int, _: Element.Type) throws(TensorError) {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    guard !overflow, bytes <= limit else {
      throw .allocation(bytes: overflow ? Int.max : bytes, limit: limit)
    }
  }

  /// Throws ``TensorError/exhausted(bytes:used:limit:)`` when the whole program is about to pass the limit.
  ///
  /// Takes some microseconds; to be called now and then by what grows without asking for large blocks.
  public static func checkProgram(growingBy bytes: Int) throws(TensorError) {
    let used = residentBytes
    guard used + bytes <= limit else { throw .exhausted(bytes: bytes, used: used, limit: limit) }
  }

  /// What the system says the program occupies, 0 where it does not say.
  private static var residentBytes: Int {
    let file = open("/proc/self/statm", O_RDONLY)
    guard file >= 0 else { return 0 }
    defer { close(file) }
    var text: [UInt8] = Array(repeating: 0, count: 128)
    let count = read(file, &text, text.count)
    // Pages in all, then those in memory, and more.
    let fields = text.prefix(max(0, count)).split(separator: UInt8(ascii: " "))
    guard fields.count > 1, let pages = Int(String(decoding: fields[1], as: UTF8.self)) else { return 0 }
    return pages * sysconf(Int32(_SC_PAGESIZE))
  }

  /// Asks the system for large pages under memory that nobody has written to yet.
  ///
  /// The first touch of a small page costs more than filling it: reading 100 MB takes 25 instead of 65 ms. Does
  /// nothing for small blocks, or where the system has no such pages.
  public static func preferLargePages(_ memory: UnsafeMutableRawBufferPointer) {
    #if canImport(Glibc)
      guard memory.count >= 1 << 22, let start = memory.baseAddress else { return }
      let page = sysconf(Int32(_SC_PAGESIZE))
      let skipped = (page - Int(bitPattern: start) % page) % page
      madvise(start + skipped, (memory.count - skipped) / page * page, MADV_HUGEPAGE)
    #endif
  }

  private static let allocationLimit = Atomic<Int>(machineMemory / 4 * 3)

  private static var machineMemory: Int {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let pageSize = sysconf(Int32(_SC_PAGESIZE))
    return pages > 0 && pageSize > 0 ? pages * pageSize : 1 << 32
  }
}
