/* Reductions of [outer, n, inner] along the middle axis, all accumulated in double. Element i of
 * a block goes to lane i % 8, and lanes are joined 0 with 4, 2 with 6 and so on: a reduction has
 * the same bits whichever axis it runs along. */
#include "tree.h"

#pragma STDC FP_CONTRACT OFF

typedef REAL NAME(reals) __attribute__((ext_vector_type(LANES), aligned(sizeof(REAL))));
typedef double NAME(lanes) __attribute__((ext_vector_type(LANES)));
typedef double NAME(half) __attribute__((ext_vector_type(LANES / 2)));

struct NAME(axis) {
  const REAL *x;
  size_t inner, width; /* elements between rows, columns of the tile */
  const REAL *shift;   /* of every column, taken off before exp */
};

#define PLAIN(v, c) (v)
#define SQUARE(v, c) ((v) * (v))
#define SIZE(v, c) __builtin_elementwise_abs(v)
#define EXP_SHIFTED(v, c) NAME(exp)((REAL)(v) - axis->shift[c])

#define ADD(u, v) ((u) + (v))
#define MULTIPLY(u, v) ((u) * (v))
/* A NaN on either side stays. */
#define LARGER(u, v) ((((v) > (u)) | ((v) != (v))) ? (v) : (u))
#define SMALLER(u, v) ((((v) < (u)) | ((v) != (v))) ? (v) : (u))

/* Vectors go by address: their registers differ between the versions of a function. */
#define JOINS(op, START, JOIN)                                                                  \
  INLINE double NAME(op##_lanes)(const NAME(lanes) *u) {                                        \
    const NAME(half) four = JOIN(u->lo, u->hi);                                                 \
    const double even = JOIN(four[0], four[2]), odd = JOIN(four[1], four[3]);                   \
    return JOIN(even, odd);                                                                     \
  }                                                                                             \
  CLONES static void NAME(op##_join)(double *left, const double *right, size_t width) {         \
    LOOP for (size_t c = 0; c < width; c++) left[c] = JOIN(left[c], right[c]);                  \
  }

/* One contiguous block. What is left over joins the first lanes in memory: numbers are loaded at
 * once from a vector just stored, unlike a vector from numbers. */
