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

/* A tap of some windows in a row; the step between neighbours is a constant where this is inlined, so that
 * the loop becomes vectors. */
INLINE void NAME(max_tap)(size_t step, size_t count, const REAL *source, UINT at, REAL *y, UINT *best) {
  LOOP for (size_t x = 0; x < count; x++) {
    const REAL v = source[x * step], most = y[x];
    const bool better = (v > most) | ((v != v) & (most == most));
    y[x] = better ? v : most;
    best[x] = better ? at + (UINT)(x * step) : best[x];
  }
}

/* A row of windows of constant size that lie wholly inside the image, the first one's corner at `at`. */
INLINE void NAME(max_row)(size_t size, size_t step, size_t width, size_t count, const REAL *plane, size_t at, REAL *y,
                          int64_t *positions) {
  const REAL *source = plane + at;
  LOOP for (size_t x = 0; x < count; x++) {
    REAL most = source[x * step];
    UINT best = 0;
    for (size_t ky = 0; ky < size; ky++)
      for (size_t kx = 0; kx < size; kx++) {
        const REAL v = source[x * step + ky * width + kx];
        const bool better = (v > most) | ((v != v) & (most == most));
        most = better ? v : most;
        best = better ? (UINT)(ky * width + kx) : best;
      }
    y[x] = most;
    positions[x] = (int64_t)(at + x * step) + (int64_t)best;
  }
}

/* The largest of each window and where it lies, some places of an output row at a time, tap by tap of the
 * window. A window starts from its first place inside the image; NaN, once found, stays. */
CLONES static void NAME(max_plane)(const nns_windows *w, const REAL *plane, REAL *y, int64_t *at) {
  enum { PIECE = 128 };
  UINT best[PIECE];
  const size_t step = w->stride_x;
  for (size_t oy = 0; oy < w->out_height; oy++, y += w->out_width, at += w->out_width) {
    const size_t top = oy * w->stride_y < w->padding_y ? 0 : oy * w->stride_y - w->padding_y;
    const bool inside = w->padding_x == 0 && w->padding_y == 0 && step == 2 && w->kernel_height == w->kernel_width;
    if (inside && w->kernel_width == 2) {
      NAME(max_row)(2, 2, w->width, w->out_width, plane, top * w->width, y, at);
      continue;
    }
    if (inside && w->kernel_width == 3) {
      NAME(max_row)(3, 2, w->width, w->out_width, plane, top * w->width, y, at);
      continue;
    }
    for (size_t start = 0; start < w->out_width; start += PIECE) {
      const size_t end = w->out_width - start < PIECE ? w->out_width : start + PIECE;
      for (size_t ox = start; ox < end; ox++) {
        const size_t left = ox * step < w->padding_x ? 0 : ox * step - w->padding_x;
        best[ox - start] = (UINT)(top * w->width + left);
        y[ox] = plane[top * w->width + left];
      }
      for (size_t ky = 0; ky < w->kernel_height; ky++) {
        size_t row;
        if (!NAME(row)(w, oy, ky, &row)) continue;
        for (size_t kx = 0; kx < w->kernel_width; kx++) {
          size_t low, high;
          NAME(inside)(w, kx, &low, &high);
          low = low < start ? start : low;
          high = high < end ? high : end;
          if (low >= high) continue;
          const size_t first = row * w->width + low * step + kx - w->padding_x, count = high - low;
          REAL *to = y + low;
          switch (step) {
            case 1: NAME(max_tap)(1, count, plane + first, (UINT)first, to, best + low - start); break;
            case 2: NAME(max_tap)(2, count, plane + first, (UINT)first, to, best + low - start); break;
            default: NAME(max_tap)(step, count, plane + first, (UINT)first, to, best + low - start);
          }
        }
      }
      for (size_t ox = start; ox < end; ox++) at[ox] = (int64_t)best[ox - start];
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
