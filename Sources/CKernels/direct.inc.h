/* Convolutions without columns. Where windows move in steps of one, tap t of all places of an image is the
 * image itself from an offset on, read in rows as wide as the image: what falls beside a row's last place
 * is computed as well, and left out when the places are copied to where they belong. */
#pragma clang fp contract(fast)

enum { NAME(WIDE) = 64 / sizeof(REAL), NAME(NARROW) = 32 / sizeof(REAL), NAME(TALL) = 6 };
typedef REAL NAME(wide) __attribute__((ext_vector_type(NAME(WIDE)), aligned(sizeof(REAL))));
typedef REAL NAME(narrow) __attribute__((ext_vector_type(NAME(NARROW)), aligned(sizeof(REAL))));

/* c[i, j] = sum over t of w[i, t] image[offset[t] + j], for `rows` rows and one vector of places */
INLINE void NAME(place_tile)(size_t rows, size_t taps, const REAL *w, const REAL *image, const size_t *offsets, REAL *c,
                             size_t c_row) {
  NAME(wide) acc[NAME(TALL)];
  for (size_t r = 0; r < rows; r++) acc[r] = (NAME(wide))((REAL)0);
  for (size_t t = 0; t < taps; t++) {
    const NAME(wide) places = *(const NAME(wide) *)(image + offsets[t]);
    for (size_t r = 0; r < rows; r++) acc[r] += places * w[r * taps + t];
  }
  for (size_t r = 0; r < rows; r++) *(NAME(wide) *)(c + r * c_row) = acc[r];
}

CLONES void NAME(nns_direct)(const nns_direct *d, const REAL *w, const REAL *image, REAL *c) {
  const size_t n = d->places, m = d->outputs, taps = d->taps;
  for (size_t start = 0; start < n; start += NAME(WIDE)) {
    /* The last vector moves back to end with the last place. */
    const size_t j = n - start < NAME(WIDE) ? n - NAME(WIDE) : start;
    size_t i = 0;
    for (; i + NAME(TALL) <= m; i += NAME(TALL))
      NAME(place_tile)(NAME(TALL), taps, w + i * taps, image + j, d->offsets, c + i * n + j, n);
    switch (m - i) {
      case 5: NAME(place_tile)(5, taps, w + i * taps, image + j, d->offsets, c + i * n + j, n); break;
      case 4: NAME(place_tile)(4, taps, w + i * taps, image + j, d->offsets, c + i * n + j, n); break;
      case 3: NAME(place_tile)(3, taps, w + i * taps, image + j, d->offsets, c + i * n + j, n); break;
      case 2: NAME(place_tile)(2, taps, w + i * taps, image + j, d->offsets, c + i * n + j, n); break;
      case 1: NAME(place_tile)(1, taps, w + i * taps, image + j, d->offsets, c + i * n + j, n); break;
    }
  }
}

/* y[i, row, x] = c[i, row * width + x] + b[i] */
CLONES void NAME(nns_direct_places)(const nns_direct *d, const REAL *c, const REAL *b, REAL *y) {
  for (size_t i = 0; i < d->outputs; i++, c += d->places) {
    const REAL bias = b ? b[i] : 0;
    for (size_t row = 0; row < d->rows; row++, y += d->columns) {
      const REAL *source = c + row * d->width;
      LOOP for (size_t x = 0; x < d->columns; x++) y[x] = source[x] + bias;
    }
  }
}

/* Outputs as they lie next to each other when turned */
INLINE size_t NAME(turned_row)(const nns_direct *d) {
  return (d->outputs + NAME(NARROW) - 1) / NAME(NARROW) * NAME(NARROW);
}

/* g[i, row, x] as turned[row * width + x, i], zeros beside the rows and behind the last output: a few
 * places of all outputs at a time, so that what is written stays near. */
CLONES void NAME(nns_direct_turn)(const nns_direct *d, const REAL *g, size_t g_row, REAL *turned) {
  const size_t apart = NAME(turned_row)(d), outputs = d->outputs;
  for (size_t row = 0; row < d->rows; row++, g += d->columns) {
    for (size_t x = 0; x < d->columns; x++, turned += apart) {
      for (size_t i = 0; i < outputs; i++) turned[i] = g[i * g_row + x];
      for (size_t i = outputs; i < apart; i++) turned[i] = 0;
    }
    if (row + 1 == d->rows) return;
    memset(turned, 0, (d->width - d->columns) * apart * sizeof *turned);
    turned += (d->width - d->columns) * apart;
  }
}

/* sums[t, i] += sum over j of image[offset[t] + j] turned[j, i], for `rows` taps and a vector of outputs */
#define TAP_TILE(vector)                                                                                       \
  INLINE void NAME(vector##_taps)(size_t rows, const nns_direct *d, const size_t *offsets, const REAL *image,  \
                                  const REAL *turned, size_t outputs, REAL *sums) {                            \
    const size_t apart = NAME(turned_row)(d);                                                                  \
    NAME(vector) acc[NAME(TALL)];                                                                              \
    const REAL *x[NAME(TALL)];                                                                                 \
    for (size_t r = 0; r < rows; r++) {                                                                        \
      acc[r] = (NAME(vector))((REAL)0);                                                                        \
      x[r] = image + offsets[r];                                                                               \
    }                                                                                                          \
    for (size_t j = 0; j < d->places; j++, turned += apart) {                                                  \
      const NAME(vector) g = *(const NAME(vector) *)turned;                                                    \
      for (size_t r = 0; r < rows; r++) acc[r] += g * x[r][j];                                                 \
    }                                                                                                          \
    for (size_t r = 0; r < rows; r++)                                                                          \
      for (size_t i = 0; i < outputs; i++) sums[r * d->outputs + i] += acc[r][i];                              \
  }                                                                                                            \
  INLINE void NAME(vector##_kernel)(const nns_direct *d, const REAL *image, const REAL *turned, size_t outputs, \
                                    REAL *sums) {                                                              \
    size_t t = 0;                                                                                              \
    for (; t + NAME(TALL) <= d->taps; t += NAME(TALL))                                                         \
      NAME(vector##_taps)(NAME(TALL), d, d->offsets + t, image, turned, outputs, sums + t * d->outputs);       \
    for (; t + 3 <= d->taps; t += 3)                                                                           \
      NAME(vector##_taps)(3, d, d->offsets + t, image, turned, outputs, sums + t * d->outputs);                \
    for (; t < d->taps; t++)                                                                                   \
      NAME(vector##_taps)(1, d, d->offsets + t, image, turned, outputs, sums + t * d->outputs);                \
  }

TAP_TILE(wide)
TAP_TILE(narrow)

CLONES void NAME(nns_direct_kernel)(const nns_direct *d, const REAL *image, const REAL *turned, REAL *sums) {
  size_t i = 0, left = d->outputs;
  for (; left > NAME(NARROW); i += NAME(WIDE), left = d->outputs > i ? d->outputs - i : 0)
    NAME(wide_kernel)(d, image, turned + i, left < NAME(WIDE) ? left : NAME(WIDE), sums + i);
  if (left > 0) NAME(narrow_kernel)(d, image, turned + i, left, sums + i);
}
