/* partial - one part of a table of results, which joins with the others into the same bytes as one run.
 *
 * A part holds whole projects. Part I of N holds those whose names (bureau, department, project; FNV-1a of 64
 * bits, with a 0 byte behind each, mixed at the end) leave I - 1 when divided by N: that needs no order of
 * rows, no index and no look at other parts, and is the same on every machine. A part without a number is
 * what came in on a stream that somebody else has split by projects.
 *
 * The file: a line "perfeval.partial/1", a line of JSON, entries, and last a line "digest " with the SHA-256
 * of all bytes before. An entry is "K L\n", K bytes of key, L bytes of text, "\n"; entries stand in order of
 * their keys. The key of a unit is its names with a 0 byte between, that of an indicator the number of its
 * row in the data with ten digits. The text of a project or indicator is its row of the table; that of a
 * bureau or department the names as they begin the row, then a 0 byte and the counts: projects, each verdict
 * from best to worst, none.
 */
#ifndef PERFEVAL_MODEL_PARTIAL_H
#define PERFEVAL_MODEL_PARTIAL_H

#include "base/diag.h"
#include "model/export_level.h"

/** Most parts of a run. */
#define PARTIAL_MOST 65536

/** "3/64": part 3 of 64. False when the text is no such pair with 1 <= part <= parts <= PARTIAL_MOST. */
bool partial_parse(Str text, unsigned *part, unsigned *parts);
/** The part, from 1, that a project belongs to. */
unsigned partial_of(const Dataset *dataset, size_t project, unsigned parts);
/** True when a part can be evaluated by itself; else false with MESSAGE_PARTIAL_RULES. */
bool partial_can(const Plan *plan, Diag *diag);
/** The rows of a part as data of their own, freed with dataset_free; and in the arena which rows of `dataset`
 * they are. */
Dataset *partial_rows(const Dataset *dataset, unsigned part, unsigned parts, Arena *arena,
                      const uint32_t **rows);

typedef struct PartialJob {
    const Results *results;
    ExportLevel level;
    ExportForm form;
    unsigned part, parts; /* parts 0: of a stream */
    const uint32_t *rows; /* which rows of the data the rows are; NULL: not known */
    Str run;              /* what must be equal in all parts: a digest of rules, values, engine */
    Str data;             /* the digest of the data; empty: of a stream */
} PartialJob;

/** Adds the file of a part. Exact values must have been asked for (export_parts). */
void partial_write(const PartialJob *job, Buffer *out);

/** A file to be joined. */
typedef struct PartialFile {
    Str name;  /* for messages */
    Str bytes; /* outlive the call */
} PartialFile;

/** Joins parts, in any order. `take` gets the bytes of the table piece by piece; false ends it. False after
 * errors: MESSAGE_PARTIAL_DAMAGED, _OTHER, _MISSING, _TWICE, _PROJECT. Nothing is taken before all parts were
 * checked, but a project in two parts is found on the way. Special cases that took no row in any part are
 * warned of as a run does. */
bool partial_merge(const PartialFile *files, size_t count, bool (*take)(void *context, Str bytes),
                   void *context, Diag *diag);

#endif
