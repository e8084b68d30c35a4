#include "model/results.h"

#include "base/memory.h"
#include "model/results_build.h"
#include "model/summaries.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/* Places of rates in data exchange, and their rounding. */
#define EXCHANGE_PLACES 6

void results_free(Results *results) {
    if (!results) return;
    results_free(results->last_year);
    summaries_free(results->summaries);
    arena_release(&results->arena);
    memory_free(results);
}

const Plan *results_plan(const Results *results) { return results->plan; }
const Summaries *results_summaries(const Results *results) { return results->summaries; }
size_t results_rows(const Results *results) { return results->row_count; }

const Dataset *results_dataset(const Results *results) { return results->dataset; }

/* Rows first, then projects, departments, bureaus, each in order of data, so that any number of threads finds
 * the same first one: 8 bits for that, 32 for the row or unit, 16 for the case. */
static void set_beyond(const Results *results, unsigned kind, size_t index, size_t number) {
    uint64_t key = (uint64_t)kind << 48 | (uint64_t)index << 16 | number;
    uint64_t first = atomic_load(results->beyond);
    while (key < first && !atomic_compare_exchange_weak(results->beyond, &first, key)) {
    }
}

void results_row_beyond(const Results *results, size_t row, size_t number) {
    set_beyond(results, 0, row, number);
}

static Missing check_unit(const Results *results, Level level, size_t unit, Missing reason) {
    if (reason == MISSING_TOO_LARGE) set_beyond(results, (unsigned)(LEVEL_COUNT - level), unit, 0);
    return reason;
}

static Str row_words(const Results *results, size_t row, Arena *arena) {
    const Dataset *dataset = results->dataset;
    return message_both(arena, TEXT_EXACT_ROW, arena_format(arena, "%zu", dataset_record(dataset, row) + 1),
                        dataset_file(dataset), arena_format(arena, "%u", dataset_line(dataset, row)));
}

static Str unit_words(const Results *results, Level level, size_t unit, Arena *arena) {
    static const MessageId words[LEVEL_COUNT] = {[LEVEL_BUREAU] = TEXT_EXACT_BUREAU,
                                                 [LEVEL_DEPARTMENT] = TEXT_EXACT_DEPARTMENT,
                                                 [LEVEL_PROJECT] = TEXT_EXACT_PROJECT};
    return message_both(arena, words[level], dataset_level_name(results->dataset, level, unit));
}

bool results_refuse(const Results *results, Diag *diag) {
    uint64_t key = atomic_load(results->beyond);
    if (key == UINT64_MAX) return results->last_year && results_refuse(results->last_year, diag);
    size_t index = (size_t)(key >> 16 & UINT32_MAX), bits = results->plan->exact_bits;
    bool row = key >> 48 == 0;
    Level level = row ? LEVEL_PROJECT : (Level)(LEVEL_COUNT - (key >> 48));
    Arena arena = {0};
    const Place *place = row ? &results_case(results->plan, (size_t)(key & UINT16_MAX))->place
                             : &results->plan->rollups[level].place;
    Str what = row ? row_words(results, index, &arena) : unit_words(results, level, index, &arena);
    diag_add(diag, MESSAGE_EXACT_LIMIT, place, what, arena_format(&arena, "%zu", bits ? bits : DECIMAL_BITS));
    arena_release(&arena);
    return true;
}

Missing results_period_missing(const Results *results, size_t row) {
    return results->own ? results->own[row].missing : results_row_missing(results, row);
}

double results_period_rate(const Results *results, size_t row) {
    return results->own ? results->own[row].value : results_row_rate(results, row);
}

/* ---- what functions gave */

void results_answer_exact(const Answer *answer, mpq_ptr out) {
    Decimal number = decimal_of(answer->kind == ANSWER_WHOLE ? answer->whole : 0);
    Arena arena = {0};
    if (answer->kind == ANSWER_NUMBER) decimal_from_double(answer->number, &number, &arena);
    decimal_to_rational(&number, out);
    arena_release(&arena);
}

static int compare_wholes(const void *a, const void *b) {
    uint32_t x = ((const Whole *)a)->row, y = ((const Whole *)b)->row;
    return (x > y) - (x < y);
}

