#include "model/export_level.h"

#include "base/digits.h"
#include "base/memory.h"
#include "io/csv.h"
#include "io/json.h"
#include "model/export_projects.h"

#include <stdlib.h>

static const char *const level_names[EXPORT_LEVELS] = {"bureau", "department", "project", "indicator"};

_Static_assert((int)EXPORT_BUREAU == (int)LEVEL_BUREAU && (int)EXPORT_DEPARTMENT == (int)LEVEL_DEPARTMENT &&
                   (int)EXPORT_PROJECT == (int)LEVEL_PROJECT && (int)EXPORT_INDICATOR == (int)LEVEL_INDICATOR,
               "levels of tables are those of the data, and indicators");

const char *export_level_name(ExportLevel level) { return level_names[level]; }

bool export_level_find(Str name, ExportLevel *level) {
    for (int i = 0; i < EXPORT_LEVELS; i++) {
        if (!str_is(name, level_names[i])) continue;
        *level = (ExportLevel)i;
        return true;
    }
    return false;
}

/* (200 x 100 x part + whole) / (2 x whole), rounded down, is half up; 2^32 projects leave room. */
void export_percent(size_t part, size_t whole, Buffer *out) {
    if (whole == 0) return;
    uint64_t hundredths = ((uint64_t)part * 20000 + whole) / ((uint64_t)whole * 2);
    char *end = digits_put(buffer_reserve(out, DIGITS_ROOM), (int64_t)hundredths, 2);
    out->size = (size_t)(end - out->data);
}

/* ---- rows and cells, in each form */

struct ExportTable {
    const Results *results;
    ExportLevel level;
    ExportForm form;
    ExportRows *rows;         /* of indicators; else NULL */
    ExportProjects *projects; /* whose rows are not held; else NULL */
    uint32_t *units;          /* in the order of their names; NULL: rows */
    size_t count;
    /* of bureaus and departments */
    size_t order[PLAN_BANDS]; /* best first */
    size_t percent_band;
    Buffer percent_name; /* "percent_normal" */
};

/* Some rows of a table on their way out. */
typedef struct Sheet {
    const ExportTable *table;
    Buffer *out;
    bool begun; /* the row has a cell */
} Sheet;

/* When empty: as JSON a CELL_TEXT is "", the others null. A CELL_NUMBER needs no quotes. */
typedef enum CellKind { CELL_TEXT, CELL_WORD, CELL_NUMBER } CellKind;

/* What stands before a cell. */
static void begin_cell(Sheet *sheet, Str name) {
    Buffer *out = sheet->out;
    if (sheet->begun) buffer_add_char(out, ',');
    sheet->begun = true;
    if (sheet->table->form == EXPORT_CSV) return;
    buffer_add_char(out, '"');
    buffer_add(out, name);
    buffer_add(out, STR("\":"));
}

static void add_cell(Sheet *sheet, CellKind kind, Str name, Str text) {
    Buffer *out = sheet->out;
    begin_cell(sheet, name);
    bool csv = sheet->table->form == EXPORT_CSV, null = !csv && !text.size && kind != CELL_TEXT;
    if (null)
        buffer_add(out, STR("null"));
    else if (kind == CELL_NUMBER)
        buffer_add(out, text);
    else if (csv)
        csv_add_name(out, text, results_plan(sheet->table->results)->formulas);
    else
        json_add_text(out, text);
}

static void add_count(Sheet *sheet, Str name, size_t count) {
    char text[DIGITS_ROOM];
    char *end = digits_put(text, (int64_t)count, 0);
    add_cell(sheet, CELL_NUMBER, name, (Str){text, (size_t)(end - text)});
}

static void begin_row(Sheet *sheet, size_t row) {
    sheet->begun = false;
    if (sheet->table->form == EXPORT_CSV) return;
    if (sheet->table->form == EXPORT_JSON && row > 0) buffer_add_char(sheet->out, ',');
    buffer_add_char(sheet->out, '{');
}

static void end_row(Sheet *sheet) {
    if (sheet->table->form != EXPORT_CSV) buffer_add_char(sheet->out, '}');
    if (sheet->table->form != EXPORT_JSON) buffer_add_char(sheet->out, '\n');
}

/* ---- units in the order of their names */

typedef struct Named {
    Str name;
    uint32_t unit;
} Named;

static int compare_named(const void *a, const void *b) {
    const Named *x = a, *y = b;
    int order = str_compare(x->name, y->name);
    return order != 0 ? order : (x->unit > y->unit) - (x->unit < y->unit);
}

/* The list that is being made, down to a level. */
typedef struct Sorting {
    const Dataset *dataset;
    Level level;
    uint32_t *units;
    size_t count;
} Sorting;

static void sort_units(Sorting *sorting, Level level, Named *named, size_t count);

