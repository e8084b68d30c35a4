/* flip_build - the inside of flip, for the two rooms that find flips (model/flip, model/halving). */
#ifndef PERFEVAL_MODEL_FLIP_BUILD_H
#define PERFEVAL_MODEL_FLIP_BUILD_H

#include "model/flip.h"
#include "model/judge.h"
#include "model/number.h"

/** A new flip at the end of a list. */
Flip *flip_add(FlipList *list);
/** Makes a flip exact, at that value. */
void flip_set_value(Flip *flip, mpq_srcptr value, Arena *arena);

#endif