/* What the function of a row's case gave it. */
static Answer row_answer(const Results *results, size_t row) {
    Whole wanted = {.row = (uint32_t)row};
    const Whole *whole = results->whole_count ? bsearch(&wanted, results->wholes, results->whole_count,
                                                        sizeof wanted, compare_wholes)
                                              : NULL;
    if (whole) return (Answer){.kind = ANSWER_WHOLE, .whole = whole->value};
    return (Answer){.kind = ANSWER_NUMBER, .number = results_period_rate(results, row)};
}

Missing results_period_exact(const Results *results, size_t row, mpq_ptr out) {
    RowRate rate = results_row(results, row);
    Missing missing = results->own ? results->own[row].missing : (Missing)rate.missing;
    if (missing != MISSING_NONE) return missing;
    const Case *decided = results_case(results->plan, rate.decided);
    if (!decided->formula) {
        Answer answer = row_answer(results, row);
        results_answer_exact(&answer, out);
        return MISSING_NONE;
    }
    Missing reason = formula_exact(decided->formula, &results->columns, row, out);
    if (reason == MISSING_TOO_LARGE) results_row_beyond(results, row, rate.decided);
    return reason;
}

static Missing exact_period(const void *context, uint32_t row, mpq_ptr out) {
    return results_period_exact(context, row, out);
}

Missing results_row_exact(const Results *results, size_t row, mpq_ptr out) {
    if (!results->own || row >= dataset_rows(results->dataset))
        return results_period_exact(results, row, out);
    Missing reason = periods_exact(&results->plan->period, results->period_rows, (uint32_t)row, exact_period,
                                   results, out);
    if (reason == MISSING_NONE && !decimal_fits(out, results->columns.bits)) reason = MISSING_TOO_LARGE;
    if (reason == MISSING_TOO_LARGE) results_row_beyond(results, row, results_row(results, row).decided);
    return reason;
}

RollupInput results_input(const Results *results, Level level, size_t unit) {
    RollupInput input = results->inputs[level];
    input.children = lineage_children(&results->children[level], unit, &input.count);
    input.bits = results->plan->exact_bits;
    return input;
}

const uint32_t *results_children(const Results *results, Level level, size_t unit, size_t *count) {
    return lineage_children(&results->children[level], unit, count);
}

bool results_has_rate(const Results *results, Level level) {
    if (level == LEVEL_INDICATOR || results->units[level].value) return true;
    return level == LEVEL_PROJECT && results->only_verdicts;
}

Guess results_guess(const Results *results, Level level, size_t unit) {
    if (level == LEVEL_INDICATOR) {
        RowRate row = results_row(results, unit);
        return (Guess){row.value, row.error, (Missing)row.missing};
    }
    const UnitRates *units = &results->units[level];
    if (!units->value) return results->source->project(results, unit);
    return (Guess){units->value[unit], units->error[unit], (Missing)units->missing[unit]};
}

Missing results_unit_missing(const Results *results, Level level, size_t unit) {
    return results_guess(results, level, unit).missing;
}

double results_unit_rate(const Results *results, Level level, size_t unit) {
    return results_guess(results, level, unit).value;
}

static Missing exact_child(const void *context, uint32_t child, mpq_ptr out) {
    const Below *below = context;
    return results_unit_exact(below->results, below->level, child, out);
}

static void add_points(const Results *results, size_t project, mpq_ptr rate) {
    size_t count = results_adjustments(results, project);
    mpq_t points;
    mpq_init(points);
    for (size_t i = 0; i < count; i++) {
        const Case *special = results_adjustment(results, project, i);
        if (special->adjust != ADJUST_POINTS) continue;
        decimal_to_rational(&special->points, points);
        mpq_add(rate, rate, points);
    }
    mpq_clear(points);
}

static Missing rolled_up_exact(const Results *results, Level level, size_t unit, mpq_ptr out) {
    const Rollup *rollup = &results->plan->rollups[level];
    RollupInput input = results_input(results, level, unit);
    Below below = {results, rollup->children};
    return rollup_exact(rollup, &input, exact_child, &below, out);
}

