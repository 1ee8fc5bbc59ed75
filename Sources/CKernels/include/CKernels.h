/* Numeric kernels: flat loops over contiguous memory, no allocation, no errors.
 *
 * Every function takes raw pointers to row-major data and a count of elements. An output may be
 * the same memory as an input of the same element type, never a shifted overlap. A kernel that is
 * given nothing does nothing. Results depend on the input alone: never on the number of threads,
 * nor on where a vector register ends.
 */
#ifndef NNS_CKERNELS_H
#define NNS_CKERNELS_H

#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Elementwise functions of one argument ------------------------------------------------- */

typedef enum {
  NNS_NEG, NNS_ABS, NNS_SIGN, NNS_FLOOR, NNS_CEIL, NNS_ROUND /* half to even */, NNS_TRUNC,
  NNS_SQRT, NNS_RSQRT, NNS_CBRT, NNS_SQUARE, NNS_RECIPROCAL,
  NNS_EXP, NNS_EXP2, NNS_EXPM1, NNS_LOG, NNS_LOG2, NNS_LOG10, NNS_LOG1P,
  NNS_SIN, NNS_COS, NNS_TAN, NNS_ASIN, NNS_ACOS, NNS_ATAN,
  NNS_SINH, NNS_COSH, NNS_TANH, NNS_ASINH, NNS_ACOSH, NNS_ATANH,
  NNS_ERF, NNS_ERFC, NNS_LGAMMA, NNS_DIGAMMA,
  NNS_SIGMOID, NNS_SOFTPLUS, NNS_RELU, NNS_STEP /* 1 where x > 0, else 0; NaN stays NaN */,
  NNS_UNARY_COUNT
} nns_unary_op;

void nns_unary_f64(nns_unary_op op, const double *x, double *y, size_t n);
void nns_unary_f32(nns_unary_op op, const float *x, float *y, size_t n);

/* Tests of one argument, to bytes holding 0 or 1. */
typedef enum { NNS_ISNAN, NNS_ISINF, NNS_ISFINITE } nns_test_op;
void nns_test_f64(nns_test_op op, const double *x, uint8_t *y, size_t n);
void nns_test_f32(nns_test_op op, const float *x, uint8_t *y, size_t n);

/* ---- Elementwise functions of two arguments ------------------------------------------------- */

typedef enum {
  NNS_ADD, NNS_SUB, NNS_MUL, NNS_DIV, NNS_POW,
  NNS_MOD /* sign of the divisor */, NNS_FLOORDIV,
  NNS_ATAN2, NNS_HYPOT, NNS_LOGADDEXP,
  NNS_MAXIMUM, NNS_MINIMUM, /* NaN if either is NaN */
  NNS_POLYGAMMA, /* x: order >= 0, y: argument */
  NNS_BINARY_COUNT
} nns_binary_op;

typedef enum { NNS_EQ, NNS_NE, NNS_LT, NNS_LE, NNS_GT, NNS_GE } nns_compare_op;
typedef enum { NNS_AND, NNS_OR, NNS_XOR } nns_logic_op;

/* A step is 1 (walk) or 0 (the same element throughout). */
void nns_binary_f64(nns_binary_op op, const double *a, size_t step_a, const double *b, size_t step_b, double *y, size_t n);
void nns_binary_f32(nns_binary_op op, const float *a, size_t step_a, const float *b, size_t step_b, float *y, size_t n);
void nns_compare_f64(nns_compare_op op, const double *a, size_t step_a, const double *b, size_t step_b, uint8_t *y, size_t n);
void nns_compare_f32(nns_compare_op op, const float *a, size_t step_a, const float *b, size_t step_b, uint8_t *y, size_t n);
void nns_logic(nns_logic_op op, const uint8_t *a, size_t step_a, const uint8_t *b, size_t step_b, uint8_t *y, size_t n);
void nns_not(const uint8_t *x, uint8_t *y, size_t n);

/* y = c ? a : b */
void nns_where_f64(const uint8_t *c, size_t step_c, const double *a, size_t step_a, const double *b, size_t step_b, double *y, size_t n);
void nns_where_f32(const uint8_t *c, size_t step_c, const float *a, size_t step_a, const float *b, size_t step_b, float *y, size_t n);

