#include <stdio.h>
#include <stdlib.h>

__attribute__((noinline)) static double fib(double n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

int main(int count, char **words) {
  long n = count > 1 ? atol(words[1]) : 0;
  volatile double start = 20, result = 0;
  for (long i = 0; i < n; i++) result += fib(start);
  return result < 0;
}
