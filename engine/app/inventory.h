/* inventory - the files that a rule file names, as `perfeval check` lists them: whoever runs rules of another
 * office sees what they read.
 */
#ifndef PERFEVAL_APP_INVENTORY_H
#define PERFEVAL_APP_INVENTORY_H

#include "app/pipeline.h"

/** Adds a line for each file of a pipeline that has its rules (pipeline->rules): the rule file, its bases,
 * data, narrative, published figures, report; those outside the project folder are marked. Files that cannot
 * be used are left out: other messages name them, and this one the report's script that cannot be read. */
void inventory_add(Buffer *out, const Pipeline *pipeline, const Options *options, Diag *diag);

#endif
