/* listing - a rule set as readable text: each entry on a line with the file and line where it stands, in the
 * order of evaluation. */
#ifndef PERFEVAL_MODEL_LISTING_H
#define PERFEVAL_MODEL_LISTING_H

#include "model/plan.h"

/** Adds the entries of `rules`, the tree that `plan` was compiled from; `file` not empty: only those that
 * stand in it. */
void listing_rules(Buffer *out, const Tree *rules, const Plan *plan, Str file);
/** Adds the parameters as a table for a terminal; `head` holds the titles of the columns, separated by '|':
 * name, value, unit, range, where, source. */
void listing_params(Buffer *out, const Plan *plan, Str head);
/** Adds the parameters as JSON (perfeval.params/1). */
void listing_params_json(Buffer *out, const Plan *plan);

#endif
