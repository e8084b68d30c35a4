/* The calls of perfeval.h that look at results. What is shown of a unit is made when it is asked for, once.
 */
#include "app/source.h"
#include "library/handle.h"
#include "model/number.h"

static const Level levels[] = {[PERFEVAL_BUREAU] = LEVEL_BUREAU,
                               [PERFEVAL_DEPARTMENT] = LEVEL_DEPARTMENT,
                               [PERFEVAL_PROJECT] = LEVEL_PROJECT,
                               [PERFEVAL_INDICATOR] = LEVEL_INDICATOR};

static bool has_level(const Perfeval *perfeval, PerfevalLevel level) {
    return perfeval->evaluated && level < PERFEVAL_LEVELS;
}

const char *perfeval_title(const Perfeval *perfeval) { return perfeval->title; }

size_t perfeval_count(const Perfeval *perfeval, PerfevalLevel level) {
    return has_level(perfeval, level) ? dataset_level_size(perfeval->pipeline.dataset, levels[level]) : 0;
}

/* ---- units */

typedef void (*Writer)(const Results *results, Level level, size_t unit, Buffer *out);

static const char *written(Perfeval *perfeval, Writer write, Level level, size_t unit) {
    Buffer text = {0};
    write(perfeval->pipeline.results, level, unit, &text);
    const char *kept = handle_text(&perfeval->arena, buffer_view(&text));
    buffer_release(&text);
    return kept;
}

static const char *exact_text(Perfeval *perfeval, Level level, size_t unit) {
    mpq_t value;
    mpq_init(value);
    Missing missing = results_unit_exact(perfeval->pipeline.results, level, unit, value);
    Str text = {"", 0};
    if (missing == MISSING_NONE) text = number_text(&perfeval->arena, value);
    if (missing == MISSING_NONE && !text.size) text = number_fraction(&perfeval->arena, value);
    mpq_clear(value);
    return handle_text(&perfeval->arena, text);
}

static void add_rate(Perfeval *perfeval, Level level, size_t unit, PerfevalUnit *out) {
    const Results *results = perfeval->pipeline.results;
    if (!results_has_rate(results, level)) return;
    Missing missing = results_unit_missing(results, level, unit);
    if (missing != MISSING_NONE) {
        out->missing = missing_name(missing);
        return;
    }
    out->rate = results_unit_rate(results, level, unit);
    out->rate_text = written(perfeval, results_write_unit, level, unit);
    out->printed = written(perfeval, results_print_unit, level, unit);
    out->exact = exact_text(perfeval, level, unit);
}

static Str indicator_name(const Dataset *dataset, size_t row) {
    size_t column;
    return dataset_find_column(dataset, STR("indicator"), &column) ? dataset_text(dataset, column, row)
                                                                   : STR("");
}

static PerfevalUnit make_unit(Perfeval *perfeval, Level level, size_t unit) {
    const Dataset *dataset = perfeval->pipeline.dataset;
    bool row = level == LEVEL_INDICATOR;
    PerfevalUnit made = {.parent = PERFEVAL_NONE};
    Str name = row ? indicator_name(dataset, unit) : dataset_level_name(dataset, level, unit);
    made.name = arena_copy(&perfeval->arena, name).data;
    if (row) made.parent = dataset_project(dataset, unit);
    if (row) made.row = dataset_record(dataset, unit) + 1;
    if (row) made.line = dataset_line(dataset, unit);
    if (!row && level != LEVEL_BUREAU) made.parent = dataset_parent(dataset, level, unit);
    add_rate(perfeval, level, unit, &made);
    const Band *band = results_band(perfeval->pipeline.results, level, unit);
    if (band) made.verdict = arena_copy(&perfeval->arena, band->key).data;
    if (band) made.verdict_name = arena_copy(&perfeval->arena, band->name).data;
    return made;
}

static void find_unit(HandleCall *call) {
    Perfeval *perfeval = call->perfeval;
    PerfevalUnit **units = &perfeval->units[call->level];
    size_t count = perfeval_count(perfeval, call->level);
    if (call->unit >= count) return;
    if (!*units) *units = arena_new(&perfeval->arena, count, sizeof **units);
    PerfevalUnit *unit = *units + call->unit;
    PerfevalUnit made = make_unit(perfeval, levels[call->level], call->unit);
    if (results_refuse(perfeval->pipeline.results, perfeval->diag)) return;
    *unit = made;
    call->answer = unit;
    call->good = true;
}