/* y += s * x, in place. */
void nns_axpy_f64(double s, const double *x, double *y, size_t n);
void nns_axpy_f32(float s, const float *x, float *y, size_t n);

/* ---- Reductions ----------------------------------------------------------------------------- */

/* The input is [outer, n, inner] and the output [outer, inner]. Sums run over fixed blocks of 4096
 * elements of the reduced axis with eight accumulators, the blocks joined by a pairwise tree, so
 * the bits do not depend on threads. f32 sums accumulate in double. */
typedef enum { NNS_SUM, NNS_PROD, NNS_MAX, NNS_MIN, NNS_SUM_SQUARES, NNS_SUM_ABS, NNS_LOGSUMEXP } nns_reduce_op;
void nns_reduce_f64(nns_reduce_op op, const double *x, double *y, size_t outer, size_t n, size_t inner);
void nns_reduce_f32(nns_reduce_op op, const float *x, float *y, size_t outer, size_t n, size_t inner);

/* Inner product of two contiguous vectors, with the blocks of NNS_SUM. */
double nns_dot_f64(const double *a, const double *b, size_t n);
double nns_dot_f32(const float *a, const float *b, size_t n);

/* Index of the largest (or smallest) element; the first of equals, the first NaN if there is one. */
void nns_arg_f64(bool largest, const double *x, double *y, size_t outer, size_t n, size_t inner);
void nns_arg_f32(bool largest, const float *x, float *y, size_t outer, size_t n, size_t inner);

typedef enum { NNS_ANY, NNS_ALL } nns_bool_reduce_op;
void nns_reduce_bool(nns_bool_reduce_op op, const uint8_t *x, uint8_t *y, size_t outer, size_t n, size_t inner);
/* How many bytes are not 0. */
void nns_count_bool(const uint8_t *x, double *y, size_t outer, size_t n, size_t inner);

typedef enum { NNS_CUMSUM, NNS_CUMPROD, NNS_CUMMAX } nns_scan_op;
/* Running results along the middle axis; reversed runs from the end. */
void nns_scan_f64(nns_scan_op op, bool reversed, const double *x, double *y, size_t outer, size_t n, size_t inner);
void nns_scan_f32(nns_scan_op op, bool reversed, const float *x, float *y, size_t outer, size_t n, size_t inner);

/* ---- Moving and converting data -------------------------------------------------------------- */

void nns_f64_to_f32(const double *x, float *y, size_t n);
void nns_f32_to_f64(const float *x, double *y, size_t n);
void nns_bool_to_f64(const uint8_t *x, double *y, size_t n);
void nns_bool_to_f32(const uint8_t *x, float *y, size_t n);
void nns_f64_to_bool(const double *x, uint8_t *y, size_t n); /* 1 where not 0 */
void nns_f32_to_bool(const float *x, uint8_t *y, size_t n);
void nns_fill_f64(double v, double *y, size_t n);
void nns_fill_f32(float v, float *y, size_t n);
void nns_iota_f64(double start, double step, double *y, size_t n); /* start + i * step */
void nns_iota_f32(double start, double step, float *y, size_t n);

/* Copies between strided views of rank elements `size` bytes wide (1, 4 or 8). Strides are in
 * elements and may be negative or 0 in the source. */
void nns_copy_strided(size_t size, size_t rank, const size_t *lengths,
                      const void *source, const ptrdiff_t *source_strides,
                      void *target, const ptrdiff_t *target_strides);
/* target += source over strided views. */
void nns_add_strided_f64(size_t rank, const size_t *lengths, const double *source, const ptrdiff_t *source_strides,
                         double *target, const ptrdiff_t *target_strides);
void nns_add_strided_f32(size_t rank, const size_t *lengths, const float *source, const ptrdiff_t *source_strides,
                         float *target, const ptrdiff_t *target_strides);

/* Rows of `inner` elements: y[k] = x[index[k]], and y[index[k]] += x[k] in the order of k.
 * The caller has checked every index. */
void nns_gather(size_t size, const void *x, const int64_t *index, size_t n, size_t inner, void *y);
void nns_scatter(size_t size, const void *x, const int64_t *index, size_t n, size_t inner, void *y); /* y[index[k]] = x[k] */
void nns_scatter_add_f64(const double *x, const int64_t *index, size_t n, size_t inner, double *y);
void nns_scatter_add_f32(const float *x, const int64_t *index, size_t n, size_t inner, float *y);

