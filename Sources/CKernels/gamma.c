/* digamma and polygamma, by Abramowitz and Stegun, chapter 6: recurrence up to arguments where the
 * asymptotic series converges, reflection below 0. */
#include "gamma.h"

#include <math.h>

#include "internal.h"

#pragma STDC FP_CONTRACT OFF

static const double pi = 0x1.921fb54442d18p+1;

/* 6.3.18: log x - 1/2x - sum of B_2k / (2k x^2k). From 10 on seven terms reach the last bit. */
static double digamma_series(double x) {
  static const double c[] = {1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12};
  const double z = 1 / (x * x);
  double sum = 0;
  for (int i = 6; i >= 0; i--) sum = (sum + c[i]) * z;
  return log(x) - 0.5 / x - sum;
}

/* Around its root the series would cancel. There, Taylor's: coefficient n is the n-th derivative
 * over n!, which is -(-1)^n zeta(n + 1, root); computed with mpmath to 200 bits. */
static double digamma_near_root(double x) {
  static const double zeta[] = {
      0x1.ef72bc8ee38acp-1, 0x1.c563b54aa1a35p-2, 0x1.08b4294d50381p-2, 0x1.4fc1317257da8p-3, 0x1.b9a5b6370f3abp-4,
      0x1.27baba261cc2cp-4, 0x1.8fce02b239ca7p-5, 0x1.0fa7ec36a7d8fp-5, 0x1.723d6807edcc0p-6, 0x1.f970508e1b6a2p-7,
      0x1.5955caaa962f3p-7, 0x1.d828079282eb8p-8, 0x1.42e1acf81d8dcp-8, 0x1.b9afc7cee8a14p-9,
  };
  const double root = 0x1.762d86356be3fp+0, rest = 0x1.b86a722197829p-54;
  const double d = (x - root) - rest;
  double sum = 0;
  for (int n = 13; n >= 0; n--) sum = zeta[n] - d * sum;
  return d * sum;
}

static double digamma_positive(double x) {
  if (x > 1.37 && x < 1.55) return digamma_near_root(x);
  double sum = 0;
  for (; x < 10; x += 1) sum -= 1 / x;
  return sum + digamma_series(x);
}

/* The sum over k >= 0 of (x + k)^-s for x > 0 and s > 1, by Euler and Maclaurin (23.2.9, with the
 * terms B_2j / (2j)! of the remainder as in Cephes' zeta.c, Moshier 1984). */
static double hurwitz(double s, double x) {
  static const double c[] = {
      1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1209600, 1.0 / 47900160, -691.0 / 1307674368000.0, 1.0 / 74724249600.0,
  };
  double sum = 0;
  for (int k = 0; k < 10 || x < 10; k++, x += 1) {
    const double term = pow(x, -s);
    sum += term;
    if (term < sum * 0x1p-60) return sum;
  }
  const double power = pow(x, -s);
  sum += x * power / (s - 1) + power / 2;
  double factor = s * power / x;
  for (int j = 0; j < 7; j++) {
    sum += factor * c[j];
    factor *= (s + 2 * j + 1) / x * ((s + 2 * j + 2) / x);
  }
  return sum;
}

double nns_digamma(double x) {
  if (x != x || x == INFINITY) return x;
  if (x == 0) return copysign(INFINITY, -x);
  if (x > 0) return digamma_positive(x);
  const double distance = x - rint(x); /* the tangent has period 1, and this is exact */
  if (distance == 0 || x == -INFINITY) return NAN;
  return digamma_positive(1 - x) - pi / tan(pi * distance);
}

/* 6.4.10: (-1)^(n+1) n! times the sum over k >= 0 of (x + k)^-(n+1). Below 0 that is the sum over
 * all integers, which depends on the distance to the nearest one alone, less the sum over the
 * negative ones. */
double nns_polygamma(double order, double x) {
  if (order == 0) return nns_digamma(x);
  if (!(order > 0) || order != floor(order) || order == INFINITY || x != x) return NAN;
  const double s = order + 1, sign = fmod(order, 2) == 0 ? -1 : 1;
  const double scale = sign * tgamma(s);
  if (x == INFINITY) return copysign(0, scale);
  if (x > 0) return scale * hurwitz(s, x);
  const double distance = x - rint(x);
  if (distance == 0) return fmod(order, 2) == 0 ? NAN : INFINITY;
  if (x == -INFINITY) return NAN;
  const double mirrored = hurwitz(s, 1 - distance) - hurwitz(s, 1 - x);
  return scale * (pow(distance, -s) + hurwitz(s, 1 + distance) + sign * mirrored);
}
