/* stats - what --stats says of a run: how much was done, in which time and memory. */
#ifndef PERFEVAL_APP_STATS_H
#define PERFEVAL_APP_STATS_H

#include "app/cli.h"
#include "lua/rules.h"

typedef enum Phase {
    PHASE_LOAD,     /* rules and data */
    PHASE_EVALUATE, /* rates and verdicts */
    PHASE_WRITE,    /* the report or table, and the file */
    PHASE_COUNT
} Phase;

typedef struct Stats {
    double milliseconds[PHASE_COUNT]; /* by the clock on the wall */
    double last;                      /* when the last phase ended */
} Stats;

/** Milliseconds of a clock that only goes on. */
double stats_now(void);
/** Starts the first phase. */
void stats_start(Stats *stats);
/** Ends a phase; the next one starts. */
void stats_end(Stats *stats, Phase phase);
/** Prints them to standard error, one a line. Peak memory is that of the largest process: the program or a
 * child that ran scripts. */
void stats_print(const Stats *stats, const Results *results, const RuleFile *rules, Language language);

#endif