/* ---- Matrix products ------------------------------------------------------------------------- */

/* C[m, n] = A[m, k] B[k, n] for small or narrow shapes, row-major, with optional transposition of
 * the stored operands (A stored [k, m], B stored [n, k]). Each element sums k in a fixed order. */
void nns_small_gemm_f64(bool ta, bool tb, size_t m, size_t n, size_t k, const double *a, const double *b, double *c);
void nns_small_gemm_f32(bool ta, bool tb, size_t m, size_t n, size_t k, const float *a, const float *b, float *c);

/* ---- Optimisers ------------------------------------------------------------------------------ */

typedef enum {
  NNS_UPDATE_DESCENT, NNS_UPDATE_MOMENTUM, NNS_UPDATE_NESTEROV, NNS_UPDATE_ADAM, NNS_UPDATE_AMSGRAD,
  NNS_UPDATE_NADAM, NNS_UPDATE_RMSPROP, NNS_UPDATE_RMSPROP_MOMENTUM, NNS_UPDATE_RMSPROP_CENTERED,
  NNS_UPDATE_RMSPROP_CENTERED_MOMENTUM, NNS_UPDATE_ADAGRAD, NNS_UPDATE_ADADELTA, NNS_UPDATE_LION, NNS_UPDATE_RPROP,
  NNS_UPDATE_COUNT,
} nns_update_op;

enum { NNS_UPDATE_STATES = 3, NNS_UPDATE_CONSTANTS = 10 };

/* One step of an optimiser: next and the successors of up to three states from parameters p, gradients g and the
 * states, any of them in place. Unused states are NULL; there are always NNS_UPDATE_CONSTANTS constants. */
void nns_update_f64(nns_update_op op, const double *constants, const double *p, const double *g, double *next,
                    const double *const *states, double *const *successors, size_t n);
void nns_update_f32(nns_update_op op, const double *constants, const float *p, const float *g, float *next,
                    const float *const *states, float *const *successors, size_t n);

/* Softmax cross-entropy of rows of logits with labels, which the caller has checked: y[i] = -log softmax(z[i])[label],
 * exact where the label is almost certain; and g[i] (softmax(z[i]) - onehot(label)). */
void nns_cross_entropy_f64(const double *z, const int64_t *labels, double *y, size_t rows, size_t classes);
void nns_cross_entropy_f32(const float *z, const int64_t *labels, float *y, size_t rows, size_t classes);
void nns_cross_entropy_slope_f64(const double *z, const int64_t *labels, const double *g, double *y, size_t rows,
                                 size_t classes);
void nns_cross_entropy_slope_f32(const float *z, const int64_t *labels, const float *g, float *y, size_t rows,
                                 size_t classes);

/* The same on the calling thread, with rows of A, B and C (as stored) that lie so many elements apart;
 * adds to C on request. */
void nns_gemm_f64(bool ta, bool tb, size_t m, size_t n, size_t k, const double *a, size_t a_row, const double *b, size_t b_row,
                  double *c, size_t c_row, bool adds);
void nns_gemm_f32(bool ta, bool tb, size_t m, size_t n, size_t k, const float *a, size_t a_row, const float *b, size_t b_row,
                  float *c, size_t c_row, bool adds);

/* B[k, n] in the order in which products read it, for one that is used many times: how many elements
 * that takes, and the product with it. */
size_t nns_packed_count_f64(size_t n, size_t k);
size_t nns_packed_count_f32(size_t n, size_t k);
void nns_pack_f64(bool tb, size_t n, size_t k, const double *b, size_t b_row, double *packed);
void nns_pack_f32(bool tb, size_t n, size_t k, const float *b, size_t b_row, float *packed);
void nns_gemm_packed_f64(size_t m, size_t n, size_t k, const double *a, size_t a_row, const double *packed, double *c, size_t c_row, bool adds);
void nns_gemm_packed_f32(size_t m, size_t n, size_t k, const float *a, size_t a_row, const float *packed, float *c, size_t c_row, bool adds);

