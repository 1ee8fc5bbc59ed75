/* Elementwise functions of two arguments, after elementary.inc.h. */
#include <math.h>

#include "gamma.h"

#pragma STDC FP_CONTRACT OFF

/* A loop for each way of walking; where nothing walks, the single result is repeated. */
#define ZIP(op, result)                                                                                              \
  CLONES static void NAME(zip_##op)(const REAL *a, size_t step_a, const REAL *b, size_t step_b, REAL *y, size_t n) { \
    if (step_a && step_b) {                                                                                          \
      LOOP for (size_t i = 0; i < n; i++) {                                                                          \
        const REAL u = a[i], v = b[i];                                                                               \
        y[i] = (result);                                                                                             \
      }                                                                                                              \
    } else if (step_a) {                                                                                             \
      const REAL v = *b;                                                                                             \
      LOOP for (size_t i = 0; i < n; i++) {                                                                          \
        const REAL u = a[i];                                                                                         \
        y[i] = (result);                                                                                             \
      }                                                                                                              \
    } else if (step_b) {                                                                                             \
      const REAL u = *a;                                                                                             \
      LOOP for (size_t i = 0; i < n; i++) {                                                                          \
        const REAL v = b[i];                                                                                         \
        y[i] = (result);                                                                                             \
      }                                                                                                              \
    } else {                                                                                                         \
      const REAL u = *a, v = *b, r = (result);                                                                       \
      LOOP for (size_t i = 0; i < n; i++) y[i] = r;                                                                  \
    }                                                                                                                \
  }
/* For what has branches or calls within, where vectors are out of reach. */
#define ZIP_CALL(op, result)                                                                                  \
  static void NAME(zip_##op)(const REAL *a, size_t step_a, const REAL *b, size_t step_b, REAL *y, size_t n) { \
    REAL u = *a, v = *b;                                                                                      \
    for (size_t i = 0; i < n; i++) {                                                                          \
      if (step_a) u = a[i];                                                                                   \
      if (step_b) v = b[i];                                                                                   \
      y[i] = (result);                                                                                        \
    }                                                                                                         \
  }

/* max + log1p(exp(-|u - v|)); equal arguments, infinities among them, have no difference. */
INLINE REAL NAME(logaddexp)(REAL u, REAL v) {
  const REAL distance = u == v ? 0 : __builtin_elementwise_abs(u - v);
  return (u > v ? u : v) + NAME(log1p_within)(NAME(exp_negative)(-distance));
}

/* Python's quotient and remainder: rounded down, the sign of the divisor. Where the quotient is
 * small enough to be exact, so is the remainder, once a quotient that rounded up is put right. */
typedef struct {
  REAL quotient, remainder;
} NAME(division);

static NAME(division) NAME(divide_slowly)(REAL u, REAL v) {
  if (v == 0) return (NAME(division)){u / v, LIBM(__builtin_nan)("")};
  REAL remainder = LIBM(fmod)(u, v), quotient = (u - remainder) / v;
  if (remainder == 0) {
    remainder = __builtin_elementwise_copysign(remainder, v);
  } else if ((remainder < 0) != (v < 0)) {
    remainder += v;
    quotient -= 1;
  }
  if (quotient == 0) return (NAME(division)){__builtin_elementwise_copysign(quotient, u / v), remainder};
  const REAL whole = __builtin_elementwise_floor(quotient);
  return (NAME(division)){quotient - whole > (REAL)0.5 ? whole + 1 : whole, remainder};
}

INLINE NAME(division) NAME(divide)(REAL u, REAL v) {
  const REAL ratio = u / v;
  const bool exact = __builtin_elementwise_abs(ratio) < (REAL)((UINT)1 << (NAME(MANTISSA) - 1));
  if (!exact || !(__builtin_elementwise_abs(v) < LIBM(__builtin_inf)())) return NAME(divide_slowly)(u, v);
  const REAL down = __builtin_elementwise_floor(ratio), left = FMA(-down, v, u);
  if (left == 0) return (NAME(division)){down, __builtin_elementwise_copysign(left, v)};
  const bool over = (left < 0) != (v < 0);
  return (NAME(division)){over ? down - 1 : down, over ? left + v : left};
}

/* As pow has it: unlike the square root, 0 for -0 and inf for -inf. */
INLINE REAL NAME(root)(REAL u) {
  const REAL inf = LIBM(__builtin_inf)();
  return u == -inf ? inf : __builtin_elementwise_sqrt(u) + 0;
}

/* libm's pow, spared where the result is one or two operations away. The exponent's value alone
 * decides, so that scalars and arrays agree. */
