#include <cblas.h>
#include <stdlib.h>
#include <string.h>

int main(int count, char **words) {
  if (count < 4) return 1;
  long n = atol(words[1]);
  int size = atoi(words[2]), is_double = strcmp(words[3], "f64") == 0;
  size_t elements = (size_t)size * size, bytes = (elements * 8 + 63) / 64 * 64;
  double *a = aligned_alloc(64, bytes), *b = aligned_alloc(64, bytes), *c = aligned_alloc(64, bytes);
  if (a == NULL || b == NULL || c == NULL) return 1;
  for (size_t i = 0; i < elements; i++) {
    double x = (double)(i * 7 % 101) / 101, y = (double)(i * 11 % 103) / 103;
    if (is_double) a[i] = x, b[i] = y;
    else ((float *)a)[i] = (float)x, ((float *)b)[i] = (float)y;
  }
  for (long k = 0; k < n; k++) {
    if (is_double)
      cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, size, size, size, 1, a, size, b, size, 0, c, size);
    else
      cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, size, size, size, 1, (float *)a, size, (float *)b, size, 0,
                  (float *)c, size);
  }
  return 0;
}