/* ---- Windows that move over images ------------------------------------------------------------ */

/* Planes of height * width, and the out_height * out_width places of a window of kernel_height *
 * kernel_width taps. There is a place for every step that keeps the window within the padded plane. */
typedef struct {
  size_t height, width, kernel_height, kernel_width, stride_y, stride_x, padding_y, padding_x, dilation_y, dilation_x;
  size_t out_height, out_width;
} nns_windows;

/* columns[channel, tap, place] of channels first..<last and output rows from..<to; taps outside of the
 * image are 0. Folding adds them back to an image. */
void nns_unfold_f64(const nns_windows *w, const double *image, size_t first, size_t last, size_t from, size_t to, double *columns);
void nns_unfold_f32(const nns_windows *w, const float *image, size_t first, size_t last, size_t from, size_t to, float *columns);
void nns_fold_f64(const nns_windows *w, const double *columns, size_t first, size_t last, size_t from, size_t to, double *image);
void nns_fold_f32(const nns_windows *w, const float *columns, size_t first, size_t last, size_t from, size_t to, float *image);

/* A convolution whose windows move in steps of one, without columns: tap t of all places is the image from
 * offsets[t] on. Places are counted in rows as wide as the image, of which `columns` count, up to the last
 * one that does; there are at least 64 bytes of them. */
typedef struct {
  size_t outputs, taps, places, rows, columns, width;
  const size_t *offsets;
} nns_direct;

/* c[outputs, places] = w[outputs, taps] times the taps, and y[outputs, rows, columns] = c + b (b may be
 * missing) without what lies beside the rows. */
void nns_direct_f64(const nns_direct *d, const double *w, const double *image, double *c);
void nns_direct_f32(const nns_direct *d, const float *w, const float *image, float *c);
void nns_direct_places_f64(const nns_direct *d, const double *c, const double *b, double *y);
void nns_direct_places_f32(const nns_direct *d, const float *c, const float *b, float *y);

/* sums[taps, outputs] += the taps times g[outputs, rows, columns], which is first turned into [places,
 * outputs rounded up to 64 bytes]; the outputs of g lie g_row apart. */
void nns_direct_turn_f64(const nns_direct *d, const double *g, size_t g_row, double *turned);
void nns_direct_turn_f32(const nns_direct *d, const float *g, size_t g_row, float *turned);
void nns_direct_kernel_f64(const nns_direct *d, const double *image, const double *turned, double *sums);
void nns_direct_kernel_f32(const nns_direct *d, const float *image, const float *turned, float *sums);

/* Pooling of so many planes, without dilation. The largest comes with its row-major position in x, the
 * first of equals, the first NaN if there is one. Padding counts as 0 in the mean; going back adds
 * what comes in for the means to x. */
void nns_max_pool_f64(const nns_windows *w, size_t planes, const double *x, double *y, int64_t *positions);
void nns_max_pool_f32(const nns_windows *w, size_t planes, const float *x, float *y, int64_t *positions);
void nns_mean_pool_f64(const nns_windows *w, size_t planes, const double *x, double *y);
void nns_mean_pool_f32(const nns_windows *w, size_t planes, const float *x, float *y);
void nns_mean_pool_back_f64(const nns_windows *w, size_t planes, const double *g, double *x);
void nns_mean_pool_back_f32(const nns_windows *w, size_t planes, const float *g, float *x);

/* ---- Normalisation ---------------------------------------------------------------------------- */

/* x is [outer, groups, inner]; each group gets mean 0 and variance 1 (eps is added to the variance), and
 * `scale` holds what it was multiplied by. Going back, y is the result and g what comes in for it. */
void nns_normalize_f64(size_t outer, size_t groups, size_t inner, double eps, const double *x, double *y, double *scale);
void nns_normalize_f32(size_t outer, size_t groups, size_t inner, double eps, const float *x, float *y, float *scale);
void nns_normalize_back_f64(size_t outer, size_t groups, size_t inner, const double *y, const double *scale, const double *g, double *dx);
void nns_normalize_back_f32(size_t outer, size_t groups, size_t inner, const float *y, const float *scale, const float *g, float *dx);

/* ---- Attention -------------------------------------------------------------------------------- */

