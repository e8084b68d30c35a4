/* bands - whether the bands of a verdict leave a gap, or can never decide. */
#ifndef PERFEVAL_MODEL_BANDS_H
#define PERFEVAL_MODEL_BANDS_H

#include "model/plan.h"

/** Adds an error for each gap (the exact interval), inverted band and unreachable band. The first band that holds
 * decides, so bands may overlap. True when there was none. */
bool bands_check(const Plan *plan, Diag *diag);

#endif
