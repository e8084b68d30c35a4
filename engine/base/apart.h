/* apart - work of somebody else's library in a process of its own.
 *
 * Some libraries end their process when memory runs out, follow a pointer that they did not get, or say so on
 * standard error and go on with half a file. In a child none of that reaches this program or its output.
 */
#ifndef PERFEVAL_BASE_APART_H
#define PERFEVAL_BASE_APART_H

#include "base/diag.h"

/** What the child does: adds its result to `out`. False when it failed. What it changes else is lost. */
typedef bool (*ApartWork)(void *context, Buffer *out);

/** What the work is for, as messages name it, and how long it may take. */
typedef struct ApartUse {
    Str name;
    double seconds; /* by the clock on the wall: --draw-limit */
} ApartUse;

/** Whether a library that writes on standard error has failed. What it writes there is not shown. */
typedef enum ApartTalk { APART_MAY_TALK, APART_SILENT } ApartTalk;

/** Runs `work` in a child and adds its result to `out`. False after MESSAGE_LIBRARY_FAILED (the work
 * answered false, its process died, or it talked where it was to be silent) or MESSAGE_DRAW_LIMIT (it did not
 * end in time and was killed); then `out` is as before. */
bool apart_run(ApartWork work, void *context, ApartTalk talk, ApartUse use, Buffer *out, Diag *diag);

#endif
