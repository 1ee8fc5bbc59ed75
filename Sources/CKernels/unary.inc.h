/* Elementwise functions of one argument, after elementary.inc.h and trig.inc.h. */
#include <math.h>

#include "gamma.h"

#pragma STDC FP_CONTRACT OFF

/* Defines the loop of one function, as vectors, or as calls of libm where those are good enough. */
#define MAP(op, result)                                       \
  CLONES static void NAME(map_##op)(const REAL *x, REAL *y, size_t n) { \
    LOOP for (size_t i = 0; i < n; i++) {                     \
      const REAL v = x[i];                                    \
      y[i] = (result);                                        \
    }                                                         \
  }
#define CALL(op, result)                                      \
  static void NAME(map_##op)(const REAL *x, REAL *y, size_t n) { \
    for (size_t i = 0; i < n; i++) {                          \
      const REAL v = x[i];                                    \
      y[i] = (result);                                        \
    }                                                         \
  }

MAP(neg, -v)
MAP(abs, __builtin_elementwise_abs(v))
MAP(sign, v != v ? v : (REAL)((v > 0) - (v < 0)))
MAP(floor, __builtin_elementwise_floor(v))
MAP(ceil, __builtin_elementwise_ceil(v))
MAP(round, __builtin_elementwise_rint(v))
MAP(trunc, __builtin_elementwise_trunc(v))
MAP(sqrt, __builtin_elementwise_sqrt(v))
MAP(rsqrt, 1 / __builtin_elementwise_sqrt(v))
MAP(square, v * v)
MAP(reciprocal, 1 / v)
MAP(exp, NAME(exp)(v))
MAP(exp2, NAME(exp2)(v))
MAP(expm1, NAME(expm1)(v))
MAP(log, NAME(log)(v))
MAP(log2, NAME(log2)(v))
MAP(log10, NAME(log10)(v))
MAP(log1p, NAME(log1p)(v))
MAP(tanh, NAME(tanh)(v))
MAP(erf, NAME(erf)(v))
MAP(sigmoid, NAME(sigmoid)(v))
MAP(softplus, NAME(softplus)(v))
MAP(relu, v <= 0 ? 0 : v)
MAP(step, v > 0 ? 1 : v != v ? v : 0)

CALL(cbrt, LIBM(cbrt)(v))
CALL(tan, LIBM(tan)(v))
CALL(asin, LIBM(asin)(v))
CALL(acos, LIBM(acos)(v))
CALL(atan, LIBM(atan)(v))
CALL(sinh, LIBM(sinh)(v))
CALL(cosh, LIBM(cosh)(v))
CALL(asinh, LIBM(asinh)(v))
CALL(acosh, LIBM(acosh)(v))
CALL(atanh, LIBM(atanh)(v))
CALL(erfc, LIBM(erfc)(v))
CALL(digamma, (REAL)nns_digamma(v))

/* lgamma itself stores the sign in a global, which threads would share. */
static void NAME(map_lgamma)(const REAL *x, REAL *y, size_t n) {
  int sign;
  for (size_t i = 0; i < n; i++) y[i] = NAME(lgamma_with_sign)(x[i], &sign);
}

/* Blocks that hold an angle too large for three parts of pi are walked one by one: libm for those,
 * the function of the vector loop for the others. */
#define TRIG(op)                                                                          \
  CLONES static bool NAME(vector_##op)(const REAL *x, REAL *y, size_t n) {                \
    UINT large = 0;                                                                       \
    LOOP for (size_t i = 0; i < n; i++) large |= !(__builtin_elementwise_abs(x[i]) <= NAME(TRIG_MOST)); \
    if (large) return false;                                                              \
    LOOP for (size_t i = 0; i < n; i++) y[i] = NAME(op##_within)(x[i]);                   \
    return true;                                                                          \
  }                                                                                       \
  static void NAME(map_##op)(const REAL *x, REAL *y, size_t n) {                          \
    enum { BLOCK = 1024 };                                                                \
    for (size_t from = 0; from < n; from += BLOCK) {                                      \
      const size_t to = n - from < BLOCK ? n : from + BLOCK;                              \
      if (NAME(vector_##op)(x + from, y + from, to - from)) continue;                     \
      for (size_t i = from; i < to; i++)                                                  \
        if (!NAME(vector_##op)(x + i, y + i, 1)) y[i] = LIBM(op)(x[i]);                   \
    }                                                                                     \
  }

TRIG(sin)
TRIG(cos)

typedef void (*NAME(map))(const REAL *, REAL *, size_t);

#define ENTRY(OP, op) [NNS_##OP] = NAME(map_##op)
static const NAME(map) NAME(maps)[NNS_UNARY_COUNT] = {
    ENTRY(NEG, neg),         ENTRY(ABS, abs),         ENTRY(SIGN, sign),       ENTRY(FLOOR, floor),
    ENTRY(CEIL, ceil),       ENTRY(ROUND, round),     ENTRY(TRUNC, trunc),     ENTRY(SQRT, sqrt),
    ENTRY(RSQRT, rsqrt),     ENTRY(CBRT, cbrt),       ENTRY(SQUARE, square),   ENTRY(RECIPROCAL, reciprocal),
    ENTRY(EXP, exp),         ENTRY(EXP2, exp2),       ENTRY(EXPM1, expm1),     ENTRY(LOG, log),
    ENTRY(LOG2, log2),       ENTRY(LOG10, log10),     ENTRY(LOG1P, log1p),     ENTRY(SIN, sin),
    ENTRY(COS, cos),         ENTRY(TAN, tan),         ENTRY(ASIN, asin),       ENTRY(ACOS, acos),
    ENTRY(ATAN, atan),       ENTRY(SINH, sinh),       ENTRY(COSH, cosh),       ENTRY(TANH, tanh),
    ENTRY(ASINH, asinh),     ENTRY(ACOSH, acosh),     ENTRY(ATANH, atanh),     ENTRY(ERF, erf),
    ENTRY(ERFC, erfc),       ENTRY(LGAMMA, lgamma),   ENTRY(DIGAMMA, digamma), ENTRY(SIGMOID, sigmoid),
    ENTRY(SOFTPLUS, softplus), ENTRY(RELU, relu),     ENTRY(STEP, step),
};

struct unary {
  NAME(map) map;
  const REAL *x;
  REAL *y;
};

static void unary_range(const void *context, size_t from, size_t to) {
  const struct unary *u = context;
  u->map(u->x + from, u->y + from, to - from);
}

void NAME(nns_unary)(nns_unary_op op, const REAL *x, REAL *y, size_t n) {
  const NAME(map) map = NAME(maps)[op];
  if (n <= SHARED) {
    map(x, y, n);
    return;
  }
  nns_ranges(n, SHARED, GRAIN, unary_range, &(struct unary){map, x, y});
}
