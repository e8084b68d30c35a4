/* subset - the rows of one project as data of their own: where no other project has a say in its verdict,
 * asking them costs what the project costs. */
#ifndef PERFEVAL_MODEL_SUBSET_H
#define PERFEVAL_MODEL_SUBSET_H

#include "model/plan.h"

/** True when a project's verdict by this plan follows from its own rows: no forced shares, no functions,
 * which may look around, and no periods whose rows are set aside. */
bool subset_suffices(const Plan *plan);
/** The rows of a project, in order, with all columns: its one project is number 0. Freed with dataset_free.
 */
Dataset *subset_of_project(const Dataset *dataset, size_t project);
/** The same for any rows, in the order given. */
Dataset *subset_of_rows(const Dataset *dataset, const uint32_t *rows, size_t count);

#endif