/* Which of its units a function left without a rate is known with the rates. */
static Missing answered_exact(const Results *results, Level level, size_t unit, mpq_ptr out) {
    Missing missing = (Missing)results->units[level].missing[unit];
    if (missing == MISSING_NONE) results_answer_exact(&results->unit_answers[level][unit], out);
    return missing;
}

Missing results_raised_exact(const Results *results, Level level, size_t unit, mpq_ptr out) {
    bool function = results->plan->rollups[level].aggregate == AGGREGATE_FUNCTION;
    Missing missing = (function ? answered_exact : rolled_up_exact)(results, level, unit, out);
    if (missing == MISSING_NONE && !decimal_fits(out, results->plan->exact_bits)) missing = MISSING_TOO_LARGE;
    return check_unit(results, level, unit, missing);
}

Missing results_unit_exact(const Results *results, Level level, size_t unit, mpq_ptr out) {
    if (level == LEVEL_INDICATOR) return results_row_exact(results, unit, out);
    Missing missing = results_raised_exact(results, level, unit, out);
    if (level == LEVEL_PROJECT && missing == MISSING_NONE) add_points(results, unit, out);
    if (missing == MISSING_NONE && !decimal_fits(out, results->plan->exact_bits)) missing = MISSING_TOO_LARGE;
    return check_unit(results, level, unit, missing);
}

/* Doubles where they are sure of every digit. */
static bool print_guess(double value, double error, unsigned places, Rounding mode, Buffer *out) {
    return isfinite(error) && decimal_round_double(out, value, error, places, mode);
}

static void print_period(const Results *results, size_t row, unsigned places, Rounding mode, Buffer *out) {
    Guess guess = results->own ? results->own[row] : results_guess(results, LEVEL_INDICATOR, row);
    if (guess.missing != MISSING_NONE || print_guess(guess.value, guess.error, places, mode, out)) return;
    mpq_t rate;
    mpq_init(rate);
    if (results_period_exact(results, row, rate) == MISSING_NONE) decimal_round(out, rate, places, mode);
    mpq_clear(rate);
}

static void print_unit(const Results *results, Level level, size_t unit, unsigned places, Rounding mode,
                       Buffer *out) {
    Guess guess = results_guess(results, level, unit);
    if (guess.missing != MISSING_NONE || print_guess(guess.value, guess.error, places, mode, out)) return;
    mpq_t rate;
    mpq_init(rate);
    if (results_unit_exact(results, level, unit, rate) == MISSING_NONE)
        decimal_round(out, rate, places, mode);
    mpq_clear(rate);
}

void results_print_row(const Results *results, size_t row, Buffer *out) {
    results_print_unit(results, LEVEL_INDICATOR, row, out);
}

void results_print_period(const Results *results, size_t row, Buffer *out) {
    print_period(results, row, results->plan->places, results->plan->rounding, out);
}

void results_print_unit(const Results *results, Level level, size_t unit, Buffer *out) {
    print_unit(results, level, unit, results->plan->places, results->plan->rounding, out);
}

void results_write_row(const Results *results, size_t row, Buffer *out) {
    results_write_unit(results, LEVEL_INDICATOR, row, out);
}

void results_write_period(const Results *results, size_t row, Buffer *out) {
    size_t from = out->size;
    print_period(results, row, EXCHANGE_PLACES, ROUNDING_HALF_UP, out);
    decimal_trim(out, from);
}

void results_write_unit(const Results *results, Level level, size_t unit, Buffer *out) {
    size_t from = out->size;
    print_unit(results, level, unit, EXCHANGE_PLACES, ROUNDING_HALF_UP, out);
    decimal_trim(out, from);
}

static bool is_open(Guess guess, unsigned places, Rounding mode, Buffer *unused) {
    int64_t millionths;
    if (places == EXCHANGE_PLACES && decimal_round_millionths(guess.value, guess.error, &millionths))
        return false;
    unused->size = 0;
    return !print_guess(guess.value, guess.error, places, mode, unused);
}

