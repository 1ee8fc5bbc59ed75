/* Makes the templates (*.inc.h) that follow mean float; see f64.h. */
#undef REAL
#undef UINT
#undef NAME
#undef LIBM
#define REAL float
#define UINT uint32_t
#define NAME(stem) stem##_f32
#define LIBM(stem) stem##f
