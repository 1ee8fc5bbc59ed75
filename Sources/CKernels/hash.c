/* Hashes of content, far above the speed of memory. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "internal.h"

void nns_hash(const void *bytes, size_t count, uint64_t *high, uint64_t *low) {
  const XXH128_hash_t hash = XXH3_128bits(bytes, count);
  *high = hash.high64;
  *low = hash.low64;
}