/* Rows of n scores become shares in place: softmax(factor * score), of which row i sees the first
 * seen + i only, when that is fewer than n. Going back, `g` holds what comes in for the shares, and
 * afterwards what goes to the scores. */
void nns_shares_f64(size_t rows, size_t n, size_t seen, double factor, double *x);
void nns_shares_f32(size_t rows, size_t n, size_t seen, double factor, float *x);
void nns_shares_back_f64(size_t rows, size_t n, double factor, const double *shares, double *g);
void nns_shares_back_f32(size_t rows, size_t n, double factor, const float *shares, float *g);

/* ---- Recurrent layers ------------------------------------------------------------------------- */

typedef enum { NNS_RNN, NNS_LSTM /* gates i f g o */, NNS_GRU /* gates r z n */ } nns_cell;

/* A recurrent layer over whole sequences, all of one element type. `gates` is [batch, time, gates *
 * features] and starts as x @ w; hidden, cells and inner are [batch, time, features], and a state before
 * the first step is [batch, features]. */
typedef struct {
  nns_cell cell;
  size_t batch, time, features;
  const void *u;      /* packed: [features, gates * features] forward, its transpose backward */
  const void *b, *c;  /* what is added to the gates, and to the recurrent product of a GRU */
  const void *h0, *c0;
  void *gates;        /* afterwards what the gates let through */
  void *hidden;
  void *cells;        /* of an LSTM */
  void *inner;        /* of a GRU: its recurrent product for n */
  void *scratch;      /* of a GRU: [batch, gates * features] */
  /* Going back: what comes in for the states (g_cells may be missing) and what goes out to x @ w, to the
   * recurrent product (the same array unless the cell is a GRU) and to the first states. */
  const void *g, *g_cells;
  void *d_gates, *d_recurrent, *dh, *dc;
} nns_recurrence;

void nns_recurrent_f64(const nns_recurrence *r);
void nns_recurrent_f32(const nns_recurrence *r);
void nns_recurrent_back_f64(const nns_recurrence *r);
void nns_recurrent_back_f32(const nns_recurrence *r);

/* ---- Random streams -------------------------------------------------------------------------- */

/* Philox 4x32-10 (Salmon et al., 2011). Element i is a function of (key, counter + i) alone and is
 * computed without contraction, so the stream has the same bits on every machine. */
void nns_philox_bits(uint64_t key, uint64_t counter, uint64_t *y, size_t n);
void nns_uniform_f64(uint64_t key, uint64_t counter, double *y, size_t n); /* in [0, 1), 53 bits */
void nns_normal_f64(uint64_t key, uint64_t counter, double *y, size_t n);  /* standard normal */

/* ---- Threads --------------------------------------------------------------------------------- */

/* Calls body(context, i) for every i < count, spread over the pool's threads; returns when all are
 * done. A nested call, or one while the pool is busy, runs on the calling thread. */
void nns_parallel(size_t count, void (*body)(void *context, size_t i), void *context);
/* Number of threads that share the work, at least 1; 0 asks for the machine's cores. Starts none. */
void nns_set_threads(size_t count);
size_t nns_threads(void);

/* The XXH3 hash of `count` bytes, 128 bits. */
void nns_hash(const void *bytes, size_t count, uint64_t *high, uint64_t *low);

/* Adds what `n` bytes of a text hold: quotes, and line ends (LF, CR or CRLF) that an even number of these quotes
 * comes before, or an odd one. An LF after `before`, the byte in front of the first, ends no other line. */
typedef struct { size_t quotes, outside, inside; } nns_lines;
void nns_count_lines(const uint8_t *bytes, size_t n, uint8_t before, nns_lines *lines);

/* A flag that long kernels look at between blocks; when set they return early with unspecified
 * output, and the caller must check it. */
extern volatile int32_t nns_interrupted;
/* Its address, for languages that do not read C globals. */
static inline int32_t *nns_interruption_flag(void) { return (int32_t *)&nns_interrupted; }

/* ---- The host -------------------------------------------------------------------------------- */

/* Lowest address and size of the calling thread's stack; false where the system does not say. */
bool nns_stack_bounds(uintptr_t *lowest, size_t *size);

#ifdef __cplusplus
}
#endif
#endif
