import CKernels

/// The kernels' threads and the wish to stop them.
public enum Threads {
  /// How many threads share the work of large kernels; 0 asks for the machine's cores.
  public static var count: Int {
    get { nns_threads() }
    set { nns_set_threads(max(0, newValue)) }
  }

  /// The C flag that kernels poll and signal handlers set.
  public static var interruptionFlag: UnsafeMutablePointer<Int32> { nns_interruption_flag() }

  /// Whether somebody asked to stop.
  @inline(__always)
  public static var isInterrupted: Bool {
    get { nns_interruption_flag().pointee != 0 }
    set { nns_interruption_flag().pointee = newValue ? 1 : 0 }
  }

  /// The lowest address and the size of the calling thread's stack, where the system tells.
  public static var stackBounds: (lowest: UInt, size: UInt)? {
    var lowest: UInt = 0
    var size = 0
    return nns_stack_bounds(&lowest, &size) ? (lowest, UInt(size)) : nil
  }
}
