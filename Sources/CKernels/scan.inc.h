/* Running sums, products and maxima along the middle axis, accumulated in double. */
#include "tree.h"

#pragma STDC FP_CONTRACT OFF

#define ADD(u, v) ((u) + (v))
#define MULTIPLY(u, v) ((u) * (v))
#define LARGER(u, v) ((((v) > (u)) | ((v) != (v))) ? (v) : (u))

/* Rows are `step` elements apart, which is negative when the scan runs from the end. */
#define SCAN(op, START, JOIN)                                                                          \
  CLONES static void NAME(scan_##op)(const REAL *x, REAL *y, size_t n, ptrdiff_t step, size_t width) { \
    double acc[TILE];                                                                                  \
    for (size_t c = 0; c < width; c++) acc[c] = (START);                                               \
    if (width == 1) {                                                                                  \
      double running = (START);                                                                        \
      for (size_t i = 0; i < n; i++, x += step, y += step) {                                           \
        const double v = *x;                                                                           \
        running = JOIN(running, v);                                                                    \
        *y = (REAL)running;                                                                            \
      }                                                                                                \
      return;                                                                                          \
    }                                                                                                  \
    for (size_t i = 0; i < n; i++, x += step, y += step) {                                             \
      LOOP for (size_t c = 0; c < width; c++) {                                                        \
        const double v = x[c];                                                                         \
        acc[c] = JOIN(acc[c], v);                                                                      \
        y[c] = (REAL)acc[c];                                                                           \
      }                                                                                                \
    }                                                                                                  \
  }

SCAN(sum, 0.0, ADD)
SCAN(product, 1.0, MULTIPLY)
SCAN(largest, -__builtin_inf(), LARGER)

struct scan {
  void (*scan)(const REAL *x, REAL *y, size_t n, ptrdiff_t step, size_t width);
  bool reversed;
  const REAL *x;
  REAL *y;
  size_t n, inner;
};

static void scan_range(const void *context, size_t from, size_t to) {
  const struct scan *s = context;
  for (size_t o = from; o < to; o++) {
    const size_t first = (o * s->n + (s->reversed ? s->n - 1 : 0)) * s->inner;
    const ptrdiff_t step = s->reversed ? -(ptrdiff_t)s->inner : (ptrdiff_t)s->inner;
    for (size_t c = 0; c < s->inner; c += TILE)
      s->scan(s->x + first + c, s->y + first + c, s->n, step, s->inner - c < TILE ? s->inner - c : TILE);
  }
}

void NAME(nns_scan)(nns_scan_op op, bool reversed, const REAL *x, REAL *y, size_t outer, size_t n, size_t inner) {
  if (n == 0) return;
  struct scan s = {NAME(scan_sum), reversed, x, y, n, inner};
  if (op == NNS_CUMPROD) s.scan = NAME(scan_product);
  if (op == NNS_CUMMAX) s.scan = NAME(scan_largest);
  nns_ranges(outer, rows_per_whole(n * inner), rows_per_grain(n * inner), scan_range, &s);
}
