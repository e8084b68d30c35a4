#include "model/evaluate.h"

#include "base/crew.h"
#include "base/memory.h"
#include "model/adjust.h"
#include "model/binding.h"
#include "model/levels.h"
#include "model/light.h"
#include "model/results_build.h"
#include "model/walk.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Failures of one case that are reported one by one; the rest is counted. */
#define FAILURES_SHOWN 3
/* Calls of a function that are asked for together. */
#ifndef EVALUATE_CALLS
#define EVALUATE_CALLS 262144
#endif
/* Rows that a thread takes at a time. */
#ifndef EVALUATE_STRETCH
#define EVALUATE_STRETCH ((size_t)16 * FORMULA_BLOCK)
#endif
/* Stands for the reason of a row whose function is yet to be asked. */
#define WAITING MISSING_COUNT

typedef struct Evaluation {
    Results *results;
    const Plan *plan;
    const Dataset *dataset;
    const RowFunctions *functions;
    size_t case_count;     /* special cases and cases */
    size_t *case_failures; /* one a case */
    Walk walk;
    bool waiting; /* rows wait for the rates of functions */
    Arena *arena;
    Diag *diag;
} Evaluation;

bool evaluate_check(const Plan *plan, const Dataset *dataset, Diag *diag) {
    Arena arena = {0};
    FormulaColumns columns;
    BoundSelector *selectors;
    bool good =
        binding_make(plan, dataset, &arena, &columns, &selectors, diag) && levels_check(plan, dataset, diag);
    for (size_t i = 0; good && i < plan->special_count + plan->case_count; i++)
        select_note(&selectors[i], diag);
    arena_release(&arena);
    return good && (!plan->last_year || evaluate_check(plan->last_year, dataset, diag));
}

/* Of the cases of rates; a special case that takes no row is reported anyway. */
static void remark_polarity(const Evaluation *evaluation) {
    if (evaluation->plan->of_last_year) return;
    for (size_t i = evaluation->plan->special_count; i < evaluation->case_count; i++)
        select_remark_polarity(&evaluation->results->selectors[i], evaluation->diag);
}

static void set_missing(Results *results, uint32_t row, Missing reason) {
    results->missing[row] = (uint8_t)reason;
    results->rate[row] = 0;
    results->error[row] = 0;
}

/* A rate that doubles may not be sure of: only exact arithmetic can tell then. */
static void set_guess(Results *results, uint32_t row, Guess guess) {
    if (guess.missing == MISSING_NONE && !isfinite(guess.error)) {
        mpq_t exact;
        mpq_init(exact);
        guess.missing = results_row_exact(results, row, exact);
        double value = guess.missing == MISSING_NONE ? mpq_get_d(exact) : 0;
        guess.value = isfinite(value) ? value : 0;
        mpq_clear(exact);
    }
    bool there = guess.missing == MISSING_NONE;
    results->missing[row] = (uint8_t)guess.missing;
    results->rate[row] = there ? guess.value : 0;
    results->error[row] = !there ? 0 : guess.error > 0 ? guess.error + DBL_MIN : 0;
}

/* Room for one more entry in a list that lives in the arena: it is 1, 2, 4, … */
static void *grow_list(Arena *arena, void *list, size_t count, size_t size) {
    if ((count & (count - 1)) != 0) return list;
    void *grown = arena_new(arena, count ? 2 * count : 1, size);
    if (count) memcpy(grown, list, count * size);
    return grown;
}

static void set_number(Results *results, uint32_t row, const Answer *answer) {
    set_guess(results, row, results_answer(answer));
    if (answer->kind != ANSWER_WHOLE) return;
    results->wholes =
        grow_list(&results->arena, results->wholes, results->whole_count, sizeof *results->wholes);
    results->wholes[results->whole_count++] = (Whole){row, answer->whole};
}

