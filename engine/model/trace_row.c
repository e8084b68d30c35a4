#include "model/trace_row.h"

#include "model/results_build.h"
#include "model/select.h"
#include "model/spell.h"

/* Cells that one row shows. */
#define MOST_CELLS 8

typedef struct Tracer {
    const Again *again;
    const Results *results;
    const Dataset *dataset;
    const Plan *plan;
    uint32_t row;
    Arena *arena;
    Diag *unheard;
} Tracer;

static Str keep(const Tracer *tracer, Buffer *text) {
    Str kept = arena_copy(tracer->arena, buffer_view(text));
    buffer_release(text);
    return kept;
}

/* ---- cells */

static Str text_cell(const Tracer *tracer, const char *name) {
    size_t column;
    bool found = dataset_find_column(tracer->dataset, str_of(name), &column);
    return found ? dataset_text(tracer->dataset, column, tracer->row) : (Str){"", 0};
}

static void add_cell(const Tracer *tracer, const TraceFile *file, Str name, TraceRow *out) {
    size_t column;
    if (out->cell_count == MOST_CELLS || !dataset_find_column(tracer->dataset, name, &column)) return;
    for (size_t i = 0; i < out->cell_count; i++) {
        if (str_equal(out->cells[i].name, name)) return;
    }
    TraceCell *cell = &out->cells[out->cell_count++];
    *cell = (TraceCell){.name = name};
    cell->place =
        (Place){.file = dataset_file(tracer->dataset), .line = dataset_line(tracer->dataset, tracer->row)};
    Str text;
    Buffer written = {0}, value = {0};
    if (file && file->cell && file->cell(file->context, tracer->row, column, &cell->place, &text))
        buffer_add(&written, text);
    else
        dataset_add_written(tracer->dataset, column, tracer->row, &written);
    cell->written = keep(tracer, &written);
    Decimal number;
    const NumberColumn *numbers = dataset_numbers(tracer->dataset, column);
    cell->missing = numbers ? dataset_number(numbers, tracer->row, &number) : MISSING_BLANK;
    if (cell->missing == MISSING_NONE) decimal_write(&value, &number);
    cell->value = keep(tracer, &value);
}

/* The fields of a formula or condition, each once. */
static void add_fields(const Tracer *tracer, const TraceFile *file, const Tree *tree, TraceRow *out) {
    if (tree->kind != TREE_EXPR) return;
    if (str_is(tree->text, "field") && tree->count == 1) {
        ColumnId known;
        Str name = tree->items[0].value->text;
        if (column_find(name, &known)) name = str_of(column_info(known)->name);
        bool revised = str_is(name, "target") && str_is(out->cells[0].name, "revised_target");
        if (!revised) add_cell(tracer, file, name, out);
        return;
    }
    for (size_t i = 0; i < tree->count; i++) add_fields(tracer, file, tree->items[i].value, out);
}

/* ---- why a selector does not take the row */

static void add_field(const void *context, Str name, Buffer *out) {
    const Tracer *tracer = context;
    size_t column;
    Decimal number;
    const NumberColumn *numbers =
        dataset_find_column(tracer->dataset, name, &column) ? dataset_numbers(tracer->dataset, column) : NULL;
    Missing missing = numbers ? dataset_number(numbers, tracer->row, &number) : MISSING_BLANK;
    if (missing == MISSING_NONE)
        decimal_write(out, &number);
    else
        buffer_addf(out, "[%s]", missing_name(missing));
}

static bool ask(void *context, uint32_t function, const uint32_t *rows, size_t count, Taken *taken) {
    const Tracer *tracer = context;
    for (size_t k = 0; k < count; k++) taken[k] = TAKEN_NO;
    if (!tracer->again->functions) return true;
    RowFunctions functions = tracer->again->functions(tracer->again->context, tracer->plan, tracer->dataset);
    Answer answers[FORMULA_BLOCK] = {{0}};
    if (!functions.call(functions.context, function, rows, count, answers, tracer->arena, tracer->unheard))
        return true;
    for (size_t k = 0; k < count; k++) taken[k] = answers[k].kind == ANSWER_YES ? TAKEN_YES : TAKEN_NO;
    return true;
}

/* As evaluation asked it. */
static bool takes(const Tracer *tracer, const BoundSelector *selector) {
    Taken taken = TAKEN_NO;
    Tracer copy = *tracer;
    SelectContext context = {&tracer->results->columns, ask, NULL, &copy};
    return select_block(selector, &context, &tracer->row, 1, &taken) && taken == TAKEN_YES;
}

static void seen_cell(const Tracer *tracer, Str name, Buffer *out) {
    size_t column;
    if (dataset_find_column(tracer->dataset, name, &column))
        dataset_add_written(tracer->dataset, column, tracer->row, out);
}

static void join(Buffer *out) {
    if (out->size) buffer_add(out, STR("; "));
}

static void why_columns(const Tracer *tracer, const BoundSelector *selector, Buffer *wanted, Buffer *seen) {
    const Selector *all = selector->selector;
    for (size_t i = 0; i < all->count; i++) {
        Selector one = {.kind = SELECT_COLUMNS, .conditions = &all->conditions[i], .count = 1};
        BoundSelector bound = {.selector = &one, .conditions = &selector->conditions[i]};
        if (takes(tracer, &bound)) continue;
        join(wanted);
        buffer_addf(wanted, "%.*s = ", STR_FMT(all->tree->items[i].name));
        spell_tree(wanted, all->tree->items[i].value, tracer->plan);
        seen_cell(tracer, all->conditions[i].column, seen);
        return;
    }
}

