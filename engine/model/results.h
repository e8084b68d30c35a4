/* results - what evaluation found: rates, verdicts, counts, and how each is printed.
 *
 * Rates are held as doubles with an error bound; every printed figure and every verdict is decided exactly.
 * Built by model/evaluate, read-only afterwards.
 */
#ifndef PERFEVAL_MODEL_RESULTS_H
#define PERFEVAL_MODEL_RESULTS_H

#include "model/plan.h"

/** No verdict: the project has no rate. */
#define RESULTS_NO_BAND 255
/** No case decided the row. */
#define RESULTS_NO_CASE UINT16_MAX

/** Projects, or indicators, by verdict. */
typedef struct Counts {
    size_t total;
    size_t band[PLAN_BANDS]; /* in the order of the plan's bands of that level */
    size_t none;             /* those without a verdict; total = none + sum of band */
} Counts;

typedef struct Results Results;
struct Summaries; /* model/summaries */

void results_free(Results *results);
const Plan *results_plan(const Results *results);
const Dataset *results_dataset(const Results *results);

/** What there is of projects where neither they nor their rows are held (model/stream); else NULL. */
const struct Summaries *results_summaries(const Results *results);

/** Rows that were evaluated. */
size_t results_rows(const Results *results);
/** Why a row has no rate; MISSING_NONE when it has one. */
Missing results_row_missing(const Results *results, size_t row);
/** The rate as the nearest double at hand (for scripts' comparisons); NaN is never returned: 0 when missing.
 */
double results_row_rate(const Results *results, size_t row);
/** The exact rate, in an initialised rational, or why there is none. */
Missing results_row_exact(const Results *results, size_t row, mpq_ptr out);
/** Adds the rate as the rules print it (plan->places, plan->rounding); nothing when it is missing. */
void results_print_row(const Results *results, size_t row, Buffer *out);
/** Adds the rate rounded half up to at most 6 places, without trailing zeros: for data exchange. */
void results_write_row(const Results *results, size_t row, Buffer *out);

/* The same five for the own rate of a rated row in its period: where the rules weigh periods, that of an
 * indicator is not its rate. */
Missing results_period_missing(const Results *results, size_t row);
double results_period_rate(const Results *results, size_t row);
Missing results_period_exact(const Results *results, size_t row, mpq_ptr out);
void results_print_period(const Results *results, size_t row, Buffer *out);
void results_write_period(const Results *results, size_t row, Buffer *out);

/** True when the rules give units of this level a rate (projects always have one). */
bool results_has_rate(const Results *results, Level level);
/** The same five for a unit of a level that has rates; LEVEL_INDICATOR: the rows. */
Missing results_unit_missing(const Results *results, Level level, size_t unit);
double results_unit_rate(const Results *results, Level level, size_t unit);
Missing results_unit_exact(const Results *results, Level level, size_t unit, mpq_ptr out);
void results_print_unit(const Results *results, Level level, size_t unit, Buffer *out);
void results_write_unit(const Results *results, Level level, size_t unit, Buffer *out);

/** Asks for the exact values of units from to to - 1 that results_write_unit needs, and with `all` those that
 * results_print_unit and results_trend need: what is too large is known then (results_refuse). Callable from
 * several threads at a time. */
void results_ask(const Results *results, Level level, size_t from, size_t to, bool all);

/** What the rate of a unit is made of: units of the level plan->rollups[level].children, or rows. */
const uint32_t *results_children(const Results *results, Level level, size_t unit, size_t *count);

/** Adds by how many points the project's rate lies below the upper bound of its band (exact, rounded as rates
 * are but with one place more); nothing when there is no rate or no such bound, or the rate lies above it
 * (any_indicator). */
void results_print_shortfall(const Results *results, size_t project, Buffer *out);

/** Index of the project's band; RESULTS_NO_BAND when it has no rate. */
unsigned results_verdict(const Results *results, size_t project);
/** The same for all projects, a byte each. */
const uint8_t *results_verdicts(const Results *results);
/** True when the rules give units of this level a verdict (projects always have one). LEVEL_INDICATOR: rows.
 */
bool results_has_verdict(const Results *results, Level level);
/** The band of a unit; NULL when it has no rate, or its level no verdict. */
const Band *results_band(const Results *results, Level level, size_t unit);
/** Indicators of a unit by verdict, where the rules judge indicators; LEVEL_INDICATOR: of all units. */
void results_count_indicators(const Results *results, Level level, size_t unit, Counts *out);

/** Rates of last year, of the same rows and units; NULL when the rules do not say how to find them. It knows
 * rates only: no verdicts, no counts. */
const Results *results_last_year(const Results *results);
/** Which way a rate went from last year to this, decided exactly. */
typedef enum Trend {
    TREND_NONE, /* there is no rate, or none of last year */
    TREND_DOWN,
    TREND_SAME,
    TREND_UP
} Trend;
Trend results_trend(const Results *results, Level level, size_t unit);
/** "down", "same", "up"; NULL for TREND_NONE. */
const char *trend_name(Trend trend);

/** The special case that gave a row its verdict: NULL when none did. */
const Case *results_row_given(const Results *results, size_t row);
/** True when an exact value that was asked for so far, by evaluation or by printing, would have needed more
 * than plan->exact_bits: MESSAGE_EXACT_LIMIT was added for the first such row or unit, and nothing that was
 * judged or printed is to be used. Values asked for in another process are not seen. */
bool results_refuse(const Results *results, Diag *diag);
/** The case that decided a row: NULL when none did. */
const Case *results_row_case(const Results *results, size_t row);
/** True when a special case decided it. */
bool results_row_special(const Results *results, size_t row);
/** What the row's function said when it failed; empty otherwise. */
Str results_row_failure(const Results *results, size_t row);

const Counts *results_total(const Results *results);
const Counts *results_bureau(const Results *results, size_t bureau);
const Counts *results_department(const Results *results, size_t department);
/** Adds 100 x part / whole as the rules print rates; nothing when whole is 0. */
void results_print_percent(const Results *results, size_t part, size_t whole, Buffer *out);

/** Rows that special case `index` decided; of one that changes projects, the rows that it takes. */
size_t results_special_rows(const Results *results, size_t index);
/** Projects that it gave points or a verdict. */
size_t results_special_projects(const Results *results, size_t index);
/** The special cases that gave a project points or a verdict, in order of the rules: how many, and each. */
size_t results_adjustments(const Results *results, size_t project);
const Case *results_adjustment(const Results *results, size_t project, size_t index);
/** Rows without a rate for that reason. Rows = rows with a rate + sum over all reasons. */
size_t results_missing_rows(const Results *results, Missing reason);
/** How often doubles left a verdict or a rank open and exact numbers decided it. */
size_t results_exact_checks(const Results *results);
/** Calls of the rule file's functions, one a row and case. */
size_t results_function_calls(const Results *results);
/** Rows whose function failed, this year's and last year's. */
size_t results_failed_rows(const Results *results);

#endif
