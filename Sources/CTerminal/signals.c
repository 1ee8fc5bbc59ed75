#define _GNU_SOURCE
#include "CTerminal.h"

#include <errno.h>
#include <signal.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include "CKernels.h"

enum { exit_status_interrupted = 130 };

static volatile sig_atomic_t interrupted, resized, suspended, ending;
static bool second_interrupt_ends;
static sigset_t mask_outside;

/* Those that act as usual except while a line is edited. */
static const int editing_signals[] = {SIGWINCH, SIGTSTP, SIGTERM, SIGHUP};
enum { editing_signal_count = sizeof editing_signals / sizeof *editing_signals };
static struct sigaction actions_outside[editing_signal_count];

static void note_interrupt(int number) {
  (void)number;
  if (interrupted && second_interrupt_ends) _exit(exit_status_interrupted);
  interrupted = 1;
  nns_interrupted = 1;
}

static void note_editing_signal(int number) {
  if (number == SIGWINCH) resized = 1;
  else if (number == SIGTSTP) suspended = 1;
  else ending = number;
}

/* Without SA_RESTART, so that a wait for input ends too. */
static void catch(int number, void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler};
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

void nns_catch_interrupts(bool second_one_ends) {
  second_interrupt_ends = second_one_ends;
  /* Also where it was ignored: a script started with & by another script should end by kill -INT. And a parent
   * with threads may have left it blocked. */
  catch(SIGINT, note_interrupt);
  sigset_t wanted;
  sigemptyset(&wanted);
  sigaddset(&wanted, SIGINT);
  sigprocmask(SIG_UNBLOCK, &wanted, NULL);
}

bool nns_take_interrupt(void) {
  bool was = interrupted;
  interrupted = 0;
  return was;
}

void nns_begin_editing(void) {
  sigset_t held;
  sigemptyset(&held);
  sigaddset(&held, SIGINT);
  for (int i = 0; i < editing_signal_count; i++) sigaddset(&held, editing_signals[i]);
  sigprocmask(SIG_BLOCK, &held, &mask_outside);
  for (int i = 0; i < editing_signal_count; i++) {
    sigaction(editing_signals[i], NULL, &actions_outside[i]);
    if (actions_outside[i].sa_handler != SIG_IGN) catch(editing_signals[i], note_editing_signal);
  }
}

void nns_end_editing(void) {
  for (int i = 0; i < editing_signal_count; i++) sigaction(editing_signals[i], &actions_outside[i], NULL);
  sigprocmask(SIG_SETMASK, &mask_outside, NULL);
}

static bool take(volatile sig_atomic_t *flag) {
  bool was = *flag;
  *flag = 0;
  return was;
}

/* Lets the held signals that have arrived act: pselect reports waiting keys and leaves the signal for later, but keys
 * typed after Ctrl-C are not meant for the line that it clears. */
static void deliver_pending(void) {
  sigset_t pending;
  if (sigpending(&pending) != 0) return;
  bool arrived = sigismember(&pending, SIGINT) == 1;
  for (int i = 0; i < editing_signal_count; i++) arrived = arrived || sigismember(&pending, editing_signals[i]) == 1;
  if (arrived) sigsuspend(&mask_outside);
}

nns_event nns_next_event(int descriptor, int milliseconds) {
  const struct timespec limit = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000L};
  for (;;) {
    if (ending) return NNS_END;
    if (take(&interrupted)) return NNS_INTERRUPT;
    if (take(&suspended)) return NNS_SUSPEND;
    if (take(&resized)) return NNS_RESIZE;
    fd_set descriptors;
    FD_ZERO(&descriptors);
    FD_SET(descriptor, &descriptors);
    /* The held signals arrive only in here, so none slips in between the looks above and the wait. */
    int ready = pselect(descriptor + 1, &descriptors, NULL, NULL, milliseconds < 0 ? NULL : &limit, &mask_outside);
    if (ready == 0) return NNS_IDLE;
    if (ready < 0 && errno != EINTR) return NNS_KEYS;
    if (ready < 0) continue;
    deliver_pending();
    if (!ending && !interrupted && !suspended && !resized) return NNS_KEYS;
  }
}

void nns_suspend(void) {
  nns_end_editing();
  raise(SIGTSTP);
  nns_begin_editing();
}

void nns_end_by_signal(void) {
  if (ending) raise(ending);
}
