/* What attention does to its scores; the products around it are matrix products. */

/* The row less its largest score, exponentials, their sum in eight lanes of double */
INLINE void NAME(share_row)(size_t n, REAL factor, REAL *x) {
  LOOP for (size_t i = 0; i < n; i++) x[i] *= factor;
  REAL most[16], largest = x[0];
  for (size_t l = 0; l < 16; l++) most[l] = x[0];
  size_t k = 0;
  for (; k + 16 <= n; k += 16)
    for (size_t l = 0; l < 16; l++) most[l] = x[k + l] > most[l] ? x[k + l] : most[l];
  for (size_t l = 0; k < n; k++, l++) most[l] = x[k] > most[l] ? x[k] : most[l];
  for (size_t l = 0; l < 16; l++) largest = most[l] > largest ? most[l] : largest;
  LOOP for (size_t i = 0; i < n; i++) x[i] = NAME(exp)(x[i] - largest);
  double lanes[8] = {0}, sum = 0;
  size_t i = 0;
  for (; i + 8 <= n; i += 8)
    for (size_t l = 0; l < 8; l++) lanes[l] += x[i + l];
  for (size_t l = 0; i < n; i++, l++) lanes[l] += x[i];
  for (size_t l = 0; l < 8; l++) sum += lanes[l];
  const REAL share = (REAL)(1 / sum);
  LOOP for (size_t j = 0; j < n; j++) x[j] *= share;
}

CLONES void NAME(nns_shares)(size_t rows, size_t n, size_t seen, double factor, REAL *x) {
  for (size_t row = 0; row < rows; row++, x += n) {
    const size_t here = n > seen + row ? seen + row : n;
    NAME(share_row)(here, (REAL)factor, x);
    memset(x + here, 0, (n - here) * sizeof *x);
  }
}

/* g <- factor shares (g - sum(g shares)) */
CLONES void NAME(nns_shares_back)(size_t rows, size_t n, double factor, const REAL *shares, REAL *g) {
  for (size_t row = 0; row < rows; row++, g += n, shares += n) {
    double lanes[8] = {0}, sum = 0;
    size_t i = 0;
    for (; i + 8 <= n; i += 8)
      for (size_t l = 0; l < 8; l++) lanes[l] += (double)g[i + l] * shares[i + l];
    for (size_t l = 0; i < n; i++, l++) lanes[l] += (double)g[i] * shares[i];
    for (size_t l = 0; l < 8; l++) sum += lanes[l];
    const REAL mean = (REAL)sum, scale = (REAL)factor;
    LOOP for (size_t j = 0; j < n; j++) g[j] = scale * shares[j] * (g[j] - mean);
  }
}
