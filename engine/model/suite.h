/* suite - a test file of rules: cases, each with rows of inputs, other values of parameters, and what must
 * come out.
 *
 * Two forms give the same: the table that a Lua file returns (tests { … }), and a CSV file with a row of
 * inputs each. A case is about one project, that of its first row; rows of other projects may stand beside
 * it.
 */
#ifndef PERFEVAL_MODEL_SUITE_H
#define PERFEVAL_MODEL_SUITE_H

#include "base/tree.h"
#include "io/table.h"
#include "model/plan.h"
#include "model/schema.h"

/** What can be expected of a project, or of one of its indicators. */
typedef enum ExpectKind {
    EXPECT_RATE,    /* the exact rate: "77.6", "200/3", "none" */
    EXPECT_PRINTED, /* the rate as the rules print it, by its characters; "none" */
    EXPECT_VERDICT, /* a band's key or name; "none" */
    EXPECT_REASON,  /* why there is no rate (missing_name), or the because of a special case; "none" */
    EXPECT_COUNT
} ExpectKind;

/** "rate", "printed", … as in test files. */
const char *expect_name(ExpectKind kind);

typedef struct Expected {
    bool set;
    Str text;
    Place place; /* of the value */
} Expected;

typedef struct SuiteCell {
    Str column; /* as in data: a name of the vocabulary in English, or an own column */
    Str text;
    Place place;
} SuiteCell;

typedef struct SuiteRow {
    SuiteCell *cells;
    size_t cell_count;
    Expected expected[EXPECT_COUNT]; /* of the indicator */
    Place place;
} SuiteRow;

typedef struct SuiteCase {
    Str name;
    Str at; /* the day of the run; may be empty */
    Setting *settings;
    size_t setting_count;
    SuiteRow *rows;
    size_t row_count;
    Expected expected[EXPECT_COUNT]; /* of the project of the first row */
    Place place;
} SuiteCase;

typedef struct Suite {
    Str file;
    Str rules; /* seen from the test file; empty: the rule file of the same name */
    Place rules_place;
    SuiteCase *cases;
    size_t count;
} Suite;

/** The table of a Lua test file, which must outlive the suite. All faults are added; false when there was
 * one. */
bool suite_of_tree(Arena *arena, Str file, const Tree *tests, Suite *out, Diag *diag);
/** What only the rules can tell: columns that neither the vocabulary nor the rules know, verdicts that no
 * band gives, numbers that are none. False after errors. */
bool suite_check(const Suite *suite, const Plan *plan, Diag *diag);
/** Table number `index` of those that a Lua test file is made of, for editors; NULL behind the last. */
const SchemaTable *suite_schema(size_t index);
/** Reads "80", "77.6" or "200/3" into an initialised rational; false when it is no such number. */
bool suite_number(Str text, mpq_ptr out);

#endif
