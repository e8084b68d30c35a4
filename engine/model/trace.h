/* trace - one verdict as a chain: cells, the case that decided and those before it, the formula with its
 * numbers, the project's rate, its band, and what is nearest.
 *
 * A trace is data; model/trace_text and model/trace_json draw it. It reads plan and results as evaluation
 * left them and changes nothing; exact values are those that evaluation itself would ask for.
 */
#ifndef PERFEVAL_MODEL_TRACE_H
#define PERFEVAL_MODEL_TRACE_H

#include "model/trace_row.h"

/** A band of the project's verdict. */
typedef struct TraceBand {
    const Band *band;
    bool holds; /* for the project as it is */
} TraceBand;

typedef struct Trace {
    const Results *results;
    uint32_t project;
    Str bureau, department, name;
    TraceRow *rows;
    size_t row_count;
    Str rollup;      /* written out: "(105.276382 + 50) / 2" */
    size_t left_out; /* children without a rate that it passes over */
    const Case **adjustments;
    size_t adjustment_count;
    TraceValue value; /* with points */
    const Band *verdict;
    const Case *given; /* the special case that gave it */
    TraceBand *bands;  /* in order of the rules; with forced shares what `holds` says is its verdict */
    size_t band_count;
    size_t rank, ranked; /* forced shares: place among the projects with a rate, 1 the best; else 0 */
    TraceValue *last_year;
    Trend trend;
    unsigned wanted; /* the verdict that was asked for; REACH_ANY */
    Reach reach;
    Str cut, distance; /* of the margin */
    Changes changes;
    Arena arena;
} Trace;

/** The chain of a project's verdict. `file` may be NULL. Freed with trace_free. */
Trace *trace_project(const Again *again, const TraceFile *file, uint32_t project, unsigned wanted);
void trace_free(Trace *trace);

/** Adds an exact number as TraceValue has it. */
void trace_add_exact(Buffer *out, mpq_srcptr value);
/** Adds what a band holds for, in words of the rule file: "at_most 80, any_indicator below 50"; nothing for
 * one that takes whatever is left. */
void trace_add_range(Buffer *out, const Band *band);

#endif
