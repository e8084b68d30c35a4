/* output - one finished document or table of a run: where it goes, and what it was. */
#ifndef PERFEVAL_APP_OUTPUT_H
#define PERFEVAL_APP_OUTPUT_H

#include "app/pipeline.h"
#include "app/progress.h"
#include "base/digest.h"

typedef struct Output {
    Buffer *keep;    /* takes the bytes, and no file is written; NULL: they go to --output */
    uint64_t before; /* bytes of documents that the run has made before this one */
    DigestText digest;
    uint64_t bytes;
} Output;

/** False, with an error, when --level does not go with --format. */
bool output_check(const Options *options, Diag *diag);
/** The format that the options ask for. */
Str output_format(const Options *options);
/** True when a format holds the results themselves and takes no report. */
bool output_is_native(Str format);
/** True when it is a table, whose rows are written one behind the other. */
bool output_is_table(const Options *options);
/** The report script of a format that takes one. */
Str output_report(const Pipeline *pipeline, const Options *options);
/** Warns of names that look the same (model/alike) when the options ask for a document: those are what people
 * read. Tables of results may have ten million rows, and go without; `perfeval check` warns of any data. */
void output_note_names(const Pipeline *pipeline, const Options *options, Diag *diag);
/** Makes the output that the options ask for from evaluated results, writes it, and fills `output` (NULL:
 * what it was is not asked for, and no digest is made). */
bool output_write(Pipeline *pipeline, const Options *options, Progress *progress, Output *output, Diag *diag);

#endif
