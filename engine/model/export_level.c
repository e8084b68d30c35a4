#include "model/export_level.h"

#include "io/csv.h"
#include "io/json.h"
#include "model/export.h"
#include "model/export_extra.h"

#include <stdlib.h>

static const char *const level_names[EXPORT_LEVELS] = {"bureau", "department", "project", "indicator"};

_Static_assert((int)EXPORT_BUREAU == (int)LEVEL_BUREAU && (int)EXPORT_DEPARTMENT == (int)LEVEL_DEPARTMENT &&
                   (int)EXPORT_PROJECT == (int)LEVEL_PROJECT,
               "levels of tables are those of the data, and indicators");

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
    buffer_addf(out, "%llu.%02llu", (unsigned long long)(hundredths / 100),
                (unsigned long long)(hundredths % 100));
}

/* ---- rows and cells, in each form */

typedef struct Sheet {
    const Results *results;
    ExportLevel level;
    ExportForm form;
    Buffer *out;
    size_t rows;
    bool begun; /* the row has a cell */
    /* of bureaus and departments */
    size_t order[PLAN_BANDS]; /* best first */
    size_t percent_band;
    Buffer percent_name; /* "percent_normal" */
    Buffer scratch;      /* of one cell */
} Sheet;

/* As JSON: CELL_TEXT "", CELL_WORD and CELL_FIGURE null, CELL_NUMBER null when empty. As CSV, only the first
 * two may need quotes. */
typedef enum CellKind { CELL_TEXT, CELL_WORD, CELL_FIGURE, CELL_NUMBER } CellKind;

static void add_cell(Sheet *sheet, CellKind kind, Str name, Str text) {
    Buffer *out = sheet->out;
    if (sheet->begun) buffer_add_char(out, ',');
    sheet->begun = true;
    bool text_in_csv = kind == CELL_TEXT || kind == CELL_WORD;
    if (sheet->form == EXPORT_CSV) {
        if (text_in_csv)
            csv_add_text(out, text);
        else
            buffer_add(out, text);
        return;
    }
    buffer_addf(out, "\"%.*s\":", STR_FMT(name));
    if (!text.size && kind != CELL_TEXT)
        buffer_add(out, STR("null"));
    else if (kind == CELL_NUMBER)
        buffer_add(out, text);
    else
        json_add_text(out, text);
}

static void add_count(Sheet *sheet, Str name, size_t count) {
    sheet->scratch.size = 0;
    buffer_addf(&sheet->scratch, "%zu", count);
    add_cell(sheet, CELL_NUMBER, name, buffer_view(&sheet->scratch));
}

static void begin_row(Sheet *sheet) {
    sheet->begun = false;
    if (sheet->form == EXPORT_CSV) return;
    if (sheet->form == EXPORT_JSON && sheet->rows > 0) buffer_add_char(sheet->out, ',');
    buffer_add_char(sheet->out, '{');
}

static void end_row(Sheet *sheet) {
    sheet->rows++;
    if (sheet->form != EXPORT_CSV) buffer_add_char(sheet->out, '}');
    if (sheet->form != EXPORT_JSON) buffer_add_char(sheet->out, '\n');
}

/* ---- units in the order of their names */

typedef struct Unit {
    Str names[LEVEL_COUNT]; /* from the bureau down */
    uint32_t number;
} Unit;

static int compare_units(const void *a, const void *b) {
    const Unit *x = a, *y = b;
    for (int level = 0; level < LEVEL_COUNT; level++) {
        int order = str_compare(x->names[level], y->names[level]);
        if (order != 0) return order;
    }
    return (x->number > y->number) - (x->number < y->number);
}

static Unit unit_of(const Dataset *dataset, Level level, size_t number) {
    Unit unit = {.number = (uint32_t)number};
    for (int at = (int)level; at >= 0; at--) {
        unit.names[at] = dataset_level_name(dataset, (Level)at, number);
        if (at > 0) number = dataset_parent(dataset, (Level)at, number);
    }
    return unit;
}

static Unit *sorted_units(const Dataset *dataset, Level level, Arena *arena) {
    size_t count = dataset_level_size(dataset, level);
    Unit *units = arena_new(arena, count, sizeof *units);
    for (size_t i = 0; i < count; i++) units[i] = unit_of(dataset, level, i);
    if (count) qsort(units, count, sizeof *units, compare_units);
    return units;
}

/* ---- the rows of each level */

