/* halving - flips of a parameter that may stand anywhere: between two outcomes, halved until they are exact
 * or near enough (model/flip says how). */
#ifndef PERFEVAL_MODEL_HALVING_H
#define PERFEVAL_MODEL_HALVING_H

#include "model/flip.h"

/** Adds the flips between two outcomes, those of the values low < high. */
void halving_flips(const FlipSearch *search, Str low, const Outcome *below, Str high, const Outcome *above,
                   FlipList *out);

#endif
