/* Windows that move over images: unfolding them into columns, so that a convolution is a matrix
 * product, folding columns back, and pooling. */

/* The places x, as positions outside.. of the image, whose tap `offset` lies inside it. */
INLINE void NAME(inside)(const nns_windows *w, size_t offset, size_t *from, size_t *to) {
  const ptrdiff_t first = (ptrdiff_t)offset - (ptrdiff_t)w->padding_x, step = (ptrdiff_t)w->stride_x;
  const ptrdiff_t low = first >= 0 ? 0 : (-first + step - 1) / step;
  const ptrdiff_t room = (ptrdiff_t)w->width - first; /* positions first + x step < width */
  const ptrdiff_t high = room <= 0 ? 0 : (room + step - 1) / step;
  const ptrdiff_t count = (ptrdiff_t)w->out_width;
  *from = (size_t)(low < count ? low : count);
  *to = (size_t)(high < count ? high : count);
  if (*to < *from) *to = *from;
}

/* The row of the image that tap `offset` of output row `y` lies in; false outside of it. */
INLINE bool NAME(row)(const nns_windows *w, size_t y, size_t offset, size_t *row) {
  const size_t at = y * w->stride_y + offset;
  *row = at - w->padding_y;
  return at >= w->padding_y && *row < w->height;
}

/* Output rows from..<to of channels first..<last: columns[channel, tap, place]. */
CLONES void NAME(nns_unfold)(const nns_windows *w, const REAL *image, size_t first, size_t last, size_t from,
                             size_t to, REAL *columns) {
  const size_t places = w->out_width;
  for (size_t c = first; c < last; c++) {
    const REAL *plane = image + c * w->height * w->width;
    for (size_t ky = 0; ky < w->kernel_height; ky++) {
      for (size_t kx = 0; kx < w->kernel_width; kx++) {
        size_t low, high;
        NAME(inside)(w, kx * w->dilation_x, &low, &high);
        for (size_t y = from; y < to; y++, columns += places) {
          size_t row;
          if (!NAME(row)(w, y, ky * w->dilation_y, &row) || low == high) {
            memset(columns, 0, places * sizeof *columns);
            continue;
          }
          const REAL *source = plane + row * w->width + low * w->stride_x + kx * w->dilation_x - w->padding_x;
          for (size_t x = 0; x < low; x++) columns[x] = 0;
          if (w->stride_x == 1) {
            LOOP for (size_t x = low; x < high; x++) columns[x] = source[x - low];
          } else {
            for (size_t x = low; x < high; x++) columns[x] = source[(x - low) * w->stride_x];
          }
          for (size_t x = high; x < places; x++) columns[x] = 0;
        }
      }
    }
  }
}

/* Adds the columns to where they came from. */
CLONES void NAME(nns_fold)(const nns_windows *w, const REAL *columns, size_t first, size_t last, size_t from,
                           size_t to, REAL *image) {
  for (size_t c = first; c < last; c++) {
    REAL *plane = image + c * w->height * w->width;
    for (size_t ky = 0; ky < w->kernel_height; ky++) {
      for (size_t kx = 0; kx < w->kernel_width; kx++) {
        size_t low, high;
        NAME(inside)(w, kx * w->dilation_x, &low, &high);
        for (size_t y = from; y < to; y++, columns += w->out_width) {
          size_t row;
          if (!NAME(row)(w, y, ky * w->dilation_y, &row) || low == high) continue;
          REAL *target = plane + row * w->width + low * w->stride_x + kx * w->dilation_x - w->padding_x;
          if (w->stride_x == 1) {
            LOOP for (size_t x = low; x < high; x++) target[x - low] += columns[x];
          } else {
            for (size_t x = low; x < high; x++) target[(x - low) * w->stride_x] += columns[x];
          }
        }
      }
    }
  }
}

struct NAME(pool) {
  const nns_windows *windows;
  const REAL *x;
  REAL *y;
  int64_t *positions;
};

/* The largest of each window and where it lies, row by row of the output, tap by tap of the window.
 * A window starts from its first place inside the image; NaN, once found, stays. */
