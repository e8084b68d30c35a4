/* inputs - every file that a run read, with its digest: what a run record says that the results are made of.
 */
#ifndef PERFEVAL_APP_INPUTS_H
#define PERFEVAL_APP_INPUTS_H

#include "base/digest.h"
#include "lua/folder.h"

#include <pthread.h>

typedef struct Input {
    const char *kind; /* "rules", "script", "data", "narrative", "departments", "last_year" */
    Str path;         /* as it was opened */
    Str bytes;
    DigestText digest;
} Input;

/** A list of inputs; born as {0}. Scripts stand behind all others, by their names: every one that rules, the
 * report or the format took, whenever that was, and none that is only named. The others stand in the order of
 * reading. */
typedef struct Inputs {
    Input *items;
    size_t count, room;
    ScriptWatch watch;
    pthread_mutex_t lock; /* scripts are taken in several threads */
    Arena arena;
} Inputs;

/** Adds a file, once for each kind and path. Its bytes are copied where `copy`, else borrowed. NULL for
 * `inputs` is allowed. */
void inputs_add(Inputs *inputs, const char *kind, Str path, Str bytes, bool copy);
/** What adds each script that is read (Folders.watch); it lives as long as `inputs`. */
const ScriptWatch *inputs_watch(Inputs *inputs);
/** The first of a kind; NULL when there is none. */
const Input *inputs_find(const Inputs *inputs, const char *kind);
/** The script of that name, whatever folder scripts/ lies in, here and in `path`; NULL when there is none. */
const Input *inputs_script(const Inputs *inputs, Str path);
void inputs_release(Inputs *inputs);

#endif
