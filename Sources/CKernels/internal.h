/* What every kernel shares: how loops become wide vectors in a portable binary, and how long
 * arrays are cut into ranges for the threads. */
#ifndef NNS_INTERNAL_H
#define NNS_INTERNAL_H

#include <string.h>

#include "CKernels.h"

/* One binary carries three versions of a function: AVX-512, AVX2 with FMA, and plain x86-64; the
 * loader picks one. Other architectures have a single baseline that is already wide. The loader
 * runs the choice before a sanitizer is ready for it, so sanitized builds take the baseline. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define NNS_SANITIZED 1
#endif
#endif
#if defined(__x86_64__) && defined(__linux__) && !defined(NNS_SANITIZED)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

#define INLINE static inline __attribute__((always_inline))

/* What stays scalar without optimisation or under a sanitizer is no news. */
#if !defined(__OPTIMIZE__) || defined(NNS_SANITIZED)
#pragma clang diagnostic ignored "-Wpass-failed"
#endif

/* Calls may be in place, which clang would otherwise test for before every loop, and refuse to
 * vectorise when it is so. Element i is read before it is written, in the body as in the tail. */
#define LOOP _Pragma("clang loop vectorize(assume_safety)")

/* Fused on every machine, by libm where there is no instruction. The elementwise builtins, unlike
 * libm's names, promise not to set errno, without which loops over them stay scalar. */
#define FMA(a, b, c) __builtin_elementwise_fma((a), (b), (c))

/* Arrays of at most SHARED elements stay on the calling thread; longer ones are cut at multiples
 * of GRAIN, whatever the number of threads. */
enum { SHARED = 65536, GRAIN = 32768 };

/* Calls body over consecutive ranges that cover 0..<n: one range when n <= whole, else ranges of
 * `grain` shared among the threads, none of them started once nns_interrupted is set. */
typedef void (*nns_range_body)(const void *context, size_t from, size_t to);
void nns_ranges(size_t n, size_t whole, size_t grain, nns_range_body body, const void *context);

/* Rows of `row` elements each make at least a grain together. */
INLINE size_t rows_per_grain(size_t row) { return row >= GRAIN ? 1 : GRAIN / (row ? row : 1); }
INLINE size_t rows_per_whole(size_t row) { return row >= SHARED ? 1 : SHARED / (row ? row : 1); }

#endif
