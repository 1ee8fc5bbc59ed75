/* Conversions between element types, and arrays made from nothing. */
#include "internal.h"

#pragma STDC FP_CONTRACT OFF

struct conversion {
  const void *x;
  void *y;
};

#define CONVERT(name, FROM, TO, result)                                         \
  CLONES static void name##_some(const FROM *x, TO *y, size_t n) {              \
    LOOP for (size_t i = 0; i < n; i++) {                                       \
      const FROM v = x[i];                                                      \
      y[i] = (result);                                                          \
    }                                                                           \
  }                                                                             \
  static void name##_range(const void *context, size_t from, size_t to) {       \
    const struct conversion *c = context;                                       \
    name##_some((const FROM *)c->x + from, (TO *)c->y + from, to - from);       \
  }                                                                             \
  void nns_##name(const FROM *x, TO *y, size_t n) {                             \
    nns_ranges(n, SHARED, GRAIN, name##_range, &(struct conversion){x, y});     \
  }

CONVERT(f64_to_f32, double, float, (float)v)
CONVERT(f32_to_f64, float, double, v)
CONVERT(bool_to_f64, uint8_t, double, v != 0)
CONVERT(bool_to_f32, uint8_t, float, v != 0)
CONVERT(f64_to_bool, double, uint8_t, v != 0)
CONVERT(f32_to_bool, float, uint8_t, v != 0)

CLONES void nns_fill_f64(double v, double *y, size_t n) {
  LOOP for (size_t i = 0; i < n; i++) y[i] = v;
}

CLONES void nns_fill_f32(float v, float *y, size_t n) {
  LOOP for (size_t i = 0; i < n; i++) y[i] = v;
}

/* Vectors convert 32-bit integers only, and a base plus such an offset is exact below 2^53. */
#define IOTA(name, REAL)                                                         \
  CLONES void name(double start, double step, REAL *y, size_t n) {               \
    const size_t block = (size_t)1 << 30;                                        \
    for (size_t from = 0; from < n; from += block) {                             \
      const size_t left = n - from;                                              \
      const int32_t count = (int32_t)(left < block ? left : block);              \
      LOOP for (int32_t i = 0; i < count; i++)                                   \
        y[from + (size_t)i] = (REAL)(start + ((double)from + i) * step);         \
    }                                                                            \
  }

IOTA(nns_iota_f64, double)
IOTA(nns_iota_f32, float)
