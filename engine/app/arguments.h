/* arguments - the flags of a run that can change its results or outputs, as a record holds them: "settings",
 * and "arguments" with encoding, departments, formulas of CSV, files outside, and every limit.
 *
 * An entry that an older record lacks stands for the default. What says where results go, how fast they are
 * computed or how messages look is none of them; the format, report and level of each output stand with it.
 */
#ifndef PERFEVAL_APP_ARGUMENTS_H
#define PERFEVAL_APP_ARGUMENTS_H

#include "app/cli.h"
#include "base/tree.h"

/** The flag "--max-file" as a key: "max_file", in `out`. */
Str arguments_key(const char *flag, char out[32]);
/** Adds the lines of the record. */
void arguments_add(Buffer *out, const Options *options);
/** Reads them back into options that hold what the command line of `replay` says: what is given there counts.
 * False when the record has none of them. */
bool arguments_read(const Tree *record, Arena *arena, Options *options, Diag *diag);
/** True when a run with these options would be that of the record, as far as arguments go. */
bool arguments_same(const Tree *record, const Options *options);

#endif
