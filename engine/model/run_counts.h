/* run_counts - projects whose rows follow each other, judged and counted by the names of their bureau, or
 * bureau and department, and where a table of projects is wanted noted one by one.
 */
#ifndef PERFEVAL_MODEL_RUN_COUNTS_H
#define PERFEVAL_MODEL_RUN_COUNTS_H

#include "model/later.h"
#include "model/summaries.h"

/** One a thread. */
typedef struct RunCounts {
    Pass pass;
    Tally tally;
    Later later;       /* projects that wait for functions */
    uint8_t *verdicts; /* of runs */
    size_t verdict_capacity;
    bool notes; /* projects are noted too */
    SummaryList noted;
    Str text; /* that their names stand in */
} RunCounts;

/** `names`: those of the tally; `askers`: NULL where the plan asks no functions. */
void run_counts_begin(RunCounts *counts, const PassPlan *bound, const RowAskers *askers, size_t asker,
                      size_t names);
void run_counts_end(RunCounts *counts);
/** From now on every project is noted too; its name stands in `text`, which stays, or is copied. The tally
 * has two names. None of them waits for functions. */
void run_counts_note(RunCounts *counts, Str text);
/** Judges runs from to to - 1 of the pass's stretch; some may wait. False as pass_rates, or when an exact
 * value would have been too large, or a project cannot be noted (run_summary). */
bool run_counts_add(RunCounts *counts, size_t from, size_t to);
/** Judges those that wait. False as run_counts_add. */
bool run_counts_finish(RunCounts *counts);

#endif
