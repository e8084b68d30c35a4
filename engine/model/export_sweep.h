/* export_sweep - a sweep as JSON (perfeval.sweep/1) and as a drawing (SVG).
 *
 * JSON: {"format","params":[{"name","from","to","step"…}],"verdicts":[{"key","name"}],"complete",
 * "steps":[{"value",…,"projects",<a number per
 * verdict>}],"flips":[{"bureau","department","project","from","to", "at","exact",…}]}. With two parameters a
 * step has "values", by name, and a flip "with", the value of the second. A step at which the rules are wrong
 * has "error", the code of the message, and no counts. A flip that is not exact has "between", two values;
 * one whose value has no end as a decimal has "at_exact", a fraction.
 */
#ifndef PERFEVAL_MODEL_EXPORT_SWEEP_H
#define PERFEVAL_MODEL_EXPORT_SWEEP_H

#include "model/sweep.h"

void export_sweep_json(const Sweep *sweep, const Dataset *dataset, Buffer *out);
/** One parameter: a line a verdict; two: a field a pair of values, with the number of projects that have the
 * worst verdict. */
void export_sweep_svg(const Sweep *sweep, Buffer *out);

/** Adds "bureau", "department" and "project" of a project, as keys. */
void export_names_json(Buffer *out, const Dataset *dataset, size_t project);
/** Adds a verdict's key as a text, or null. */
void export_key_json(Buffer *out, const Plan *plan, unsigned verdict);

#endif
