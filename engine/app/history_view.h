/* history_view - what `history` prints of runs: a list, one run against the one before, a trend. */
#ifndef PERFEVAL_APP_HISTORY_VIEW_H
#define PERFEVAL_APP_HISTORY_VIEW_H

#include "app/cli.h"
#include "app/history.h"

/** Adds a line a run, the oldest first. */
bool history_list(History *history, Language language, Buffer *out);
/** Adds what a run (a number; empty: the newest) found, and what changed since the run before it of the same
 * rule file and job, where there is none since the run before: verdicts of projects, each with what differs
 * (data, target, rule, param). */
bool history_show(History *history, Str run, Language language, Buffer *out);
/** Adds the trend over all runs of a project, department or bureau of that name, the first of these that
 * there is; of all where `name` is empty. Format: empty or "text", "json" (perfeval.trend/1), "svg". */
bool history_trend(History *history, Str name, Str format, Language language, Buffer *out);

#endif