static void add_counts(Sheet *sheet, const Counts *counts) {
    const Verdicts *verdicts = &results_plan(sheet->results)->verdicts[LEVEL_PROJECT];
    add_count(sheet, STR("projects"), counts->total);
    for (size_t i = 0; i < verdicts->count; i++)
        add_count(sheet, verdicts->bands[sheet->order[i]].key, counts->band[sheet->order[i]]);
    if (sheet->form != EXPORT_CSV) add_count(sheet, STR("none"), counts->none);
    sheet->scratch.size = 0;
    export_percent(counts->band[sheet->percent_band], counts->total, &sheet->scratch);
    add_cell(sheet, CELL_NUMBER, buffer_view(&sheet->percent_name), buffer_view(&sheet->scratch));
}

static void add_project(Sheet *sheet, size_t project) {
    const Results *results = sheet->results;
    const Band *band = results_band(results, LEVEL_PROJECT, project);
    Missing missing = results_unit_missing(results, LEVEL_PROJECT, project);
    size_t indicators;
    dataset_children(results_dataset(results), LEVEL_PROJECT, project, &indicators);
    add_count(sheet, STR("indicators"), indicators);
    sheet->scratch.size = 0;
    results_write_unit(results, LEVEL_PROJECT, project, &sheet->scratch);
    add_cell(sheet, CELL_NUMBER, STR("rate"), buffer_view(&sheet->scratch));
    sheet->scratch.size = 0;
    results_print_unit(results, LEVEL_PROJECT, project, &sheet->scratch);
    add_cell(sheet, CELL_FIGURE, STR("rate_printed"), buffer_view(&sheet->scratch));
    add_cell(sheet, CELL_WORD, STR("verdict"), band ? band->key : STR(""));
    add_cell(sheet, CELL_WORD, STR("verdict_name"), band ? band->name : STR(""));
    add_cell(sheet, CELL_WORD, STR("missing"),
             missing == MISSING_NONE ? STR("") : str_of(missing_name(missing)));
}

static void add_unit(Sheet *sheet, const Unit *unit) {
    begin_row(sheet);
    for (int level = 0; level <= (int)sheet->level; level++)
        add_cell(sheet, CELL_TEXT, str_of(level_names[level]), unit->names[level]);
    if (sheet->level == EXPORT_BUREAU)
        add_counts(sheet, results_bureau(sheet->results, unit->number));
    else if (sheet->level == EXPORT_DEPARTMENT)
        add_counts(sheet, results_department(sheet->results, unit->number));
    else
        add_project(sheet, unit->number);
    end_row(sheet);
}

static void add_number(Sheet *sheet, ColumnId column, size_t row) {
    sheet->scratch.size = 0;
    export_number(results_dataset(sheet->results), column, row, &sheet->scratch);
    add_cell(sheet, CELL_NUMBER, str_of(column_info(column)->name), buffer_view(&sheet->scratch));
}

/* Columns that are there only when the rules declare what they hold. */
static void add_declared(Sheet *sheet, size_t row, size_t project) {
    const Results *results = sheet->results, *last = results_last_year(results);
    const Band *band = results_band(results, LEVEL_INDICATOR, row);
    if (results_has_verdict(results, LEVEL_INDICATOR))
        add_cell(sheet, CELL_WORD, STR("indicator_verdict"), band ? band->key : STR(""));
    if (!last) return;
    sheet->scratch.size = 0;
    results_write_row(last, row, &sheet->scratch);
    add_cell(sheet, CELL_NUMBER, STR("last_year_rate"), buffer_view(&sheet->scratch));
    sheet->scratch.size = 0;
    results_write_unit(last, LEVEL_PROJECT, project, &sheet->scratch);
    add_cell(sheet, CELL_NUMBER, STR("project_last_year_rate"), buffer_view(&sheet->scratch));
}