INLINE REAL NAME(power)(REAL u, REAL v) {
  if (v == 2) return u * u;
  if (v == 3) return NAME(CUBE)(u);
  if (v == (REAL)0.5) return NAME(root)(u);
  if (v == -1) return 1 / u;
  if (v == 1) return u;
  if (v == 0) return 1;
  return LIBM(pow)(u, v);
}

ZIP(add, u + v)
ZIP(sub, u - v)
ZIP(mul, u * v)
ZIP(div, u / v)
ZIP(maximum, ((u > v) | (u != u)) ? u : v)
ZIP(minimum, ((u < v) | (u != u)) ? u : v)
ZIP(logaddexp, NAME(logaddexp)(u, v))
ZIP_CALL(each_power, NAME(power)(u, v))
ZIP_CALL(mod, NAME(divide)(u, v).remainder)
ZIP_CALL(floordiv, NAME(divide)(u, v).quotient)
ZIP_CALL(atan2, LIBM(atan2)(u, v))
ZIP_CALL(hypot, LIBM(hypot)(u, v))
ZIP_CALL(polygamma, (REAL)nns_polygamma(u, v))

/* The same choice once for a whole array */
#define POWER(op, result)                                               \
  CLONES static void NAME(op)(const REAL *a, REAL *y, size_t n) {       \
    LOOP for (size_t i = 0; i < n; i++) {                               \
      const REAL u = a[i];                                              \
      y[i] = (result);                                                  \
    }                                                                   \
  }
POWER(squares, u * u)
POWER(cubes, NAME(CUBE)(u))
POWER(roots, NAME(root)(u))
POWER(inverses, 1 / u)

static void NAME(zip_pow)(const REAL *a, size_t step_a, const REAL *b, size_t step_b, REAL *y, size_t n) {
  const REAL v = *b;
  if (step_b || !step_a || n == 1) {
    NAME(zip_each_power)(a, step_a, b, step_b, y, n);
  } else if (v == 2) {
    NAME(squares)(a, y, n);
  } else if (v == 3) {
    NAME(cubes)(a, y, n);
  } else if (v == (REAL)0.5) {
    NAME(roots)(a, y, n);
  } else if (v == -1) {
    NAME(inverses)(a, y, n);
  } else {
    NAME(zip_each_power)(a, step_a, b, 0, y, n);
  }
}

typedef void (*NAME(zip))(const REAL *, size_t, const REAL *, size_t, REAL *, size_t);

#define ENTRY(OP, op) [NNS_##OP] = NAME(zip_##op)
static const NAME(zip) NAME(zips)[NNS_BINARY_COUNT] = {
    ENTRY(ADD, add),
    ENTRY(SUB, sub),
    ENTRY(MUL, mul),
    ENTRY(DIV, div),
    ENTRY(POW, pow),
    ENTRY(MOD, mod),
    ENTRY(FLOORDIV, floordiv),
    ENTRY(ATAN2, atan2),
    ENTRY(HYPOT, hypot),
    ENTRY(LOGADDEXP, logaddexp),
    ENTRY(MAXIMUM, maximum),
    ENTRY(MINIMUM, minimum),
    ENTRY(POLYGAMMA, polygamma),
};

struct binary {
  NAME(zip) zip;
  const REAL *a, *b;
  size_t step_a, step_b;
  REAL *y;
};

static void binary_range(const void *context, size_t from, size_t to) {
  const struct binary *z = context;
  z->zip(z->a + from * z->step_a, z->step_a, z->b + from * z->step_b, z->step_b, z->y + from, to - from);
}

void NAME(nns_binary)(nns_binary_op op, const REAL *a, size_t step_a, const REAL *b, size_t step_b, REAL *y,
                      size_t n) {
  const NAME(zip) zip = NAME(zips)[op];
  if (n == 0) return;
  if (n <= SHARED) {
    zip(a, step_a, b, step_b, y, n);
    return;
  }
  /* A repeated element might lie within y, where another range writes. */
  const REAL first_a = *a, first_b = *b;
  const struct binary z = {zip, step_a ? a : &first_a, step_b ? b : &first_b, step_a, step_b, y};
  nns_ranges(n, SHARED, GRAIN, binary_range, &z);
}

CLONES static void NAME(axpy)(REAL s, const REAL *x, REAL *y, size_t n) {
  LOOP for (size_t i = 0; i < n; i++) y[i] += s * x[i];
}

struct axpy {
  REAL s;
  const REAL *x;
  REAL *y;
};

static void axpy_range(const void *context, size_t from, size_t to) {
  const struct axpy *a = context;
  NAME(axpy)(a->s, a->x + from, a->y + from, to - from);
}

void NAME(nns_axpy)(REAL s, const REAL *x, REAL *y, size_t n) {
  nns_ranges(n, SHARED, GRAIN, axpy_range, &(struct axpy){s, x, y});
}
