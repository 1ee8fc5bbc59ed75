/* Tests and comparisons, which give bytes, and the choice by such bytes. */
#pragma STDC FP_CONTRACT OFF

#define COMPARE(op, sign)                                                                                       \
  CLONES static void NAME(op)(const REAL *a, size_t step_a, const REAL *b, size_t step_b, uint8_t *y, size_t n) { \
    if (step_a && step_b) {                                                                                     \
      LOOP for (size_t i = 0; i < n; i++) y[i] = a[i] sign b[i];                                                \
    } else if (step_a) {                                                                                        \
      const REAL v = *b;                                                                                        \
      LOOP for (size_t i = 0; i < n; i++) y[i] = a[i] sign v;                                                   \
    } else if (step_b) {                                                                                        \
      const REAL u = *a;                                                                                        \
      LOOP for (size_t i = 0; i < n; i++) y[i] = u sign b[i];                                                   \
    } else if (n > 0) {                                                                                         \
      memset(y, *a sign *b, n);                                                                                 \
    }                                                                                                           \
  }

COMPARE(eq, ==)
COMPARE(ne, !=)
COMPARE(lt, <)
COMPARE(le, <=)
COMPARE(gt, >)
COMPARE(ge, >=)

typedef void (*NAME(comparison))(const REAL *, size_t, const REAL *, size_t, uint8_t *, size_t);
static const NAME(comparison) NAME(comparisons)[] = {
    [NNS_EQ] = NAME(eq), [NNS_NE] = NAME(ne), [NNS_LT] = NAME(lt),
    [NNS_LE] = NAME(le), [NNS_GT] = NAME(gt), [NNS_GE] = NAME(ge),
};

struct compare {
  NAME(comparison) compare;
  const REAL *a, *b;
  size_t step_a, step_b;
  uint8_t *y;
};

static void compare_range(const void *context, size_t from, size_t to) {
  const struct compare *c = context;
  c->compare(c->a + from * c->step_a, c->step_a, c->b + from * c->step_b, c->step_b, c->y + from, to - from);
}

void NAME(nns_compare)(nns_compare_op op, const REAL *a, size_t step_a, const REAL *b, size_t step_b, uint8_t *y,
                       size_t n) {
  nns_ranges(n, SHARED, GRAIN, compare_range, &(struct compare){NAME(comparisons)[op], a, b, step_a, step_b, y});
}

#define TEST(op, sign)                                              \
  CLONES static void NAME(op)(const REAL *x, uint8_t *y, size_t n) { \
    const REAL inf = LIBM(__builtin_inf)();                         \
    LOOP for (size_t i = 0; i < n; i++) {                           \
      const REAL size = __builtin_elementwise_abs(x[i]);            \
      y[i] = (sign);                                                \
    }                                                               \
    (void)inf;                                                      \
  }

TEST(isnan, size != size)
TEST(isinf, size == inf)
TEST(isfinite, size < inf)

typedef void (*NAME(test))(const REAL *, uint8_t *, size_t);
static const NAME(test) NAME(tests)[] = {
    [NNS_ISNAN] = NAME(isnan), [NNS_ISINF] = NAME(isinf), [NNS_ISFINITE] = NAME(isfinite)};

struct test {
  NAME(test) test;
  const REAL *x;
  uint8_t *y;
};

static void test_range(const void *context, size_t from, size_t to) {
  const struct test *t = context;
  t->test(t->x + from, t->y + from, to - from);
}

void NAME(nns_test)(nns_test_op op, const REAL *x, uint8_t *y, size_t n) {
  nns_ranges(n, SHARED, GRAIN, test_range, &(struct test){NAME(tests)[op], x, y});
}

/* Both branches are read whatever c says, which lets vectors choose. */
CLONES static void NAME(choose)(const uint8_t *c, const REAL *a, size_t step_a, const REAL *b, size_t step_b, REAL *y,
                                size_t n) {
  if (step_a && step_b) {
    LOOP for (size_t i = 0; i < n; i++) {
      const REAL u = a[i], v = b[i];
      y[i] = c[i] ? u : v;
    }
  } else if (step_a) {
    const REAL v = *b;
    LOOP for (size_t i = 0; i < n; i++) {
      const REAL u = a[i];
      y[i] = c[i] ? u : v;
    }
  } else if (step_b) {
    const REAL u = *a;
    LOOP for (size_t i = 0; i < n; i++) {
      const REAL v = b[i];
      y[i] = c[i] ? u : v;
    }
  } else {
    const REAL u = *a, v = *b;
    LOOP for (size_t i = 0; i < n; i++) y[i] = c[i] ? u : v;
  }
}

struct where {
  const uint8_t *c;
  const REAL *a, *b;
  size_t step_c, step_a, step_b;
  REAL *y;
};

static void where_range(const void *context, size_t from, size_t to) {
  const struct where *w = context;
  const size_t n = to - from;
  REAL *y = w->y + from;
  if (w->step_c) {
    NAME(choose)(w->c + from, w->a + from * w->step_a, w->step_a, w->b + from * w->step_b, w->step_b, y, n);
    return;
  }
  const REAL *chosen = *w->c ? w->a : w->b;
  if (*w->c ? w->step_a : w->step_b)
    memmove(y, chosen + from, n * sizeof(REAL));
  else
    NAME(nns_fill)(*chosen, y, n);
}

void NAME(nns_where)(const uint8_t *c, size_t step_c, const REAL *a, size_t step_a, const REAL *b, size_t step_b,
                     REAL *y, size_t n) {
  if (n == 0) return;
  const REAL first_a = *a, first_b = *b; /* may lie within y */
  const struct where w = {c, step_a ? a : &first_a, step_b ? b : &first_b, step_c, step_a, step_b, y};
  nns_ranges(n, SHARED, GRAIN, where_range, &w);
}
