#include "model/evaluate.h"

#include "base/memory.h"
#include "model/results_build.h"
#include "model/schema.h"
#include "model/select.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Failures of one case that are reported one by one; the rest is counted. */
#define FAILURES_SHOWN 3

typedef struct Evaluation {
    Results *results;
    const Plan *plan;
    const Dataset *dataset;
    const RowFunctions *functions;
    BoundSelector *selectors; /* one a case, special cases first */
    size_t case_count;        /* special cases and cases */
    size_t *case_failures;    /* one a case */
    Arena *arena;
    Diag *diag;
} Evaluation;

/* Fields of formulas to columns. A field of the vocabulary that the data lack reads as blank. */
static bool bind_fields(const Plan *plan, const Dataset *dataset, Arena *arena, FormulaColumns *out,
                        Diag *diag) {
    bool good = true;
    out->columns = arena_new(arena, plan->fields.count, sizeof *out->columns);
    for (size_t i = 0; i < plan->fields.count; i++) {
        size_t column;
        ColumnId known;
        if (dataset_find_column(dataset, plan->fields.names[i], &column)) {
            out->columns[i] = dataset_numbers(dataset, column);
        } else if (!column_find(plan->fields.names[i], &known)) {
            diag_add(diag, MESSAGE_UNKNOWN_FIELD, &plan->fields.places[i], plan->fields.names[i]);
            size_t count = dataset_columns(dataset);
            Str *names = arena_new(arena, count, sizeof *names);
            for (size_t c = 0; c < count; c++) names[c] = dataset_column_name(dataset, c);
            schema_suggest(diag, plan->fields.names[i], names, count);
            good = false;
        }
    }
    return good;
}

const Case *results_case(const Plan *plan, size_t number) {
    return number < plan->special_count ? &plan->specials[number]
                                        : &plan->cases[number - plan->special_count];
}

static bool bind_selectors(const Plan *plan, const Dataset *dataset, Arena *arena, BoundSelector *out,
                           Diag *diag) {
    bool good = true;
    for (size_t i = 0; i < plan->special_count + plan->case_count; i++)
        good &= select_bind(arena, &results_case(plan, i)->when, dataset, &out[i], diag);
    return good;
}

static bool bind(const Plan *plan, const Dataset *dataset, Arena *arena, FormulaColumns *columns,
                 BoundSelector **selectors, Diag *diag) {
    *selectors = arena_new(arena, plan->special_count + plan->case_count, sizeof **selectors);
    bool fields = bind_fields(plan, dataset, arena, columns, diag);
    return bind_selectors(plan, dataset, arena, *selectors, diag) && fields;
}

bool evaluate_check(const Plan *plan, const Dataset *dataset, Diag *diag) {
    Arena arena = {0};
    FormulaColumns columns;
    BoundSelector *selectors;
    bool good = bind(plan, dataset, &arena, &columns, &selectors, diag);
    for (size_t i = 0; good && i < plan->special_count + plan->case_count; i++)
        select_note(&selectors[i], diag);
    arena_release(&arena);
    return good;
}

static void set_missing(Results *results, uint32_t row, Missing reason) {
    results->missing[row] = (uint8_t)reason;
    results->rate[row] = 0;
    results->error[row] = 0;
}

static void set_number(Results *results, uint32_t row, Decimal number) {
    results->missing[row] = MISSING_NONE;
    results->answers[row] = number;
    results->rate[row] = decimal_to_double(&number, &results->error[row]);
}

static void add_failure(Evaluation *evaluation, size_t number, uint32_t row, const Answer *answer) {
    Results *results = evaluation->results;
    size_t count = results->failure_count;
    if ((count & (count - 1)) == 0) { /* room is 1, 2, 4, … */
        Failure *grown = arena_new(&results->arena, count ? 2 * count : 1, sizeof *grown);
        if (count) memcpy(grown, results->failures, count * sizeof *grown);
        results->failures = grown;
    }
    results->failures[results->failure_count++] =
        (Failure){row, arena_copy(&results->arena, answer->message)};
    set_missing(results, row, MISSING_FUNCTION);
    if (evaluation->case_failures[number]++ >= FAILURES_SHOWN) return;
    diag_add(evaluation->diag, MESSAGE_FUNCTION_FAILED, &answer->place,
             arena_format(evaluation->arena, "%u", row + 1), answer->message);
}

/* Rows that a case's function takes stay in `rows`, those that it refuses go to `rest`; a row on which it
 * fails is decided by that. Returns false when functions cannot be run at all. */
