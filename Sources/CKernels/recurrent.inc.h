/* Recurrent layers over whole sequences. The rows of a batch know nothing of each other: panels of them
 * are shared among the threads, each walks all steps, and what is computed for a row depends on its
 * panel alone. */

enum { NAME(PANEL) = 16 };

/* A step of some rows: where the gates of the first one lie, and what belongs to it. */
struct NAME(step) {
  const nns_recurrence *r;
  size_t t, row, rows;
};

INLINE size_t NAME(gate_count)(nns_cell cell) { return cell == NNS_RNN ? 1 : cell == NNS_LSTM ? 4 : 3; }

/* The states before step t of row i, and how far those of the next row are. */
INLINE const REAL *NAME(before)(const nns_recurrence *r, const void *first, const void *states, size_t t, size_t i) {
  if (t == 0) return (const REAL *)first + i * r->features;
  return (const REAL *)states + (i * r->time + t - 1) * r->features;
}

CLONES static void NAME(rnn_rows)(const struct NAME(step) *s) {
  const nns_recurrence *r = s->r;
  const size_t n = r->features;
  const REAL *b = r->b;
  for (size_t i = s->row; i < s->row + s->rows; i++) {
    const size_t at = (i * r->time + s->t) * n;
    REAL *z = (REAL *)r->gates + at, *h = (REAL *)r->hidden + at;
    LOOP for (size_t j = 0; j < n; j++) h[j] = NAME(tanh)(z[j] + b[j]);
  }
}

CLONES static void NAME(lstm_rows)(const struct NAME(step) *s) {
  const nns_recurrence *r = s->r;
  const size_t n = r->features;
  const REAL *b = r->b;
  for (size_t i = s->row; i < s->row + s->rows; i++) {
    const size_t at = (i * r->time + s->t) * n;
    const REAL *c_before = NAME(before)(r, r->c0, r->cells, s->t, i);
    REAL *z = (REAL *)r->gates + 4 * at, *h = (REAL *)r->hidden + at, *c = (REAL *)r->cells + at;
    LOOP for (size_t j = 0; j < 2 * n; j++) z[j] = NAME(sigmoid)(z[j] + b[j]);
    LOOP for (size_t j = 2 * n; j < 3 * n; j++) z[j] = NAME(tanh)(z[j] + b[j]);
    LOOP for (size_t j = 3 * n; j < 4 * n; j++) z[j] = NAME(sigmoid)(z[j] + b[j]);
    LOOP for (size_t j = 0; j < n; j++) {
      const REAL state = z[n + j] * c_before[j] + z[j] * z[2 * n + j];
      c[j] = state;
      h[j] = z[3 * n + j] * NAME(tanh)(state);
    }
  }
}

CLONES static void NAME(gru_rows)(const struct NAME(step) *s) {
  const nns_recurrence *r = s->r;
  const size_t n = r->features;
  const REAL *b = r->b, *c = r->c;
  for (size_t i = s->row; i < s->row + s->rows; i++) {
    const size_t at = (i * r->time + s->t) * n;
    const REAL *before = NAME(before)(r, r->h0, r->hidden, s->t, i), *product = (REAL *)r->scratch + i * 3 * n;
    REAL *z = (REAL *)r->gates + 3 * at, *h = (REAL *)r->hidden + at, *inner = (REAL *)r->inner + at;
    LOOP for (size_t j = 0; j < 2 * n; j++) z[j] = NAME(sigmoid)(z[j] + b[j] + (product[j] + c[j]));
    LOOP for (size_t j = 0; j < n; j++) {
      const REAL recurrent = product[2 * n + j] + c[2 * n + j];
      const REAL m = NAME(tanh)(z[2 * n + j] + b[2 * n + j] + z[j] * recurrent);
      inner[j] = recurrent;
      z[2 * n + j] = m;
      h[j] = (1 - z[n + j]) * m + z[n + j] * before[j];
    }
  }
}

static void NAME(recurrent_panel)(void *context, size_t index) {
  const nns_recurrence *r = context;
  const size_t row = index * NAME(PANEL), left = r->batch - row, n = r->features;
  const size_t rows = left < NAME(PANEL) ? left : NAME(PANEL), width = NAME(gate_count)(r->cell) * n;
  for (size_t t = 0; t < r->time && !nns_interrupted; t++) {
    const struct NAME(step) s = {r, t, row, rows};
    const REAL *h = NAME(before)(r, r->h0, r->hidden, t, row);
    const size_t apart = t == 0 ? n : r->time * n;
    if (r->cell == NNS_GRU) {
      NAME(nns_gemm_packed)(rows, width, n, h, apart, r->u, (REAL *)r->scratch + row * width, width, false);
      NAME(gru_rows)(&s);
      continue;
    }
    REAL *z = (REAL *)r->gates + (row * r->time + t) * width;
    NAME(nns_gemm_packed)(rows, width, n, h, apart, r->u, z, r->time * width, true);
    if (r->cell == NNS_RNN) {
      NAME(rnn_rows)(&s);
    } else {
      NAME(lstm_rows)(&s);
    }
  }
}

