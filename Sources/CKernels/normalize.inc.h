/* Groups scaled to mean 0 and variance 1. Sums run in double over eight lanes for each run of `inner`
 * elements, the runs one after the other: every group is summed by one thread. */

#pragma STDC FP_CONTRACT OFF

enum { NAME(SUM_LANES) = 8 };

struct NAME(normalize) {
  size_t outer, groups, inner;
  double eps;
  const REAL *x, *g;
  REAL *y, *scale;
};

/* The sums over a run of f(i) and of h(i), eight lanes each */
#define SUMS(first, second, expression_first, expression_second)                       \
  double lanes_first[NAME(SUM_LANES)] = {0}, lanes_second[NAME(SUM_LANES)] = {0};      \
  size_t i = 0;                                                                        \
  for (; i + NAME(SUM_LANES) <= n; i += NAME(SUM_LANES))                               \
    for (size_t l = 0; l < NAME(SUM_LANES); l++) {                                     \
      const size_t at = i + l;                                                         \
      lanes_first[l] += (expression_first);                                            \
      lanes_second[l] += (expression_second);                                          \
    }                                                                                  \
  for (size_t l = 0; i < n; i++, l++) {                                                \
    const size_t at = i;                                                               \
    lanes_first[l] += (expression_first);                                              \
    lanes_second[l] += (expression_second);                                            \
  }                                                                                    \
  for (size_t l = 0; l < NAME(SUM_LANES); l++) {                                       \
    first += lanes_first[l];                                                           \
    second += lanes_second[l];                                                         \
  }

INLINE void NAME(run_sums)(const REAL *x, size_t n, double center, double *sum, double *squares) {
  double a = 0, b = 0;
  SUMS(a, b, x[at] - center, (x[at] - center) * (x[at] - center))
  *sum += a;
  *squares += b;
}

INLINE void NAME(product_sums)(const REAL *g, const REAL *y, size_t n, double *sum, double *products) {
  double a = 0, b = 0;
  SUMS(a, b, (double)g[at], (double)g[at] * y[at])
  *sum += a;
  *products += b;
}

CLONES static void NAME(normalize_groups)(const void *context, size_t from, size_t to) {
  const struct NAME(normalize) *p = context;
  const size_t apart = p->groups * p->inner, inner = p->inner;
  const double count = (double)(p->outer * inner);
  for (size_t group = from; group < to; group++) {
    const REAL *x = p->x + group * inner;
    REAL *y = p->y + group * inner;
    double sum = 0, squares = 0, rest = 0;
    for (size_t o = 0; o < p->outer; o++) NAME(run_sums)(x + o * apart, inner, 0, &sum, &squares);
    const double center = sum / count;
    squares = 0;
    for (size_t o = 0; o < p->outer; o++) NAME(run_sums)(x + o * apart, inner, center, &rest, &squares);
    /* Distances from the exact mean would sum to 0; what they sum to corrects for the rounded one. */
    const double variance = (squares - rest * rest / count) / count;
    const REAL middle = (REAL)center, scale = (REAL)(1 / __builtin_sqrt(variance + p->eps));
    p->scale[group] = scale;
    for (size_t o = 0; o < p->outer; o++) {
      const REAL *source = x + o * apart;
      REAL *target = y + o * apart;
      LOOP for (size_t i = 0; i < inner; i++) target[i] = (source[i] - middle) * scale;
    }
  }
}

/* dx = scale (g - mean(g) - y mean(g y)) */
CLONES static void NAME(normalize_groups_back)(const void *context, size_t from, size_t to) {
  const struct NAME(normalize) *p = context;
  const size_t apart = p->groups * p->inner, inner = p->inner;
  const double count = (double)(p->outer * inner);
  for (size_t group = from; group < to; group++) {
    const size_t start = group * inner;
    double sum = 0, products = 0;
    for (size_t o = 0; o < p->outer; o++)
      NAME(product_sums)(p->g + start + o * apart, p->x + start + o * apart, inner, &sum, &products);
    const REAL mean = (REAL)(sum / count), slope = (REAL)(products / count), scale = p->scale[group];
    for (size_t o = 0; o < p->outer; o++) {
      const REAL *g = p->g + start + o * apart, *y = p->x + start + o * apart;
      REAL *target = p->y + start + o * apart;
      LOOP for (size_t i = 0; i < inner; i++) target[i] = scale * (g[i] - mean - y[i] * slope);
    }
  }
}

static void NAME(share_groups)(const struct NAME(normalize) *p, nns_range_body body) {
  const size_t size = p->outer * p->inner;
  nns_ranges(p->groups, rows_per_whole(size), rows_per_grain(size), body, p);
}

void NAME(nns_normalize)(size_t outer, size_t groups, size_t inner, double eps, const REAL *x, REAL *y, REAL *scale) {
  NAME(share_groups)(&(struct NAME(normalize)){outer, groups, inner, eps, x, NULL, y, scale}, NAME(normalize_groups));
}

void NAME(nns_normalize_back)(size_t outer, size_t groups, size_t inner, const REAL *y, const REAL *scale,
                              const REAL *g, REAL *dx) {
  NAME(share_groups)(&(struct NAME(normalize)){outer, groups, inner, 0, y, g, dx, (REAL *)scale},
                     NAME(normalize_groups_back));
}
