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
    guard let memory = StoragePool.take(capacity) else {
      throw .allocation(bytes: bytes, limit: Storage.limit)
    }
    pointer = memory
  }

  deinit { StoragePool.give(pointer, capacity) }
}

extension Storage {
  /// The largest allocation in bytes: three quarters of the machine's memory unless set.
  public static var limit: Int {
    get { allocationLimit.load(ordering: .relaxed) }
    set { allocationLimit.store(newValue, ordering: .relaxed) }
  }

  private static let allocationLimit = Atomic<Int>(machineMemory / 4 * 3)

  private static var machineMemory: Int {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let pageSize = sysconf(Int32(_SC_PAGESIZE))
    return pages > 0 && pageSize > 0 ? pages * pageSize : 1 << 32
  }
}