/* The guess of units in their order. */
static Guess guess_next(const Results *results, RowWindow *window, Level level, size_t unit, size_t end) {
    const RowRates *rates = level == LEVEL_INDICATOR ? results_window(results, window, unit, end) : NULL;
    if (!rates) return results_guess(results, level, unit);
    size_t at = unit - rates->first;
    return (Guess){rates->value[at], rates->error[at], (Missing)rates->missing[at]};
}

void results_ask(const Results *results, Level level, size_t from, size_t to, bool all) {
    const Plan *plan = results->plan;
    Buffer unused = {0};
    RowWindow window;
    mpq_t rate;
    mpq_init(rate);
    window.count = 0;
    for (size_t unit = from; unit < to; unit++) {
        Guess guess = guess_next(results, &window, level, unit, to);
        if (all) results_trend(results, level, unit);
        if (guess.missing != MISSING_NONE) continue;
        bool open = is_open(guess, EXCHANGE_PLACES, ROUNDING_HALF_UP, &unused) ||
                    (all && is_open(guess, plan->places, plan->rounding, &unused));
        if (open) results_unit_exact(results, level, unit, rate);
    }
    buffer_release(&unused);
    mpq_clear(rate);
}

void results_print_shortfall(const Results *results, size_t project, Buffer *out) {
    unsigned verdict = results_verdict(results, project);
    if (verdict == RESULTS_NO_BAND || results_unit_missing(results, LEVEL_PROJECT, project) != MISSING_NONE)
        return;
    if (!results->plan->verdicts[LEVEL_PROJECT].bands[verdict].range.high.set) return;
    mpq_t rate, cut;
    mpq_inits(rate, cut, NULL);
    Missing missing = results_unit_exact(results, LEVEL_PROJECT, project, rate);
    decimal_to_rational(&results->plan->verdicts[LEVEL_PROJECT].bands[verdict].range.high.value, cut);
    mpq_sub(cut, cut, rate);
    if (missing == MISSING_NONE && mpq_sgn(cut) >= 0)
        decimal_round(out, cut, results->plan->places + 1, results->plan->rounding);
    mpq_clears(rate, cut, NULL);
}

unsigned results_verdict(const Results *results, size_t project) {
    return results->verdicts[LEVEL_PROJECT][project];
}

const uint8_t *results_verdicts(const Results *results) { return results->verdicts[LEVEL_PROJECT]; }

bool results_has_verdict(const Results *results, Level level) { return results->verdicts[level] != NULL; }

const Band *results_band(const Results *results, Level level, size_t unit) {
    unsigned verdict = results->verdicts[level] ? results->verdicts[level][unit] : RESULTS_NO_BAND;
    return verdict == RESULTS_NO_BAND ? NULL : &results->plan->verdicts[level].bands[verdict];
}

static void count_indicator(const Results *results, size_t row, Counts *out) {
    uint8_t verdict = results->verdicts[LEVEL_INDICATOR][row];
    out->total++;
    if (verdict == RESULTS_NO_BAND)
        out->none++;
    else
        out->band[verdict]++;
}

/* Of the rows below a unit; LEVEL_INDICATOR: of all. */
static void add_indicators(const Results *results, Level level, size_t unit, Counts *out) {
    size_t rows = dataset_rows(results->dataset);
    for (size_t row = 0; level == LEVEL_INDICATOR && row < rows; row++) count_indicator(results, row, out);
    if (level == LEVEL_INDICATOR) return;
    size_t count;
    const uint32_t *children = dataset_children(results->dataset, level, unit, &count);
    for (size_t i = 0; i < count; i++) {
        if (level == LEVEL_PROJECT)
            count_indicator(results, children[i], out);
        else
            add_indicators(results, (Level)(level + 1), children[i], out);
    }
}

void results_count_indicators(const Results *results, Level level, size_t unit, Counts *out) {
    *out = (Counts){0};
    add_indicators(results, level, unit, out);
}

const Results *results_last_year(const Results *results) { return results->last_year; }

/* Equal where one is too large, which results_refuse tells. */
static int compare_exactly(const Results *results, Level level, size_t unit) {
    mpq_t now, before;
    mpq_inits(now, before, NULL);
    bool known = results_unit_exact(results, level, unit, now) == MISSING_NONE &&
                 results_unit_exact(results->last_year, level, unit, before) == MISSING_NONE;
    int order = known ? mpq_cmp(now, before) : 0;
    mpq_clears(now, before, NULL);
    return order;
}