void NAME(nns_recurrent)(const nns_recurrence *r) {
  nns_parallel((r->batch + NAME(PANEL) - 1) / NAME(PANEL), NAME(recurrent_panel), (void *)r);
}

/* Going back, dh (and dc) hold what has come back from the later steps. */

CLONES static void NAME(rnn_rows_back)(const struct NAME(step) *s) {
  const nns_recurrence *r = s->r;
  const size_t n = r->features;
  for (size_t i = s->row; i < s->row + s->rows; i++) {
    const size_t at = (i * r->time + s->t) * n;
    const REAL *g = (const REAL *)r->g + at, *h = (const REAL *)r->hidden + at, *dh = (REAL *)r->dh + i * n;
    REAL *dz = (REAL *)r->d_gates + at;
    LOOP for (size_t j = 0; j < n; j++) dz[j] = (g[j] + dh[j]) * (1 - h[j] * h[j]);
  }
}

CLONES static void NAME(lstm_rows_back)(const struct NAME(step) *s) {
  const nns_recurrence *r = s->r;
  const size_t n = r->features;
  for (size_t i = s->row; i < s->row + s->rows; i++) {
    const size_t at = (i * r->time + s->t) * n;
    const REAL *g = (const REAL *)r->g + at, *c = (const REAL *)r->cells + at, *z = (const REAL *)r->gates + 4 * at;
    const REAL *c_before = NAME(before)(r, r->c0, r->cells, s->t, i), *dh = (REAL *)r->dh + i * n;
    REAL *dz = (REAL *)r->d_gates + 4 * at, *dc = (REAL *)r->dc + i * n;
    if (r->g_cells) {
      const REAL *more = (const REAL *)r->g_cells + at;
      LOOP for (size_t j = 0; j < n; j++) dc[j] += more[j];
    }
    LOOP for (size_t j = 0; j < n; j++) {
      const REAL in = z[j], keep = z[n + j], new = z[2 * n + j], out = z[3 * n + j];
      const REAL d = g[j] + dh[j], squashed = NAME(tanh)(c[j]);
      const REAL back = dc[j] + d * out * (1 - squashed * squashed);
      dz[j] = back * new * in * (1 - in);
      dz[n + j] = back * c_before[j] * keep * (1 - keep);
      dz[2 * n + j] = back * in * (1 - new * new);
      dz[3 * n + j] = d * squashed * out * (1 - out);
      dc[j] = back * keep;
    }
  }
}

/* Leaves in dh what goes straight to the state before. */
CLONES static void NAME(gru_rows_back)(const struct NAME(step) *s) {
  const nns_recurrence *r = s->r;
  const size_t n = r->features;
  for (size_t i = s->row; i < s->row + s->rows; i++) {
    const size_t at = (i * r->time + s->t) * n;
    const REAL *g = (const REAL *)r->g + at, *z = (const REAL *)r->gates + 3 * at, *inner = (const REAL *)r->inner + at;
    const REAL *before = NAME(before)(r, r->h0, r->hidden, s->t, i);
    REAL *dz = (REAL *)r->d_gates + 3 * at, *du = (REAL *)r->d_recurrent + 3 * at, *dh = (REAL *)r->dh + i * n;
    LOOP for (size_t j = 0; j < n; j++) {
      const REAL reset = z[j], keep = z[n + j], new = z[2 * n + j], d = g[j] + dh[j];
      const REAL d_new = d * (1 - keep) * (1 - new * new);
      const REAL d_reset = d_new * inner[j] * reset * (1 - reset), d_keep = d * (before[j] - new) * keep * (1 - keep);
      dz[j] = d_reset;
      du[j] = d_reset;
      dz[n + j] = d_keep;
      du[n + j] = d_keep;
      dz[2 * n + j] = d_new;
      du[2 * n + j] = d_new * reset;
      dh[j] = d * keep;
    }
  }
}

static void NAME(recurrent_panel_back)(void *context, size_t index) {
  const nns_recurrence *r = context;
  const size_t row = index * NAME(PANEL), left = r->batch - row, n = r->features;
  const size_t rows = left < NAME(PANEL) ? left : NAME(PANEL), width = NAME(gate_count)(r->cell) * n;
  REAL *dh = (REAL *)r->dh + row * n;
  memset(dh, 0, rows * n * sizeof *dh);
  if (r->dc) memset((REAL *)r->dc + row * n, 0, rows * n * sizeof *dh);
  for (size_t t = r->time; t-- > 0 && !nns_interrupted;) {
    const struct NAME(step) s = {r, t, row, rows};
    if (r->cell == NNS_RNN) {
      NAME(rnn_rows_back)(&s);
    } else if (r->cell == NNS_LSTM) {
      NAME(lstm_rows_back)(&s);
    } else {
      NAME(gru_rows_back)(&s);
    }
    const REAL *d = (const REAL *)r->d_recurrent + (row * r->time + t) * width;
    NAME(nns_gemm_packed)(rows, n, width, d, r->time * width, r->u, dh, n, r->cell == NNS_GRU);
  }
}

void NAME(nns_recurrent_back)(const nns_recurrence *r) {
  nns_parallel((r->batch + NAME(PANEL) - 1) / NAME(PANEL), NAME(recurrent_panel_back), (void *)r);
}
