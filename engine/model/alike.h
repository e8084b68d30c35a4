/* alike - names of bureaus, departments and projects that look the same and are not: a letter put together
 * in another way (macOS writes 가 in pieces), full width, a blank more. They count as two. For `perfeval
 * check`.
 */
#ifndef PERFEVAL_MODEL_ALIKE_H
#define PERFEVAL_MODEL_ALIKE_H

#include "model/dataset.h"

/** Adds a warning (MESSAGE_NAMES_ALIKE) for each such name, with the lines where both stand first. */
void alike_note(const Dataset *dataset, Diag *diag);

#endif
