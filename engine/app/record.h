/* record - what a run was made of and what came out, in one JSON file (perfeval.record/1), so that it can be
 * evaluated again and compared years later.
 *
 * A folder of records holds them under running numbers (000001.json, …; of a job of `batch` in a folder of
 * its own), and in objects/ each file that was read, once, under its digest. A record has no byte that
 * depends on the clock but "at". Its last entry is the digest of all bytes before. Records and objects appear
 * whole or not at all, the objects first. Scripts never see any of it.
 */
#ifndef PERFEVAL_APP_RECORD_H
#define PERFEVAL_APP_RECORD_H

#include "app/inputs.h"
#include "app/output.h"

/** Largest file that objects/ keeps, and the most bytes of rows that a record holds; of what is larger the
 * digest alone is kept. */
#ifndef RECORD_OBJECT
#define RECORD_OBJECT ((size_t)64 << 20)
#endif
#ifndef RECORD_ROWS
#define RECORD_ROWS ((size_t)64 << 20)
#endif

typedef struct RecordOutput {
    const Options *options; /* output, format, report, level */
    Output made;
} RecordOutput;

typedef struct RecordJob {
    Pipeline *pipeline; /* evaluated */
    const Options *options;
    const Inputs *inputs;
    const RecordOutput *outputs;
    size_t output_count;
    Str name;            /* of the job; empty: none */
    DigestText *results; /* gets the digest of the results; NULL: nobody asks */
} RecordJob;

/** The rows of the results as a record holds them: objects a line each, with commas; and the digest of all of
 * them. `out` is emptied when they are more than RECORD_ROWS. False after errors. */
bool record_rows(const Pipeline *pipeline, unsigned threads, Buffer *out, DigestText *digest, Diag *diag);
/** Adds the record of a run. False after errors. */
bool record_write(const RecordJob *job, const Diag *messages, Buffer *out, Diag *diag);
/** Writes it and what it names into the folder `store`, in its folder `sub` (empty: none) under the next
 * number. Both are made where they are not there. Messages so far become part of it. */
bool record_keep(const RecordJob *job, Str store, Str sub, Diag *diag);
/** The number that a record's file name (without its suffix) is; 0: it is none. */
uint64_t record_number(Str name);
/** The path of the newest record in a folder; empty when there is none. */
Str record_newest(Arena *arena, Str folder);
/** A record, parsed, after its own digest was checked; NULL after errors (MESSAGE_RECORD_DAMAGED). `file` is
 * for messages. */
const Tree *record_read(Str file, Str bytes, Arena *arena, Diag *diag);
/** The text of an entry; empty where there is none. */
Str record_text(const Tree *table, const char *name);

#endif
