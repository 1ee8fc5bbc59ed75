/* Small and narrow matrix products, without packing where the shape allows. Every element sums k
 * in an order that depends on the shapes alone. Products are fused into sums where the machine
 * can. */
#pragma clang fp contract(fast)

/* One row of a tile is 64 bytes, in as many registers as the machine needs for them, or 32 where
 * fewer columns are left. */
enum { NAME(WIDE) = 64 / sizeof(REAL), NAME(NARROW) = 32 / sizeof(REAL), NAME(TALL) = 6, NAME(DEEP) = 256 };
typedef REAL NAME(wide) __attribute__((ext_vector_type(NAME(WIDE)), aligned(sizeof(REAL))));
typedef REAL NAME(narrow) __attribute__((ext_vector_type(NAME(NARROW)), aligned(sizeof(REAL))));

/* What is left to do once transposition of A is strides: A[i, p] is a[i * a_row + p * a_column]. The
 * stored rows of B and those of C lie b_row and c_row apart. */
struct NAME(product) {
  bool tb, packed, adds;
  size_t m, n, k, a_row, a_column, b_row, c_row;
  const REAL *a, *b;
  REAL *c;
};

/* A few columns of B and C, over a part of k */
struct NAME(panel) {
  const REAL *b;
  size_t b_row, depth, start, column, columns;
};

