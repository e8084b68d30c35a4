#include "app/chains.h"

#include "model/compile_periods.h"
#include "model/ruleset.h"

#include <stdlib.h>

/* ---- asking the rules again */

static Plan *change_plan(void *context, Str param, const Decimal *value) {
    const Chains *chains = context;
    const Options *options = chains->options;
    Arena arena = {0};
    Buffer text = {0};
    decimal_write(&text, value);
    Setting *settings = arena_new(&arena, options->setting_count + 1, sizeof *settings);
    for (size_t i = 0; i < options->setting_count; i++) settings[i] = options->settings[i];
    settings[options->setting_count] = (Setting){param, buffer_view(&text)};
    Diag *unheard = diag_new();
    Plan *plan = plan_compile_at(options->operands[0], rules_tree(chains->pipeline->rules), options->at,
                                 settings, options->setting_count + 1, unheard);
    if (plan && options->period.size) compile_period_override(plan, options->period);
    diag_free(unheard);
    buffer_release(&text);
    arena_release(&arena);
    return plan;
}

static RowFunctions ask_functions(void *context, const Plan *plan, const Dataset *dataset) {
    const Chains *chains = context;
    return rules_functions(chains->pipeline->rules, plan, dataset);
}

/* ---- the cells in the data file */

static int compare_rows(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void gather_rows(Chains *chains, const uint32_t *projects, size_t count) {
    const Dataset *dataset = chains->pipeline->dataset;
    chains->rows = arena_new(&chains->arena, dataset_rows(dataset), sizeof *chains->rows);
    for (size_t i = 0; i < count; i++) {
        size_t found;
        const uint32_t *rows = dataset_children(dataset, LEVEL_PROJECT, projects[i], &found);
        for (size_t k = 0; k < found; k++)
            chains->rows[chains->row_count++] = (uint32_t)dataset_record(dataset, rows[k]);
    }
    if (chains->row_count) qsort(chains->rows, chains->row_count, sizeof *chains->rows, compare_rows);
}

/* The file is read once more up to the last row that is explained: only now is it known whose cells matter.
 */
static void find_cells(Chains *chains, const uint32_t *projects, size_t count) {
    const Dataset *dataset = chains->pipeline->dataset;
    size_t columns = dataset_columns(dataset), next = 0;
    gather_rows(chains, projects, count);
    chains->cells = arena_new(&chains->arena, chains->row_count * columns, sizeof *chains->cells);
    chains->table = source_table(&chains->pipeline->data);
    Diag *unheard = diag_new();
    Row row;
    TableStep step = table_next(chains->table, &row, unheard); /* the names of columns */
    for (uint32_t at = 0; step == TABLE_ROW && next < chains->row_count; at++) {
        step = table_next(chains->table, &row, unheard);
        if (step != TABLE_ROW || at != chains->rows[next] || row.count > columns) continue;
        for (size_t i = 0; i < row.count; i++) {
            chains->cells[next * columns + i].place = table_place(chains->table, &row, i);
            chains->cells[next * columns + i].text = row.cells[i].text;
        }
        next++;
    }
    diag_free(unheard);
}

static bool cell_place(void *context, uint32_t row, size_t column, Place *place, Str *text) {
    const Chains *chains = context;
    uint32_t record = (uint32_t)dataset_record(chains->pipeline->dataset, row);
    const uint32_t *found =
        bsearch(&record, chains->rows, chains->row_count, sizeof *chains->rows, compare_rows);
    if (!found) return false;
    size_t columns = dataset_columns(chains->pipeline->dataset);
    const struct CellPlace *cell = &chains->cells[(size_t)(found - chains->rows) * columns + column];
    if (!cell->place.line) return false;
    *place = cell->place;
    *text = cell->text;
    return true;
}

/* Published rates, in the classes that audit puts them in. */
static void find_published(Chains *chains) {
    const Dataset *dataset = chains->pipeline->dataset;
    size_t column;
    if (!dataset_find_column(dataset, STR("published_rate"), &column)) return;
    const Figure **figures = arena_new(&chains->arena, dataset_rows(dataset), sizeof *figures);
    chains->audit = audit_new(chains->pipeline->results, NULL);
    for (size_t i = 0; i < chains->audit->count; i++) {
        const Figure *figure = &chains->audit->figures[i];
        if (figure->kind == FIGURE_RATE && figure->row < dataset_rows(dataset)) figures[figure->row] = figure;
    }
    chains->file.audit = chains->audit;
    chains->file.figures = figures;
}

void chains_begin(Chains *chains, Pipeline *pipeline, const Options *options, const uint32_t *projects,
                  size_t count) {
    *chains = (Chains){.pipeline = pipeline, .options = options};
    chains->again = (Again){pipeline->results, change_plan, NULL, chains};
    if (pipeline->plan->has_functions) chains->again.functions = ask_functions;
    chains->file = (TraceFile){.cell = cell_place, .context = chains};
    find_cells(chains, projects, count);
    find_published(chains);
}

Trace *chains_trace(const Chains *chains, uint32_t project, unsigned wanted) {
    return trace_project(&chains->again, &chains->file, project, wanted);
}

void chains_end(Chains *chains) {
    table_close(chains->table);
    audit_free(chains->audit);
    arena_release(&chains->arena);
}
