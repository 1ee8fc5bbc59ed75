/* The numbers behind elementary.inc.h, trig.inc.h and erf.inc.h for float; see math_f64.h. */
#ifndef NNS_MATH_F32_H
#define NNS_MATH_F32_H

#define MANTISSA_f32 23
#define BIAS_f32 127
#define MIN_NORMAL_f32 0x1p-126f
#define MAGIC_f32 0x1.8p23f
#define SQRT_HALF_BITS_f32 0x3f3504f3u

#define EXP_MOST_f32 89.0f
#define EXP_LEAST_f32 -104.0f
#define EXPM1_LEAST_f32 -20.0f
#define TANH_MOST_f32 10.0f
#define EXP2_MOST_f32 129.0f
#define EXP2_LEAST_f32 -152.0f

#define LOG2E_f32 0x1.715476p+0f
#define LOG2E_LOW_f32 0x1.4ae0cp-26f
#define LN2_f32 0x1.62e43p-1f
#define LN2_LOW_f32 -0x1.05c61p-29f
#define LOG10E_f32 0x1.bcb7b2p-2f
#define LOG10E_LOW_f32 -0x1.5b235ep-27f
#define LN2_SHORT_f32 0x1.62e4p-1f
#define LN2_REST_f32 0x1.7f7d1cp-20f
#define LOG10_2_SHORT_f32 0x1.344p-2f
#define LOG10_2_REST_f32 0x1.3509f8p-18f

/* relative to e^r - 1: 2^-32.0 */
static const float EXP_f32[] = {
    0x1.000000p-1f, 0x1.555556p-3f, 0x1.5554aep-5f, 0x1.111090p-7f, 0x1.6d7552p-10f, 0x1.a1a226p-13f,
};

/* Lg1 to Lg4 of FreeBSD's e_logf.c (derived from fdlibm) */
static const float LOG_f32[] = {
    0xaaaaaa.0p-24f, 0xccce13.0p-25f, 0x91e9ee.0p-25f, 0xf89e26.0p-26f,
};

#define TWO_OVER_PI_f32 0x1.45f306p-1f
#define HALF_PI_HIGH_f32 0x1.921fb6p+0f
#define HALF_PI_MIDDLE_f32 -0x1.777a5cp-25f
#define HALF_PI_LOW_f32 -0x1.ee59dap-50f
#define TRIG_MOST_f32 0x1p13f

/* relative to r: 2^-28.0 */
static const float SIN_f32[] = {-0x1.555546p-3f, 0x1.110754p-7f, -0x1.994a4ep-13f};
/* absolute: 2^-33.3 */
static const float COS_f32[] = {0x1.55554ap-5f, -0x1.6c0c7ep-10f, 0x1.99fe82p-16f};

#define ERF_MOST_f32 4.0f
/* absolute: 2^-29.7 */
static const float ERF_SMALL_f32[] = {
    0x1.06eba8p-3f, -0x1.81273ep-2f,  0x1.ce2d20p-4f, -0x1.b7fbb4p-6f,
    0x1.5419f4p-8f, -0x1.a485e8p-11f, 0x1.4ae4c2p-14f,
};
/* times erfc(x): 2^-29.9, for 1 <= x <= 4 */
static const float ERF_TAIL_f32[] = {
    -0x1.72f010p-12f, -0x1.2085b0p+0f, -0x1.46c58cp-1f, -0x1.a60a48p-4f,
    0x1.6541acp-6f,   -0x1.814be8p-9f, 0x1.852bb2p-13f,
};

#endif