CLONES static void NAME(max_plane)(const nns_windows *w, const REAL *plane, REAL *y, int64_t *at) {
  for (size_t oy = 0; oy < w->out_height; oy++, y += w->out_width, at += w->out_width) {
    const size_t top = oy * w->stride_y < w->padding_y ? 0 : oy * w->stride_y - w->padding_y;
    for (size_t ox = 0; ox < w->out_width; ox++) {
      const size_t left = ox * w->stride_x < w->padding_x ? 0 : ox * w->stride_x - w->padding_x;
      at[ox] = (int64_t)(top * w->width + left);
      y[ox] = plane[at[ox]];
    }
    for (size_t ky = 0; ky < w->kernel_height; ky++) {
      size_t row;
      if (!NAME(row)(w, oy, ky, &row)) continue;
      for (size_t kx = 0; kx < w->kernel_width; kx++) {
        size_t low, high;
        NAME(inside)(w, kx, &low, &high);
        const size_t start = row * w->width + low * w->stride_x + kx - w->padding_x;
        const REAL *source = plane + start;
        LOOP for (size_t x = low; x < high; x++) {
          const size_t offset = (x - low) * w->stride_x;
          const REAL v = source[offset], best = y[x];
          const bool better = (v > best) | ((v != v) & (best == best));
          y[x] = better ? v : best;
          at[x] = better ? (int64_t)(start + offset) : at[x];
        }
      }
    }
  }
}

static void NAME(max_planes)(const void *context, size_t from, size_t to) {
  const struct NAME(pool) *p = context;
  const size_t in = p->windows->height * p->windows->width, out = p->windows->out_height * p->windows->out_width;
  for (size_t plane = from; plane < to; plane++) {
    int64_t *at = p->positions + plane * out;
    NAME(max_plane)(p->windows, p->x + plane * in, p->y + plane * out, at);
    LOOP for (size_t i = 0; i < out; i++) at[i] += (int64_t)(plane * in);
  }
}

CLONES static void NAME(mean_planes)(const void *context, size_t from, size_t to) {
  const struct NAME(pool) *p = context;
  const nns_windows *w = p->windows;
  const REAL area = (REAL)(w->kernel_height * w->kernel_width);
  for (size_t plane = from; plane < to; plane++) {
    const REAL *source = p->x + plane * w->height * w->width;
    REAL *y = p->y + plane * w->out_height * w->out_width;
    for (size_t oy = 0; oy < w->out_height; oy++, y += w->out_width) {
      memset(y, 0, w->out_width * sizeof *y);
      for (size_t ky = 0; ky < w->kernel_height; ky++) {
        size_t row;
        if (!NAME(row)(w, oy, ky, &row)) continue;
        for (size_t kx = 0; kx < w->kernel_width; kx++) {
          size_t low, high;
          NAME(inside)(w, kx, &low, &high);
          const REAL *from_here = source + row * w->width + low * w->stride_x + kx - w->padding_x;
          LOOP for (size_t x = low; x < high; x++) y[x] += from_here[(x - low) * w->stride_x];
        }
      }
      LOOP for (size_t x = 0; x < w->out_width; x++) y[x] /= area;
    }
  }
}

/* Here x is what comes in for the means and y, all zeros, the image. */
CLONES static void NAME(spread_planes)(const void *context, size_t from, size_t to) {
  const struct NAME(pool) *p = context;
  const nns_windows *w = p->windows;
  const REAL area = (REAL)(w->kernel_height * w->kernel_width);
  for (size_t plane = from; plane < to; plane++) {
    const REAL *g = p->x + plane * w->out_height * w->out_width;
    REAL *image = p->y + plane * w->height * w->width;
    for (size_t oy = 0; oy < w->out_height; oy++, g += w->out_width) {
      for (size_t ky = 0; ky < w->kernel_height; ky++) {
        size_t row;
        if (!NAME(row)(w, oy, ky, &row)) continue;
        for (size_t kx = 0; kx < w->kernel_width; kx++) {
          size_t low, high;
          NAME(inside)(w, kx, &low, &high);
          REAL *to_here = image + row * w->width + low * w->stride_x + kx - w->padding_x;
          LOOP for (size_t x = low; x < high; x++) to_here[(x - low) * w->stride_x] += g[x] / area;
        }
      }
    }
  }
}

/* Planes are shared among the threads by the numbers they are made of. */
static void NAME(pool_planes)(const struct NAME(pool) *p, size_t planes, nns_range_body body) {
  const size_t size = p->windows->out_height * p->windows->out_width * p->windows->kernel_height * p->windows->kernel_width;
  nns_ranges(planes, rows_per_whole(size), rows_per_grain(size), body, p);
}

void NAME(nns_max_pool)(const nns_windows *w, size_t planes, const REAL *x, REAL *y, int64_t *positions) {
  NAME(pool_planes)(&(struct NAME(pool)){w, x, y, positions}, planes, NAME(max_planes));
}

void NAME(nns_mean_pool)(const nns_windows *w, size_t planes, const REAL *x, REAL *y) {
  NAME(pool_planes)(&(struct NAME(pool)){w, x, y, NULL}, planes, NAME(mean_planes));
}

void NAME(nns_mean_pool_back)(const nns_windows *w, size_t planes, const REAL *g, REAL *x) {
  NAME(pool_planes)(&(struct NAME(pool)){w, g, x, NULL}, planes, NAME(spread_planes));
}
