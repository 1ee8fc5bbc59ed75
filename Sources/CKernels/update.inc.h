/* What optimisers do to parameters, their gradients and what they remember of them, in one pass.
 *
 * The constants of a step come in the order in which the rules in Sources/Learning/Optimisers list them. The
 * first two mean the same everywhere: the share of a parameter that is kept, and how much of it is added to its
 * gradient. p may be next and each state its successor: element i is read before it is written. */

#pragma STDC FP_CONTRACT OFF

/* body sees the parameter w, the gradient d with decay added, and states s0… whose successors are t0…. The decay
 * is chosen, not multiplied away, because 0 * inf is nan. */
#define UPDATE(op, ...)                                                                                           \
  CLONES static void NAME(update_##op)(const REAL *c, const REAL *p, const REAL *g, REAL *next,                   \
                                       const REAL *const *s, REAL *const *t, size_t n) {                          \
    const REAL keep = c[0], decay = c[1];                                                                         \
    const REAL *const s0 = s[0], *const s1 = s[1], *const s2 = s[2];                                              \
    REAL *const t0 = t[0], *const t1 = t[1], *const t2 = t[2];                                                    \
    (void)s0, (void)s1, (void)s2, (void)t0, (void)t1, (void)t2;                                                   \
    LOOP for (size_t i = 0; i < n; i++) {                                                                         \
      const REAL w = p[i], d = decay != 0 ? g[i] + decay * w : g[i];                                              \
      __VA_ARGS__                                                                                                 \
    }                                                                                                             \
  }

#define ROOT(x) __builtin_elementwise_sqrt(x)
#define SIGN(x) ((x) > 0 ? (REAL)1 : (x) < 0 ? (REAL)-1 : (x))
#define LARGER(a, b) ((a) > (b) ? (a) : (b))
#define SMALLER(a, b) ((a) < (b) ? (a) : (b))

/* c: keep, decay, lr */
UPDATE(descent, next[i] = keep * w - c[2] * d;)

/* c: keep, decay, lr, momentum */
UPDATE(momentum, const REAL v = c[3] * s0[i] + d; t0[i] = v; next[i] = keep * w - c[2] * v;)
UPDATE(nesterov, const REAL v = c[3] * s0[i] + d; t0[i] = v; next[i] = keep * w - c[2] * (d + c[3] * v);)

/* c: keep, decay, beta1, 1 - beta1, beta2, 1 - beta2, lr / bias of m, 1 / sqrt(bias of v), eps */
#define MOMENTS                                   \
  const REAL m = c[2] * s0[i] + c[3] * d;         \
  const REAL v = c[4] * s1[i] + c[5] * (d * d);   \
  t0[i] = m;                                      \
  t1[i] = v;
UPDATE(adam, MOMENTS next[i] = keep * w - c[6] * m / (ROOT(v) * c[7] + c[8]);)
UPDATE(amsgrad, MOMENTS const REAL most = LARGER(s2[i], v); t2[i] = most;
       next[i] = keep * w - c[6] * m / (ROOT(most) * c[7] + c[8]);)
/* c: …, lr for m, 1 / sqrt(bias of v), eps, lr for g */
UPDATE(nadam, MOMENTS next[i] = keep * w - (c[6] * m + c[9] * d) / (ROOT(v) * c[7] + c[8]);)

/* c: keep, decay, alpha, 1 - alpha, lr, eps, momentum */
#define SQUARES                                 \
  const REAL v = c[2] * s0[i] + c[3] * (d * d); \
  t0[i] = v;
/* A variance that rounding made negative counts as 0. */
#define CENTERED                                \
  SQUARES const REAL a = c[2] * s1[i] + c[3] * d; \
  t1[i] = a;                                    \
  const REAL spread = LARGER(v - a * a, 0);
UPDATE(rmsprop, SQUARES next[i] = keep * w - c[4] * d / (ROOT(v) + c[5]);)
UPDATE(rmsprop_momentum, SQUARES const REAL b = c[6] * s1[i] + d / (ROOT(v) + c[5]); t1[i] = b;
       next[i] = keep * w - c[4] * b;)
