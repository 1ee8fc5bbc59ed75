/* The numbers behind elementary.inc.h, trig.inc.h and erf.inc.h for double.
 *
 * Unless another source is named, coefficients are minimax fits by Remez exchange in 200-bit
 * arithmetic, rounded to double; the error given is that of the fit before rounding. */
#ifndef NNS_MATH_F64_H
#define NNS_MATH_F64_H

#define MANTISSA_f64 52
#define BIAS_f64 1023
#define MIN_NORMAL_f64 0x1p-1022
/* Adding it rounds to an integer, which is then in the low bits. */
#define MAGIC_f64 0x1.8p52
#define SQRT_HALF_BITS_f64 0x3fe6a09e00000000u

/* exp is infinite above the first and 0 below the second; expm1 is -1 and tanh is 1 beyond. */
#define EXP_MOST_f64 710.0
#define EXP_LEAST_f64 -746.0
#define EXPM1_LEAST_f64 -40.0
#define TANH_MOST_f64 20.0
#define EXP2_MOST_f64 1025.0
#define EXP2_LEAST_f64 -1077.0

#define LOG2E_f64 0x1.71547652b82fep+0
#define LOG2E_LOW_f64 0x1.777d0ffda0d24p-56
#define LN2_f64 0x1.62e42fefa39efp-1
#define LN2_LOW_f64 0x1.abc9e3b39803fp-56
#define LOG10E_f64 0x1.bcb7b1526e50ep-2
#define LOG10E_LOW_f64 0x1.95355baaafad3p-57
/* Short enough that a product with an exponent is exact. */
#define LN2_SHORT_f64 0x1.62e42fefa2p-1
#define LN2_REST_f64 0x1.9ef35793c7673p-41
#define LOG10_2_SHORT_f64 0x1.34413509f6p-2
#define LOG10_2_REST_f64 0x1.9fef311f12b36p-42

/* (e^r - 1 - r) / r^2 for |r| <= 0.347; relative to e^r - 1: 2^-61.7 */
static const double EXP_f64[] = {
    0x1.0000000000000p-1,  0x1.5555555555559p-3,  0x1.555555555555ap-5,  0x1.111111110f671p-7,
    0x1.6c16c16c14419p-10, 0x1.a01a01b000cacp-13, 0x1.a01a01b0c9589p-16, 0x1.71ddf806b7fd0p-19,
    0x1.27e4c577fa7f0p-22, 0x1.af5f50b70736bp-26, 0x1.1f95a47441bf7p-29,
};

/* Lg1 to Lg7 of fdlibm's e_log.c (Sun Microsystems, 1993) */
static const double LOG_f64[] = {
    6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01, 2.222219843214978396e-01,
    1.818357216161805012e-01, 1.531383769920937332e-01, 1.479819860511658591e-01,
};

#define TWO_OVER_PI_f64 0x1.45f306dc9c883p-1
#define HALF_PI_HIGH_f64 0x1.921fb54442d18p+0
#define HALF_PI_MIDDLE_f64 0x1.1a62633145c07p-54
#define HALF_PI_LOW_f64 -0x1.f1976b7ed8fbcp-110
/* Beyond this, libm: the three parts of pi cannot hold the reduced angle to the last bit. */
#define TRIG_MOST_f64 0x1p26

/* (sin r - r) / r^3 in r^2 for |r| <= pi/4 + 0.001; relative to r: 2^-58.0 */
static const double SIN_f64[] = {
    -0x1.5555555555549p-3, 0x1.111111110f83dp-7,   -0x1.a01a019c0924bp-13,
    0x1.71de356fd5049p-19, -0x1.ae5e5fb35908ep-26, 0x1.5d9105682119cp-33,
};
/* (cos r - 1 + r^2/2) / r^4 in r^2, likewise; absolute: 2^-64.0 */
static const double COS_f64[] = {
    0x1.555555555554ep-5,   -0x1.6c16c16c154ddp-10, 0x1.a01a019cf8e28p-16,
    -0x1.27e4f8366ea77p-22, 0x1.1eea0690401c0p-29,  -0x1.8fbaef4fb01eap-37,
};

#define ERF_MOST_f64 6.0
/* erf(x) / x - 1 in x^2 for |x| <= 1; absolute: 2^-57.0 */
static const double ERF_SMALL_f64[] = {
    0x1.06eba8214db68p-3,  -0x1.812746b0379c2p-2,  0x1.ce2f21a041018p-4,  -0x1.b82ce312062c0p-6,
    0x1.565bccfa9a8d6p-8,  -0x1.c02db072f60a5p-11, 0x1.f9a2bf742a950p-14, -0x1.f4ca949cfe879p-17,
    0x1.b9827b4374af2p-20, -0x1.5c16e42ab1a77p-23, 0x1.d7849b7854c69p-27, -0x1.ace0121424238p-31,
};
/* log(erfc(x)) for 1 <= x <= 6; times erfc(x): 2^-57.1 */
static const double ERF_TAIL_f64[] = {
    -0x1.138c9f27686a6p-21, -0x1.20dd1e2fb7638p+0,  -0x1.45f635aa65591p-1,  -0x1.a4ab27ca255bap-4,
    0x1.37199d8acf6b6p-6,   0x1.b1a046b95a157p-12,  -0x1.f70a594af8760p-10, 0x1.954c33fa3dfedp-11,
    -0x1.1e603583e907ap-13, -0x1.478d68df56526p-16, 0x1.7a0b699799035p-16,  -0x1.1fdc1e180642fp-17,
    0x1.1bd8e64e215dfp-19,  -0x1.8cd2bb5012755p-22, 0x1.8a91a2bba2addp-25,  -0x1.0b52df7ad9121p-28,
    0x1.bc4907c450eaap-33,  -0x1.565b63779836fp-38,
};

#endif
