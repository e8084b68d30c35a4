/* trace_row - the part of a chain that belongs to one indicator: its cells, the cases, the formula, the
 * published rate. */
#ifndef PERFEVAL_MODEL_TRACE_ROW_H
#define PERFEVAL_MODEL_TRACE_ROW_H

#include "model/audit.h"
#include "model/nearest.h"

/** A value: exactly, for exchange, and as the rules print it. */
typedef struct TraceValue {
    Missing missing;
    Str rate;    /* to 6 places; empty when missing */
    Str exact;   /* "5775/188"; the number itself where it has at most 6 places; empty when it is too long */
    Str printed; /* as the rules round */
} TraceValue;

/** A cell that the chain starts from. */
typedef struct TraceCell {
    Str name;    /* the column: "actual", or an own column's name */
    Str written; /* as it stands in the file */
    Place place; /* line 0: not known; column 0: only the line is */
    Missing missing;
    Str value; /* as read; empty when missing */
} TraceCell;

/** What kept a case from a row. */
typedef enum TraceReason {
    TRACE_APPLIES,
    TRACE_CELL,    /* a cell: `seen` is what stands there */
    TRACE_FORMULA, /* a condition: `seen` is it with numbers */
    TRACE_OTHER    /* a function, or several conditions; `seen` may be empty */
} TraceReason;

/** A case, and why it does not take the row; `wanted` and `seen` are empty for one that does. */
typedef struct TraceCase {
    const Case *rule;
    bool special;
    TraceReason reason;
    Str wanted; /* the condition that failed: polarity = "lower" */
    Str seen;   /* what stands there instead */
} TraceCase;

/** The own rate of an indicator in one of several periods that are weighed. */
typedef struct TracePeriod {
    Str name, weight;
    uint32_t row; /* UINT32_MAX: none in that period */
    Str rate;     /* empty: none */
} TracePeriod;

typedef struct TraceRow {
    uint32_t row;
    Str name, unit;
    TraceCell *cells;
    size_t cell_count;
    TraceCase *cases; /* those that were asked, in order; the last is that which decided, if one did */
    size_t case_count;
    Str formula; /* as in the rule file; empty: a function, or excluded */
    Str filled;  /* with the numbers in it; empty where one is missing */
    Str failure; /* what a function said that failed */
    TraceValue value;
    TracePeriod *periods; /* where periods are weighed; `filled` is of the row's own, `value` their mean */
    size_t period_count;
    const Figure *published;   /* NULL: the data have no published rate for it */
    const AuditColumn *column; /* its column of print */
    const Band *verdict;       /* of the indicator; NULL: none, or indicators are not judged */
    const Case *given;         /* the special case that gave it */
    TraceValue *last_year;     /* NULL: the rules know of none */
} TraceRow;

/** The text and places of cells; NULL where none are at hand: `place` and `text` of a cell of the data file.
 */
typedef struct TraceFile {
    bool (*cell)(void *context, uint32_t row, size_t column, Place *place, Str *text);
    void *context;
    const Audit *audit;           /* the published rates; NULL: none are looked at */
    const Figure *const *figures; /* by row: that of the audit, or NULL */
} TraceFile;

/** Fills all but `row`, `value` and `last_year`, which are there. Texts live in `arena`; `file` may be NULL.
 */
void trace_row(const Again *again, const TraceFile *file, TraceRow *row, Arena *arena);

#endif
