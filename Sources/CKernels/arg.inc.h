/* Where the largest or smallest element is, after reduce.inc.h. */

/* The first block whose extreme is better than all before, or NaN, holds the answer. */
#define ARG(op, sign)                                                                             \
  CLONES static size_t NAME(arg_##op)(const REAL *x, size_t n) {                                  \
    size_t block = 0;                                                                             \
    double best = NAME(op##_row)(x, n < BLOCK ? n : BLOCK);                                       \
    for (size_t from = BLOCK; from < n && best == best; from += BLOCK) {                          \
      const double other = NAME(op##_row)(x + from, n - from < BLOCK ? n - from : BLOCK);         \
      if (!(other sign best || other != other)) continue;                                         \
      best = other;                                                                               \
      block = from;                                                                               \
    }                                                                                             \
    size_t i = block;                                                                             \
    if (best == best)                                                                             \
      while (x[i] != best) i++;                                                                   \
    else                                                                                          \
      while (x[i] == x[i]) i++;                                                                   \
    return i;                                                                                     \
  }                                                                                               \
  /* Across rows: the best so far of every column, and its index in y. */                         \
  CLONES static void NAME(arg_##op##_columns)(const REAL *x, REAL *y, size_t n, size_t inner, size_t width) { \
    REAL best[TILE];                                                                              \
    memcpy(best, x, width * sizeof *best);                                                        \
    for (size_t c = 0; c < width; c++) y[c] = 0;                                                  \
    for (size_t i = 1; i < n; i++) {                                                              \
      const REAL *row = x + i * inner, index = (REAL)i;                                           \
      LOOP for (size_t c = 0; c < width; c++) {                                                   \
        const REAL v = row[c], b = best[c];                                                       \
        const bool better = (v sign b) | ((v != v) & (b == b));                                   \
        best[c] = better ? v : b;                                                                 \
        y[c] = better ? index : y[c];                                                             \
      }                                                                                           \
    }                                                                                             \
  }

ARG(largest, >)
ARG(smallest, <)

struct NAME(arg) {
  bool largest;
  const REAL *x;
  REAL *y;
  size_t n, inner;
};

static void NAME(arg_range)(const void *context, size_t from, size_t to) {
  const struct NAME(arg) *a = context;
  for (size_t o = from; o < to; o++) {
    const REAL *x = a->x + o * a->n * a->inner;
    REAL *y = a->y + o * a->inner;
    if (a->inner == 1) {
      *y = (REAL)(a->largest ? NAME(arg_largest) : NAME(arg_smallest))(x, a->n);
      continue;
    }
    for (size_t c = 0; c < a->inner; c += TILE) {
      const size_t width = a->inner - c < TILE ? a->inner - c : TILE;
      (a->largest ? NAME(arg_largest_columns) : NAME(arg_smallest_columns))(x + c, y + c, a->n, a->inner, width);
    }
  }
}

void NAME(nns_arg)(bool largest, const REAL *x, REAL *y, size_t outer, size_t n, size_t inner) {
  if (n == 0) return;
  const struct NAME(arg) a = {largest, x, y, n, inner};
  nns_ranges(outer, rows_per_whole(n * inner), rows_per_grain(n * inner), NAME(arg_range), &a);
}
