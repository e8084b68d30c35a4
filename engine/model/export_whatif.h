/* export_whatif - what a page needs to show verdicts at other values of a parameter without computing a rate:
 * all projects with their verdicts, and for each parameter the steps of a slider and the exact values at
 * which verdicts change (model/sweep). */
#ifndef PERFEVAL_MODEL_EXPORT_WHATIF_H
#define PERFEVAL_MODEL_EXPORT_WHATIF_H

#include "model/sweep.h"

/** Most steps of a slider: of a parameter that stands in bands alone, and of any other. */
#define WHATIF_BAND_STEPS 200
#define WHATIF_STEPS      40
/** Rows times steps of a parameter that changes rates; with more rows it gets fewer steps, 4 at least. */
#define WHATIF_WORK 2000000

/** The values of a parameter's slider: from its min to its max in even steps (1, 2 or 5 times a power of
 * ten), and its own value. Without min or max: from 0 (or twice a negative value) to twice the value, 100 for
 * 0. Lives in `arena`. */
SweepAxis whatif_axis(const Param *param, size_t most, Arena *arena);
/** Adds the object that scripts/README.md describes as document.whatif. False after errors. */
bool export_whatif(const Held *held, Buffer *out, Diag *diag);

#endif
