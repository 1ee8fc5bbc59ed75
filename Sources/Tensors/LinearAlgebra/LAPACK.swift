/// The routines of LAPACK that are used, under their Fortran names: column-major, everything by
/// address, the lengths of texts at the end.
struct LAPACK: Sendable {
  typealias Text = UnsafePointer<CChar>
  typealias Count = UnsafePointer<Int32>
  typealias Integers = UnsafeMutablePointer<Int32>
  typealias Reals = UnsafeMutablePointer<Double>

  typealias GETRF = @convention(c) (Count, Count, Reals, Count, Integers, Integers) -> Void
  typealias GETRS =
    @convention(c) (Text, Count, Count, Reals, Count, Integers, Reals, Count, Integers, Int) -> Void
  typealias GECON =
    @convention(c) (Text, Count, Reals, Count, Reals, Reals, Reals, Integers, Integers, Int) -> Void
  typealias POTRF = @convention(c) (Text, Count, Reals, Count, Integers, Int) -> Void
  typealias GEQRF = @convention(c) (Count, Count, Reals, Count, Reals, Reals, Count, Integers) -> Void
  typealias ORGQR = @convention(c) (Count, Count, Count, Reals, Count, Reals, Reals, Count, Integers) -> Void
  typealias GESDD =
    @convention(c) (
      Text, Count, Count, Reals, Count, Reals, Reals, Count, Reals, Count, Reals, Count, Integers, Integers,
      Int
    ) -> Void
  typealias GESVD =
    @convention(c) (
      Text, Text, Count, Count, Reals, Count, Reals, Reals, Count, Reals, Count, Reals, Count, Integers, Int,
      Int
    ) -> Void
  typealias SYEVD =
    @convention(c) (
      Text, Text, Count, Reals, Count, Reals, Reals, Count, Integers, Count, Integers, Int, Int
    ) -> Void

  /// Factors P L U.
  let getrf: GETRF
  /// Solves by such factors.
  let getrs: GETRS
  /// Estimates the reciprocal condition number by such factors.
  let gecon: GECON
  /// Cholesky factor.
  let potrf: POTRF
  /// Factors Q R, Q as reflections.
  let geqrf: GEQRF
  /// Q as a matrix.
  let orgqr: ORGQR
  /// Singular values by divide and conquer.
  let gesdd: GESDD
  /// Singular values by iteration, for the rare matrix that the other gives up on.
  let gesvd: GESVD
  /// Eigenvalues and eigenvectors of a symmetric matrix.
  let syevd: SYEVD

  init?(_ library: Symbols) {
    guard let getrf = library.find("dgetrf_", as: GETRF.self),
      let getrs = library.find("dgetrs_", as: GETRS.self),
      let gecon = library.find("dgecon_", as: GECON.self),
      let potrf = library.find("dpotrf_", as: POTRF.self),
      let geqrf = library.find("dgeqrf_", as: GEQRF.self),
      let orgqr = library.find("dorgqr_", as: ORGQR.self),
      let gesdd = library.find("dgesdd_", as: GESDD.self),
      let gesvd = library.find("dgesvd_", as: GESVD.self),
      let syevd = library.find("dsyevd_", as: SYEVD.self)
    else { return nil }
    self.getrf = getrf
    self.getrs = getrs
    self.gecon = gecon
    self.potrf = potrf
    self.geqrf = geqrf
    self.orgqr = orgqr
    self.gesdd = gesdd
    self.gesvd = gesvd
    self.syevd = syevd
  }
}