/* For JSON; the CSV of indicators is export_csv. */
static void add_indicator(Sheet *sheet, size_t row) {
    static const ColumnId texts[] = {COLUMN_BUREAU, COLUMN_DEPARTMENT, COLUMN_PROJECT, COLUMN_INDICATOR,
                                     COLUMN_UNIT};
    const Results *results = sheet->results;
    const Dataset *dataset = results_dataset(results);
    size_t project = dataset_project(dataset, row);
    begin_row(sheet);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        add_cell(sheet, CELL_TEXT, str_of(column_info(texts[i])->name), export_text(dataset, texts[i], row));
    add_number(sheet, COLUMN_TARGET, row);
    add_number(sheet, COLUMN_ACTUAL, row);
    sheet->scratch.size = 0;
    results_write_row(results, row, &sheet->scratch);
    add_cell(sheet, CELL_NUMBER, STR("rate"), buffer_view(&sheet->scratch));
    sheet->scratch.size = 0;
    results_write_unit(results, LEVEL_PROJECT, project, &sheet->scratch);
    add_cell(sheet, CELL_NUMBER, STR("project_rate"), buffer_view(&sheet->scratch));
    const Band *band = results_band(results, LEVEL_PROJECT, project);
    add_cell(sheet, CELL_WORD, STR("verdict"), band ? band->key : STR(""));
    add_number(sheet, COLUMN_PUBLISHED_RATE, row);
    Missing missing = results_row_missing(results, row);
    add_cell(sheet, CELL_WORD, STR("missing"),
             missing == MISSING_NONE ? STR("") : str_of(missing_name(missing)));
    add_declared(sheet, row, project);
    export_extra_fields(dataset, row, sheet->out);
    end_row(sheet);
}

/* ---- the table */

static void csv_heading(const Sheet *sheet) {
    Buffer *out = sheet->out;
    const Verdicts *verdicts = &results_plan(sheet->results)->verdicts[LEVEL_PROJECT];
    for (int level = 0; level <= (int)sheet->level; level++) buffer_addf(out, "%s,", level_names[level]);
    if (sheet->level == EXPORT_PROJECT) {
        buffer_add(out, STR("indicators,rate,rate_printed,verdict,verdict_name,missing\n"));
        return;
    }
    buffer_add(out, STR("projects,"));
    for (size_t i = 0; i < verdicts->count; i++) {
        buffer_add(out, verdicts->bands[sheet->order[i]].key);
        buffer_add_char(out, ',');
    }
    buffer_add(out, buffer_view(&sheet->percent_name));
    buffer_add_char(out, '\n');
}

static void json_heading(const Sheet *sheet) {
    Buffer *out = sheet->out;
    const Verdicts *verdicts = &results_plan(sheet->results)->verdicts[LEVEL_PROJECT];
    buffer_addf(out,
                "{\"format\":\"perfeval.level/1\",\"level\":\"%s\",\"title\":", level_names[sheet->level]);
    json_add_text(out, results_plan(sheet->results)->title);
    buffer_add(out, STR(",\"verdicts\":["));
    for (size_t i = 0; i < verdicts->count; i++) {
        const Band *band = &verdicts->bands[sheet->order[i]];
        buffer_addf(out, "%s{\"key\":\"%.*s\",\"name\":", i > 0 ? "," : "", STR_FMT(band->key));
        json_add_text(out, band->name);
        buffer_add_char(out, '}');
    }
    buffer_add(out, STR("],\"rows\":["));
}

static void order_verdicts(Sheet *sheet) {
    const Verdicts *verdicts = &results_plan(sheet->results)->verdicts[LEVEL_PROJECT];
    bands_best_first(verdicts->bands, verdicts->count, sheet->order);
    sheet->percent_band = sheet->order[0];
    for (size_t i = 0; i < verdicts->count; i++) {
        if (str_is(verdicts->bands[i].key, "normal")) sheet->percent_band = i;
    }
    buffer_addf(&sheet->percent_name, "percent_%.*s", STR_FMT(verdicts->bands[sheet->percent_band].key));
}

static void add_rows(Sheet *sheet) {
    const Dataset *dataset = results_dataset(sheet->results);
    if (sheet->level == EXPORT_INDICATOR) {
        for (size_t row = 0; row < dataset_rows(dataset); row++) add_indicator(sheet, row);
        return;
    }
    Arena arena = {0};
    Level level = (Level)sheet->level;
    const Unit *units = sorted_units(dataset, level, &arena);
    for (size_t i = 0; i < dataset_level_size(dataset, level); i++) add_unit(sheet, &units[i]);
    arena_release(&arena);
}

void export_level(const Results *results, ExportLevel level, ExportForm form, Buffer *out) {
    if (level == EXPORT_INDICATOR && form == EXPORT_CSV) {
        export_csv(results, out);
        return;
    }
    Sheet sheet = {.results = results, .level = level, .form = form, .out = out};
    order_verdicts(&sheet);
    if (form == EXPORT_CSV) csv_heading(&sheet);
    if (form == EXPORT_JSON) json_heading(&sheet);
    add_rows(&sheet);
    if (form == EXPORT_JSON) buffer_add(out, STR("]}\n"));
    buffer_release(&sheet.percent_name);
    buffer_release(&sheet.scratch);
}
