#include "model/trial.h"

#include "model/evaluate.h"
#include "model/load.h"
#include "model/ruleset.h"
#include "model/suite_rows.h"

#include <string.h>

#define NONE STR("none")

/* What the rules say of targets and periods, done to the rows, and the evaluation, as `run` does it. */
static Results *arrange_and_evaluate(const TrialRules *rules, const Trial *trial, Diag *diag) {
    revisions_apply(&trial->plan->targets, trial->dataset, diag);
    if (!periods_apply(&trial->plan->period, trial->dataset, diag)) return NULL;
    RowFunctions functions = rules->functions(rules->context, trial->plan, trial->dataset);
    return evaluate(trial->plan, trial->dataset, &functions, diag);
}

/* Findings stay behind, errors that ended the evaluation go on. */
static Results *evaluate_quietly(const TrialRules *rules, const Trial *trial, Diag *diag) {
    Diag *findings = diag_new();
    Results *results = arrange_and_evaluate(rules, trial, findings);
    for (size_t i = 0; !results && i < diag_count(findings); i++) {
        const DiagItem *item = diag_item(findings, i);
        diag_add_list(diag, item->message, &item->place, item->arguments, item->argument_count);
        diag_hint_copy(diag, item->hint);
    }
    diag_free(findings);
    return results;
}

static Dataset *load_rows(const TrialRules *rules, const Plan *plan, const SuiteCase *test, Diag *diag) {
    Arena arena = {0};
    LoadOptions options = {
        plan->fields.names, plan->fields.count, rules->absence, plan->has_functions, NULL, NULL};
    Table *table = suite_rows(&arena, test);
    Dataset *dataset = dataset_load(table, &options, diag);
    table_close(table);
    arena_release(&arena);
    return dataset;
}

bool trial_run(const TrialRules *rules, const SuiteCase *test, Trial *out, Diag *diag) {
    *out = (Trial){0};
    out->plan =
        plan_compile_at(rules->file, rules->tree, test->at, test->settings, test->setting_count, diag);
    if (out->plan) out->dataset = load_rows(rules, out->plan, test, diag);
    if (out->dataset) out->results = evaluate_quietly(rules, out, diag);
    if (out->results && !results_refuse(out->results, diag)) return true;
    trial_release(out);
    return false;
}

void trial_release(Trial *trial) {
    results_free(trial->results);
    dataset_free(trial->dataset);
    plan_free(trial->plan);
    *trial = (Trial){0};
}

size_t trial_project(const Trial *trial) { return dataset_project(trial->dataset, 0); }

/* ---- what came out */

/* The value times 10^places is whole. */
static bool has_places(mpq_srcptr value, unsigned places) {
    mpz_t power;
    mpz_init(power);
    mpz_ui_pow_ui(power, 10, places);
    bool whole = mpz_divisible_p(power, mpq_denref(value)) != 0;
    mpz_clear(power);
    return whole;
}

void trial_write_number(Buffer *out, mpq_srcptr value) {
    unsigned places = 0;
    while (places <= 12 && !has_places(value, places)) places++;
    if (places <= 12) {
        decimal_round(out, value, places, ROUNDING_HALF_UP);
        return;
    }
    size_t size = mpz_sizeinbase(mpq_numref(value), 10) + mpz_sizeinbase(mpq_denref(value), 10) + 3;
    char *text = buffer_reserve(out, size);
    mpq_get_str(text, 10, value);
    out->size += strlen(text);
}

static Str take(Buffer *buffer, Arena *arena) {
    Str text = arena_copy(arena, buffer_view(buffer));
    buffer_release(buffer);
    return text;
}

static Str exact_rate(const Trial *trial, Level level, size_t unit, Arena *arena) {
    Buffer out = {0};
    mpq_t value;
    mpq_init(value);
    if (results_unit_exact(trial->results, level, unit, value) == MISSING_NONE)
        trial_write_number(&out, value);
    else
        buffer_add(&out, NONE);
    mpq_clear(value);
    return take(&out, arena);
}

static Str printed_rate(const Trial *trial, Level level, size_t unit, Arena *arena) {
    Buffer out = {0};
    if (results_unit_missing(trial->results, level, unit) == MISSING_NONE)
        results_print_unit(trial->results, level, unit, &out);
    else
        buffer_add(&out, NONE);
    return take(&out, arena);
}

/* ---- reasons: all that can be said, the nearest first */

typedef struct Reasons {
    Str *texts;
    size_t count;
} Reasons;

static void add_reason(Reasons *reasons, Str text) { reasons->texts[reasons->count++] = text; }

static void add_missing(Reasons *reasons, Missing reason) {
    if (reason != MISSING_NONE) add_reason(reasons, str_of(missing_name(reason)));
}

