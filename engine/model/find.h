/* find - projects by any part of a name, for a person who does not know how the data spell it: blanks, dots,
 * capitals and width are folded. */
#ifndef PERFEVAL_MODEL_FIND_H
#define PERFEVAL_MODEL_FIND_H

#include "model/results.h"

/** What is looked for; empty texts: anything. All that are given must hold. */
typedef struct Wanted {
    Str any;              /* in the name of a bureau, a department, a project or an indicator */
    Str names[LEVEL_ALL]; /* in the name of that level */
    size_t row;           /* the project of this data row, from 1; 0: any */
} Wanted;

/** True when nothing is looked for. */
bool find_is_empty(const Wanted *wanted);
/** The projects, in order of the data; where some have a name that is `any` in whole, only these. Lives in
 * `arena`. */
uint32_t *find_projects(const Dataset *dataset, const Wanted *wanted, size_t *count, Arena *arena);
/** The projects that are not normal: those without the verdict whose key is "normal", else without the best.
 */
uint32_t *find_not_normal(const Results *results, size_t *count, Arena *arena);
/** The band of the projects with this key or printed name (folded); RESULTS_NO_BAND when there is none. */
unsigned find_verdict(const Plan *plan, Str name);
/** The name in the data that is nearest to a word that is in none, as a hint of the message added last. */
void find_suggest(const Dataset *dataset, Str word, Diag *diag);

#endif
