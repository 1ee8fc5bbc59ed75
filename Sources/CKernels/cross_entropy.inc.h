/* Softmax cross-entropy of rows of logits with labels, after elementary.inc.h. */
#include <math.h>

#pragma STDC FP_CONTRACT OFF

/* Exponentials are made a block at a time, so that they become vectors although their sum, whose order is fixed,
 * does not. */
enum { EXPONENTIALS = 64 };

INLINE REAL NAME(largest)(const REAL *z, size_t n) {
  REAL most = z[0];
  for (size_t j = 1; j < n; j++) most = z[j] > most ? z[j] : most;
  return most;
}

/* The sum of e^(z[j] - shift) over every class but the label. */
INLINE REAL NAME(sum_of_others)(const REAL *z, size_t n, size_t label, REAL shift) {
  REAL e[EXPONENTIALS], sum = 0;
  for (size_t from = 0; from < n; from += EXPONENTIALS) {
    const size_t count = n - from < EXPONENTIALS ? n - from : EXPONENTIALS;
    LOOP for (size_t j = 0; j < count; j++) e[j] = NAME(exp)(z[from + j] - shift);
    if (label - from < count) e[label - from] = 0;
    for (size_t j = 0; j < count; j++) sum += e[j];
  }
  return sum;
}

struct cross_entropy {
  const REAL *z;
  const int64_t *labels;
  const REAL *g;
  REAL *y;
  size_t classes;
};

/* log of the sum of e^(z[j] - z[label]), where the label's own term is the 1 of log1p: a loss far below the
 * rounding error of the logits is still exact. */
CLONES static void cross_entropy_rows(const void *context, size_t from, size_t to) {
  const struct cross_entropy *c = context;
  for (size_t i = from; i < to; i++) {
    const REAL *z = c->z + i * c->classes;
    const size_t label = (size_t)c->labels[i];
    const REAL own = z[label], most = NAME(largest)(z, c->classes);
    const REAL shift = own >= most ? own : most, others = NAME(sum_of_others)(z, c->classes, label, shift);
    c->y[i] = own >= most ? NAME(log1p)(others) : (shift - own) + NAME(log)(others + NAME(exp)(own - shift));
  }
}

CLONES static void cross_entropy_slope_rows(const void *context, size_t from, size_t to) {
  const struct cross_entropy *c = context;
  for (size_t i = from; i < to; i++) {
    const REAL *z = c->z + i * c->classes, g = c->g[i];
    REAL *y = c->y + i * c->classes;
    const size_t label = (size_t)c->labels[i];
    const REAL shift = NAME(largest)(z, c->classes), others = NAME(sum_of_others)(z, c->classes, label, shift);
    const REAL share = g / (others + NAME(exp)(z[label] - shift));
    LOOP for (size_t j = 0; j < c->classes; j++) y[j] = NAME(exp)(z[j] - shift) * share;
    /* softmax - 1 without the subtraction, which would leave nothing of a label that is almost certain. */
    y[label] = -others * share;
  }
}

void NAME(nns_cross_entropy)(const REAL *z, const int64_t *labels, REAL *y, size_t rows, size_t classes) {
  const struct cross_entropy c = {z, labels, NULL, y, classes};
  nns_ranges(rows, rows_per_whole(classes), rows_per_grain(classes), cross_entropy_rows, &c);
}

void NAME(nns_cross_entropy_slope)(const REAL *z, const int64_t *labels, const REAL *g, REAL *y, size_t rows,
                                   size_t classes) {
  const struct cross_entropy c = {z, labels, g, y, classes};
  nns_ranges(rows, rows_per_whole(classes), rows_per_grain(classes), cross_entropy_slope_rows, &c);
}
