extension Double {
  /// The whole number next to one between 0 and 2^31, the even one of two; anything else gives some number.
  ///
  /// So far from 0 as 2^52 the last bit of a number stands for 1, which makes an addition of the rounding. Here
  /// `rounded` is a call of the C library, and a conversion to `Int` checks its range: together they took a third
  /// of the time of a million points.
  @inline(__always)
  var nearestIndex: Int { Int((self + 0x1p52).bitPattern & 0xffff_ffff) }
}
