/* earlier - where last year's figures come from (--last-year-from): a run of a history, a run record, the
 * file of `lock`, or the data file of last year.
 */
#ifndef PERFEVAL_APP_EARLIER_H
#define PERFEVAL_APP_EARLIER_H

#include "app/cli.h"
#include "model/last_year.h"

/** Reads them as the flags --last-year-from and --last-year-run say. Of a history the run is asked for by its
 * number, or by the rule file or data file that it read: then the newest such run, by its day, counts; runs
 * of other files among those are an error, as is a history of several runs without either. False after
 * errors; release `out` in any case. Options.read_last_year. */
bool earlier_read(const Options *options, LastYear *out, Diag *diag);

#endif
