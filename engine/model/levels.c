#include "model/levels.h"

#include "base/crew.h"
#include "model/adjust.h"
#include "model/blockwise.h"
#include "model/judge.h"
#include "model/weights.h"

#include <float.h>
#include <math.h>

/* Units that a thread takes at a time. */
#ifndef LEVELS_STRETCH
#define LEVELS_STRETCH ((size_t)16 * 1024)
#endif
/* Failures of one level that are reported one by one; the rest is counted. */
#define FAILURES_SHOWN 3

/* A pooled rate adds up targets: they need one unit. */
static bool check_units(const Rollup *rollup, Level level, const Dataset *dataset, Diag *diag) {
    Arena arena = {0};
    const Lineage lineage = lineage_of(dataset, level, rollup->children, &arena);
    bool good = true;
    size_t column;
    const TextColumn *units =
        dataset_find_column(dataset, STR("unit"), &column) ? dataset_words(dataset, column) : NULL;
    for (size_t unit = 0; units && unit < dataset_level_size(dataset, level); unit++) {
        size_t count, other = 0;
        const uint32_t *rows = lineage_children(&lineage, unit, &count);
        while (other < count && text_id(units, rows[other]) == text_id(units, rows[0])) other++;
        if (other == count) continue;
        diag_add(diag, MESSAGE_POOLED_UNITS, &rollup->place, dataset_level_name(dataset, level, unit),
                 units->words[text_id(units, rows[0])], units->words[text_id(units, rows[other])]);
        good = false;
    }
    arena_release(&arena);
    return good;
}

bool levels_check(const Plan *plan, const Dataset *dataset, Diag *diag) {
    bool good = true;
    for (int i = LEVEL_COUNT - 1; i >= 0; i--) {
        const Rollup *rollup = &plan->rollups[i];
        if (rollup->set && rollup->aggregate == AGGREGATE_POOLED)
            good &= check_units(rollup, (Level)i, dataset, diag);
        good &= weights_check(plan, (Level)i, dataset, diag);
    }
    return good;
}

/* ---- rates made of numbers */

static Guess guess_child(const void *context, uint32_t child) {
    const Below *below = context;
    return results_guess(below->results, below->level, child);
}

/* A level whose rates are being found. */
typedef struct Rising {
    Results *results;
    Level level;
} Rising;

Guess levels_settle(const Results *results, Level level, size_t unit, Guess guess) {
    if (guess.missing == MISSING_NONE && !isfinite(guess.error)) { /* only exact arithmetic can tell */
        mpq_t exact;
        mpq_init(exact);
        guess.missing = results_raised_exact(results, level, unit, exact);
        double value = guess.missing == MISSING_NONE ? mpq_get_d(exact) : 0;
        guess.value = isfinite(value) ? value : 0;
        if (isfinite(value)) guess.error = fabs(value) * 0x1p-51 + DBL_MIN;
        mpq_clear(exact);
    }
    if (guess.missing != MISSING_NONE) guess.value = guess.error = 0;
    if (guess.error > 0) guess.error += DBL_MIN; /* what sums and quotients next to zero may lose */
    return guess;
}

Guess levels_raise(const Results *results, Level level, size_t unit) {
    const Rollup *rollup = &results->plan->rollups[level];
    RollupInput input = results_input(results, level, unit);
    Below below = {results, rollup->children};
    return levels_settle(results, level, unit, rollup_guess(rollup, &input, guess_child, &below));
}

static void roll_up(Results *results, Level level, size_t unit) {
    results_set_guess(&results->units[level], unit, levels_raise(results, level, unit));
}

/* Each unit has a rate of its own, so threads may share them out. */
static void roll_up_units(void *context, size_t first, size_t end) {
    const Rising *rising = context;
    if (blockwise_can(rising->results, rising->level)) {
        blockwise_means(rising->results, rising->level, first, end, roll_up);
        return;
    }
    for (size_t unit = first; unit < end; unit++) roll_up(rising->results, rising->level, unit);
}

/* ---- rates that a function gives */

static void add_failure(Results *results, Level level, size_t unit, const Complaint *complaint,
                        size_t failures, Diag *diag) {
    if (failures >= FAILURES_SHOWN) return;
    const Dataset *dataset = results->dataset;
    Arena texts = {0};
    Str row = arena_format(&texts, "%u", lineage_row(dataset, level, unit) + 1);
    diag_add(diag, MESSAGE_UNIT_FAILED, &complaint->place, results->plan->rollups[level].path,
             dataset_level_name(dataset, level, unit), row, complaint->message);
    arena_release(&texts);
}

/* True when the answer is a failure: *complaint says why. */
static bool set_answer(Results *results, Level level, size_t unit, const Answer *answer,
                       Complaint *complaint) {
    UnitRates *units = &results->units[level];
    Missing missing = answer->kind == ANSWER_NONE ? MISSING_DECLARED : MISSING_FUNCTION;
    results_set_guess(units, unit, (Guess){0, 0, missing});
    switch (answer->kind) {
    case ANSWER_NUMBER:
    case ANSWER_WHOLE:
        results->unit_answers[level][unit] = *answer;
        results_set_guess(units, unit, results_answer(answer));
        return false;
    case ANSWER_NONE:
        return false;
    case ANSWER_YES:
    case ANSWER_NO:
        *complaint = (Complaint){.message = message_words(TEXT_RATE_GAVE_FLAG)};
        break;
    case ANSWER_FAILED:
        *complaint = *answer->complaint;
        break;
    }
    return true;
}

