/* mutants - rule sets that differ from one in a single place: what tests should notice.
 *
 * Thresholds, sides of comparisons, polarity, rounding, parameters, and the shape of cases and bands are
 * changed one at a time, in the tree of the rules; the inside of Lua functions is not.
 */
#ifndef PERFEVAL_MODEL_MUTANTS_H
#define PERFEVAL_MODEL_MUTANTS_H

#include "model/mutant_edit.h"

typedef struct Mutants {
    Mutant *items;
    size_t count;
} Mutants;

/** All mutants of a rule tree, in order of the rules; `plan` is compiled from it and gives the parameters.
 * Lives in `arena`, parts of trees are shared. */
Mutants mutants_of(Arena *arena, const Tree *rules, const Plan *plan);

#endif
