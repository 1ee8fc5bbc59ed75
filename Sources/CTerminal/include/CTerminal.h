/* Signals and waiting for the keyboard: what has to be C because it runs inside signal handlers. */
#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stdbool.h>

/* From now on SIGINT asks the running cell to stop instead of ending the program. When a script
 * runs, a second one ends the program at once, in case the first is never looked at. */
void nns_catch_interrupts(bool second_one_ends);

/* Whether SIGINT arrived since the last call. */
bool nns_take_interrupt(void);

typedef enum { NNS_KEYS, NNS_INTERRUPT, NNS_RESIZE, NNS_SUSPEND, NNS_IDLE, NNS_END } nns_event;

/* Between these two the keyboard belongs to the line editor: signals are held back and reported by
 * nns_next_event instead of acting, so that the terminal can be put in order first. */
void nns_begin_editing(void);
void nns_end_editing(void);

/* Waits until there is something to read or a signal arrived, or so many milliseconds are over; a negative
 * number waits for ever. */
nns_event nns_next_event(int descriptor, int milliseconds);

/* Stops the program as Ctrl-Z does without an editor; returns when it is continued. */
void nns_suspend(void);

/* Ends the program as the signal behind NNS_END would have; to be called after editing has ended. */
void nns_end_by_signal(void);

#endif
