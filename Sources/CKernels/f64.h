/* Makes the templates (*.inc.h) that follow mean double. Without a guard: a file may include the
 * templates for one type after those for the other. */
#undef REAL
#undef UINT
#undef NAME
#undef LIBM
#define REAL double
#define UINT uint64_t
#define NAME(stem) stem##_f64
#define LIBM(stem) stem
