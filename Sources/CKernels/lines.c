/* Line ends and quotes of texts, 64 bytes at a time. */
#include "internal.h"

typedef uint8_t block __attribute__((vector_size(64)));
typedef bool marks __attribute__((ext_vector_type(64)));

/* A bit for each byte that is `wanted`, the first in the lowest bit. */
INLINE uint64_t positions(const block *bytes, uint8_t wanted) {
  const marks found = __builtin_convertvector(*bytes == wanted, marks);
  uint64_t bits;
  memcpy(&bits, &found, sizeof bits);
  return bits;
}

/* Bit i is whether an odd number of bits up to i, itself included, is set. */
INLINE uint64_t prefix_parity(uint64_t bits) {
  for (int shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

CLONES void nns_count_lines(const uint8_t *bytes, size_t n, uint8_t before, nns_lines *lines) {
  uint64_t after_return = before == '\r', inside = 0;
  for (size_t i = 0; i < n; i += 64) {
    block part = {0};
    memcpy(&part, bytes + i, n - i < 64 ? n - i : 64);
    const uint64_t quotes = positions(&part, '"'), returns = positions(&part, '\r');
    /* CRLF is one line end, which its CR stands for. */
    const uint64_t ends = returns | (positions(&part, '\n') & ~(returns << 1 | after_return));
    after_return = returns >> 63;
    const uint64_t quoted = prefix_parity(quotes) ^ inside;
    if (quotes) inside = 0 - (quoted >> 63);
    lines->quotes += (size_t)__builtin_popcountll(quotes);
    lines->outside += (size_t)__builtin_popcountll(ends & ~quoted);
    lines->inside += (size_t)__builtin_popcountll(ends & quoted);
  }
}