Trend results_find_trend(const Results *results, Level level, size_t unit, bool *exact) {
    const Results *last = results->last_year;
    *exact = false;
    if (!last || !results_has_rate(results, level)) return TREND_NONE;
    Guess now = results_guess(results, level, unit), before = results_guess(last, level, unit);
    if (now.missing != MISSING_NONE || before.missing != MISSING_NONE) return TREND_NONE;
    double distance = now.value - before.value;
    double room = (now.error + before.error) * (1 + 0x1p-30) + fabs(distance) * 0x1p-50;
    bool sure = isfinite(room) && fabs(distance) > room;
    *exact = !sure;
    int order = sure ? (distance > 0) - (distance < 0) : compare_exactly(results, level, unit);
    return order > 0 ? TREND_UP : order < 0 ? TREND_DOWN : TREND_SAME;
}

Trend results_trend(const Results *results, Level level, size_t unit) {
    bool exact;
    return results_find_trend(results, level, unit, &exact);
}

const char *trend_name(Trend trend) {
    static const char *const names[] = {NULL, "down", "same", "up"};
    return names[trend];
}

const Case *results_case(const Plan *plan, size_t number) {
    return number < plan->special_count ? &plan->specials[number]
                                        : &plan->cases[number - plan->special_count];
}

static int compare_failures(const void *a, const void *b) {
    uint32_t x = ((const Failure *)a)->row, y = ((const Failure *)b)->row;
    return (x > y) - (x < y);
}

void results_sort(Results *results) {
    if (results->failure_count)
        qsort(results->failures, results->failure_count, sizeof *results->failures, compare_failures);
    if (results->whole_count)
        qsort(results->wholes, results->whole_count, sizeof *results->wholes, compare_wholes);
}

Str results_row_failure(const Results *results, size_t row) {
    Failure wanted = {.row = (uint32_t)row};
    const Failure *found =
        results->failure_count
            ? bsearch(&wanted, results->failures, results->failure_count, sizeof wanted, compare_failures)
            : NULL;
    return found ? found->message : (Str){"", 0};
}

const Counts *results_total(const Results *results) { return &results->total; }
const Counts *results_bureau(const Results *results, size_t bureau) { return &results->bureaus[bureau]; }
const Counts *results_department(const Results *results, size_t department) {
    return &results->departments[department];
}

void results_print_percent(const Results *results, size_t part, size_t whole, Buffer *out) {
    if (whole == 0) return;
    mpq_t percent;
    mpq_init(percent);
    mpq_set_ui(percent, 100 * part, whole);
    mpq_canonicalize(percent);
    decimal_round(out, percent, results->plan->places, results->plan->rounding);
    mpq_clear(percent);
}

size_t results_special_rows(const Results *results, size_t index) { return results->special_rows[index]; }
size_t results_special_projects(const Results *results, size_t index) {
    return results->special_projects[index];
}

size_t results_first_adjustment(const Results *results, size_t project) {
    size_t first = 0, end = results->adjustment_count;
    while (first < end) {
        size_t middle = first + (end - first) / 2;
        if (results->adjustments[middle].project < project)
            first = middle + 1;
        else
            end = middle;
    }
    return first;
}

size_t results_adjustments(const Results *results, size_t project) {
    size_t first = results_first_adjustment(results, project), end = first;
    while (end < results->adjustment_count && results->adjustments[end].project == project) end++;
    return end - first;
}

const Case *results_adjustment(const Results *results, size_t project, size_t index) {
    size_t first = results_first_adjustment(results, project);
    return &results->plan->specials[results->adjustments[first + index].special];
}

size_t results_missing_rows(const Results *results, Missing reason) { return results->missing_rows[reason]; }
size_t results_exact_checks(const Results *results) { return results->exact_checks; }
size_t results_function_calls(const Results *results) {
    return results->function_calls + (results->last_year ? results->last_year->function_calls : 0);
}
size_t results_failed_rows(const Results *results) {
    return results->failure_count + (results->last_year ? results->last_year->failure_count : 0);
}