#define ROW(op, START, JOIN, EACH)                                                              \
  INLINE double NAME(op##_row)(const REAL *x, size_t n) {                                       \
    NAME(lanes) acc = (NAME(lanes))(START);                                                     \
    size_t i = 0;                                                                               \
    for (; i + LANES <= n; i += LANES) {                                                        \
      const NAME(lanes) v = __builtin_convertvector(*(const NAME(reals) *)(x + i), NAME(lanes)); \
      acc = JOIN(acc, EACH(v, i));                                                              \
    }                                                                                           \
    if (i == n) return NAME(op##_lanes)(&acc);                                                  \
    double lane[LANES];                                                                         \
    memcpy(lane, &acc, sizeof lane);                                                            \
    _Pragma("clang loop vectorize(disable) unroll(disable)") for (size_t j = 0; i < n; i++, j++) { \
      const double v = x[i];                                                                    \
      lane[j] = JOIN(lane[j], EACH(v, i));                                                      \
    }                                                                                           \
    const double a = JOIN(lane[0], lane[4]), b = JOIN(lane[1], lane[5]);                        \
    const double c = JOIN(lane[2], lane[6]), d = JOIN(lane[3], lane[7]);                        \
    const double even = JOIN(a, c), odd = JOIN(b, d);                                           \
    return JOIN(even, odd);                                                                     \
  }                                                                                             \
  CLONES static void NAME(op##_rows)(const REAL *x, REAL *y, size_t rows, size_t n) {           \
    for (size_t r = 0; r < rows; r++) y[r] = (REAL)NAME(op##_row)(x + r * n, n);                \
  }                                                                                             \
  CLONES static void NAME(op##_leaf)(const void *context, size_t from, size_t to, double *out) { \
    const struct NAME(axis) *axis = context;                                                    \
    *out = NAME(op##_row)(axis->x + from, to - from);                                           \
  }

/* A block of several columns, with a row of accumulators for each lane. Narrow rows follow each
 * other without a gap, so eight of them are walked as one long row. */
#define COLUMNS(op, JOINED, START, JOIN, EACH, JUST_ONE_ROW)                                       \
  CLONES static void NAME(op##_columns)(const void *context, size_t from, size_t to, double *out) { \
    const struct NAME(axis) *axis = context;                                                       \
    const size_t width = axis->width, inner = axis->inner;                                         \
    const size_t lanes = to - from < LANES ? to - from : LANES;                                    \
    double acc[LANES * TILE];                                                                      \
    LOOP for (size_t c = 0; c < lanes * width; c++) acc[c] = (START);                              \
    size_t i = from;                                                                               \
    for (; !JUST_ONE_ROW && width == inner && i + LANES <= to; i += LANES) {                       \
      const REAL *x = axis->x + i * inner;                                                         \
      LOOP for (size_t c = 0; c < LANES * width; c++) {                                            \
        const double v = x[c];                                                                     \
        acc[c] = JOIN(acc[c], EACH(v, c));                                                         \
      }                                                                                            \
    }                                                                                              \
    for (; i < to; i++) {                                                                          \
      const REAL *x = axis->x + i * inner;                                                         \
      double *lane = acc + (i - from) % LANES * width;                                             \
      LOOP for (size_t c = 0; c < width; c++) {                                                    \
        const double v = x[c];                                                                     \
        lane[c] = JOIN(lane[c], EACH(v, c));                                                       \
      }                                                                                            \
    }                                                                                              \
    for (size_t apart = LANES / 2; apart > 0; apart /= 2)                                          \
      for (size_t lane = 0; lane < apart && lane + apart < lanes; lane++)                          \
        NAME(JOINED##_join)(acc + lane * width, acc + (lane + apart) * width, width);              \
    memcpy(out, acc, width * sizeof *out);                                                         \
  }

#define REDUCTION(op, START, JOIN, EACH) \
  JOINS(op, START, JOIN)                 \
  ROW(op, START, JOIN, EACH)             \
  COLUMNS(op, op, START, JOIN, EACH, false)

REDUCTION(sum, 0.0, ADD, PLAIN)
REDUCTION(product, 1.0, MULTIPLY, PLAIN)
REDUCTION(largest, -__builtin_inf(), LARGER, PLAIN)
REDUCTION(smallest, __builtin_inf(), SMALLER, PLAIN)
REDUCTION(squares, 0.0, ADD, SQUARE)
REDUCTION(sizes, 0.0, ADD, SIZE)
COLUMNS(exps, sum, 0.0, ADD, EXP_SHIFTED, true)

/* The sum of exp(x - shift), by way of a buffer that stays in cache */
INLINE double NAME(exps_row)(const REAL *x, size_t n, REAL shift) {
  enum { PART = 512 };
  NAME(lanes) acc = (NAME(lanes))(0.0);
  REAL part[PART];
  for (size_t from = 0; from < n; from += PART) {
    const size_t count = n - from < PART ? n - from : PART;
    /* Filled up to whole lanes, so that short rows need no exp outside vectors */
    const size_t whole = (count + LANES - 1) / LANES * LANES;
    LOOP for (size_t i = 0; i < count; i++) part[i] = x[from + i] - shift;
    for (size_t i = count; i < whole; i++) part[i] = -LIBM(__builtin_inf)();
    LOOP for (size_t i = 0; i < whole; i++) part[i] = NAME(exp)(part[i]);
    for (size_t i = 0; i < whole; i += LANES)
      acc += __builtin_convertvector(*(const NAME(reals) *)(part + i), NAME(lanes));
  }
  return NAME(sum_lanes)(&acc);
}

/* Without a finite largest element there is nothing to take off: exp gives 0, inf or NaN. */
INLINE REAL NAME(finite_or_0)(double largest) {
  return __builtin_elementwise_abs(largest) < __builtin_inf() ? (REAL)largest : 0;
}

CLONES static void NAME(exps_leaf)(const void *context, size_t from, size_t to, double *out) {
  const struct NAME(axis) *axis = context;
  *out = NAME(exps_row)(axis->x + from, to - from, *axis->shift);
}

CLONES static void NAME(logsumexp_rows)(const REAL *x, REAL *y, size_t rows, size_t n) {
  for (size_t r = 0; r < rows; r++) {
    const REAL shift = NAME(finite_or_0)(NAME(largest_row)(x + r * n, n));
    y[r] = (REAL)(shift + log(NAME(exps_row)(x + r * n, n, shift)));
  }
}

struct NAME(reduction) {
  void (*rows)(const REAL *x, REAL *y, size_t rows, size_t n); /* for n <= BLOCK */
  void (*leaf)(const void *context, size_t from, size_t to, double *out);
  void (*columns)(const void *context, size_t from, size_t to, double *out);
  void (*join)(double *left, const double *right, size_t width);
  REAL empty;
};

#define ENTRY(op, empty) {NAME(op##_rows), NAME(op##_leaf), NAME(op##_columns), NAME(op##_join), (empty)}
static const struct NAME(reduction) NAME(reductions)[] = {
    [NNS_SUM] = ENTRY(sum, 0),
    [NNS_PROD] = ENTRY(product, 1),
    [NNS_MAX] = ENTRY(largest, -LIBM(__builtin_inf)()),
    [NNS_MIN] = ENTRY(smallest, LIBM(__builtin_inf)()),
    [NNS_SUM_SQUARES] = ENTRY(squares, 0),
    [NNS_SUM_ABS] = ENTRY(sizes, 0),
    [NNS_LOGSUMEXP] = {NAME(logsumexp_rows), NAME(exps_leaf), NAME(exps_columns), NAME(sum_join),
                       -LIBM(__builtin_inf)()},
};

struct NAME(reduce) {
  nns_reduce_op op;
  const REAL *x;
  REAL *y;
  size_t n, inner, tiles; /* tiles across the inner axis */
};

/* One tile of one outer index */
static void NAME(reduce_tile)(const struct NAME(reduce) *r, size_t i) {
  const size_t outer = i / r->tiles, column = i % r->tiles * TILE;
  const size_t width = r->inner - column < TILE ? r->inner - column : TILE;
  const REAL *x = r->x + outer * r->n * r->inner + column;
  REAL *y = r->y + outer * r->inner + column, shift[TILE];
  double out[TILE];
  const struct NAME(axis) axis = {x, r->inner, width, shift};
  const struct NAME(reduction) *reduction = &NAME(reductions)[r->op], *largest = &NAME(reductions)[NNS_MAX];
  if (r->op == NNS_LOGSUMEXP) {
    const nns_tree tree = {r->inner == 1 ? largest->leaf : largest->columns, largest->join, &axis, width};
    nns_tree_reduce(&tree, r->n, out);
    for (size_t c = 0; c < width; c++) shift[c] = NAME(finite_or_0)(out[c]);
  }
  const nns_tree tree = {r->inner == 1 ? reduction->leaf : reduction->columns, reduction->join, &axis, width};
  nns_tree_reduce(&tree, r->n, out);
  if (r->op == NNS_LOGSUMEXP)
    for (size_t c = 0; c < width; c++) out[c] = shift[c] + log(out[c]);
  for (size_t c = 0; c < width; c++) y[c] = (REAL)out[c];
}

static void NAME(reduce_tiles)(const void *context, size_t from, size_t to) {
  for (size_t i = from; i < to; i++) NAME(reduce_tile)(context, i);
}

static void NAME(reduce_rows)(const void *context, size_t from, size_t to) {
  const struct NAME(reduce) *r = context;
  NAME(reductions)[r->op].rows(r->x + from * r->n, r->y + from, to - from, r->n);
}

void NAME(nns_reduce)(nns_reduce_op op, const REAL *x, REAL *y, size_t outer, size_t n, size_t inner) {
  enum { FEW = 8 };
  if (n == 0) {
    for (size_t i = 0; i < outer * inner; i++) y[i] = NAME(reductions)[op].empty;
    return;
  }
  const struct NAME(reduce) r = {op, x, y, n, inner, (inner + TILE - 1) / TILE};
  if (inner == 1 && n <= BLOCK) {
    nns_ranges(outer, rows_per_whole(n), rows_per_grain(n), NAME(reduce_rows), &r);
    return;
  }
  /* Few tiles share the threads within each, many among each other. */
  const size_t count = outer * r.tiles, size = n * (inner < TILE ? inner : TILE);
  nns_ranges(count, count < FEW ? FEW : rows_per_whole(size), rows_per_grain(size), NAME(reduce_tiles), &r);
}

struct NAME(pair) {
  const REAL *a, *b;
};

CLONES static void NAME(dot_leaf)(const void *context, size_t from, size_t to, double *out) {
  const struct NAME(pair) *p = context;
  const REAL *a = p->a + from, *b = p->b + from;
  const size_t n = to - from;
  NAME(lanes) acc = (NAME(lanes))(0.0);
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    acc += __builtin_convertvector(*(const NAME(reals) *)(a + i), NAME(lanes)) *
           __builtin_convertvector(*(const NAME(reals) *)(b + i), NAME(lanes));
  if (i < n) {
    NAME(lanes) rest = (NAME(lanes))(0.0);
    for (size_t j = 0; i < n; i++, j++) rest[j] = (double)a[i] * b[i];
    acc += rest;
  }
  *out = NAME(sum_lanes)(&acc);
}

double NAME(nns_dot)(const REAL *a, const REAL *b, size_t n) {
  if (n == 0) return 0;
  const struct NAME(pair) pair = {a, b};
  const nns_tree tree = {NAME(dot_leaf), NAME(sum_join), &pair, 1};
  double out;
  nns_tree_reduce(&tree, n, &out);
  return out;
}
