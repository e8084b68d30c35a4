/* supply - what only some formats ask for, made when one does: document.whatif and document.explanations (see
 * scripts/README.md). */
#ifndef PERFEVAL_APP_SUPPLY_H
#define PERFEVAL_APP_SUPPLY_H

#include "app/pipeline.h"

typedef struct Supply {
    Pipeline *pipeline; /* evaluated, its data kept */
    const Options *options;
} Supply;

/** A WorkerSupply whose context is a Supply: "whatif" or "explain", as JSON. */
bool supply_make(void *context, Str what, Buffer *out, Diag *diag);

#endif
