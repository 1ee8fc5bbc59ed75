/* Counter-based random streams: Philox 4x32-10 of Salmon, Moraes, Dror and Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3" (SC 2011); multipliers and Weyl constants as in Random123.
 *
 * Element i encrypts the block c = counter + i (modulo 2^64): counter words (low half of c, high
 * half of c, 0, 0), key words (low half of key, high half of key), ten rounds, giving the words
 * w0 w1 w2 w3. Then
 *
 *   bits     w0 + 2^32 w1
 *   uniform  floor(bits / 2^11) / 2^53
 *   normal   sqrt(-2 log u) cos(2 pi v), u = (floor(bits / 2^11) + 1) / 2^53 in (0, 1],
 *            v = floor((w2 + 2^32 w3) / 2^11) / 2^53 in [0, 1)   (Box and Muller, 1958)
 *
 * The logarithm and the cosine are written out below with additions, multiplications, divisions
 * and square roots only, none of them contracted, all correctly rounded by IEEE 754: every machine
 * draws the same bits. */
#include "internal.h"

#pragma STDC FP_CONTRACT OFF

typedef struct {
  uint64_t low, high; /* w0 + 2^32 w1 and w2 + 2^32 w3 */
} block;

/* Words are kept in 64 bits with a clear upper half: vector units multiply those directly. */
INLINE block philox(uint64_t key, uint64_t counter) {
  const uint64_t half = 0xffffffffu;
  uint64_t c0 = counter & half, c1 = counter >> 32, c2 = 0, c3 = 0;
  uint64_t k0 = key & half, k1 = key >> 32;
  for (int round = 0; round < 10; round++) {
    const uint64_t p0 = c0 * 0xD2511F53u, p1 = c2 * 0xCD9E8D57u;
    c0 = (p1 >> 32) ^ c1 ^ k0;
    c1 = p1 & half;
    c2 = (p0 >> 32) ^ c3 ^ k1;
    c3 = p0 & half;
    k0 = (k0 + 0x9E3779B9u) & half;
    k1 = (k1 + 0xBB67AE85u) & half;
  }
  return (block){c0 | c1 << 32, c2 | c3 << 32};
}

/* Signed, because vector units without AVX-512 convert that with fewer operations. */
INLINE double unit(uint64_t bits) { return (double)(int64_t)(bits >> 11) * 0x1p-53; }

/* log of a normal number in (0, 1], by the method of fdlibm's e_log.c (Sun Microsystems, 1993):
 * x = 2^k (1 + f), s = f / (2 + f), log(1 + f) = f - f^2/2 + s (f^2/2 + R(s^2)). Below 1 ulp. */
INLINE double plain_log(double x) {
  uint64_t u;
  memcpy(&u, &x, 8);
  u += 0x3ff0000000000000u - 0x3fe6a09e00000000u;
  const uint64_t exponent = (u >> 52) | 0x4330000000000000u;
  u = (u & 0x000fffffffffffffu) + 0x3fe6a09e00000000u;
  double k, m;
  memcpy(&k, &exponent, 8);
  memcpy(&m, &u, 8);
  k -= 0x1p52 + 1023;
  const double f = m - 1, s = f / (2 + f), z = s * s, w = z * z, square = 0.5 * f * f;
  const double odd = w * (3.999999999940941908e-01 +
                          w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const double even = z * (6.666666666666735130e-01 +
                           w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  const double tail = s * (square + (odd + even)) + k * 1.90821492927058770002e-10;
  return k * 6.93147180369123816490e-01 - ((square - tail) - f);
}

/* cos(2 pi v) for v in [0, 1), as the sine of 2 pi (1/4 - |v - nearest integer|), an angle within
 * a quarter turn; minimax by Remez exchange, relative error 2^-61.6 before rounding. */
INLINE double plain_cos_turn(double v) {
  const double near = v < 0.5 ? v : 1 - v;
  const double r = (0.25 - near) * 0x1.921fb54442d18p+2, z = r * r;
  double p = 0x1.88256b4c6b0edp-49;
  p = p * z + -0x1.ae42f65818228p-41;
  p = p * z + 0x1.6123ca9562ecfp-33;
  p = p * z + -0x1.ae6454c9192f3p-26;
  p = p * z + 0x1.71de3a5282ff8p-19;
  p = p * z + -0x1.a01a01a01480fp-13;
  p = p * z + 0x1.11111111110c0p-7;
  p = p * z + -0x1.5555555555555p-3;
  return r + r * z * p;
}

INLINE double normal(block b) {
  const double u = unit(b.low) + 0x1p-53;
  return __builtin_elementwise_sqrt(-2 * plain_log(u)) * plain_cos_turn(unit(b.high));
}

CLONES static void some_bits(uint64_t key, uint64_t counter, uint64_t *y, size_t n) {
  LOOP for (size_t i = 0; i < n; i++) y[i] = philox(key, counter + i).low;
}

CLONES static void some_uniforms(uint64_t key, uint64_t counter, double *y, size_t n) {
  LOOP for (size_t i = 0; i < n; i++) y[i] = unit(philox(key, counter + i).low);
}

CLONES static void some_normals(uint64_t key, uint64_t counter, double *y, size_t n) {
  LOOP for (size_t i = 0; i < n; i++) y[i] = normal(philox(key, counter + i));
}

struct stream {
  uint64_t key, counter;
  void *y;
};

static void bits_range(const void *context, size_t from, size_t to) {
  const struct stream *s = context;
  some_bits(s->key, s->counter + from, (uint64_t *)s->y + from, to - from);
}

static void uniform_range(const void *context, size_t from, size_t to) {
  const struct stream *s = context;
  some_uniforms(s->key, s->counter + from, (double *)s->y + from, to - from);
}

static void normal_range(const void *context, size_t from, size_t to) {
  const struct stream *s = context;
  some_normals(s->key, s->counter + from, (double *)s->y + from, to - from);
}

void nns_philox_bits(uint64_t key, uint64_t counter, uint64_t *y, size_t n) {
  nns_ranges(n, SHARED, GRAIN, bits_range, &(struct stream){key, counter, y});
}

void nns_uniform_f64(uint64_t key, uint64_t counter, double *y, size_t n) {
  nns_ranges(n, SHARED, GRAIN, uniform_range, &(struct stream){key, counter, y});
}

void nns_normal_f64(uint64_t key, uint64_t counter, double *y, size_t n) {
  nns_ranges(n, SHARED, GRAIN, normal_range, &(struct stream){key, counter, y});
}