const PerfevalUnit *perfeval_unit(Perfeval *perfeval, PerfevalLevel level, size_t unit) {
    HandleCall call = {.perfeval = perfeval, .level = level, .unit = unit};
    if (unit >= perfeval_count(perfeval, level)) return NULL;
    const PerfevalUnit *units = perfeval->units[level];
    if (units && units[unit].name) return units + unit;
    return handle_run(&call, find_unit) ? call.answer : NULL;
}

const uint32_t *perfeval_children(const Perfeval *perfeval, PerfevalLevel level, size_t unit, size_t *count) {
    *count = 0;
    if (level >= PERFEVAL_INDICATOR || unit >= perfeval_count(perfeval, level)) return NULL;
    return dataset_children(perfeval->pipeline.dataset, levels[level], unit, count);
}

/* ---- verdicts */

size_t perfeval_verdict_count(const Perfeval *perfeval) {
    return perfeval->evaluated ? perfeval->pipeline.plan->verdicts[LEVEL_PROJECT].count : 0;
}

const PerfevalVerdict *perfeval_verdict(const Perfeval *perfeval, size_t verdict) {
    return verdict < perfeval_verdict_count(perfeval) ? &perfeval->verdicts[verdict] : NULL;
}

size_t perfeval_tally(const Perfeval *perfeval, PerfevalLevel level, size_t unit, size_t verdict) {
    if (level > PERFEVAL_DEPARTMENT || unit >= perfeval_count(perfeval, level)) return 0;
    const Results *results = perfeval->pipeline.results;
    const Counts *counts =
        level == PERFEVAL_BUREAU ? results_bureau(results, unit) : results_department(results, unit);
    if (verdict == PERFEVAL_NONE) return counts->none;
    return verdict < perfeval_verdict_count(perfeval) ? counts->band[verdict] : 0;
}

/* ---- cells of the data file */

static PerfevalCell make_cell(Arena *arena, const Place *place, Str text) {
    return (PerfevalCell){.file = handle_text(arena, place->file),
                          .line = place->line,
                          .column = place->column,
                          .cell = handle_text(arena, place->cell),
                          .text = arena_copy(arena, text).data};
}

/* The file is read once more, without a word: it has been read before. */
static CellColumn *read_column(Perfeval *perfeval, size_t number) {
    const Dataset *dataset = perfeval->pipeline.dataset;
    size_t rows = dataset_all_rows(dataset);
    CellColumn *column = arena_new(&perfeval->arena, 1, sizeof *column);
    *column = (CellColumn){.column = number, .next = perfeval->columns};
    column->cells = arena_new(&perfeval->arena, rows, sizeof *column->cells);
    Table *table = source_table(&perfeval->pipeline.data);
    Diag *unheard = diag_new();
    Row row;
    TableStep step = table_next(table, &row, unheard); /* the names of columns */
    for (size_t at = 0; step != TABLE_END && at < rows; at++) {
        step = table_next(table, &row, unheard);
        if (step != TABLE_ROW || number >= row.count) continue;
        Place place = table_place(table, &row, number);
        column->cells[at] = make_cell(&perfeval->arena, &place, str_trim(row.cells[number].text));
    }
    diag_free(unheard);
    table_close(table);
    perfeval->columns = column;
    return column;
}

static void find_cell(HandleCall *call) {
    Perfeval *perfeval = call->perfeval;
    const Dataset *dataset = perfeval->pipeline.dataset;
    size_t number;
    if (!dataset_find_column(dataset, str_of(call->name), &number)) return;
    CellColumn *column = perfeval->columns;
    while (column && column->column != number) column = column->next;
    if (!column) column = read_column(perfeval, number);
    const PerfevalCell *cell = &column->cells[dataset_record(dataset, call->unit)];
    call->good = cell->text != NULL;
    call->answer = cell;
}

const PerfevalCell *perfeval_cell(Perfeval *perfeval, size_t indicator, const char *name) {
    HandleCall call = {.perfeval = perfeval, .unit = indicator, .name = name};
    if (indicator >= perfeval_count(perfeval, PERFEVAL_INDICATOR)) return NULL;
    return handle_run(&call, find_cell) ? call.answer : NULL;
}