static void add_failure(Evaluation *evaluation, size_t number, uint32_t row, const Complaint *complaint) {
    Results *results = evaluation->results;
    results->failures =
        grow_list(&results->arena, results->failures, results->failure_count, sizeof *results->failures);
    results->failures[results->failure_count++] =
        (Failure){row, arena_copy(&results->arena, complaint->message)};
    set_missing(results, row, MISSING_FUNCTION);
    if (evaluation->case_failures[number]++ >= FAILURES_SHOWN) return;
    diag_add(evaluation->diag, MESSAGE_FUNCTION_FAILED, &complaint->place,
             arena_format(evaluation->arena, "%zu", dataset_record(evaluation->dataset, row) + 1),
             complaint->message);
}

static void add_wrong_kind(Evaluation *evaluation, size_t number, uint32_t row, MessageId text) {
    Complaint complaint = {.message = message_words(text)};
    add_failure(evaluation, number, row, &complaint);
}

static bool call_function(Evaluation *evaluation, uint32_t function, const uint32_t *rows, size_t count,
                          Answer *answers) {
    evaluation->results->function_calls += count;
    return evaluation->functions->call(evaluation->functions->context, function, rows, count, answers,
                                       evaluation->arena, evaluation->diag);
}

/* What a selector's function says of rows, for the case that is at work. */
static bool ask_selector(void *context, uint32_t function, const uint32_t *rows, size_t count, Taken *taken) {
    Evaluation *evaluation = context;
    Answer answers[FORMULA_BLOCK];
    if (!call_function(evaluation, function, rows, count, answers)) return false;
    evaluation->results->asked[evaluation->walk.at_work] += count;
    for (size_t k = 0; k < count; k++) {
        switch (answers[k].kind) {
        case ANSWER_YES:
            taken[k] = TAKEN_YES;
            break;
        case ANSWER_NONE:
            evaluation->results->silent[evaluation->walk.at_work]++;
            /* fall through */
        case ANSWER_NO:
            taken[k] = TAKEN_NO;
            break;
        case ANSWER_NUMBER:
        case ANSWER_WHOLE:
            taken[k] = TAKEN_FAILED;
            evaluation->results->decided[rows[k]] = (uint16_t)evaluation->walk.at_work;
            add_wrong_kind(evaluation, evaluation->walk.at_work, rows[k], TEXT_WHEN_GAVE_NUMBER);
            break;
        case ANSWER_FAILED:
            taken[k] = TAKEN_FAILED;
            evaluation->results->decided[rows[k]] = (uint16_t)evaluation->walk.at_work;
            add_failure(evaluation, evaluation->walk.at_work, rows[k], answers[k].complaint);
            break;
        }
    }
    return true;
}

static void refuse_row(void *context, uint32_t row, size_t number) {
    const Evaluation *evaluation = context;
    results_row_beyond(evaluation->results, row, number);
}

/* Rates of functions are asked for once all rows have their cases. */
static void let_wait(void *context, size_t number, const uint32_t *rows, size_t count) {
    Evaluation *evaluation = context;
    (void)number;
    evaluation->waiting = true;
    for (size_t k = 0; k < count; k++) evaluation->results->missing[rows[k]] = WAITING;
}

static const WalkHooks hooks = {ask_selector, let_wait, refuse_row};

static void begin_walk(Evaluation *evaluation, size_t *special_rows) {
    Results *results = evaluation->results;
    evaluation->walk = (Walk){.plan = evaluation->plan,
                              .selectors = results->selectors,
                              .case_count = evaluation->case_count,
                              .columns = &results->columns,
                              .hooks = &hooks,
                              .context = evaluation,
                              .rate = results->rate,
                              .error = results->error,
                              .missing = results->missing,
                              .decided = results->decided,
                              .special_rows = special_rows};
}

/* What the function of a case answered for a row that waits for its rate. */
static void set_answer(Evaluation *evaluation, size_t number, uint32_t row, const Answer *answer) {
    switch (answer->kind) {
    case ANSWER_NUMBER:
    case ANSWER_WHOLE:
        set_number(evaluation->results, row, answer);
        break;
    case ANSWER_NONE:
        set_missing(evaluation->results, row, MISSING_DECLARED);
        break;
    case ANSWER_YES:
    case ANSWER_NO:
        add_wrong_kind(evaluation, number, row, TEXT_RATE_GAVE_FLAG);
        break;
    case ANSWER_FAILED:
        add_failure(evaluation, number, row, answer->complaint);
        break;
    }
}

