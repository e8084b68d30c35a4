#include "model/remarks.h"

#include "model/results_build.h"

static bool takes_all(const Selector *selector) {
    if (selector->kind == SELECT_COLUMNS) return selector->count == 0;
    bool every = selector->kind == SELECT_ALL;
    if (!every && selector->kind != SELECT_ANY) return false;
    for (size_t i = 0; i < selector->part_count; i++)
        if (takes_all(&selector->parts[i]) != every) return !every;
    return every;
}

void remarks_plan(const Plan *plan, Diag *diag) {
    size_t last = 0;
    while (last < plan->case_count && !takes_all(&plan->cases[last].when)) last++;
    for (size_t i = last + 1; i < plan->case_count; i++)
        diag_add(diag, MESSAGE_CASE_UNREACHABLE, &plan->cases[i].place, plan->cases[i].path,
                 plan->cases[last].path);
    if (plan->last_year) remarks_plan(plan->last_year, diag);
}

/* The rows of one case, or those without a case. */
typedef struct Tally {
    size_t rows, zeros, silent;
    size_t first;      /* the first row */
    size_t first_zero; /* the first that divides by zero */
} Tally;

static void count_row(Tally *tally, size_t row, Missing reason) {
    if (tally->rows++ == 0) tally->first = row;
    if (reason == MISSING_DECLARED) tally->silent++;
    if (reason != MISSING_ZERO_TARGET && reason != MISSING_DIVISION) return;
    if (tally->zeros++ == 0) tally->first_zero = row;
}

/* One a case, special cases first; the last one is of rows that no case took. */
static Tally *count_rows(const Results *results, size_t cases, Arena *arena) {
    Tally *tallies = arena_new(arena, cases + 1, sizeof *tallies);
    for (size_t row = 0; row < dataset_rated_rows(results->dataset); row++) {
        unsigned decided = results_row(results, row).decided;
        size_t number = decided == RESULTS_NO_CASE ? cases : decided;
        count_row(&tallies[number], row, results_period_missing(results, row));
    }
    return tallies;
}

static void add_rows(const Results *results, MessageId message, size_t rows, size_t first, Str path,
                     Arena *arena, Diag *diag) {
    const Dataset *dataset = results->dataset;
    Place place = {.file = dataset_file(dataset), .line = dataset_line(dataset, first)};
    diag_add(diag, message, &place, arena_format(arena, "%zu", rows), path);
}

void remarks_results(const Results *results, Diag *diag) {
    size_t cases = results->plan->special_count + results->plan->case_count;
    Arena arena = {0};
    const Tally *tallies = count_rows(results, cases, &arena), *none = &tallies[cases];
    for (size_t i = 0; i < cases; i++) {
        const Case *decided = results_case(results->plan, i);
        const Tally *found = &tallies[i];
        if (decided->formula && found->zeros)
            add_rows(results, MESSAGE_ZERO_DENOMINATOR, found->zeros, found->first_zero, decided->path,
                     &arena, diag);
        if (decided->function && found->rows && found->silent == found->rows)
            diag_add(diag, MESSAGE_FUNCTION_SILENT, &decided->place, decided->path);
        if (results->asked[i] && results->silent[i] == results->asked[i])
            diag_add(diag, MESSAGE_FUNCTION_SILENT, &decided->place,
                     arena_format(&arena, "%.*s.when", STR_FMT(decided->path)));
    }
    if (none->rows)
        add_rows(results, MESSAGE_ROWS_WITHOUT_CASE, none->rows, none->first, (Str){"", 0}, &arena, diag);
    periods_note(&results->plan->period, results->dataset, diag);
    arena_release(&arena);
    if (results->last_year) remarks_results(results->last_year, diag);
}
