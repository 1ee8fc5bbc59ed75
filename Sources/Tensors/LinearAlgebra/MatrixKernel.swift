import CKernels

/// Matrix products inside of larger operations, on the calling thread: our own kernel for small ones,
/// OpenBLAS for others.
struct MatrixKernel: Sendable {
  let dtype: DType
  private let blas: BLAS?

  /// A matrix in memory: its stored rows lie `apart` elements from each other.
  struct Rows {
    let pointer: UnsafeMutableRawPointer
    let apart: Int
    var isTransposed = false
  }

  /// For products of at most `work` multiplications each.
  ///
  /// Throws ``TensorError/missingLibrary(_:)`` where they need OpenBLAS and it is not installed.
  init(_ dtype: DType, work: Int) throws(TensorError) {
    self.dtype = dtype
    blas = work <= ProductPlan.smallWork ? nil : try BLAS.shared()
  }

  /// C[m, n] = A[m, k] B[k, n], or added to what C holds.
  func multiply(_ m: Int, _ n: Int, _ k: Int, _ a: Rows, _ b: Rows, into c: Rows, adds: Bool = false) {
    guard m > 0, n > 0 else { return }
    guard let blas, k > 0, m * n * k > ProductPlan.smallWork else {
      switch dtype {
      case .f32:
        nns_gemm_f32(
          a.isTransposed, b.isTransposed, m, n, k, a.pointer.f32, a.apart, b.pointer.f32, b.apart,
          c.pointer.f32,
          c.apart, adds)
      case .f64, .bool:
        nns_gemm_f64(
          a.isTransposed, b.isTransposed, m, n, k, a.pointer.f64, a.apart, b.pointer.f64, b.apart,
          c.pointer.f64,
          c.apart, adds)
      }
      return
    }
    let (rowMajor, asIs, transposed) = (Int32(101), Int32(111), Int32(112))
    let (ta, tb) = (a.isTransposed ? transposed : asIs, b.isTransposed ? transposed : asIs)
    let lengths = (Int32(m), Int32(n), Int32(k))
    switch dtype {
    case .f32:
      blas.productF32(
        rowMajor, ta, tb, lengths.0, lengths.1, lengths.2, 1, a.pointer.f32, Int32(a.apart), b.pointer.f32,
        Int32(b.apart), adds ? 1 : 0, c.pointer.f32, Int32(c.apart))
    case .f64, .bool:
      blas.productF64(
        rowMajor, ta, tb, lengths.0, lengths.1, lengths.2, 1, a.pointer.f64, Int32(a.apart), b.pointer.f64,
        Int32(b.apart), adds ? 1 : 0, c.pointer.f64, Int32(c.apart))
    }
  }
}
