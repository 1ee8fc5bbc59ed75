/* exp, log and their relatives, without branches, so that a loop over any of them becomes vectors.
 * Multiplications and additions are fused only where FMA says so: body, tail and single call of a
 * loop, and machines with and without the instruction, agree to the bit. Errors are below 2 ulp. */
#include "math_f32.h"
#include "math_f64.h"

#pragma STDC FP_CONTRACT OFF

INLINE UINT NAME(bits)(REAL x) {
  UINT u;
  memcpy(&u, &x, sizeof u);
  return u;
}

INLINE REAL NAME(real)(UINT u) {
  REAL x;
  memcpy(&x, &u, sizeof x);
  return x;
}

/* Even and odd coefficients interleaved: half the latency of Horner's rule for one operation more.
 * The loop has a constant length wherever this is used and disappears. */
INLINE REAL NAME(polynomial)(REAL x, const REAL *c, int n) {
  const REAL square = x * x;
  REAL p = n & 1 ? c[n - 1] : FMA(c[n - 1], x, c[n - 2]);
  for (int i = n - (n & 1 ? 3 : 4); i >= 0; i -= 2) p = FMA(p, square, FMA(c[i + 1], x, c[i]));
  return p;
}
#define POLYNOMIAL(x, c) NAME(polynomial)(x, NAME(c), sizeof NAME(c) / sizeof NAME(c)[0])

/* 2^k, for a k that a normal number can have */
INLINE REAL NAME(power_of_2)(UINT k) { return NAME(real)((k + NAME(BIAS)) << NAME(MANTISSA)); }

/* p 2^k in two steps, of which only the second can round or overflow */
INLINE REAL NAME(scale)(REAL p, UINT k) {
  const UINT half = ((k + 4096) >> 1) - 2048;
  return p * NAME(power_of_2)(half) * NAME(power_of_2)(k - half);
}

/* Clamps keep NaN: a comparison with it is false. */
INLINE REAL NAME(at_most)(REAL x, REAL most) { return x > most ? most : x; }
INLINE REAL NAME(at_least)(REAL x, REAL least) { return x < least ? least : x; }

/* x = k ln 2 + high + low, |high| <= ln 2 / 2. The first subtraction is exact. */
typedef struct {
  REAL high, low;
  UINT k;
} NAME(reduced);

INLINE NAME(reduced) NAME(reduce_by_ln2)(REAL x) {
  const REAL shifted = FMA(x, NAME(LOG2E), NAME(MAGIC)), k = shifted - NAME(MAGIC);
  const REAL first = FMA(k, -NAME(LN2), x), high = FMA(k, -NAME(LN2_LOW), first);
  return (NAME(reduced)){high, FMA(k, -NAME(LN2_LOW), first - high), NAME(bits)(shifted) - NAME(bits)(NAME(MAGIC))};
}

/* For an argument within the clamps; kept apart because some callers know that theirs is. */
INLINE REAL NAME(exp_within)(REAL x) {
  const NAME(reduced) r = NAME(reduce_by_ln2)(x);
  return NAME(scale)(1 + FMA(r.high * r.high, POLYNOMIAL(r.high, EXP), r.high), r.k);
}

INLINE REAL NAME(exp)(REAL x) {
  return NAME(exp_within)(NAME(at_least)(NAME(at_most)(x, NAME(EXP_MOST)), NAME(EXP_LEAST)));
}

/* e^x for x <= 0, with every rounding error carried along but the last: for functions that still
 * have to add and divide within 2 ulp. */
INLINE REAL NAME(exp_negative)(REAL x) {
  const NAME(reduced) r = NAME(reduce_by_ln2)(NAME(at_least)(x, NAME(EXP_LEAST)));
  const REAL tail = FMA(r.high * r.high, POLYNOMIAL(r.high, EXP), r.low), sum = 1 + r.high;
  return NAME(scale)(sum + (((1 - sum) + r.high) + tail), r.k);
}

/* The integer part is taken off exactly, so powers of 2 come out exactly. */
INLINE REAL NAME(exp2)(REAL x) {
  x = NAME(at_least)(NAME(at_most)(x, NAME(EXP2_MOST)), NAME(EXP2_LEAST));
  const REAL shifted = x + NAME(MAGIC), part = x - (shifted - NAME(MAGIC));
  const REAL high = part * NAME(LN2), low = FMA(part, NAME(LN2_LOW), FMA(part, NAME(LN2), -high));
  const REAL p = 1 + (high + FMA(high * high, POLYNOMIAL(high, EXP), low));
  return NAME(scale)(p, NAME(bits)(shifted) - NAME(bits)(NAME(MAGIC)));
}

