/* causes - which edits alone cause the changes of a comparison (model/compare says what that means). */
#ifndef PERFEVAL_MODEL_CAUSES_H
#define PERFEVAL_MODEL_CAUSES_H

#include "model/compare.h"

/** Gives every change its causes. Once a comparison. */
void causes_find(Comparison *comparison);

#endif