static void add_row_reasons(const Trial *trial, size_t row, Reasons *reasons) {
    const Case *decided = results_row_case(trial->results, row),
               *given = results_row_given(trial->results, row);
    if (decided && decided->because.size) add_reason(reasons, decided->because);
    if (given) add_reason(reasons, given->because);
    add_missing(reasons, results_row_missing(trial->results, row));
}

static Reasons reasons_of(const Trial *trial, Level level, size_t unit, Arena *arena) {
    size_t rows = 1;
    uint32_t only = (uint32_t)unit;
    const uint32_t *list =
        level == LEVEL_PROJECT ? dataset_children(trial->dataset, LEVEL_PROJECT, unit, &rows) : &only;
    size_t adjustments = level == LEVEL_PROJECT ? results_adjustments(trial->results, unit) : 0;
    Reasons reasons = {arena_new(arena, 3 * rows + adjustments + 1, sizeof(Str)), 0};
    for (size_t i = 0; i < adjustments; i++)
        add_reason(&reasons, results_adjustment(trial->results, unit, i)->because);
    for (size_t i = 0; i < rows; i++) add_row_reasons(trial, list[i], &reasons);
    if (level == LEVEL_PROJECT)
        add_missing(&reasons, results_unit_missing(trial->results, LEVEL_PROJECT, unit));
    return reasons;
}

static bool has_reason(const Reasons *reasons, Str wanted) {
    if (str_is(wanted, "none")) return reasons->count == 0;
    for (size_t i = 0; i < reasons->count; i++) {
        if (str_equal(reasons->texts[i], wanted)) return true;
    }
    return false;
}

/* ---- comparing */

static Str verdict_key(const Trial *trial, Level level, size_t unit) {
    const Band *band = results_band(trial->results, level, unit);
    return band ? band->key : NONE;
}

Str trial_actual(const Trial *trial, Level level, size_t unit, ExpectKind kind, Arena *arena) {
    switch (kind) {
    case EXPECT_RATE:
        return exact_rate(trial, level, unit, arena);
    case EXPECT_PRINTED:
        return printed_rate(trial, level, unit, arena);
    case EXPECT_VERDICT:
        return arena_copy(arena, verdict_key(trial, level, unit));
    default: {
        Reasons reasons = reasons_of(trial, level, unit, arena);
        return reasons.count ? arena_copy(arena, reasons.texts[0]) : NONE;
    }
    }
}

static bool rate_equals(const Trial *trial, Level level, size_t unit, Str wanted) {
    mpq_t value, number;
    mpq_inits(value, number, NULL);
    Missing missing = results_unit_exact(trial->results, level, unit, value);
    bool equal = str_is(wanted, "none")
                     ? missing != MISSING_NONE
                     : missing == MISSING_NONE && suite_number(wanted, number) && mpq_equal(value, number);
    mpq_clears(value, number, NULL);
    return equal;
}

static bool is_as_expected(const Trial *trial, Level level, size_t unit, ExpectKind kind, Str wanted,
                           Arena *arena) {
    if (kind == EXPECT_RATE) return rate_equals(trial, level, unit, wanted);
    if (kind == EXPECT_REASON) {
        Reasons reasons = reasons_of(trial, level, unit, arena);
        return has_reason(&reasons, wanted);
    }
    const Band *band = results_band(trial->results, level, unit);
    if (kind == EXPECT_VERDICT && band && str_equal(wanted, band->name)) return true;
    return str_equal(wanted, trial_actual(trial, level, unit, kind, arena));
}

/* What a function said when it failed, else the reason. */
static Str why_missing(const Trial *trial, Level level, size_t unit, Arena *arena) {
    size_t rows = 1;
    uint32_t only = (uint32_t)unit;
    const uint32_t *list =
        level == LEVEL_PROJECT ? dataset_children(trial->dataset, LEVEL_PROJECT, unit, &rows) : &only;
    for (size_t i = 0; i < rows; i++) {
        Str said = results_row_failure(trial->results, list[i]);
        if (said.size) return arena_copy(arena, said);
    }
    return trial_actual(trial, level, unit, EXPECT_REASON, arena);
}

/* What helps to read the actual value. */
static Str note_of(const Trial *trial, Level level, size_t unit, ExpectKind kind, Str actual, Arena *arena) {
    const Band *band = results_band(trial->results, level, unit);
    if (kind == EXPECT_VERDICT && band) return arena_copy(arena, band->name);
    if (kind == EXPECT_RATE && str_is(actual, "none")) return why_missing(trial, level, unit, arena);
    if (kind != EXPECT_RATE || str_find(actual, '/', 0) == actual.size) return (Str){"", 0};
    Buffer out = {0};
    results_write_unit(trial->results, level, unit, &out);
    return take(&out, arena);
}

