// The raw work that a store is measured by: store write|read|copy FILE BYTES prints the seconds it takes.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { piece = 4 << 20 };

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec * 1e-9;
}

static int write_all(const char *path, const char *bytes, size_t count) {
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  for (size_t done = 0; done < count;) {
    ssize_t more = write(file, bytes + done, count - done < piece ? count - done : piece);
    if (more <= 0) return 1;
    done += (size_t)more;
  }
  return fsync(file);
}

static int read_all(const char *path, char *bytes, size_t count) {
  int file = open(path, O_RDONLY);
  for (size_t done = 0; done < count;) {
    ssize_t more = read(file, bytes + done, count - done < piece ? count - done : piece);
    if (more <= 0) return 1;
    done += (size_t)more;
  }
  return 0;
}

int main(int argc, char **argv) {
  if (argc < 4) return 64;
  size_t count = strtoull(argv[3], NULL, 10);
  char *source = malloc(count);
  if (!source) return 1;
  int failed = 0;
  double start;
  if (!strcmp(argv[1], "read")) {
    // Into fresh memory, as a tensor that is loaded is.
    start = now();
    failed = read_all(argv[2], source, count);
  } else {
    unsigned state = 1;
    for (size_t i = 0; i + 4 <= count; i += 4) memcpy(source + i, &(unsigned){state = state * 1664525 + 1013904223}, 4);
    start = now();
    if (!strcmp(argv[1], "write")) {
      failed = write_all(argv[2], source, count);
    } else {
      char *target = malloc(count);
      if (!target) return 1;
      memcpy(target, source, count);
      failed = target[count / 2] != source[count / 2];
    }
  }
  printf("%.6f\n", now() - start);
  return failed;
}
