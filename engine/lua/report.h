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

typedef struct ReportJob {
    const Results *results;
    const Tree *narrative; /* the narrative file, parsed; NULL when the rules name none */
    const Folders *folders;
    const ScriptLimits *limits;
    Str report; /* name of the report script */
    Str format; /* name of the format script */
    /** Makes what only some formats want, as JSON: "whatif", "explain" (see scripts/README.md). False after
     * errors. NULL: there is none. */
    WorkerSupply supply;
    void *context; /* of supply */
    /* Not NULL: a notice, drawn by scripts/notices/FORMAT.lua; there are no results and no report then. */
    const Tree *notice;
} ReportJob;

/** The finished document, in place of what `out` holds: the text of the format, the ZIP archive of its parts
 * (io/package), or what is drawn from the pages that it describes (io/pages). False after errors. */
bool report_render(const ReportJob *job, Buffer *out, Diag *diag);

#endif
