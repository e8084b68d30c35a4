/* sweep - a parameter, or two, through a range of values: how many projects have which verdict at each, and
 * the exact values at which verdicts change. */
#ifndef PERFEVAL_MODEL_SWEEP_H
#define PERFEVAL_MODEL_SWEEP_H

#include "model/flip.h"

/** Most steps of a sweep, of two parameters together. */
#ifndef SWEEP_STEPS
#define SWEEP_STEPS 10000
#endif
/** Most parameters of a sweep. */
#define SWEEP_AXES 2

/** NAME=FROM..TO:STEP */
typedef struct SweepAxis {
    Str text; /* as it was given */
    Str name;
    Str *values; /* FROM, FROM + STEP, … as far as TO: exact decimals */
    size_t count;
} SweepAxis;

typedef struct SweepStep {
    Str values[SWEEP_AXES];
    bool valid; /* false: with these values the rules are wrong (bands inverted, a gap), as `fault` says */
    Str fault;  /* the code of the message */
    Counts counts;
} SweepStep;

typedef struct Sweep {
    const Outcome *base; /* for the names of bands, and the rules' own values */
    SweepAxis axes[SWEEP_AXES];
    size_t axis_count;
    SweepStep *steps; /* the first parameter runs fastest */
    size_t step_count;
    FlipList flips; /* of the first parameter, at each value of the second; sorted */
    bool whole;     /* no flip can have been passed over (model/flip) */
    Arena arena;
} Sweep;

/** Reads one --param. False after errors: not of that shape, no step, TO below FROM, too many steps. */
bool sweep_read(Arena *arena, Str text, SweepAxis *out, Diag *diag);
/** Sweeps. `base` is the outcome of `held` itself and is borrowed. NULL after errors: a name that is no
 * parameter or stands twice, values outside its range, and whatever ends a run. */
Sweep *sweep_new(const Held *held, const Outcome *base, const SweepAxis *axes, size_t axis_count, Diag *diag);
void sweep_free(Sweep *sweep);

#endif