/* The units below a unit: numbers that follow each other, or a list. */
static void sort_below(Sorting *sorting, Level level, size_t unit) {
    const uint32_t *runs = dataset_runs(sorting->dataset, level);
    size_t count = dataset_child_count(sorting->dataset, level, unit);
    Named *named = memory_new(count, sizeof *named);
    if (runs) {
        for (size_t i = 0; i < count; i++) named[i].unit = runs[unit] + (uint32_t)i;
    } else {
        const uint32_t *list = dataset_children(sorting->dataset, level, unit, &count);
        for (size_t i = 0; i < count; i++) named[i].unit = list[i];
    }
    sort_units(sorting, (Level)(level + 1), named, count);
    memory_free(named);
}

/* Names tell the units of one parent apart. */
static void sort_units(Sorting *sorting, Level level, Named *named, size_t count) {
    for (size_t i = 0; i < count; i++)
        named[i].name = dataset_level_name(sorting->dataset, level, named[i].unit);
    if (count) qsort(named, count, sizeof *named, compare_named);
    for (size_t i = 0; i < count; i++) {
        if (level == sorting->level)
            sorting->units[sorting->count++] = named[i].unit;
        else
            sort_below(sorting, level, named[i].unit);
    }
}

static uint32_t *sorted_units(const Dataset *dataset, Level level) {
    size_t bureaus = dataset_level_size(dataset, LEVEL_BUREAU);
    Sorting sorting = {.dataset = dataset, .level = level};
    sorting.units = memory_new(dataset_level_size(dataset, level), sizeof *sorting.units);
    Named *named = memory_new(bureaus, sizeof *named);
    for (size_t i = 0; i < bureaus; i++) named[i].unit = (uint32_t)i;
    sort_units(&sorting, LEVEL_BUREAU, named, bureaus);
    memory_free(named);
    return sorting.units;
}

/* ---- the rows of each level */

static void add_counts(Sheet *sheet, const Counts *counts) {
    const ExportTable *table = sheet->table;
    const Verdicts *verdicts = &results_plan(table->results)->verdicts[LEVEL_PROJECT];
    add_count(sheet, STR("projects"), counts->total);
    for (size_t i = 0; i < verdicts->count; i++)
        add_count(sheet, verdicts->bands[table->order[i]].key, counts->band[table->order[i]]);
    if (table->form != EXPORT_CSV) add_count(sheet, STR("none"), counts->none);
    Buffer percent = {0};
    export_percent(counts->band[table->percent_band], counts->total, &percent);
    add_cell(sheet, CELL_NUMBER, buffer_view(&table->percent_name), buffer_view(&percent));
    buffer_release(&percent);
}

static void add_rates(Sheet *sheet, size_t project) {
    const Results *results = sheet->table->results;
    Buffer *out = sheet->out;
    bool json = sheet->table->form != EXPORT_CSV;
    bool none = json && results_unit_missing(results, LEVEL_PROJECT, project) != MISSING_NONE;
    begin_cell(sheet, STR("rate"));
    results_write_unit(results, LEVEL_PROJECT, project, out);
    if (none) buffer_add(out, STR("null"));
    begin_cell(sheet, STR("rate_printed"));
    if (json) buffer_add(out, none ? STR("null") : STR("\"")); /* a number needs no escape */
    results_print_unit(results, LEVEL_PROJECT, project, out);
    if (json && !none) buffer_add_char(out, '"');
}

static void add_project(Sheet *sheet, size_t project) {
    const Results *results = sheet->table->results;
    const Band *band = results_band(results, LEVEL_PROJECT, project);
    Missing missing = results_unit_missing(results, LEVEL_PROJECT, project);
    size_t indicators;
    dataset_children(results_dataset(results), LEVEL_PROJECT, project, &indicators);
    add_count(sheet, STR("indicators"), indicators);
    add_rates(sheet, project);
    add_cell(sheet, CELL_WORD, STR("verdict"), band ? band->key : STR(""));
    add_cell(sheet, CELL_WORD, STR("verdict_name"), band ? band->name : STR(""));
    add_cell(sheet, CELL_WORD, STR("missing"),
             missing == MISSING_NONE ? STR("") : str_of(missing_name(missing)));
}

static void add_names(Sheet *sheet, size_t unit) {
    const Dataset *dataset = results_dataset(sheet->table->results);
    Str names[LEVEL_COUNT];
    for (int level = (int)sheet->table->level; level >= 0; level--) {
        names[level] = dataset_level_name(dataset, (Level)level, unit);
        if (level > 0) unit = dataset_parent(dataset, (Level)level, unit);
    }
    for (int level = 0; level <= (int)sheet->table->level; level++)
        add_cell(sheet, CELL_TEXT, str_of(level_names[level]), names[level]);
}

static void add_unit(Sheet *sheet, size_t unit) {
    const ExportTable *table = sheet->table;
    add_names(sheet, unit);
    if (table->level == EXPORT_BUREAU)
        add_counts(sheet, results_bureau(table->results, unit));
    else if (table->level == EXPORT_DEPARTMENT)
        add_counts(sheet, results_department(table->results, unit));
    else
        add_project(sheet, unit);
}

