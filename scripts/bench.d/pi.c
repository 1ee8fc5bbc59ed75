#include <stdio.h>
#include <stdlib.h>

int main(int count, char **words) {
  long n = count > 1 ? atol(words[1]) : 0;
  long seed = 1, inside = 0;
  for (long i = 0; i < n; i++) {
    seed = seed * 16807 % 2147483647;
    double x = seed / 2147483647.0;
    seed = seed * 16807 % 2147483647;
    double y = seed / 2147483647.0;
    if (x * x + y * y <= 1) inside++;
  }
  printf("%g\n", 4.0 * inside / (n > 0 ? n : 1));
}