/* (e^x - 1) / 2^k as high + low, from e^x - 1 = 2^k ((e^r - 1) + (1 - 2^-k)), where the second sum
 * brings its rounding error along. */
INLINE NAME(reduced) NAME(expm1_scaled)(REAL x) {
  const NAME(reduced) r = NAME(reduce_by_ln2)(x);
  const REAL tail = FMA(r.high * r.high, POLYNOMIAL(r.high, EXP), r.low);
  /* Beyond the mantissa, 2^-k no longer counts, and would leave the range of exponents. */
  const UINT top = NAME(MANTISSA) + 12, clamped = r.k + 128 > top + 128 ? top : r.k;
  const REAL shift = 1 - NAME(power_of_2)(-clamped), sum = shift + r.high;
  return (NAME(reduced)){sum, ((shift - sum) + r.high) + tail, r.k};
}

INLINE REAL NAME(expm1)(REAL x) {
  const NAME(reduced) e = NAME(expm1_scaled)(NAME(at_least)(NAME(at_most)(x, NAME(EXP_MOST)), NAME(EXPM1_LEAST)));
  const REAL y = NAME(scale)(e.high + e.low, e.k);
  return x == 0 ? x : y; /* keeps the sign of 0 */
}

/* tanh |x| = e / (e + 2) with e = e^(2|x|) - 1. The quotient q of rounded numbers is put right by
 * what they lack: its derivatives by e and by the divisor are 1/(e + 2) = (1 - q)/2 and -q times that. */
INLINE REAL NAME(tanh)(REAL x) {
  const NAME(reduced) p = NAME(expm1_scaled)(2 * NAME(at_most)(__builtin_elementwise_abs(x), NAME(TANH_MOST)));
  const REAL scale = NAME(power_of_2)(p.k), e = (p.high + p.low) * scale;
  const REAL e_lacks = p.low * scale - (e - p.high * scale);
  const REAL divisor = e + 2, divisor_lacks = (e - (divisor - 2)) + e_lacks, q = e / divisor;
  const REAL lacks = e < 1024 ? FMA(-q, divisor_lacks, e_lacks) : 0; /* q is 1, or as good as */
  return __builtin_elementwise_copysign(FMA(lacks, (1 - q) * (REAL)0.5, q), x);
}

/* 1 / (1 + e) or e / (1 + e) with e = e^-|x|, the quotient put right by what is left over of the
 * division and by the rounding of the divisor. 1 / (1 + e) is the one quotient and 1 less the other. */
INLINE REAL NAME(sigmoid)(REAL x) {
  const REAL e = NAME(exp_negative)(-__builtin_elementwise_abs(x)), dividend = x < 0 ? e : 1;
  const REAL divisor = 1 + e, divisor_lacks = e - (divisor - 1), q = dividend / divisor;
  const REAL lacks = FMA(-q, divisor_lacks, FMA(-q, divisor, dividend));
  return FMA(lacks, x < 0 ? 1 - q : q, q);
}

/* x = 2^k (1 + f), sqrt(1/2) <= 1 + f < sqrt(2); then by fdlibm's method (e_log.c), with
 * s = f / (2 + f) and h = f^2/2, log(1 + f) = f - (h - s (h + R(s^2))). */
typedef struct {
  REAL k, f, s, half_square, product;
} NAME(logarithm);

INLINE NAME(logarithm) NAME(log_of_fraction)(REAL k, REAL f) {
  const REAL s = f / (2 + f), z = s * s, half_square = (REAL)0.5 * f * f;
  return (NAME(logarithm)){k, f, s, half_square, s * FMA(z, POLYNOMIAL(z, LOG), half_square)};
}

INLINE NAME(logarithm) NAME(log_parts)(REAL x) {
  const UINT one = (UINT)NAME(BIAS) << NAME(MANTISSA), fraction = ((UINT)1 << NAME(MANTISSA)) - 1;
  const REAL lift = (REAL)((UINT)1 << NAME(MANTISSA));
  const bool tiny = x < NAME(MIN_NORMAL);
  const REAL normal = tiny ? x * lift : x;
  const UINT u = NAME(bits)(normal) + (one - NAME(SQRT_HALF_BITS));
  /* The exponent becomes a number by way of the mantissa of 2^52: vectors cannot convert it. */
  const REAL biased = NAME(real)((u >> NAME(MANTISSA)) | NAME(bits)(lift)) - lift;
  const REAL k = biased - (tiny ? NAME(BIAS) + NAME(MANTISSA) : NAME(BIAS));
  return NAME(log_of_fraction)(k, NAME(real)((u & fraction) + NAME(SQRT_HALF_BITS)) - 1);
}

