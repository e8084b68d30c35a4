/* apart - work of somebody else's library in a process of its own.
 *
 * Some libraries end their process when memory runs out, follow a pointer that they did not get, or say so on
 * standard error and go on with half a file. In a child none of that reaches this program or its output; and
 * the child can start no program, reach nobody and change no file (base/guard).
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

/** What a library may do. APART_DRAWS: read files, and write on standard error, which is not shown.
 * APART_PACKS: keep temporary files; where it writes on standard error it has failed. */
typedef enum ApartManner { APART_DRAWS, APART_PACKS } ApartManner;

/** Runs `work` in a child and adds its result to `out`. False after MESSAGE_LIBRARY_FAILED (the work
 * answered false, its process died, or it complained where that is a failure) or MESSAGE_DRAW_LIMIT (it did
 * not end in time and was killed); then `out` is as before. */
bool apart_run(ApartWork work, void *context, ApartManner manner, ApartUse use, Buffer *out, Diag *diag);

#endif