/* The next rows from *row on that wait for the rate of case `number`, as many as there is room for. */
static size_t gather_waiting(const Results *results, size_t number, size_t *row, uint32_t *rows) {
    size_t count = 0, end = dataset_rated_rows(results->dataset);
    for (; *row < end && count < EVALUATE_CALLS; (*row)++)
        if (results->missing[*row] == WAITING && results->decided[*row] == number)
            rows[count++] = (uint32_t)*row;
    return count;
}

static bool ask_case(Evaluation *evaluation, size_t number, uint32_t *rows, Answer *answers) {
    uint32_t function = results_case(evaluation->plan, number)->function;
    for (size_t row = 0, count; (count = gather_waiting(evaluation->results, number, &row, rows)) > 0;) {
        if (!call_function(evaluation, function, rows, count, answers)) return false;
        for (size_t k = 0; k < count; k++) set_answer(evaluation, number, rows[k], &answers[k]);
    }
    return true;
}

/* Rates by functions, once all rows have their cases: many calls together cost less each. */
static bool ask_rates(Evaluation *evaluation) {
    size_t rated = dataset_rated_rows(evaluation->dataset);
    size_t room = rated < EVALUATE_CALLS ? rated : EVALUATE_CALLS;
    if (!evaluation->waiting) return true;
    uint32_t *rows = memory_new(room, sizeof *rows);
    Answer *answers = memory_new(room, sizeof *answers);
    bool good = true;
    for (size_t number = 0; good && number < evaluation->case_count; number++)
        if (results_case(evaluation->plan, number)->function)
            good = ask_case(evaluation, number, rows, answers);
    memory_free(rows);
    memory_free(answers);
    return good;
}

/* Special cases that change projects see every row, and leave it to the others. */
static __attribute__((noinline)) bool adjust_block(Evaluation *evaluation, uint32_t *rows, size_t *count) {
    Taken taken[FORMULA_BLOCK];
    for (size_t number = 0; number<evaluation->plan->special_count && * count> 0; number++) {
        if (evaluation->plan->specials[number].adjust == ADJUST_NOTHING) continue;
        if (!walk_select(&evaluation->walk, number, rows, *count, taken)) return false;
        size_t left = 0;
        for (size_t k = 0; k < *count; k++) {
            if (taken[k] == TAKEN_YES) adjust_add(evaluation->results, number, rows[k]);
            if (taken[k] != TAKEN_FAILED) rows[left++] = rows[k];
        }
        *count = left;
    }
    return true;
}

static bool evaluate_block(Evaluation *evaluation, uint32_t first, size_t count) {
    uint32_t rows[FORMULA_BLOCK];
    for (size_t k = 0; k < count; k++) rows[k] = first + (uint32_t)k;
    bool adjusted = evaluation->plan->special_count == 0 || adjust_block(evaluation, rows, &count);
    return adjusted && walk_block(&evaluation->walk, rows, count);
}

static void hold_rows(Results *results, size_t rows) {
    Arena *arena = &results->arena;
    results->rate = arena_new(arena, rows, sizeof *results->rate);
    results->error = arena_new(arena, rows, sizeof *results->error);
    results->missing = arena_new(arena, rows, sizeof *results->missing);
    results->decided = arena_new(arena, rows, sizeof *results->decided);
    for (size_t row = 0; row < rows; row++) results->decided[row] = RESULTS_NO_CASE;
}

static Results *results_new(const Plan *plan, const Dataset *dataset, EvaluateKeep keep) {
    Results *results = memory_new(1, sizeof *results);
    results->plan = plan;
    results->dataset = dataset;
    Arena *arena = &results->arena;
    results->row_count = dataset_rows(dataset);
    if (keep == EVALUATE_KEEP_ROWS) hold_rows(results, dataset_rated_rows(dataset));
    results->beyond = arena_new(arena, 1, sizeof *results->beyond);
    atomic_init(results->beyond, UINT64_MAX);
    results->bureaus = arena_new(arena, dataset_level_size(dataset, LEVEL_BUREAU), sizeof *results->bureaus);
    results->departments =
        arena_new(arena, dataset_level_size(dataset, LEVEL_DEPARTMENT), sizeof *results->departments);
    results->asked = arena_new(arena, plan->special_count + plan->case_count, sizeof *results->asked);
    results->silent = arena_new(arena, plan->special_count + plan->case_count, sizeof *results->silent);
    results->special_rows = arena_new(arena, plan->special_count, sizeof *results->special_rows);
    results->special_projects = arena_new(arena, plan->special_count, sizeof *results->special_projects);
    return results;
}