/* `rows` rows of C from i on, all in registers; the number is a constant where this is inlined. */
#define TILE_OF(vector, WIDTH)                                                                               \
  INLINE void NAME(vector##_tile)(size_t rows, const struct NAME(product) *g, const struct NAME(panel) *p,   \
                                  size_t i) {                                                                \
    const REAL *a = g->a + i * g->a_row + p->start * g->a_column, *b = p->b;                                 \
    const size_t a_row = g->a_row, a_column = g->a_column, b_row = p->b_row;                                 \
    NAME(vector) acc[NAME(TALL)];                                                                            \
    for (size_t r = 0; r < rows; r++) acc[r] = (NAME(vector))((REAL)0);                                      \
    for (size_t q = 0; q < p->depth; q++, a += a_column, b += b_row) {                                       \
      const NAME(vector) row = *(const NAME(vector) *)b;                                                     \
      for (size_t r = 0; r < rows; r++) acc[r] += row * a[r * a_row];                                        \
    }                                                                                                        \
    const bool first = p->start == 0 && !g->adds;                                                            \
    for (size_t r = 0; r < rows; r++) {                                                                      \
      REAL *to = g->c + (i + r) * g->c_row + p->column;                                                      \
      if (p->columns == WIDTH) {                                                                             \
        *(NAME(vector) *)to = first ? acc[r] : acc[r] + *(const NAME(vector) *)to;                           \
      } else {                                                                                               \
        for (size_t j = 0; j < p->columns; j++) to[j] = first ? acc[r][j] : acc[r][j] + to[j];               \
      }                                                                                                      \
    }                                                                                                        \
  }                                                                                                          \
  INLINE void NAME(vector##_rows)(const struct NAME(product) *g, const struct NAME(panel) *p, size_t from,   \
                                  size_t to) {                                                               \
    size_t i = from;                                                                                         \
    for (; i + NAME(TALL) <= to; i += NAME(TALL)) NAME(vector##_tile)(NAME(TALL), g, p, i);                  \
    switch (to - i) {                                                                                        \
      case 5: NAME(vector##_tile)(5, g, p, i); break;                                                        \
      case 4: NAME(vector##_tile)(4, g, p, i); break;                                                        \
      case 3: NAME(vector##_tile)(3, g, p, i); break;                                                        \
      case 2: NAME(vector##_tile)(2, g, p, i); break;                                                        \
      case 1: NAME(vector##_tile)(1, g, p, i); break;                                                        \
    }                                                                                                        \
  }

TILE_OF(wide, NAME(WIDE))
TILE_OF(narrow, NAME(NARROW))

/* Moves the panel's part of B next to each other, `width` to a row; what lies between is 0. */
INLINE void NAME(pack)(const struct NAME(product) *g, struct NAME(panel) *p, size_t width, REAL *to) {
  const REAL *from = g->b + (g->tb ? p->column * g->b_row + p->start : p->start * g->b_row + p->column);
  const size_t row = g->tb ? 1 : g->b_row, column = g->tb ? g->b_row : 1;
  if (p->columns < width) memset(to, 0, p->depth * width * sizeof *to);
  for (size_t j = 0; j < p->columns; j++)
    for (size_t q = 0; q < p->depth; q++) to[q * width + j] = from[q * row + j * column];
  p->b = to;
  p->b_row = width;
}

CLONES static void NAME(product_rows)(const void *context, size_t from, size_t to) {
  const struct NAME(product) *g = context;
  REAL packed[NAME(DEEP) * NAME(WIDE)];
  struct NAME(panel) p;
  for (p.start = 0; p.start < g->k; p.start += NAME(DEEP)) {
    p.depth = g->k - p.start < NAME(DEEP) ? g->k - p.start : NAME(DEEP);
    for (p.column = 0; p.column < g->n; p.column += p.columns) {
      const size_t left = g->n - p.column;
      const size_t width = left <= NAME(NARROW) && !g->packed ? NAME(NARROW) : NAME(WIDE);
      p.columns = left < width ? left : width;
      if (g->packed) {
        p.b = g->b + p.column * g->k + p.start * NAME(WIDE);
        p.b_row = NAME(WIDE);
      } else if (g->tb || p.columns < width) {
        NAME(pack)(g, &p, width, packed);
      } else {
        p.b = g->b + p.start * g->b_row + p.column;
        p.b_row = g->b_row;
      }
      if (width == NAME(WIDE)) {
        NAME(wide_rows)(g, &p, from, to);
      } else {
        NAME(narrow_rows)(g, &p, from, to);
      }
    }
  }
}

/* A vector v[k] times a matrix stored [k, n]: rows of the matrix, four at a time, are added up in
 * pieces of the result that stay in cache. */
CLONES static void NAME(vector_matrix)(const void *context, size_t from, size_t to) {
  enum { PIECE = 1024 };
  const struct NAME(product) *g = context;
  for (size_t j = from; j < to; j += PIECE) {
    const size_t width = to - j < PIECE ? to - j : PIECE;
    REAL *y = g->c + j;
    const REAL *b = g->b + j;
    memset(y, 0, width * sizeof *y);
    size_t p = 0;
    for (; p + 4 <= g->k; p += 4) {
      const REAL *b0 = b + p * g->n, *b1 = b0 + g->n, *b2 = b1 + g->n, *b3 = b2 + g->n;
      const REAL v0 = g->a[p], v1 = g->a[p + 1], v2 = g->a[p + 2], v3 = g->a[p + 3];
      LOOP for (size_t i = 0; i < width; i++) y[i] = y[i] + v0 * b0[i] + v1 * b1[i] + v2 * b2[i] + v3 * b3[i];
    }
    for (; p < g->k; p++) {
      const REAL *row = b + p * g->n, v = g->a[p];
      LOOP for (size_t i = 0; i < width; i++) y[i] += v * row[i];
    }
  }
}

/* Sums of products of v with `rows` rows of length k, each with WIDE accumulators */
INLINE void NAME(dots)(size_t rows, size_t k, const REAL *v, const REAL *x, REAL *y) {
  NAME(wide) acc[4];
  for (size_t r = 0; r < rows; r++) acc[r] = (NAME(wide))((REAL)0);
  size_t p = 0;
  for (; p + NAME(WIDE) <= k; p += NAME(WIDE)) {
    const NAME(wide) u = *(const NAME(wide) *)(v + p);
    for (size_t r = 0; r < rows; r++) acc[r] += u * *(const NAME(wide) *)(x + r * k + p);
  }
  for (size_t r = 0; r < rows; r++) {
    for (size_t apart = NAME(WIDE) / 2; apart > 0; apart /= 2)
      for (size_t i = 0; i < apart; i++) acc[r][i] += acc[r][i + apart];
    REAL sum = acc[r][0];
    for (size_t q = p; q < k; q++) sum += v[q] * x[r * k + q];
    y[r] = sum;
  }
}

/* A vector v[k] times a matrix stored [n, k] */
CLONES static void NAME(vector_rows)(const void *context, size_t from, size_t to) {
  const struct NAME(product) *g = context;
  const size_t k = g->k;
  size_t j = from;
  for (; j + 4 <= to; j += 4) NAME(dots)(4, k, g->a, g->b + j * k, g->c + j);
  for (; j < to; j++) NAME(dots)(1, k, g->a, g->b + j * k, g->c + j);
}

/* Threads help from about a million products on, each taking whole tiles. */
enum { NAME(MANY) = 1 << 20, NAME(SOME) = 1 << 18 };

INLINE size_t NAME(parts)(size_t products_each, size_t multiple) {
  const size_t count = NAME(SOME) / (products_each ? products_each : 1);
  return (count / multiple + 1) * multiple;
}

void NAME(nns_small_gemm)(bool ta, bool tb, size_t m, size_t n, size_t k, const REAL *a, const REAL *b, REAL *c) {
  if (m == 0 || n == 0) return;
  if (k == 0) {
    memset(c, 0, m * n * sizeof *c);
    return;
  }
  if (n == 1 && m > 1) { /* the transpose of C is a row as well, and as contiguous */
    const REAL *vector = b;
    b = a;
    a = vector;
    tb = !ta;
    ta = false;
    n = m;
    m = 1;
  }
  const struct NAME(product) g = {.tb = tb, .m = m, .n = n, .k = k, .a_row = ta ? 1 : k, .a_column = ta ? m : 1,
                                  .b_row = tb ? k : n, .c_row = n, .a = a, .b = b, .c = c};
  const bool alone = m * n * k < NAME(MANY);
  if (m == 1) {
    nns_ranges(n, alone ? n : 0, NAME(parts)(k, 4), tb ? NAME(vector_rows) : NAME(vector_matrix), &g);
  } else {
    nns_ranges(m, alone ? m : 0, NAME(parts)(n * k, NAME(TALL)), NAME(product_rows), &g);
  }
}

void NAME(nns_gemm)(bool ta, bool tb, size_t m, size_t n, size_t k, const REAL *a, size_t a_row, const REAL *b,
                    size_t b_row, REAL *c, size_t c_row, bool adds) {
  if (k == 0 && !adds)
    for (size_t i = 0; i < m; i++) memset(c + i * c_row, 0, n * sizeof *c);
  const struct NAME(product) g = {.tb = tb, .adds = adds, .m = m, .n = n, .k = k, .a_row = ta ? 1 : a_row,
                                  .a_column = ta ? a_row : 1, .b_row = b_row, .c_row = c_row, .a = a, .b = b, .c = c};
  NAME(product_rows)(&g, 0, m);
}

size_t NAME(nns_packed_count)(size_t n, size_t k) {
  return (n + NAME(WIDE) - 1) / NAME(WIDE) * NAME(WIDE) * k;
}

void NAME(nns_pack)(bool tb, size_t n, size_t k, const REAL *b, size_t b_row, REAL *packed) {
  const struct NAME(product) g = {.tb = tb, .n = n, .k = k, .b_row = b_row, .b = b};
  struct NAME(panel) p = {.depth = k};
  for (; p.column < n; p.column += NAME(WIDE), packed += NAME(WIDE) * k) {
    p.columns = n - p.column < NAME(WIDE) ? n - p.column : NAME(WIDE);
    NAME(pack)(&g, &p, NAME(WIDE), packed);
  }
}

void NAME(nns_gemm_packed)(size_t m, size_t n, size_t k, const REAL *a, size_t a_row, const REAL *packed, REAL *c,
                           size_t c_row, bool adds) {
  const struct NAME(product) g = {.packed = true, .adds = adds, .m = m, .n = n, .k = k, .a_row = a_row,
                                  .a_column = 1, .c_row = c_row, .a = a, .b = packed, .c = c};
  NAME(product_rows)(&g, 0, m);
}
