/* sin, cos and erf, after elementary.inc.h. */
#pragma STDC FP_CONTRACT OFF

/* The sine of x + turns pi/2 for |x| <= TRIG_MOST. The nearest multiple of pi/2 is taken off in
 * three parts, the first step exactly, leaving high + low; then by quadrant, with the corrections
 * for low of fdlibm's k_sin.c and k_cos.c (Sun Microsystems, 1993). */
INLINE REAL NAME(sin_turned)(REAL x, UINT turns) {
  const REAL shifted = FMA(x, NAME(TWO_OVER_PI), NAME(MAGIC)), n = shifted - NAME(MAGIC);
  const REAL first = FMA(n, -NAME(HALF_PI_HIGH), x), second = n * NAME(HALF_PI_MIDDLE), high = first - second;
  const REAL rounded_off = FMA(n, NAME(HALF_PI_MIDDLE), -second);
  const REAL low = ((first - high) - second) - FMA(n, NAME(HALF_PI_LOW), rounded_off);
  const REAL z = high * high, half = (REAL)0.5 * z, rest = 1 - half;
  const REAL sine = high + FMA(high * z, POLYNOMIAL(z, SIN), low * rest);
  const REAL cosine = rest + (((1 - rest) - half) + FMA(z * z, POLYNOMIAL(z, COS), -(high * low)));
  const UINT quadrant = NAME(bits)(shifted) + turns;
  const REAL y = quadrant & 1 ? cosine : sine;
  return NAME(real)(NAME(bits)(y) ^ (quadrant >> 1 << (8 * sizeof(REAL) - 1)));
}

INLINE REAL NAME(sin_within)(REAL x) {
  const REAL y = NAME(sin_turned)(x, 0);
  return x == 0 ? x : y; /* keeps the sign of 0 */
}

INLINE REAL NAME(cos_within)(REAL x) { return NAME(sin_turned)(x, 1); }

/* x + x P(x^2) up to 1, 1 - exp(log(erfc(|x|))) above; both are computed and one is chosen. */
INLINE REAL NAME(erf)(REAL x) {
  const REAL size = __builtin_elementwise_abs(x);
  const REAL small = FMA(size, POLYNOMIAL(size * size, ERF_SMALL), size);
  const REAL large = 1 - NAME(exp_within)(POLYNOMIAL(NAME(at_most)(size, NAME(ERF_MOST)), ERF_TAIL));
  return __builtin_elementwise_copysign(size < 1 ? small : large, x);
}