/* What every logarithm does outside 0 < x < inf */
INLINE REAL NAME(log_edges)(REAL x, REAL inside) {
  const REAL below = x == 0 ? -LIBM(__builtin_inf)() : LIBM(__builtin_nan)("");
  const REAL above = x < LIBM(__builtin_inf)() ? inside : x;
  return x > 0 ? above : below;
}

INLINE REAL NAME(log)(REAL x) {
  const NAME(logarithm) p = NAME(log_parts)(x);
  const REAL tail = FMA(p.k, NAME(LN2_REST), p.product);
  return NAME(log_edges)(x, FMA(p.k, NAME(LN2_SHORT), -((p.half_square - tail) - p.f)));
}

/* k short + (k rest + log(1 + f) (e_high + e_low)), every rounding error carried along, so that
 * exact powers come out exactly. */
INLINE REAL NAME(log_in_base)(NAME(logarithm) p, REAL k_high, REAL k_low, REAL e_high, REAL e_low) {
  const REAL high = p.f - p.half_square, low = ((p.f - high) - p.half_square) + p.product;
  const REAL product = high * e_high;
  const REAL rest = FMA(high, e_high, -product) + FMA(high, e_low, FMA(low, e_high, k_low));
  const REAL sum = k_high + product;
  return sum + (((k_high - sum) + product) + rest);
}

INLINE REAL NAME(log2)(REAL x) {
  const NAME(logarithm) p = NAME(log_parts)(x);
  return NAME(log_edges)(x, NAME(log_in_base)(p, p.k, 0, NAME(LOG2E), NAME(LOG2E_LOW)));
}

INLINE REAL NAME(log10)(REAL x) {
  const NAME(logarithm) p = NAME(log_parts)(x);
  return NAME(log_edges)(x, NAME(log_in_base)(p, p.k * NAME(LOG10_2_SHORT), p.k * NAME(LOG10_2_REST), NAME(LOG10E),
                                              NAME(LOG10E_LOW)));
}

/* log(1 + x) for x > -1: with sum + error = 1 + x exactly, log(sum) + error / sum, where
 * 1 / (1 + f) = (1 - s) / (1 + s) is 1 - 2s + 2s^2 to the two digits that matter. */
INLINE REAL NAME(log1p_within)(REAL x) {
  const REAL sum = 1 + x, back = sum - 1, error = (1 - (sum - back)) + (x - back);
  const UINT one = (UINT)NAME(BIAS) << NAME(MANTISSA), fraction = ((UINT)1 << NAME(MANTISSA)) - 1;
  const UINT u = NAME(bits)(sum) + (one - NAME(SQRT_HALF_BITS)), biased = u >> NAME(MANTISSA);
  const REAL lift = (REAL)((UINT)1 << NAME(MANTISSA));
  const REAL k = NAME(real)(biased | NAME(bits)(lift)) - (lift + NAME(BIAS));
  const NAME(logarithm) p = NAME(log_of_fraction)(k, NAME(real)((u & fraction) + NAME(SQRT_HALF_BITS)) - 1);
  const REAL scaled = error * NAME(real)((2 * NAME(BIAS) - biased) << NAME(MANTISSA));
  const REAL correction = scaled * FMA(p.s, FMA((REAL)2, p.s, (REAL)-2), (REAL)1);
  const REAL tail = p.product + FMA(k, NAME(LN2_REST), correction);
  return FMA(k, NAME(LN2_SHORT), -((p.half_square - tail) - p.f));
}

INLINE REAL NAME(log1p)(REAL x) {
  const REAL y = NAME(log_edges)(1 + x, NAME(log1p_within)(x));
  return x == 0 ? x : y; /* keeps the sign of 0 */
}

INLINE REAL NAME(softplus)(REAL x) {
  return (x < 0 ? 0 : x) + NAME(log1p_within)(NAME(exp_negative)(-__builtin_elementwise_abs(x)));
}
