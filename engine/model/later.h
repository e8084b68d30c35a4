/* later - projects that wait for functions: their rows are put aside, with those of other units, until there
 * are questions enough.
 *
 * Who answers is another process (model/asked). To wake it for the few questions of one unit costs more than
 * they do; so the projects that have some leave their stretch and wait in a stretch of their own, with all
 * that their rates and verdicts are made of.
 */
#ifndef PERFEVAL_MODEL_LATER_H
#define PERFEVAL_MODEL_LATER_H

#include "model/pass.h"

/** Questions that are enough to be asked. */
#ifndef LATER_QUESTIONS
#define LATER_QUESTIONS 2048
#endif
/** Rows of projects that are enough, however few questions there are. */
#ifndef LATER_ROWS
#define LATER_ROWS 32768
#endif

/** One a thread, for one pass; born as {0}. */
typedef struct Later {
    Pass pass;      /* its stretch has rows, their numbers and words, and runs without names; begun at the
                       first use */
    size_t *places; /* one a run: whatever its owner knows it by */
    size_t place_capacity;
    uint32_t *rows; /* of the other pass, that are yet to be copied */
    size_t row_count, row_capacity;
} Later;

void later_end(Later *later);
/** True when rows of the pass wait for functions (pass_walk), and should wait for more of them. */
bool later_wanted(const Pass *pass);
/** Puts run number `run` of the pass's stretch aside; `place` is the owner's. Nothing of it is copied before
 * later_copy: that of many runs together costs less. */
void later_add(Later *later, const Pass *pass, size_t run, size_t place);
/** Copies what was added, before the pass goes on. */
void later_copy(Later *later, const Pass *pass);
bool later_is_full(const Later *later);
/** Asks for all of them; then each row has its rate, and later->pass judges its runs. What was asked for
 * counts for `pass`. False as pass_answer. */
bool later_answer(Later *later, Pass *pass);
/** When its runs are judged: what the judging counted is the pass's, and all runs are gone. */
void later_clear(Later *later, Pass *pass);

#endif
