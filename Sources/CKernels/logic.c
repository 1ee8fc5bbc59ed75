/* Bytes holding truth values: any byte but 0 counts as true, results are 0 or 1. */
#include "internal.h"

#define LOGIC(op, result)                                                                                         \
  CLONES static void op(const uint8_t *a, size_t step_a, const uint8_t *b, size_t step_b, uint8_t *y, size_t n) { \
    if (step_a && step_b) {                                                                                       \
      LOOP for (size_t i = 0; i < n; i++) {                                                                       \
        const bool u = a[i] != 0, v = b[i] != 0;                                                                  \
        y[i] = (result);                                                                                          \
      }                                                                                                           \
    } else if (n > 0) {                                                                                           \
      const uint8_t *walked = step_a ? a : b;                                                                     \
      const size_t step = step_a | step_b;                                                                        \
      const bool v = *(step_a ? b : a) != 0;                                                                      \
      if (step) {                                                                                                 \
        LOOP for (size_t i = 0; i < n; i++) {                                                                     \
          const bool u = walked[i] != 0;                                                                          \
          y[i] = (result);                                                                                        \
        }                                                                                                         \
      } else {                                                                                                    \
        const bool u = *walked != 0;                                                                              \
        memset(y, (result), n);                                                                                   \
      }                                                                                                           \
    }                                                                                                             \
  }

LOGIC(logic_and, u & v)
LOGIC(logic_or, u | v)
LOGIC(logic_xor, u ^ v)

void nns_logic(nns_logic_op op, const uint8_t *a, size_t step_a, const uint8_t *b, size_t step_b, uint8_t *y,
               size_t n) {
  switch (op) {
    case NNS_AND: logic_and(a, step_a, b, step_b, y, n); break;
    case NNS_OR: logic_or(a, step_a, b, step_b, y, n); break;
    case NNS_XOR: logic_xor(a, step_a, b, step_b, y, n); break;
  }
}

CLONES void nns_not(const uint8_t *x, uint8_t *y, size_t n) {
  LOOP for (size_t i = 0; i < n; i++) y[i] = x[i] == 0;
}

/* Along rows the reduction is one loop; across rows, every row is folded into the output. */
CLONES static uint8_t any_byte(const uint8_t *x, size_t n) {
  uint8_t found = 0;
  LOOP for (size_t i = 0; i < n; i++) found |= x[i] != 0;
  return found;
}

CLONES static uint8_t all_bytes(const uint8_t *x, size_t n) {
  uint8_t missing = 0;
  LOOP for (size_t i = 0; i < n; i++) missing |= x[i] == 0;
  return !missing;
}

CLONES static void fold_any(const uint8_t *x, uint8_t *y, size_t n) {
  LOOP for (size_t i = 0; i < n; i++) y[i] |= x[i] != 0;
}

CLONES static void fold_all(const uint8_t *x, uint8_t *y, size_t n) {
  LOOP for (size_t i = 0; i < n; i++) y[i] &= x[i] != 0;
}

void nns_reduce_bool(nns_bool_reduce_op op, const uint8_t *x, uint8_t *y, size_t outer, size_t n, size_t inner) {
  const bool all = op == NNS_ALL;
  for (size_t o = 0; o < outer; o++, x += n * inner, y += inner) {
    if (inner == 1) {
      *y = all ? all_bytes(x, n) : any_byte(x, n);
      continue;
    }
    memset(y, all, inner);
    for (size_t i = 0; i < n; i++) (all ? fold_all : fold_any)(x + i * inner, y, inner);
  }
}

CLONES static size_t count_bytes(const uint8_t *x, size_t n) {
  size_t count = 0;
  LOOP for (size_t i = 0; i < n; i++) count += x[i] != 0;
  return count;
}

CLONES static void fold_count(const uint8_t *x, double *y, size_t n) {
  LOOP for (size_t i = 0; i < n; i++) y[i] += x[i] != 0;
}

void nns_count_bool(const uint8_t *x, double *y, size_t outer, size_t n, size_t inner) {
  for (size_t o = 0; o < outer; o++, x += n * inner, y += inner) {
    if (inner == 1) {
      *y = (double)count_bytes(x, n);
      continue;
    }
    memset(y, 0, inner * sizeof *y);
    for (size_t i = 0; i < n; i++) fold_count(x + i * inner, y, inner);
  }
}
