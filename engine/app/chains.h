/* chains - verdicts explained as chains (model/trace), with the cells of the data file and the published
 * figures that they come from. */
#ifndef PERFEVAL_APP_CHAINS_H
#define PERFEVAL_APP_CHAINS_H

#include "app/pipeline.h"
#include "io/table.h"
#include "model/trace.h"

typedef struct Chains {
    Pipeline *pipeline;
    const Options *options;
    Again again;
    TraceFile file;
    /* cells of the rows that are explained, in order of the file */
    struct CellPlace {
        Place place;
        Str text;
    } * cells;
    uint32_t *rows; /* as numbers of the file */
    size_t row_count;
    Audit *audit;
    Table *table;
    Arena arena;
} Chains;

/** Prepares the chains of these projects of an evaluated pipeline, which must have kept its data
 * (options->keep_data). `chains` must stay where it is until chains_end. */
void chains_begin(Chains *chains, Pipeline *pipeline, const Options *options, const uint32_t *projects,
                  size_t count);
/** The chain of one of them (trace_free); `wanted` as for trace_project. */
Trace *chains_trace(const Chains *chains, uint32_t project, unsigned wanted);
void chains_end(Chains *chains);

#endif
