/* What Swift's C library module does not show of the host. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CKernels.h"
#include <pthread.h>

bool nns_stack_bounds(uintptr_t *lowest, size_t *size) {
  pthread_attr_t attributes;
  void *address = NULL;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return false;
  int failed = pthread_attr_getstack(&attributes, &address, size);
  pthread_attr_destroy(&attributes);
  *lowest = (uintptr_t)address;
  return failed == 0;
}
