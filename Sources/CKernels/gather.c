/* Rows picked and placed by index. */
#include "internal.h"

/* Whole rows are copied by memcpy; single elements of a known size are one load and one store. */
#define MOVE(body_1, body_4, body_8, body_rows)        \
  if (inner == 1 && size == 8) {                       \
    for (size_t k = 0; k < n; k++) body_8;             \
  } else if (inner == 1 && size == 4) {                \
    for (size_t k = 0; k < n; k++) body_4;             \
  } else if (inner == 1 && size == 1) {                \
    for (size_t k = 0; k < n; k++) body_1;             \
  } else {                                             \
    const size_t row = inner * size;                   \
    for (size_t k = 0; k < n; k++) body_rows;          \
  }

#define GATHER(TYPE) ((TYPE *)y)[k] = ((const TYPE *)x)[index[k]]
#define SCATTER(TYPE) ((TYPE *)y)[index[k]] = ((const TYPE *)x)[k]

void nns_gather(size_t size, const void *x, const int64_t *index, size_t n, size_t inner, void *y) {
  MOVE(GATHER(uint8_t), GATHER(uint32_t), GATHER(uint64_t),
       memcpy((char *)y + k * row, (const char *)x + (size_t)index[k] * row, row))
}

void nns_scatter(size_t size, const void *x, const int64_t *index, size_t n, size_t inner, void *y) {
  MOVE(SCATTER(uint8_t), SCATTER(uint32_t), SCATTER(uint64_t),
       memcpy((char *)y + (size_t)index[k] * row, (const char *)x + k * row, row))
}

/* In the order of k, as indices may repeat; within a row the elements are apart. */
#define SCATTER_ADD(name, REAL)                                                                  \
  CLONES void name(const REAL *x, const int64_t *index, size_t n, size_t inner, REAL *y) {       \
    if (inner == 1) {                                                                            \
      for (size_t k = 0; k < n; k++) y[index[k]] += x[k];                                        \
      return;                                                                                    \
    }                                                                                            \
    for (size_t k = 0; k < n; k++) {                                                             \
      const REAL *from = x + k * inner;                                                          \
      REAL *to = y + (size_t)index[k] * inner;                                                   \
      LOOP for (size_t i = 0; i < inner; i++) to[i] += from[i];                                  \
    }                                                                                            \
  }

SCATTER_ADD(nns_scatter_add_f64, double)
SCATTER_ADD(nns_scatter_add_f32, float)