static bool ask_units(Results *results, Level level, const RowFunctions *functions, Diag *diag) {
    size_t count = dataset_level_size(results->dataset, level), failures = 0;
    const Rollup *rollup = &results->plan->rollups[level];
    Arena scratch = {0};
    Answer *answers = arena_new(&scratch, count, sizeof *answers);
    results->unit_answers[level] = arena_new(&results->arena, count, sizeof *results->unit_answers[level]);
    bool asked = functions->call_units(functions->context, rollup->function, results, level, answers,
                                       &results->arena, diag);
    for (size_t unit = 0; asked && unit < count; unit++) {
        Complaint complaint;
        if (set_answer(results, level, unit, &answers[unit], &complaint))
            add_failure(results, level, unit, &complaint, failures++, diag);
    }
    if (failures > FAILURES_SHOWN)
        diag_add(diag, MESSAGE_UNITS_FAILED, NULL, rollup->path, arena_format(&scratch, "%zu", failures));
    arena_release(&scratch);
    return asked;
}

/* ---- the levels */

/* Children without a rate. What becomes of those that a special case excludes was said there. */
static size_t count_missing(const Results *results, const Rollup *rollup) {
    size_t count = 0;
    const uint8_t *verdicts = rollup->bands ? results->verdicts[rollup->children] : NULL;
    for (size_t i = 0; i < dataset_level_size(results->dataset, rollup->children); i++) {
        Missing reason = results_guess(results, rollup->children, i).missing;
        bool none = verdicts ? verdicts[i] >= PLAN_BANDS : reason != MISSING_NONE;
        count += none && reason != MISSING_EXCLUDED;
    }
    return count;
}

/* The same of rows that are not held. */
static size_t count_missing_rows(const Results *results) {
    size_t count = 0;
    for (Missing reason = MISSING_NONE + 1; reason < MISSING_COUNT; reason++)
        if (reason != MISSING_EXCLUDED) count += results->missing_rows[reason];
    return count;
}

void levels_remark(const Plan *plan, Level level, size_t count, Diag *diag) {
    static const MessageId names[] = {TEXT_BUREAUS, TEXT_DEPARTMENTS, TEXT_PROJECTS, TEXT_INDICATORS};
    const Rollup *rollup = &plan->rollups[level];
    if (rollup->declared || rollup->aggregate == AGGREGATE_FUNCTION || plan->of_last_year || count == 0)
        return;
    Arena texts = {0};
    diag_add(diag, MESSAGE_MISSING_UNDECLARED, &rollup->place, rollup->path,
             arena_format(&texts, "%zu", count), message_words(names[rollup->children]));
    diag_hint_plain(diag, TEXT_HINT_MISSING);
    arena_release(&texts);
}

static const NumberColumn *numbers_of(const Dataset *dataset, Str name) {
    size_t column;
    return dataset_find_column(dataset, name, &column) ? dataset_numbers(dataset, column) : NULL;
}

static void bind_level(Results *results, Level level) {
    const Rollup *rollup = &results->plan->rollups[level];
    const Dataset *dataset = results->dataset;
    bool units = rollup->children != LEVEL_COUNT;
    results->children[level] = lineage_of(dataset, level, rollup->children, &results->arena);
    RollupInput *input = &results->inputs[level];
    input->weights = weights_of(rollup, dataset, &results->arena);
    input->verdicts = results->verdicts[rollup->children];
    bool before = results->plan->of_last_year;
    if (!units) {
        input->targets = numbers_of(dataset, before ? STR("previous_target") : STR("target"));
        input->actuals = numbers_of(dataset, before ? STR("previous_actual") : STR("actual"));
    }
}

/* Last year has no verdicts: rates made of them, and those made of such rates, have no value then. */
static bool needs_verdicts(const Plan *plan, Level level) {
    if (level == LEVEL_INDICATOR) return false;
    const Rollup *rollup = &plan->rollups[level];
    return rollup->set && (rollup->bands || needs_verdicts(plan, rollup->children));
}

static void leave_empty(UnitRates *units, size_t count) {
    for (size_t unit = 0; unit < count; unit++)
        results_set_guess(units, unit, (Guess){0, 0, MISSING_NO_VALUES});
}

static bool roll_up_level(Results *results, Level level, const RowFunctions *functions, Diag *diag) {
    const Rollup *rollup = &results->plan->rollups[level];
    size_t count = dataset_level_size(results->dataset, level);
    if (!rollup->set) return true;
    bind_level(results, level);
    if (level == LEVEL_PROJECT && results->source) {
        results->source->run(results);
        if (atomic_load(results->beyond) >> 48 == 0) return false; /* a row, before any unit */
        levels_remark(results->plan, level, count_missing_rows(results), diag);
        return true;
    }
    results_hold_units(results, level);
    if (results->plan->of_last_year && needs_verdicts(results->plan, level)) {
        leave_empty(&results->units[level], count);
        return true;
    }
    levels_remark(results->plan, level, count_missing(results, &results->plan->rollups[level]), diag);
    if (rollup->aggregate == AGGREGATE_FUNCTION) return ask_units(results, level, functions, diag);
    crew_each(results->plan->threads, count, LEVELS_STRETCH, roll_up_units, &(Rising){results, level});
    return true;
}

/* Verdicts are of this year. */
static void judge(Results *results, Level level) {
    if (results->plan->of_last_year) return;
    if (!results->verdicts[level]) judge_level(results, level);
    if (level == LEVEL_PROJECT) judge_count(results);
}

bool levels_evaluate(Results *results, const RowFunctions *functions, Diag *diag) {
    judge(results, LEVEL_INDICATOR);
    for (int i = LEVEL_COUNT - 1; i >= 0; i--) {
        Level level = (Level)i;
        if (!roll_up_level(results, level, functions, diag)) return false;
        if (level == LEVEL_PROJECT) adjust_projects(results);
        judge(results, level);
    }
    return true;
}
