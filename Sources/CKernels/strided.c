/* Copies and sums between strided views.
 *
 * Axes may be walked in any order, so they are sorted by the target's strides, and neighbours that
 * are contiguous in both views become one. The last axis is then a run; where the source runs along
 * another axis, that one is put next to it and the pair is walked in tiles, so that both views use
 * up the cache lines they touch. */
#include "internal.h"

typedef struct {
  size_t length;
  ptrdiff_t source, target; /* strides */
} axis;

/* Axes of one element are dropped, and a target that holds 2^64 elements does not exist. */
enum { MOST_AXES = 64, BAND = 32, RUN = 16384 };

typedef struct plan plan;
typedef void (*rectangle)(const axis *rows, size_t row_count, const axis *columns, size_t column_count,
                          const char *source, char *target);

/* Outer axes, then bands of rows, then pieces of the columns; numbered like the digits of a number. */
struct plan {
  axis axes[MOST_AXES];
  size_t rank; /* at least 2 */
  size_t size, items;
  const char *source;
  char *target;
  rectangle move;
};

static size_t magnitude(ptrdiff_t stride) { return stride < 0 ? -(size_t)stride : (size_t)stride; }

static size_t pieces(const plan *p, size_t i) {
  const size_t length = p->axes[i].length;
  if (i + 2 < p->rank) return length;
  const size_t piece = i + 1 < p->rank ? BAND : RUN;
  return (length + piece - 1) / piece;
}

static void prepare(plan *p, size_t rank, const size_t *lengths, const ptrdiff_t *sources, const ptrdiff_t *targets) {
  p->rank = 0;
  for (size_t i = 0; i < rank; i++) {
    if (lengths[i] == 1) continue;
    const axis a = {lengths[i], sources[i], targets[i]};
    size_t place = p->rank++;
    for (; place > 0 && magnitude(p->axes[place - 1].target) < magnitude(a.target); place--)
      p->axes[place] = p->axes[place - 1];
    p->axes[place] = a;
  }
  size_t kept = 0;
  for (size_t i = 0; i < p->rank; i++) {
    const axis a = p->axes[i], *before = &p->axes[kept - (kept > 0)];
    const bool joined = kept > 0 && before->source == a.source * (ptrdiff_t)a.length &&
                        before->target == a.target * (ptrdiff_t)a.length;
    if (joined) {
      p->axes[kept - 1] = (axis){before->length * a.length, a.source, a.target};
    } else {
      p->axes[kept++] = a;
    }
  }
  p->rank = kept;
  while (p->rank < 2) {
    for (size_t i = p->rank++; i > 0; i--) p->axes[i] = p->axes[i - 1];
    p->axes[0] = (axis){1, 0, 0};
  }

  /* The axis along which the source runs, if it is another one than the last */
  const size_t last = p->rank - 1;
  size_t near = last;
  for (size_t i = 0; i < last; i++) {
    const size_t stride = magnitude(p->axes[i].source);
    if (stride != 0 && p->axes[last].source != 0 && stride < magnitude(p->axes[near].source)) near = i;
  }
  if (near != last) {
    const axis a = p->axes[near];
    for (size_t i = near; i + 1 < last; i++) p->axes[i] = p->axes[i + 1];
    p->axes[last - 1] = a;
  }
  p->items = 1;
  for (size_t i = 0; i < p->rank; i++) p->items *= pieces(p, i);
}

static void move_items(const void *context, size_t from, size_t to) {
  const plan *p = context;
  const size_t rank = p->rank;
  size_t digits[MOST_AXES], rest = from;
  for (size_t i = rank; i-- > 0;) {
    const size_t count = pieces(p, i);
    digits[i] = rest % count;
    rest /= count;
  }
  const axis *rows = &p->axes[rank - 2], *columns = &p->axes[rank - 1];
  for (size_t item = from; item < to; item++) {
    const size_t row = digits[rank - 2] * BAND, column = digits[rank - 1] * RUN;
    ptrdiff_t source = (ptrdiff_t)row * rows->source + (ptrdiff_t)column * columns->source;
    ptrdiff_t target = (ptrdiff_t)row * rows->target + (ptrdiff_t)column * columns->target;
    for (size_t i = 0; i + 2 < rank; i++) {
      source += (ptrdiff_t)digits[i] * p->axes[i].source;
      target += (ptrdiff_t)digits[i] * p->axes[i].target;
    }
    const size_t row_count = rows->length - row < BAND ? rows->length - row : BAND;
    const size_t column_count = columns->length - column < RUN ? columns->length - column : RUN;
    p->move(rows, row_count, columns, column_count, p->source + source * (ptrdiff_t)p->size,
            p->target + target * (ptrdiff_t)p->size);
    for (size_t i = rank; i-- > 0;) {
      if (++digits[i] < pieces(p, i)) break;
      digits[i] = 0;
    }
  }
}