/* What a selector that takes the row saw, or one of which nothing more can be said. */
static void why_whole(const Tracer *tracer, const Selector *selector, Buffer *wanted, Buffer *seen) {
    join(wanted);
    spell_tree(wanted, selector->tree, tracer->plan);
    if (selector->kind != SELECT_FORMULA) return;
    join(seen);
    spell_filled(seen, selector->tree, tracer->plan, add_field, tracer);
}

static void why_not(const Tracer *tracer, const BoundSelector *selector, Buffer *wanted, Buffer *seen) {
    const Selector *kind = selector->selector;
    bool any = kind->kind == SELECT_ANY;
    if (kind->kind == SELECT_COLUMNS) {
        why_columns(tracer, selector, wanted, seen);
    } else if (kind->kind == SELECT_ALL || any) {
        for (size_t i = 0; i < kind->part_count; i++) {
            if (!any && takes(tracer, &selector->parts[i])) continue;
            why_not(tracer, &selector->parts[i], wanted, seen);
            if (!any) return;
        }
    } else {
        why_whole(tracer, kind, wanted, seen);
    }
}

/* ---- the cases */

static void trace_reason(const Tracer *tracer, TraceCase *out) {
    BoundSelector bound;
    Buffer wanted = {0}, seen = {0};
    if (out->rule->when.tree &&
        select_bind(tracer->arena, &out->rule->when, tracer->dataset, &bound, tracer->unheard))
        why_not(tracer, &bound, &wanted, &seen);
    SelectorKind kind = out->rule->when.kind;
    out->reason = kind == SELECT_COLUMNS ? TRACE_CELL : kind == SELECT_FORMULA ? TRACE_FORMULA : TRACE_OTHER;
    out->wanted = keep(tracer, &wanted);
    out->seen = keep(tracer, &seen);
}

/* Special cases first; those that change projects take no row from the others. */
static void trace_cases(const Tracer *tracer, TraceRow *out) {
    size_t decided = results_row(tracer->results, tracer->row).decided;
    size_t all = tracer->plan->special_count + tracer->plan->case_count;
    size_t last = decided == RESULTS_NO_CASE ? all : decided + 1;
    out->cases = arena_new(tracer->arena, last, sizeof *out->cases);
    for (size_t number = 0; number < last; number++) {
        const Case *rule = results_case(tracer->plan, number);
        if (rule->adjust != ADJUST_NOTHING && number != decided) continue;
        TraceCase *added = &out->cases[out->case_count++];
        *added = (TraceCase){.rule = rule, .special = number < tracer->plan->special_count};
        if (number != decided) trace_reason(tracer, added);
    }
}

static void trace_formula(const Tracer *tracer, TraceRow *out) {
    const Case *rule = results_row_case(tracer->results, tracer->row);
    if (!rule || !rule->formula || !rule->value) return;
    Buffer formula = {0}, filled = {0};
    spell_tree(&formula, rule->value, tracer->plan);
    spell_filled(&filled, rule->value, tracer->plan, add_field, tracer);
    out->formula = keep(tracer, &formula);
    out->filled = keep(tracer, &filled);
}

/* ---- periods */

/* As evaluation weighed them. */
static void trace_periods(const Tracer *tracer, TraceRow *out) {
    const PeriodRule *rule = &tracer->plan->period;
    if (!tracer->results->own) return;
    out->period_count = rule->count;
    out->periods = arena_new(tracer->arena, rule->count, sizeof *out->periods);
    for (size_t i = 0; i < rule->count; i++) {
        Buffer weight = {0}, rate = {0};
        uint32_t row = tracer->results->period_rows[i][tracer->row];
        decimal_write_canonical(&weight, &rule->shares[i].weight);
        if (row != UINT32_MAX) results_write_period(tracer->results, row, &rate);
        out->periods[i] = (TracePeriod){.name = rule->shares[i].name, .row = row};
        out->periods[i].weight = keep(tracer, &weight);
        out->periods[i].rate = keep(tracer, &rate);
    }
}

void trace_row(const Again *again, const TraceFile *file, TraceRow *row, Arena *arena) {
    const Results *results = again->results;
    Tracer tracer = {again, results,   results_dataset(results), results_plan(results), row->row,
                     arena, diag_new()};
    row->name = text_cell(&tracer, "indicator");
    row->unit = text_cell(&tracer, "unit");
    row->cells = arena_new(arena, MOST_CELLS, sizeof *row->cells);
    Revision revision;
    bool revised =
        revision_of(tracer.dataset, row->row, &revision) && revision_counts(&tracer.plan->targets, &revision);
    add_cell(&tracer, file, revised ? STR("revised_target") : STR("target"), row);
    add_cell(&tracer, file, STR("actual"), row);
    const Case *rule = results_row_case(results, row->row);
    if (rule && rule->value) add_fields(&tracer, file, rule->value, row);
    trace_cases(&tracer, row);
    trace_formula(&tracer, row);
    trace_periods(&tracer, row);
    if (file && file->audit) {
        row->published = file->figures[row->row];
        row->column = &file->audit->columns[FIGURE_RATE];
    }
    row->failure = results_row_failure(results, row->row);
    row->verdict = results_band(results, LEVEL_INDICATOR, row->row);
    row->given = results_row_given(results, row->row);
    diag_free(tracer.unheard);
}
