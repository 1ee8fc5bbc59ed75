/* The derivatives of log(gamma(x)); see gamma.c. */
#ifndef NNS_GAMMA_H
#define NNS_GAMMA_H

double nns_digamma(double x);
double nns_polygamma(double order, double x);

#endif