static bool ask_selector(Evaluation *evaluation, size_t number, uint32_t *rows, size_t *count, uint32_t *rest,
                         size_t *rest_count) {
    Answer answers[FORMULA_BLOCK] = {{0}};
    uint32_t function = results_case(evaluation->plan, number)->when.function;
    if (!evaluation->functions->call(evaluation->functions->context, function, rows, *count, answers,
                                     evaluation->arena, evaluation->diag))
        return false;
    size_t kept = 0;
    for (size_t k = 0; k < *count; k++) {
        switch (answers[k].kind) {
        case ANSWER_YES:
            rows[kept++] = rows[k];
            break;
        case ANSWER_NO:
        case ANSWER_NONE:
            rest[(*rest_count)++] = rows[k];
            break;
        case ANSWER_NUMBER:
            answers[k].message = message_words(TEXT_WHEN_GAVE_NUMBER);
            /* fall through */
        case ANSWER_FAILED:
            evaluation->results->decided[rows[k]] = (uint16_t)number;
            add_failure(evaluation, number, rows[k], &answers[k]);
            break;
        }
    }
    *count = kept;
    return true;
}

static bool ask_rate(Evaluation *evaluation, size_t number, const uint32_t *rows, size_t count) {
    Answer answers[FORMULA_BLOCK] = {{0}};
    uint32_t function = results_case(evaluation->plan, number)->function;
    if (!evaluation->functions->call(evaluation->functions->context, function, rows, count, answers,
                                     evaluation->arena, evaluation->diag))
        return false;
    for (size_t k = 0; k < count; k++) {
        switch (answers[k].kind) {
        case ANSWER_NUMBER:
            set_number(evaluation->results, rows[k], answers[k].number);
            break;
        case ANSWER_NONE:
            set_missing(evaluation->results, rows[k], MISSING_DECLARED);
            break;
        case ANSWER_YES:
        case ANSWER_NO:
            answers[k].message = message_words(TEXT_RATE_GAVE_FLAG);
            /* fall through */
        case ANSWER_FAILED:
            add_failure(evaluation, number, rows[k], &answers[k]);
            break;
        }
    }
    return true;
}

static void run_formula(Evaluation *evaluation, const Formula *formula, const uint32_t *rows, size_t count) {
    Results *results = evaluation->results;
    double value[FORMULA_BLOCK], error[FORMULA_BLOCK];
    uint8_t missing[FORMULA_BLOCK];
    formula_block(formula, &results->columns, rows, count, value, error, missing);
    mpq_t exact;
    mpq_init(exact);
    for (size_t k = 0; k < count; k++) {
        uint32_t row = rows[k];
        if (missing[k] == MISSING_NONE &&
            !isfinite(error[k])) { /* doubles cannot even tell whether there is a value */
            results->exact_checks++;
            missing[k] = (uint8_t)formula_exact(formula, &results->columns, row, exact);
            value[k] = missing[k] == MISSING_NONE ? mpq_get_d(exact) : 0;
            error[k] = isfinite(value[k]) ? fabs(value[k]) * 0x1p-51 + DBL_MIN : INFINITY;
            if (!isfinite(value[k])) value[k] = 0;
        }
        results->missing[row] = missing[k];
        results->rate[row] = missing[k] == MISSING_NONE ? value[k] : 0;
        results->error[row] = missing[k] == MISSING_NONE ? error[k] : 0;
    }
    mpq_clear(exact);
}

static bool decide(Evaluation *evaluation, size_t number, const uint32_t *rows, size_t count) {
    const Case *decided = results_case(evaluation->plan, number);
    for (size_t k = 0; k < count; k++) evaluation->results->decided[rows[k]] = (uint16_t)number;
    if (number < evaluation->plan->special_count) evaluation->results->special_rows[number] += count;
    if (count == 0) return true;
    if (decided->function) return ask_rate(evaluation, number, rows, count);
    if (decided->formula) run_formula(evaluation, decided->formula, rows, count);
    for (size_t k = 0; decided->exclude && k < count; k++)
        set_missing(evaluation->results, rows[k], MISSING_EXCLUDED);
    return true;
}

/* One block of rows through the cases: each takes its rows, the next one sees what is left. */
static bool evaluate_block(Evaluation *evaluation, uint32_t first, size_t count) {
    uint32_t waiting[FORMULA_BLOCK], taken[FORMULA_BLOCK], rest[FORMULA_BLOCK];
    for (size_t k = 0; k < count; k++) waiting[k] = first + (uint32_t)k;
    for (size_t number = 0; number < evaluation->case_count && count > 0; number++) {
        size_t taken_count = 0, rest_count = 0;
        for (size_t k = 0; k < count; k++) {
            bool holds = select_holds(&evaluation->selectors[number], waiting[k]);
            if (holds)
                taken[taken_count++] = waiting[k];
            else
                rest[rest_count++] = waiting[k];
        }
        bool asks = results_case(evaluation->plan, number)->when.function != 0;
        if (asks && !ask_selector(evaluation, number, taken, &taken_count, rest, &rest_count)) return false;
        if (!decide(evaluation, number, taken, taken_count)) return false;
        memcpy(waiting, rest, rest_count * sizeof *rest);
        count = rest_count;
    }
    for (size_t k = 0; k < count; k++) set_missing(evaluation->results, waiting[k], MISSING_NO_CASE);
    return true;
}