/* One rectangle: runs that are contiguous in both views, or repeat one element, are single loops;
 * anything else goes in squares of a cache line each way, which is all that fits where the strides
 * are powers of two. */
#define RECTANGLE(name, TYPE, assign)                                                                    \
  CLONES static void name(const axis *rows, size_t row_count, const axis *columns, size_t column_count,  \
                          const char *source, char *target) {                                            \
    enum { SIDE = 64 / sizeof(TYPE) < 16 ? 64 / sizeof(TYPE) : 16 };                                     \
    const ptrdiff_t across = columns->source, down = rows->source;                                       \
    const ptrdiff_t to_across = columns->target, to_down = rows->target;                                 \
    const TYPE *s = (const TYPE *)source;                                                                \
    TYPE *t = (TYPE *)target;                                                                            \
    if (to_across == 1 && (across == 1 || across == 0)) {                                                \
      for (size_t r = 0; r < row_count; r++, s += down, t += to_down) {                                  \
        if (across == 1) {                                                                               \
          LOOP for (size_t i = 0; i < column_count; i++) t[i] assign s[i];                               \
        } else {                                                                                         \
          const TYPE v = *s;                                                                             \
          LOOP for (size_t i = 0; i < column_count; i++) t[i] assign v;                                  \
        }                                                                                                \
      }                                                                                                  \
      return;                                                                                            \
    }                                                                                                    \
    for (size_t i = 0; i < column_count; i += SIDE, s += SIDE * across, t += SIDE * to_across) {         \
      const ptrdiff_t width = (ptrdiff_t)(column_count - i < SIDE ? column_count - i : SIDE);            \
      const TYPE *from = s;                                                                              \
      TYPE *to = t;                                                                                      \
      for (size_t r = 0; r < row_count; r++, from += down, to += to_down) {                              \
        if (width == SIDE && to_across == 1) {                                                           \
          for (ptrdiff_t c = 0; c < SIDE; c++) to[c] assign from[c * across];                            \
        } else {                                                                                         \
          for (ptrdiff_t c = 0; c < width; c++) to[c * to_across] assign from[c * across];               \
        }                                                                                                \
      }                                                                                                  \
    }                                                                                                    \
  }

RECTANGLE(copy_1, uint8_t, =)
RECTANGLE(copy_4, uint32_t, =)
RECTANGLE(copy_8, uint64_t, =)
RECTANGLE(add_f32, float, +=)
RECTANGLE(add_f64, double, +=)

static bool empty(size_t rank, const size_t *lengths) {
  for (size_t i = 0; i < rank; i++)
    if (lengths[i] == 0) return true;
  return false;
}

void nns_copy_strided(size_t size, size_t rank, const size_t *lengths, const void *source,
                      const ptrdiff_t *source_strides, void *target, const ptrdiff_t *target_strides) {
  if (empty(rank, lengths)) return;
  plan p = {.size = size, .source = source, .target = target};
  p.move = size == 8 ? copy_8 : size == 4 ? copy_4 : copy_1;
  prepare(&p, rank, lengths, source_strides, target_strides);
  size_t elements = 1;
  for (size_t i = 0; i < p.rank; i++) elements *= p.axes[i].length;
  const size_t row = elements / p.items;
  nns_ranges(p.items, elements <= SHARED ? p.items : 0, rows_per_grain(row), move_items, &p);
}

/* On one thread, in an order given by the strides alone: elements of the target may coincide. */
static void add(rectangle move, size_t size, size_t rank, const size_t *lengths, const void *source,
                const ptrdiff_t *source_strides, void *target, const ptrdiff_t *target_strides) {
  if (empty(rank, lengths)) return;
  plan p = {.size = size, .source = source, .target = target, .move = move};
  prepare(&p, rank, lengths, source_strides, target_strides);
  move_items(&p, 0, p.items);
}

void nns_add_strided_f64(size_t rank, const size_t *lengths, const double *source, const ptrdiff_t *source_strides,
                         double *target, const ptrdiff_t *target_strides) {
  add(add_f64, 8, rank, lengths, source, source_strides, target, target_strides);
}

void nns_add_strided_f32(size_t rank, const size_t *lengths, const float *source, const ptrdiff_t *source_strides,
                         float *target, const ptrdiff_t *target_strides) {
  add(add_f32, 4, rank, lengths, source, source_strides, target, target_strides);
}