static Guess guess_period(const void *context, uint32_t row) { return ((const Guess *)context)[row]; }

/* Where periods are weighed: the rates of rows so far are those of their periods. */
static bool weigh_periods(Evaluation *evaluation) {
    Results *results = evaluation->results;
    const PeriodRule *rule = &evaluation->plan->period;
    size_t rows = dataset_rated_rows(evaluation->dataset);
    if (rule->mode != PERIOD_WEIGHTED) return true;
    results->own = arena_new(evaluation->arena, rows, sizeof *results->own);
    results->period_rows = arena_new(evaluation->arena, rule->count, sizeof *results->period_rows);
    for (size_t row = 0; row < rows; row++)
        results->own[row] = (Guess){results->rate[row], results->error[row], (Missing)results->missing[row]};
    for (size_t i = 0; i < rule->count; i++) {
        const PeriodShare *share = &rule->shares[i];
        results->period_rows[i] = periods_rows(evaluation->dataset, share->name, &share->place,
                                               evaluation->arena, evaluation->diag);
        if (!results->period_rows[i]) return false;
    }
    for (size_t row = 0; row < dataset_rows(evaluation->dataset); row++) {
        Guess rate = periods_guess(rule, results->period_rows, (uint32_t)row, guess_period, results->own);
        set_guess(results, (uint32_t)row, rate);
    }
    return true;
}

/* ---- rows, by one thread or by several */

/* One a thread. */
typedef struct Share {
    Evaluation evaluation; /* counts on its own */
    Crew *crew;
    bool failed;
} Share;

static bool evaluate_stretch(Evaluation *evaluation, size_t first, size_t end) {
    for (; first < end; first += FORMULA_BLOCK) {
        size_t count = end - first < FORMULA_BLOCK ? end - first : FORMULA_BLOCK;
        if (!evaluate_block(evaluation, (uint32_t)first, count)) return false;
    }
    return true;
}

static void evaluate_share(void *worker, size_t number) {
    Share *share = worker;
    size_t rows = dataset_rated_rows(share->evaluation.dataset), first = number * EVALUATE_STRETCH;
    size_t end = rows - first < EVALUATE_STRETCH ? rows : first + EVALUATE_STRETCH;
    if (evaluate_stretch(&share->evaluation, first, end)) return;
    share->failed = true;
    crew_stop(share->crew, NULL);
}

static bool join_share(Evaluation *evaluation, Share *share) {
    for (size_t i = 0; i < evaluation->plan->special_count; i++)
        evaluation->results->special_rows[i] += share->evaluation.walk.special_rows[i];
    memory_free(share->evaluation.walk.special_rows);
    return !share->failed;
}

/* Cases that only compute. A stretch with an exact value that is too large ends the work; those before it
 * are done to their end, so that the first such row is found whatever the threads do. */
static bool evaluate_shares(Evaluation *evaluation, size_t stretches) {
    Crew crew;
    bool good = true;
    crew_begin(&crew, crew_size(evaluation->plan->threads, stretches), sizeof(Share));
    for (size_t i = 0; i < crew.threads; i++) {
        Share *share = crew_worker(&crew, i);
        share->evaluation = *evaluation;
        begin_walk(&share->evaluation, memory_new(evaluation->plan->special_count, sizeof(size_t)));
        share->crew = &crew;
    }
    crew_run(&crew, stretches, evaluate_share);
    for (size_t i = 0; i < crew.threads; i++) good &= join_share(evaluation, crew_worker(&crew, i));
    crew_end(&crew);
    return good;
}

/* Functions answer one thread, and a special case that changes projects adds to a list. */
static bool needs_order(const Plan *plan) {
    bool needed = plan->has_functions;
    for (size_t i = 0; i < plan->special_count; i++) needed |= plan->specials[i].adjust != ADJUST_NOTHING;
    return needed;
}

