/* audit - what was printed against what the rules give: every figure in one of four classes.
 *
 * A figure matches, or would under another rounding that holds for its whole column of print, or could with
 * decimals that the print hides, or does not follow from the printed numbers. Rates, counts and percentages
 * are those of the results; nothing is computed another way.
 */
#ifndef PERFEVAL_MODEL_AUDIT_H
#define PERFEVAL_MODEL_AUDIT_H

#include "model/published.h"
#include "model/response.h"

typedef enum FigureKind { FIGURE_RATE, FIGURE_COUNT, FIGURE_PERCENT, FIGURE_KINDS } FigureKind;

/** From harmless to severe. */
typedef enum FigureClass {
    FIGURE_MATCHES,
    FIGURE_OTHER_ROUNDING, /* of the column, see AuditColumn */
    FIGURE_HIDDEN_DECIMALS,
    FIGURE_IMPOSSIBLE,
    FIGURE_CLASSES
} FigureClass;

/** "rate", "count", "percent" */
const char *figure_kind_name(FigureKind kind);
/** "matches", "other_rounding", "hidden_decimals", "impossible" */
const char *figure_class_name(FigureClass class);

/** Most intervals kept for one number. */
#define AUDIT_INTERVALS 4

/** Numbers that would give the printed rate while the other number stays as printed. */
typedef struct Would {
    Interval intervals[AUDIT_INTERVALS];
    size_t count;
} Would;

typedef struct Figure {
    FigureKind kind;
    FigureClass class;
    size_t row;  /* FIGURE_RATE */
    Str bureau;  /* FIGURE_COUNT, FIGURE_PERCENT: as printed; empty: of all bureaus */
    Str key;     /* of these: "projects", or the key of a verdict */
    Place place; /* where the printed figure stands; of a rate its line */
    Decimal printed;
    Str computed;    /* as the rules print it; empty: there is none, and */
    Missing missing; /* of a rate, this is why */
    Str exact;       /* the number before rounding: a decimal, or a fraction */
    Str other;       /* FIGURE_OTHER_ROUNDING: as that rounding prints it */
    const Would *target,
        *actual;             /* of a rate that does not match: within the decimals that the print may hide; */
    const Would *any_actual; /* FIGURE_IMPOSSIBLE: any actual; NULL: not known */
    Str nearest;             /* of these the nearest number as it would be printed; empty: none */
    bool together;           /* FIGURE_HIDDEN_DECIMALS: only decimals of both numbers at once would do */
    bool untried;            /* a function gave the rate, or several periods: others were not tried */
    size_t part, whole;      /* FIGURE_PERCENT */
    bool from_print;         /* FIGURE_PERCENT: it does follow from the printed counts */
} Figure;

/** A column of print: one rounding holds for all of it. */
typedef struct AuditColumn {
    bool found;      /* another rounding than the declared one reproduces figures that this one does not, */
    Rounding mode;   /* all that this one does, and more than any third rounding alone would: */
    unsigned places; /* this one; */
    bool also[ROUNDING_COUNT]; /* and these do so too */
} AuditColumn;

typedef struct Audit {
    Figure *figures; /* by class, the most severe first, else rates, counts, percentages in order of print */
    size_t count;
    size_t tally[FIGURE_KINDS][FIGURE_CLASSES];
    AuditColumn columns[FIGURE_KINDS]; /* of rates and percentages */
    size_t unprinted;                  /* rows for which no rate is printed */
    Arena arena;
} Audit;

/** Compares. `published` may be NULL. Both must outlive the audit, which audit_free frees. */
Audit *audit_new(const Results *results, const Published *published);
void audit_free(Audit *audit);
/** Figures that do not match. */
size_t audit_mismatches(const Audit *audit);

#endif
