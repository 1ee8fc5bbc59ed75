#include <math.h>
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **words) {
  if (count < 3) return 1;
  long n = atol(words[1]), size = atol(words[2]);
  double *x = aligned_alloc(64, (size * sizeof *x + 63) / 64 * 64);
  if (x == NULL) return 1;
  for (long i = 0; i < size; i++) x[i] = -3 + 6.0 * i / (size - 1);
  double total = 0;
  for (long k = 0; k < n; k++) {
    for (long i = 0; i < size; i++) total += exp(-x[i] * x[i]) * sin(x[i]);
    x[0] += 1e-9; /* Or the sum would be taken out of the loop. */
  }
  printf("%g\n", total);
  free(x);
}