static bool evaluate_rows(Evaluation *evaluation) {
    Results *results = evaluation->results;
    size_t rows = dataset_rated_rows(evaluation->dataset);
    size_t stretches = rows / EVALUATE_STRETCH + (rows % EVALUATE_STRETCH != 0);
    begin_walk(evaluation, results->special_rows);
    bool good = needs_order(evaluation->plan) ? evaluate_stretch(evaluation, 0, rows)
                                              : evaluate_shares(evaluation, stretches);
    if (!good) return false;
    if (!ask_rates(evaluation) || !weigh_periods(evaluation)) return false;
    walk_count_missing(&evaluation->walk, 0, dataset_rows(evaluation->dataset), results->missing_rows);
    results_sort(results);
    return true;
}

static Results *find_results(const Plan *plan, const Dataset *dataset, const RowFunctions *functions,
                             EvaluateKeep keep, Diag *diag);

/* Rows, last year's rates where the rules say what they are (verdicts look at them), then the levels. False
 * after errors. */
static bool evaluate_units(Evaluation *evaluation) {
    Results *results = evaluation->results;
    const Plan *last_year = evaluation->plan->last_year;
    bool good = results->source || evaluate_rows(evaluation);
    if (results_refuse(results, evaluation->diag) || !good) return false;
    if (last_year)
        results->last_year = find_results(last_year, evaluation->dataset, evaluation->functions,
                                          EVALUATE_KEEP_ROWS, evaluation->diag);
    if (last_year && !results->last_year) return false;
    good = levels_evaluate(results, evaluation->functions, evaluation->diag);
    return !results_refuse(results, evaluation->diag) && good;
}

/* Whether a special case changed a project, or gave an indicator its verdict. */
static bool changes_any(const Results *results, size_t special) {
    size_t row = 0, rows = results->given ? dataset_rows(results->dataset) : 0;
    while (row < rows && results->given[row] != special) row++;
    return row < rows || results->special_projects[special] > 0;
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
        if (results->special_rows[i] == 0) {
            diag_add(diag, MESSAGE_SPECIAL_UNUSED, &special->place, special->path, special->because);
            select_suggest(&results->selectors[i], diag);
        } else if (special->adjust != ADJUST_NOTHING && !changes_any(results, i))
            diag_add(diag, MESSAGE_SPECIAL_IDLE, &special->place, special->path, special->because);
    }
}

/* NULL after errors. */
static Results *find_results(const Plan *plan, const Dataset *dataset, const RowFunctions *functions,
                             EvaluateKeep keep, Diag *diag) {
    Results *results = results_new(plan, dataset, keep);
    if (keep != EVALUATE_KEEP_ROWS) light_begin(results, keep == EVALUATE_KEEP_VERDICTS);
    Evaluation evaluation = {.results = results,
                             .plan = plan,
                             .dataset = dataset,
                             .functions = functions,
                             .case_count = plan->special_count + plan->case_count,
                             .arena = &results->arena,
                             .diag = diag};
    evaluation.case_failures =
        arena_new(evaluation.arena, evaluation.case_count, sizeof *evaluation.case_failures);
    if (binding_make(plan, dataset, &results->arena, &results->columns, &results->selectors, diag) &&
        levels_check(plan, dataset, diag) && evaluate_units(&evaluation)) {
        remark_polarity(&evaluation);
        report_findings(&evaluation);
        return results;
    }
    results_free(results);
    return NULL;
}

Results *evaluate(const Plan *plan, const Dataset *dataset, const RowFunctions *functions, Diag *diag) {
    return find_results(plan, dataset, functions, EVALUATE_KEEP_ROWS, diag);
}

Results *evaluate_keeping(EvaluateKeep keep, const Plan *plan, const Dataset *dataset,
                          const RowFunctions *functions, Diag *diag) {
    if (keep == EVALUATE_KEEP_VERDICTS && !light_can_judge(plan)) keep = EVALUATE_KEEP_PROJECTS;
    if (!light_can(plan, dataset)) keep = EVALUATE_KEEP_ROWS;
    return find_results(plan, dataset, functions, keep, diag);
}
