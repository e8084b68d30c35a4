/* replay - a record evaluated again: what a run read and what came out, then and now. */
#ifndef PERFEVAL_APP_REPLAY_H
#define PERFEVAL_APP_REPLAY_H

#include "app/record.h"

/** A record at hand. */
typedef struct Replay {
    Str file; /* for messages */
    const Tree *record;
    Str archive;       /* of `lock`: the bytes; empty: a record in a folder */
    Language language; /* of what is said */
    Arena arena;
} Replay;

/** Says, a line each, what differs between the record and a run, the first difference of each kind: inputs,
 * the first cell of the data, the first row of the results, the first verdict, outputs. The number of
 * differences; 0: identical. `rows`, `digest`: those of the run (record_rows). */
size_t replay_compare(Replay *replay, const Inputs *inputs, Str rows, const DigestText *digest,
                      const Output *outputs, size_t output_count, Buffer *out);
/** The bytes that the record keeps under a digest; false where it does not. They live in the replay. */
bool replay_object(Replay *replay, Str digest, Str *bytes);

#endif