typedef struct Comparison {
    const Trial *trial;
    Arena *arena;
    TrialDifference *differences;
    size_t count;
} Comparison;

static bool same_text(const Trial *trial, const char *column, size_t a, const SuiteRow *row) {
    size_t number;
    if (!dataset_find_column(trial->dataset, str_of(column), &number)) return false;
    for (size_t i = 0; i < row->cell_count; i++) {
        if (str_is(row->cells[i].column, column))
            return str_equal(row->cells[i].text, dataset_text(trial->dataset, number, a));
    }
    return true;
}

/* The indicator of a row of the test: rows of several periods may be one indicator. False: it is set aside.
 */
static bool find_indicator(const Trial *trial, const SuiteCase *test, size_t row, size_t *indicator) {
    *indicator = row;
    if (dataset_rows(trial->dataset) == test->row_count) return true;
    for (size_t i = 0; i < dataset_rows(trial->dataset); i++) {
        *indicator = i;
        if (same_text(trial, "project", i, &test->rows[row]) &&
            same_text(trial, "indicator", i, &test->rows[row]))
            return true;
    }
    return false;
}

static void compare(Comparison *comparison, Level level, size_t unit, const Expected expected[EXPECT_COUNT]) {
    const Trial *trial = comparison->trial;
    for (ExpectKind kind = 0; kind < EXPECT_COUNT; kind++) {
        if (!expected[kind].set ||
            is_as_expected(trial, level, unit, kind, expected[kind].text, comparison->arena))
            continue;
        Str actual = trial_actual(trial, level, unit, kind, comparison->arena);
        comparison->differences[comparison->count++] = (TrialDifference){
            level,           unit,   kind,
            &expected[kind], actual, note_of(trial, level, unit, kind, actual, comparison->arena)};
    }
}

TrialDifference *trial_compare(const Trial *trial, const SuiteCase *test, Arena *arena, size_t *count) {
    Comparison comparison = {.trial = trial, .arena = arena};
    comparison.differences =
        arena_new(arena, EXPECT_COUNT * (test->row_count + 1), sizeof *comparison.differences);
    compare(&comparison, LEVEL_PROJECT, trial_project(trial), test->expected);
    for (size_t i = 0; i < test->row_count; i++) {
        size_t indicator;
        if (find_indicator(trial, test, i, &indicator))
            compare(&comparison, LEVEL_INDICATOR, indicator, test->rows[i].expected);
    }
    *count = comparison.count;
    return comparison.differences;
}

/* ---- the lines that decided */

typedef struct Lines {
    TrialLine *items;
    size_t count;
} Lines;

static void add_line(Lines *lines, Str path, const Place *place) {
    for (size_t i = 0; i < lines->count; i++) {
        if (str_equal(lines->items[i].path, path)) return;
    }
    lines->items[lines->count++] = (TrialLine){path, *place};
}

static void add_case(Lines *lines, const Case *decided) {
    if (decided) add_line(lines, decided->path, &decided->place);
}

static void add_band(Lines *lines, const Trial *trial, Level level, size_t unit, Arena *arena) {
    const Band *band = results_band(trial->results, level, unit);
    if (!band) return;
    size_t number = (size_t)(band - trial->plan->verdicts[level].bands) + 1;
    const char *list = level == LEVEL_INDICATOR ? "indicator.verdict" : "verdict";
    add_line(lines, arena_format(arena, "%s[%zu]", list, number), &band->place);
}

TrialLine *trial_lines(const Trial *trial, const TrialDifference *difference, Arena *arena, size_t *count) {
    size_t rows = 1, unit = difference->unit;
    Level level = difference->level;
    uint32_t only = (uint32_t)unit;
    const uint32_t *list =
        level == LEVEL_PROJECT ? dataset_children(trial->dataset, LEVEL_PROJECT, unit, &rows) : &only;
    size_t adjustments = level == LEVEL_PROJECT ? results_adjustments(trial->results, unit) : 0;
    Lines lines = {arena_new(arena, 2 * rows + adjustments + 1, sizeof(TrialLine)), 0};
    if (difference->kind == EXPECT_VERDICT) {
        for (size_t i = 0; i < adjustments; i++)
            add_case(&lines, results_adjustment(trial->results, unit, i));
        if (level == LEVEL_INDICATOR) add_case(&lines, results_row_given(trial->results, unit));
        add_band(&lines, trial, level, unit, arena);
    } else {
        for (size_t i = 0; i < rows; i++) add_case(&lines, results_row_case(trial->results, list[i]));
    }
    *count = lines.count;
    return lines.items;
}
