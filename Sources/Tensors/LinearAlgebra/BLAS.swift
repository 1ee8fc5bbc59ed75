#if canImport(Glibc)
  import Glibc
#endif

/// OpenBLAS, opened when it is first needed, so that a session without linear algebra starts without it.
///
/// It runs on the calling thread only: its own threading changes bits.
struct BLAS: Sendable {
  typealias ProductF64 =
    @convention(c) (
      Int32, Int32, Int32, Int32, Int32, Int32, Double, UnsafePointer<Double>, Int32, UnsafePointer<Double>,
      Int32,
      Double, UnsafeMutablePointer<Double>, Int32
    ) -> Void
  typealias ProductF32 =
    @convention(c) (
      Int32, Int32, Int32, Int32, Int32, Int32, Float, UnsafePointer<Float>, Int32, UnsafePointer<Float>,
      Int32,
      Float, UnsafeMutablePointer<Float>, Int32
    ) -> Void
  private typealias SetThreads = @convention(c) (Int32) -> Void

  let productF64: ProductF64
  let productF32: ProductF32
  let lapack: LAPACK

  private static let opened = open()

  /// The library.
  ///
  /// Throws ``TensorError/missingLibrary(_:)`` where it is not installed.
  static func shared() throws(TensorError) -> BLAS {
    guard let opened else { throw .missingLibrary("libopenblas.so.0") }
    return opened
  }

  private static func open() -> BLAS? {
    // Left over from elsewhere they choose kernels of half the speed; read when the library is loaded.
    for name in ["CORETYPE", "L2_SIZE", "BLOCK_FACTOR", "VERBOSE"] { unsetenv("OPENBLAS_" + name) }
    // Otherwise it starts a thread for every core.
    setenv("OPENBLAS_NUM_THREADS", "1", 1)
    defer { unsetenv("OPENBLAS_NUM_THREADS") }
    for name in ["libopenblas.so.0", "libopenblas.so"] {
      guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else { continue }
      let library = Symbols(handle: handle)
      guard let productF64 = library.find("cblas_dgemm", as: ProductF64.self),
        let productF32 = library.find("cblas_sgemm", as: ProductF32.self),
        let lapack = LAPACK(library)
      else { continue }
      if let setThreads = library.find("openblas_set_num_threads", as: SetThreads.self) { setThreads(1) }
      return BLAS(productF64: productF64, productF32: productF32, lapack: lapack)
    }
    return nil
  }
}

/// The functions of a library that was opened.
struct Symbols {
  let handle: UnsafeMutableRawPointer

  /// The function called `name`, which has this C type.
  func find<Function>(_ name: String, as type: Function.Type) -> Function? {
    guard let address = dlsym(handle, name) else { return nil }
    return unsafeBitCast(address, to: type)
  }
}