static int compare_doubles(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

typedef struct Sum {
    double value, error;
} Sum;

/* A middle or outermost one of values that are each within their error is within the largest error. */
static Sum pick(double *values, size_t count, Aggregate aggregate, double error) {
    qsort(values, count, sizeof *values, compare_doubles);
    if (aggregate == AGGREGATE_MIN) return (Sum){values[0], error};
    if (aggregate == AGGREGATE_MAX) return (Sum){values[count - 1], error};
    if (count % 2 == 1) return (Sum){values[count / 2], error};
    double low = values[count / 2 - 1], high = values[count / 2];
    double middle = low / 2 + high / 2;
    return (Sum){middle, error + (fabs(low) + fabs(high)) * 0x1p-51};
}

static Sum mean_of(const double *values, size_t count, double error_sum) {
    double sum = 0, rounding = 0;
    for (size_t i = 0; i < count; i++) {
        sum += values[i];
        rounding += fabs(sum) * 0x1p-52;
    }
    double mean = sum / (double)count;
    return (Sum){mean, ((error_sum + rounding) / (double)count + fabs(mean) * 0x1p-52) * (1 + 0x1p-30)};
}

static void roll_up(Evaluation *evaluation, size_t project) {
    Results *results = evaluation->results;
    size_t count, used = 0;
    const uint32_t *rows = dataset_children(evaluation->dataset, LEVEL_PROJECT, project, &count);
    double *values = memory_new(count, sizeof *values);
    double error_sum = 0, error_max = 0;
    for (size_t i = 0; i < count; i++) {
        if (results->missing[rows[i]] != MISSING_NONE) continue;
        values[used++] = results->rate[rows[i]];
        error_sum += results->error[rows[i]];
        error_max = fmax(error_max, results->error[rows[i]]);
    }
    results->project_missing[project] = used ? MISSING_NONE : MISSING_NO_VALUES;
    if (used) {
        Aggregate aggregate = evaluation->plan->project_rate;
        Sum sum = aggregate == AGGREGATE_MEAN ? mean_of(values, used, error_sum)
                                              : pick(values, used, aggregate, error_max);
        bool sure = isfinite(sum.value) && isfinite(sum.error);
        results->project_rate[project] = isfinite(sum.value) ? sum.value : 0;
        double lost = error_max > 0 ? DBL_MIN : 0; /* what sums and quotients next to zero may lose */
        results->project_error[project] = sure ? sum.error + lost : INFINITY;
    }
    memory_free(values);
}

/* 1 above, -1 below, 0: too near to the cut for doubles. */
static int side_of(const Bound *bound, double value, double error) {
    double cut_error, cut = decimal_to_double(&bound->value, &cut_error);
    double room = (error + cut_error) * (1 + 0x1p-30);
    if (value - cut > room) return 1;
    if (cut - value > room) return -1;
    return 0;
}

typedef enum Answered { NO, YES, UNSURE } Answered;

static Answered range_decides(const Range *range, double value, double error) {
    int low = range->low.set ? side_of(&range->low, value, error) : 1;
    int high = range->high.set ? side_of(&range->high, value, error) : -1;
    if (low < 0 || high > 0) return NO;
    return low > 0 && high < 0 ? YES : UNSURE;
}

static unsigned exact_verdict(const Results *results, size_t project) {
    mpq_t rate;
    mpq_init(rate);
    results_project_exact(results, project, rate);
    unsigned band = 0;
    while (band < results->plan->band_count && !range_holds(&results->plan->bands[band].range, rate)) band++;
    mpq_clear(rate);
    return band < results->plan->band_count ? band : RESULTS_NO_BAND;
}

static unsigned judge(Results *results, size_t project) {
    const Plan *plan = results->plan;
    if (results->project_missing[project] != MISSING_NONE) return RESULTS_NO_BAND;
    for (unsigned band = 0; band < plan->band_count; band++) {
        Answered answer = range_decides(&plan->bands[band].range, results->project_rate[project],
                                        results->project_error[project]);
        if (answer == YES) return band;
        if (answer == NO) continue;
        results->exact_checks++;
        return exact_verdict(results, project);
    }
    return RESULTS_NO_BAND;
}

static void count_verdict(Counts *counts, unsigned verdict) {
    counts->total++;
    if (verdict == RESULTS_NO_BAND)
        counts->none++;
    else
        counts->band[verdict]++;
}

static void judge_projects(Evaluation *evaluation) {
    Results *results = evaluation->results;
    const Dataset *dataset = evaluation->dataset;
    for (size_t project = 0; project < dataset_level_size(dataset, LEVEL_PROJECT); project++) {
        roll_up(evaluation, project);
        unsigned verdict = judge(results, project);
        results->verdict[project] = (uint8_t)verdict;
        uint32_t department = dataset_parent(dataset, LEVEL_PROJECT, project);
        count_verdict(&results->total, verdict);
        count_verdict(&results->departments[department], verdict);
        count_verdict(&results->bureaus[dataset_parent(dataset, LEVEL_DEPARTMENT, department)], verdict);
    }
}

static Results *results_new(const Plan *plan, const Dataset *dataset) {
    Results *results = memory_new(1, sizeof *results);
    results->plan = plan;
    results->dataset = dataset;
    Arena *arena = &results->arena;
    size_t rows = dataset_rows(dataset), projects = dataset_level_size(dataset, LEVEL_PROJECT);
    results->rate = arena_new(arena, rows, sizeof *results->rate);
    results->error = arena_new(arena, rows, sizeof *results->error);
    results->missing = arena_new(arena, rows, sizeof *results->missing);
    results->decided = arena_new(arena, rows, sizeof *results->decided);
    for (size_t row = 0; row < rows; row++) results->decided[row] = RESULTS_NO_CASE;
    if (plan->has_functions) results->answers = arena_new(arena, rows, sizeof *results->answers);
    results->project_rate = arena_new(arena, projects, sizeof *results->project_rate);
    results->project_error = arena_new(arena, projects, sizeof *results->project_error);
    results->project_missing = arena_new(arena, projects, sizeof *results->project_missing);
    results->verdict = arena_new(arena, projects, sizeof *results->verdict);
    results->bureaus = arena_new(arena, dataset_level_size(dataset, LEVEL_BUREAU), sizeof *results->bureaus);
    results->departments =
        arena_new(arena, dataset_level_size(dataset, LEVEL_DEPARTMENT), sizeof *results->departments);
    results->special_rows = arena_new(arena, plan->special_count, sizeof *results->special_rows);
    return results;
}

static bool evaluate_rows(Evaluation *evaluation) {
    size_t rows = dataset_rows(evaluation->dataset);
    for (size_t first = 0; first < rows; first += FORMULA_BLOCK) {
        size_t count = rows - first < FORMULA_BLOCK ? rows - first : FORMULA_BLOCK;
        if (!evaluate_block(evaluation, (uint32_t)first, count)) return false;
    }
    Results *results = evaluation->results;
    for (size_t row = 0; row < rows; row++) results->missing_rows[results->missing[row]]++;
    results_sort_failures(results);
    return true;
}

static void report_findings(Evaluation *evaluation) {
    const Results *results = evaluation->results;
    Diag *diag = evaluation->diag;
    bool counted = false;
    for (size_t i = 0; i < evaluation->case_count; i++)
        counted |= evaluation->case_failures[i] > FAILURES_SHOWN;
    if (counted)
        diag_add(diag, MESSAGE_FUNCTIONS_FAILED, NULL,
                 arena_format(evaluation->arena, "%zu", results->failure_count));
    for (size_t i = 0; i < results->plan->special_count; i++) {
        const Case *special = &results->plan->specials[i];
        if (results->special_rows[i] == 0)
            diag_add(diag, MESSAGE_SPECIAL_UNUSED, &special->place, special->path, special->because);
    }
}

Results *evaluate(const Plan *plan, const Dataset *dataset, const RowFunctions *functions, Diag *diag) {
    Results *results = results_new(plan, dataset);
    Evaluation evaluation = {.results = results,
                             .plan = plan,
                             .dataset = dataset,
                             .functions = functions,
                             .case_count = plan->special_count + plan->case_count,
                             .arena = &results->arena,
                             .diag = diag};
    evaluation.case_failures =
        arena_new(evaluation.arena, evaluation.case_count, sizeof *evaluation.case_failures);
    bool good = bind(plan, dataset, &results->arena, &results->columns, &evaluation.selectors, diag) &&
                evaluate_rows(&evaluation);
    if (!good) {
        results_free(results);
        return NULL;
    }
    judge_projects(&evaluation);
    report_findings(&evaluation);
    return results;
}
