/* source - a data file of any format: CSV as text, everything else as grids. */
#ifndef PERFEVAL_APP_SOURCE_H
#define PERFEVAL_APP_SOURCE_H

#include "app/cli.h"
#include "app/inputs.h"
#include "base/file.h"
#include "model/heading.h"

typedef struct SourceSheet {
    const Grid *grid;
    GridHeading heading;
} SourceSheet;

/** A file, or a pattern of names (with * or ?) for several. */
typedef struct Source {
    File file; /* as it lies on the disk */
    Str name;  /* for messages */
    File text; /* of CSV: in UTF-8, once source_decode was called; borrows `file` or `decoded` */
    Buffer decoded;
    Encoding encoding;
    bool tabular; /* CSV; else `sheets` */
    Grids grids;
    SourceSheet *sheets; /* those that are read */
    size_t count;
    struct Source *files; /* of a pattern: each file; NULL: one file */
    size_t file_count;
    Arena arena;
} Source;

/** Opens a data file. False after errors; release it in any case. */
bool source_open(Source *source, Str path, const Options *options, Diag *diag);
/** Adds its files, opened as `path`, to the inputs (inputs_add). */
void source_note(const Source *source, Str path, const char *kind, bool copy, Inputs *inputs);
/** The text of CSV becomes UTF-8, which the fast ways of reading assume without looking. False after errors;
 * *changed (may be NULL) when it was something else. */
bool source_decode(Source *source, bool *changed, Diag *diag);
/** A reader over it, from its beginning; the source must outlive it. */
Table *source_table(const Source *source);
/** What several files show together, of the dataset that was loaded from `table`. False after errors. */
bool source_files_agree(const Source *source, const Table *table, const Dataset *dataset, Diag *diag);
/** Whether the departments listed in a data file (columns department and, where it has one, bureau) all have
 * rows. */
bool source_departments(Str path, const Options *options, const Dataset *dataset, Diag *diag);
void source_release(Source *source);

#endif