UPDATE(rmsprop_centered, CENTERED next[i] = keep * w - c[4] * d / (ROOT(spread) + c[5]);)
UPDATE(rmsprop_centered_momentum, CENTERED const REAL b = c[6] * s2[i] + d / (ROOT(spread) + c[5]); t2[i] = b;
       next[i] = keep * w - c[4] * b;)

/* c: keep, decay, lr, eps */
UPDATE(adagrad, const REAL v = s0[i] + d * d; t0[i] = v; next[i] = keep * w - c[2] * d / (ROOT(v) + c[3]);)

/* c: keep, decay, rho, 1 - rho, lr, eps */
UPDATE(adadelta, SQUARES const REAL u = s1[i], step = ROOT(u + c[5]) / ROOT(v + c[5]) * d;
       t1[i] = c[2] * u + c[3] * (step * step); next[i] = keep * w - c[4] * step;)

/* c: keep, decay, beta1, 1 - beta1, beta2, 1 - beta2, lr */
UPDATE(lion, const REAL m = s0[i], u = c[2] * m + c[3] * d; t0[i] = c[4] * m + c[5] * d;
       next[i] = keep * w - c[6] * SIGN(u);)

/* c: keep, decay, growth, shrinkage, smallest step, largest step */
UPDATE(rprop, const REAL turn = d * s0[i];
       const REAL size = s1[i] * (turn > 0 ? c[2] : turn < 0 ? c[3] : 1);
       const REAL step = LARGER(SMALLER(size, c[5]), c[4]), used = turn < 0 ? 0 : d; t0[i] = used; t1[i] = step;
       next[i] = keep * w - SIGN(used) * step;)

typedef void (*NAME(update))(const REAL *, const REAL *, const REAL *, REAL *, const REAL *const *, REAL *const *,
                             size_t);

#define ENTRY(OP, op) [NNS_UPDATE_##OP] = NAME(update_##op)
static const NAME(update) NAME(updates)[NNS_UPDATE_COUNT] = {
    ENTRY(DESCENT, descent),
    ENTRY(MOMENTUM, momentum),
    ENTRY(NESTEROV, nesterov),
    ENTRY(ADAM, adam),
    ENTRY(AMSGRAD, amsgrad),
    ENTRY(NADAM, nadam),
    ENTRY(RMSPROP, rmsprop),
    ENTRY(RMSPROP_MOMENTUM, rmsprop_momentum),
    ENTRY(RMSPROP_CENTERED, rmsprop_centered),
    ENTRY(RMSPROP_CENTERED_MOMENTUM, rmsprop_centered_momentum),
    ENTRY(ADAGRAD, adagrad),
    ENTRY(ADADELTA, adadelta),
    ENTRY(LION, lion),
    ENTRY(RPROP, rprop),
};

struct update {
  NAME(update) body;
  const REAL *constants, *p, *g;
  REAL *next;
  const REAL *const *states;
  REAL *const *successors;
};

static void update_range(const void *context, size_t from, size_t to) {
  const struct update *u = context;
  const REAL *states[NNS_UPDATE_STATES];
  REAL *successors[NNS_UPDATE_STATES];
  for (int k = 0; k < NNS_UPDATE_STATES; k++) {
    states[k] = u->states[k] ? u->states[k] + from : NULL;
    successors[k] = u->successors[k] ? u->successors[k] + from : NULL;
  }
  u->body(u->constants, u->p + from, u->g + from, u->next + from, states, successors, to - from);
}

void NAME(nns_update)(nns_update_op op, const double *constants, const REAL *p, const REAL *g, REAL *next,
                      const REAL *const *states, REAL *const *successors, size_t n) {
  REAL c[NNS_UPDATE_CONSTANTS];
  for (int k = 0; k < NNS_UPDATE_CONSTANTS; k++) c[k] = (REAL)constants[k];
  const struct update u = {NAME(updates)[op], c, p, g, next, states, successors};
  nns_ranges(n, SHARED, GRAIN, update_range, &u);
}
