/* progress - a line on the terminal that says how far a long run is: "load 43 %".
 *
 * Only where standard error is a terminal that can go back in a line (TERM is not "dumb"), only for runs of
 * more than a second, and without colours. The line is gone before anything else is printed there.
 */
#ifndef PERFEVAL_APP_PROGRESS_H
#define PERFEVAL_APP_PROGRESS_H

#include "app/stats.h"

typedef struct Progress {
    bool on;
    bool shown; /* a line is on the terminal */
    Language language;
    double start, last; /* milliseconds: of the run, of the line */
    Phase phase;
} Progress;

void progress_start(Progress *progress, Language language);
/** `done` of `all` of a phase are done; 0 of 0: nobody knows how many. Cheap enough for every few thousand
 * rows.
 */
void progress_step(Progress *progress, Phase phase, size_t done, size_t all);
/** Takes the line away. */
void progress_erase(Progress *progress);

#endif
