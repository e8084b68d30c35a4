#include "model/export_rows.h"

#include "base/memory.h"
#include "model/export_cells.h"
#include "model/export_extra.h"
#include "model/results_build.h"

#include <string.h>

#define CELLS 24
/* Stretches of neighbouring cells that are the same for all rows of a project, and of those that are not. */
#define GROUPS 8

typedef struct Group {
    size_t first, end; /* cells */
    bool of_project;
} Group;

struct ExportRows {
    const Results *results;
    ExportForm form;
    RowCell cells[CELLS];
    size_t count;
    Group groups[GROUPS];
    size_t group_count;
    Buffer heading;
    Str behind; /* a row */
    Buffer before;
};

static void add_cell(ExportRows *rows, RowCell cell, bool of_project) {
    size_t number = rows->count++;
    rows->cells[number] = cell;
    Group *last = rows->group_count ? &rows->groups[rows->group_count - 1] : NULL;
    if (!last || last->of_project != of_project) {
        last = &rows->groups[rows->group_count++];
        *last = (Group){.first = number, .of_project = of_project};
    }
    last->end = rows->count;
}

/* What stands before the next cell; its name goes to the heading. Valid until the next call. */
static Str before(ExportRows *rows, const char *name) {
    bool first = rows->count == 0;
    if (!first) buffer_add_char(&rows->heading, ',');
    buffer_add(&rows->heading, str_of(name));
    if (rows->form == EXPORT_CSV) return first ? STR("") : STR(",");
    rows->before.size = 0;
    buffer_addf(&rows->before, "%c\"%s\":", first ? '{' : ',', name);
    return buffer_view(&rows->before);
}

static void add_column(ExportRows *rows, ColumnId id, bool of_project) {
    const char *name = column_info(id)->name;
    size_t column = SIZE_MAX;
    dataset_find_column(results_dataset(rows->results), str_of(name), &column);
    Str text = before(rows, name);
    RowCell cell = cell_of_column(rows->results, column, text, rows->form != EXPORT_CSV);
    if (cell.kind == ROW_NOTHING && !column_info(id)->number && rows->form != EXPORT_CSV)
        cell.none = STR("\"\"");
    add_cell(rows, cell, of_project);
}

static void add_rate(ExportRows *rows, const Results *results, Level level, const char *name) {
    Str text = before(rows, name);
    add_cell(rows, cell_of_rate(results, level, text, rows->form != EXPORT_CSV), level == LEVEL_PROJECT);
}

static void add_band(ExportRows *rows, Level level, const char *name) {
    Str text = before(rows, name);
    add_cell(rows, cell_of_band(rows->results, level, text, rows->form != EXPORT_CSV),
             level == LEVEL_PROJECT);
}

static void add_missing(ExportRows *rows) {
    Str text = before(rows, "missing");
    add_cell(rows, cell_of_missing(rows->results, text, rows->form != EXPORT_CSV), false);
}

/* Columns that are there only when the rules declare what they hold, or the data have them. */
static void add_declared(ExportRows *rows) {
    const Results *last = results_last_year(rows->results);
    ColumnId extras[EXPORT_EXTRAS];
    if (results_has_verdict(rows->results, LEVEL_INDICATOR))
        add_band(rows, LEVEL_INDICATOR, "indicator_verdict");
    if (last) add_rate(rows, last, LEVEL_INDICATOR, "last_year_rate");
    if (last) add_rate(rows, last, LEVEL_PROJECT, "project_last_year_rate");
    size_t count = export_extra_columns(results_dataset(rows->results), extras);
    for (size_t i = 0; i < count; i++) add_column(rows, extras[i], false);
}

ExportRows *export_rows_begin(const Results *results, ExportForm form) {
    static const Str ends[] = {
        [EXPORT_CSV] = {"\n", 1}, [EXPORT_JSON] = {"}", 1}, [EXPORT_JSONL] = {"}\n", 2}};
    ExportRows *rows = memory_new(1, sizeof *rows);
    rows->results = results;
    rows->form = form;
    rows->behind = ends[form];
    for (ColumnId id = COLUMN_BUREAU; id <= COLUMN_ACTUAL; id++) add_column(rows, id, id <= COLUMN_PROJECT);
    add_rate(rows, results, LEVEL_INDICATOR, "rate");
    add_rate(rows, results, LEVEL_PROJECT, "project_rate");
    add_band(rows, LEVEL_PROJECT, "verdict");
    add_column(rows, COLUMN_PUBLISHED_RATE, false);
    add_missing(rows);
    add_declared(rows);
    buffer_add_char(&rows->heading, '\n');
    return rows;
}

void export_rows_end(ExportRows *rows) {
    if (!rows) return;
    for (size_t i = 0; i < rows->count; i++) cell_release(&rows->cells[i]);
    buffer_release(&rows->heading);
    buffer_release(&rows->before);
    memory_free(rows);
}

void export_rows_heading(const ExportRows *rows, Buffer *out) {
    buffer_add(out, buffer_view(&rows->heading));
}

/* Where the cells of a group stand in the row before. */
typedef struct Written {
    size_t from, size;
} Written;

static void copy_again(Pen *pen, Written written) {
    pen_room(pen, written.size);
    memcpy(pen->at, pen->out->data + written.from, written.size);
    pen->at += written.size;
}

/* Cells of the project are copied from the row before where it has the same one. */
static void add_row(const ExportRows *rows, size_t row, size_t project, bool again, Written *written,
                    Pen *pen) {
    for (size_t g = 0; g < rows->group_count; g++) {
        const Group *group = &rows->groups[g];
        size_t from = (size_t)(pen->at - pen->out->data);
        if (again && group->of_project)
            copy_again(pen, written[g]);
        else
            for (size_t i = group->first; i < group->end; i++) cell_put(&rows->cells[i], row, project, pen);
        written[g] = (Written){from, (size_t)(pen->at - pen->out->data) - from};
    }
}

void export_rows_add(const ExportRows *rows, size_t from, size_t to, Buffer *out) {
    const Dataset *dataset = results_dataset(rows->results);
    Written written[GROUPS] = {{0}};
    size_t before = SIZE_MAX;
    Pen pen = pen_begin(out);
    RowWindow window;
    window.count = 0;
    for (size_t row = from; row < to; row++) {
        size_t project = dataset_project(dataset, row);
        pen.rates = results_window(rows->results, &window, row, to);
        if (rows->form == EXPORT_JSON && row > 0) pen_add_char(&pen, ',');
        add_row(rows, row, project, project == before, written, &pen);
        pen_add(&pen, rows->behind);
        before = project;
    }
    pen_end(&pen);
}
