/* The pool of threads. Workers start at the first call that can use them, then sleep on a
 * condition; the calling thread always takes part. Indices are handed out one at a time, so which
 * thread computes what is open, but what is computed is not. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#include "internal.h"

volatile int32_t nns_interrupted = 0;

enum { MOST_THREADS = 256, SPINS = 2000 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work = PTHREAD_COND_INITIALIZER;
static pthread_cond_t idle = PTHREAD_COND_INITIALIZER;

/* The current job. `job` counts jobs, and is odd while workers may join; the rest of the job is
 * written only while no worker is inside. */
static atomic_uint_fast64_t job;
static void (*job_body)(void *, size_t);
static void *job_context;
static size_t job_count, job_workers;
static atomic_size_t job_next;

static size_t inside;  /* workers within the job, under the lock */
static size_t started; /* workers alive, under the busy flag */
static atomic_size_t wanted;
static atomic_flag busy = ATOMIC_FLAG_INIT;

static size_t cores(void) {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) {
    const int count = CPU_COUNT(&set);
    return count > 0 ? (size_t)count : 1;
  }
#endif
  const long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (size_t)count : 1;
}

void nns_set_threads(size_t count) {
  if (count == 0) count = cores();
  atomic_store(&wanted, count < MOST_THREADS ? count : MOST_THREADS);
}

size_t nns_threads(void) {
  size_t count = atomic_load(&wanted);
  if (count == 0) {
    nns_set_threads(0);
    count = atomic_load(&wanted);
  }
  return count;
}

static void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#else
  atomic_signal_fence(memory_order_seq_cst);
#endif
}

static void take_indices(void) {
  const size_t count = job_count;
  for (;;) {
    const size_t i = atomic_fetch_add_explicit(&job_next, 1, memory_order_relaxed);
    if (i >= count) return;
    job_body(job_context, i);
  }
}

static void *worker(void *argument) {
  const size_t number = (size_t)argument;
  uint_fast64_t seen = 0;
  for (;;) {
    /* The next job of a running computation is often microseconds away. */
    for (int spin = 0; spin < SPINS; spin++) {
      const uint_fast64_t now = atomic_load_explicit(&job, memory_order_relaxed);
      if (now != seen && (now & 1)) break;
      pause_briefly();
    }
    pthread_mutex_lock(&lock);
    while (atomic_load(&job) == seen || !(atomic_load(&job) & 1)) pthread_cond_wait(&work, &lock);
    seen = atomic_load(&job);
    const bool joins = number < job_workers;
    inside += joins;
    pthread_mutex_unlock(&lock);
    if (!joins) continue;
    take_indices();
    pthread_mutex_lock(&lock);
    if (--inside == 0) pthread_cond_signal(&idle);
    pthread_mutex_unlock(&lock);
  }
  return NULL;
}

/* A forked child has this thread alone, and whatever the others held is free. */
static void after_fork(void) {
  pthread_mutex_init(&lock, NULL);
  pthread_cond_init(&work, NULL);
  pthread_cond_init(&idle, NULL);
  inside = 0;
  started = 0;
  atomic_store(&job, 0);
  atomic_flag_clear(&busy);
}

/* Signals stay with the threads that expect them, apart from those that a fault sends to the
 * thread that made it. */
static void start_workers(size_t count) {
  if (started >= count) return;
  static atomic_bool watched;
  if (!atomic_exchange(&watched, true)) pthread_atfork(NULL, NULL, after_fork);
  sigset_t all, before;
  sigfillset(&all);
  sigdelset(&all, SIGSEGV);
  sigdelset(&all, SIGBUS);
  sigdelset(&all, SIGILL);
  sigdelset(&all, SIGFPE);
  sigdelset(&all, SIGTRAP);
  sigdelset(&all, SIGABRT);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  while (started < count) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, worker, (void *)started) != 0) break;
    pthread_detach(thread);
    started++;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void nns_parallel(size_t count, void (*body)(void *context, size_t i), void *context) {
  const size_t threads = count > 1 ? nns_threads() : 1;
  if (threads == 1 || atomic_flag_test_and_set(&busy)) {
    for (size_t i = 0; i < count; i++) body(context, i);
    return;
  }
  start_workers(threads - 1);
  pthread_mutex_lock(&lock);
  job_body = body;
  job_context = context;
  job_count = count;
  job_workers = threads - 1;
  atomic_store(&job_next, 0);
  atomic_fetch_add(&job, 1);
  pthread_cond_broadcast(&work);
  pthread_mutex_unlock(&lock);

  take_indices();

  pthread_mutex_lock(&lock);
  atomic_fetch_add(&job, 1); /* nobody joins any more */
  while (inside > 0) pthread_cond_wait(&idle, &lock);
  pthread_mutex_unlock(&lock);
  atomic_flag_clear(&busy);
}

struct ranges {
  nns_range_body body;
  const void *context;
  size_t n, grain;
};

static void one_range(void *context, size_t i) {
  const struct ranges *r = context;
  const size_t from = i * r->grain, left = r->n - from;
  if (nns_interrupted) return;
  r->body(r->context, from, from + (left < r->grain ? left : r->grain));
}

void nns_ranges(size_t n, size_t whole, size_t grain, nns_range_body body, const void *context) {
  if (n == 0) return;
  if (n <= whole) {
    body(context, 0, n);
    return;
  }
  struct ranges r = {body, context, n, grain};
  nns_parallel((n + grain - 1) / grain, one_range, &r);
}
