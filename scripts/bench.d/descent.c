#include <stdio.h>
#include <stdlib.h>

/* Volatile, so that the loop is not folded into a formula. */
static volatile double rate = 1e-7, goal = 3;

int main(int count, char **words) {
  long n = count > 1 ? atol(words[1]) : 0;
  double x = 0, step = rate * 2, target = goal;
  for (long i = 0; i < n; i++) x -= step * (x - target);
  printf("%g\n", x);
}