/* ---- the table */

static void csv_heading(const ExportTable *table, Buffer *out) {
    const Verdicts *verdicts = &results_plan(table->results)->verdicts[LEVEL_PROJECT];
    if (table->rows) {
        export_rows_heading(table->rows, out);
        return;
    }
    for (int level = 0; level <= (int)table->level; level++) buffer_addf(out, "%s,", level_names[level]);
    if (table->level == EXPORT_PROJECT) {
        buffer_add(out, STR("indicators,rate,rate_printed,verdict,verdict_name,missing\n"));
        return;
    }
    buffer_add(out, STR("projects,"));
    for (size_t i = 0; i < verdicts->count; i++) {
        buffer_add(out, verdicts->bands[table->order[i]].key);
        buffer_add_char(out, ',');
    }
    buffer_add(out, buffer_view(&table->percent_name));
    buffer_add_char(out, '\n');
}

static void json_heading(const ExportTable *table, Buffer *out) {
    const Verdicts *verdicts = &results_plan(table->results)->verdicts[LEVEL_PROJECT];
    buffer_addf(out,
                "{\"format\":\"perfeval.level/1\",\"level\":\"%s\",\"title\":", level_names[table->level]);
    json_add_text(out, results_plan(table->results)->title);
    buffer_add(out, STR(",\"verdicts\":["));
    for (size_t i = 0; i < verdicts->count; i++) {
        const Band *band = &verdicts->bands[table->order[i]];
        buffer_addf(out, "%s{\"key\":\"%.*s\",\"name\":", i > 0 ? "," : "", STR_FMT(band->key));
        json_add_text(out, band->name);
        buffer_add_char(out, '}');
    }
    buffer_add(out, STR("],\"rows\":["));
}

static void order_verdicts(ExportTable *table) {
    const Verdicts *verdicts = &results_plan(table->results)->verdicts[LEVEL_PROJECT];
    bands_best_first(verdicts->bands, verdicts->count, table->order);
    table->percent_band = table->order[0];
    for (size_t i = 0; i < verdicts->count; i++) {
        if (str_is(verdicts->bands[i].key, "normal")) table->percent_band = i;
    }
    buffer_addf(&table->percent_name, "percent_%.*s", STR_FMT(verdicts->bands[table->percent_band].key));
}

ExportTable *export_table_begin(const Results *results, ExportLevel level, ExportForm form) {
    const Dataset *dataset = results_dataset(results);
    ExportTable *table = memory_new(1, sizeof *table);
    *table = (ExportTable){.results = results, .level = level, .form = form};
    table->count = dataset_level_size(dataset, (Level)level);
    order_verdicts(table);
    if (level == EXPORT_INDICATOR)
        table->rows = export_rows_begin(results, form);
    else if (level == EXPORT_PROJECT && results_summaries(results))
        table->projects = export_projects_begin(results, form, &table->count);
    else
        table->units = sorted_units(dataset, (Level)level);
    return table;
}

void export_table_end(ExportTable *table) {
    if (!table) return;
    export_rows_end(table->rows);
    export_projects_end(table->projects);
    memory_free(table->units);
    buffer_release(&table->percent_name);
    memory_free(table);
}

size_t export_table_rows(const ExportTable *table) { return table->count; }

size_t export_table_cut(const ExportTable *table, size_t row) {
    if (row >= table->count) return table->count;
    return table->projects ? export_projects_cut(table->projects, row) : row;
}

size_t export_table_unit(const ExportTable *table, size_t row) {
    return table->units ? table->units[row] : row;
}

const size_t *export_table_order(const ExportTable *table, size_t *percent) {
    *percent = table->percent_band;
    return table->order;
}

void export_table_head(const ExportTable *table, Buffer *out) {
    if (table->form == EXPORT_CSV) csv_heading(table, out);
    if (table->form == EXPORT_JSON) json_heading(table, out);
}

void export_table_add(const ExportTable *table, size_t from, size_t to, Buffer *out) {
    if (table->rows) {
        export_rows_add(table->rows, from, to, out);
        return;
    }
    if (table->projects) {
        export_projects_add(table->projects, from, to, out);
        return;
    }
    Sheet sheet = {.table = table, .out = out};
    for (size_t row = from; row < to; row++) {
        begin_row(&sheet, row);
        add_unit(&sheet, table->units[row]);
        end_row(&sheet);
    }
}

void export_table_tail(const ExportTable *table, Buffer *out) {
    if (table->form == EXPORT_JSON) buffer_add(out, STR("]}\n"));
}

void export_level(const Results *results, ExportLevel level, ExportForm form, Buffer *out) {
    ExportTable *table = export_table_begin(results, level, form);
    export_table_head(table, out);
    export_table_add(table, 0, table->count, out);
    export_table_tail(table, out);
    export_table_end(table);
}
