/* part - `run --partial`: a run over one part of the data, written so that `merge` joins it with the others.
 */
#ifndef PERFEVAL_APP_PART_H
#define PERFEVAL_APP_PART_H

#include "app/inputs.h"
#include "app/pipeline.h"

/** False, with an error, when the flags of --partial do not go together. */
bool part_check(const Options *options, Diag *diag);
/** Keeps of the data that were loaded the rows of the part, and evaluates them. Remarks on what no row has
 * are left out: other parts have other rows. */
bool part_evaluate(Pipeline *pipeline, const Options *options, Arena *arena, const uint32_t **rows,
                   Diag *diag);
/** Writes the part. `rows` as part_evaluate gave them. */
bool part_write(const Pipeline *pipeline, const Options *options, const Inputs *inputs, const uint32_t *rows,
                Diag *diag);

#endif
