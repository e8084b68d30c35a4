/* source - a data file of any format: CSV as text, everything else as grids. */
#ifndef PERFEVAL_APP_SOURCE_H
#define PERFEVAL_APP_SOURCE_H

#include "app/cli.h"
#include "base/file.h"
#include "model/heading.h"

typedef struct SourceSheet {
    const Grid *grid;
    GridHeading heading;
} SourceSheet;

typedef struct Source {
    File file;    /* as it lies on the disk */
    Str name;     /* for messages */
    Str text;     /* of CSV: in UTF-8 */
    bool tabular; /* CSV; else `sheets` */
    Grids grids;
    SourceSheet *sheets; /* those that are read */
    size_t count;
    Arena arena;
} Source;

/** Opens a data file. False after errors; release it in any case. */
bool source_open(Source *source, Str path, const Options *options, Diag *diag);
/** A reader over it, from its beginning; the source must outlive it. */
Table *source_table(const Source *source);
void source_release(Source *source);

#endif
