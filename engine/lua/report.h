/* report - THE DOOR for reports: results and scripts to the bytes of a document.
 *
 * In one confined child, forked when the results are in memory: scripts/reports/NAME.lua builds a document
 * (headings, paragraphs, bullets, notes, tables) from read-only objects; the document is checked and copied;
 * scripts/formats/NAME.lua draws the copy, as one text or as parts that the program packs. Neither can
 * compute a rate: figures come printed from the engine.
 */
#ifndef PERFEVAL_LUA_REPORT_H
#define PERFEVAL_LUA_REPORT_H

#include "lua/folder.h"
#include "lua/limits.h"
#include "lua/worker.h"
#include "model/results.h"

/** What was made of a report before its results were there. */
typedef struct Early Early;

typedef struct ReportJob {
    const Results *results;
    const Tree *narrative; /* the narrative file, parsed; NULL when the rules name none */
    /** Where it is not parsed yet: reads it while the child starts. False after errors. `context` is that of
     * supply. NULL: `narrative` stands above. */
    bool (*read_narrative)(void *context, const Tree **narrative, Diag *diag);
    const Folders *folders;
    const ScriptLimits *limits;
    Str report;    /* name of the report script */
    Str format;    /* name of the format script */
    bool terminal; /* it goes to a terminal: formats that want a sketch get stacked charts */
    /** Makes what only some formats want, as JSON: "whatif", "explain" (see scripts/README.md). False after
     * errors. NULL: there is none. */
    WorkerSupply supply;
    void *context; /* of supply */
    /* Not NULL: a notice, drawn by scripts/notices/FORMAT.lua; there are no results and no report then. */
    const Tree *notice;
    Early *early; /* of report_begin; NULL: nothing was made early */
} ReportJob;

/** Begins a report of these names while its rules are run: texts are borrowed. Nobody is told of the scripts
 * that are read. NULL where a script cannot be read. */
Early *report_begin(const Folders *folders, Str report, Str format);
/** Once the report is written: waits for the end of its child. NULL is allowed. */
void report_end(Early *early);

/** The finished document, in place of what `out` holds: the text of the format, the ZIP archive of its parts
 * (io/package), or what is drawn from the pages that it describes (io/pages). False after errors. */
bool report_render(const ReportJob *job, Buffer *out, Diag *diag);

#endif
