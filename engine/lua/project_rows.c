#include "lua/project_rows.h"

#include "lua/units.h"
#include "lua/value.h"
#include "model/excel.h"

typedef enum Show {
    SHOW_PROJECT, /* the name, beside all its indicators */
    SHOW_INDICATOR,
    SHOW_UNIT,
    SHOW_TARGET,
    SHOW_ACTUAL,
    SHOW_RATE,
    SHOW_COUNT
} Show;

static const char *const show_names[] = {"project", "indicator", "unit", "target", "actual", "rate", NULL};

/* What is being made. */
typedef struct Rows {
    Reader *reader;
    const View *view; /* of the projects; NULL before the first */
    DocumentTable *table;
    DocumentCell *next; /* the row that is made next */
    const Show *shows;  /* of each column */
    const Str *marks;   /* by band, and behind them that of no verdict */
    Buffer *scratch;    /* the state's */
    size_t most;        /* cells of a document */
    int from, missing;  /* stack places of the table and of `missing` */
    bool refs, formulas;
} Rows;

/* ---- cells */

static DocumentCell cell_of(const Rows *rows, Str text) {
    rows->reader->bytes += text.size;
    return (DocumentCell){
        .text = text.data ? text : STR(""), .extra = &document_no_extra, .rows = 1, .columns = 1};
}

/* What was printed into the scratch buffer, which is empty again. */
static Str take(Rows *rows) {
    Str text = arena_copy(rows->reader->arena, buffer_view(rows->scratch));
    rows->scratch->size = 0;
    return text;
}

/* A number as it was printed into the scratch buffer; nothing was: "-". */
static DocumentCell number_cell(Rows *rows) {
    if (!rows->scratch->size) return cell_of(rows, STR("-"));
    DocumentCell cell = cell_of(rows, take(rows));
    cell.number = true;
    return cell;
}

static DocumentCell written_cell(Rows *rows, ColumnId id, size_t row) {
    const Dataset *dataset = rows->view->dataset;
    size_t column = rows->view->columns[id];
    const NumberColumn *numbers = column == SIZE_MAX ? NULL : dataset_numbers(dataset, column);
    Decimal number;
    if (numbers && dataset_number(numbers, row, &number) == MISSING_NONE)
        decimal_write(rows->scratch, &number);
    return number_cell(rows);
}

static DocumentCell word_cell(const Rows *rows, ColumnId id, size_t row) {
    size_t column = rows->view->columns[id];
    const TextColumn *words = column == SIZE_MAX ? NULL : dataset_words(rows->view->dataset, column);
    return cell_of(rows, words ? words->words[text_id(words, row)] : (Str){0});
}

static Str missing_words(const Rows *rows, Missing reason) {
    const char *name = missing_name(reason);
    Str words = {0};
    if (rows->missing) words = reader_text_at(rows->reader, rows->missing, name, false);
    return words.data ? words : str_of(name);
}

static const DocumentExtra *keep_extra(const Rows *rows, DocumentExtra extra) {
    DocumentExtra *kept = arena_new(rows->reader->arena, 1, sizeof *kept);
    *kept = extra;
    return kept;
}

static DocumentCell rate_cell(Rows *rows, size_t row) {
    const Results *results = rows->view->results;
    results_print_row(results, row, rows->scratch);
    if (!rows->scratch->size) return cell_of(rows, missing_words(rows, results_row_missing(results, row)));
    DocumentCell cell = number_cell(rows);
    if (rows->formulas) excel_row(results, row, rows->scratch);
    if (rows->scratch->size) cell.extra = keep_extra(rows, (DocumentExtra){.formula = take(rows)});
    return cell;
}

static DocumentCell project_cell(const Rows *rows, size_t project, size_t height) {
    const Results *results = rows->view->results;
    const Verdicts *verdicts = &results_plan(results)->verdicts[LEVEL_PROJECT];
    const Band *band = results_band(results, LEVEL_PROJECT, project);
    DocumentExtra extra = {.mark = rows->marks[band ? (size_t)(band - verdicts->bands) : verdicts->count]};
    if (rows->refs) extra.of = units_ref(rows->reader->arena, LEVEL_PROJECT, project);
    DocumentCell cell = cell_of(rows, dataset_level_name(rows->view->dataset, LEVEL_PROJECT, project));
    cell.rows = (uint32_t)height;
    if (extra.mark.data || extra.of.data) cell.extra = keep_extra(rows, extra);
    return cell;
}

static DocumentCell make_cell(Rows *rows, Show show, size_t row) {
    switch (show) {
    case SHOW_INDICATOR:
        return word_cell(rows, COLUMN_INDICATOR, row);
    case SHOW_UNIT:
        return word_cell(rows, COLUMN_UNIT, row);
    case SHOW_TARGET:
        return written_cell(rows, COLUMN_TARGET, row);
    case SHOW_ACTUAL:
        return written_cell(rows, COLUMN_ACTUAL, row);
    default:
        return rate_cell(rows, row);
    }
}

static void add_project(Rows *rows, size_t project) {
    size_t count, columns = rows->table->column_count;
    const uint32_t *indicators = dataset_children(rows->view->dataset, LEVEL_PROJECT, project, &count);
    for (size_t i = 0; i < count; i++, rows->next += columns) {
        for (size_t c = 0; c < columns; c++) {
            if (rows->shows[c] != SHOW_PROJECT)
                rows->next[c] = make_cell(rows, rows->shows[c], indicators[i]);
            else if (i == 0)
                rows->next[c] = project_cell(rows, project, count);
        }
    }
}

/* ---- what the table says */

static void read_shows(Rows *rows) {
    Reader *r = rows->reader;
    reader_enter(r, rows->from, "columns");
    int columns = lua_gettop(r->L);
    size_t count;
    rows->shows = reader_known(r, READER_SHOWS, &count);
    if (rows->shows) {
        reader_leave(r);
        return;
    }
    Show *shows = arena_new(r->arena, rows->table->column_count, sizeof *shows);
    rows->shows = shows;
    for (size_t c = 0; c < rows->table->column_count; c++) {
        reader_enter_at(r, columns, c + 1);
        int column = lua_gettop(r->L);
        reader_enter(r, column, "show");
        Str name = reader_text(r);
        Show show = SHOW_PROJECT;
        while (show < SHOW_COUNT && !str_is(name, show_names[show])) show = (Show)(show + 1);
        if (name.data && show == SHOW_COUNT) reader_none_of(r, show_names);
        shows[c] = show;
        reader_leave(r);
        reader_leave(r);
    }
    reader_know(r, READER_SHOWS, shows, rows->table->column_count);
    reader_leave(r);
}

/* The table on top, or none where nothing is given. */
static bool enter_names(Reader *r, int from, const char *name) {
    reader_enter(r, from, name);
    return !lua_isnil(r->L, -1) && reader_is_table(r, TEXT_SHAPE_RECORD);
}

/* The marks of all verdicts, whether the plan's bands have one or not. */
static void read_marks(Rows *rows) {
    Reader *r = rows->reader;
    const Verdicts *verdicts = &results_plan(rows->view->results)->verdicts[LEVEL_PROJECT];
    bool named = enter_names(r, rows->from, "marks");
    size_t count;
    rows->marks = reader_known(r, READER_MARKS, &count);
    if (rows->marks) {
        reader_leave(r);
        return;
    }
    Str *marks = arena_new(r->arena, verdicts->count + 1, sizeof *marks);
    rows->marks = marks;
    if (named) {
        int names = lua_gettop(r->L);
        for (size_t i = 0; i < verdicts->count; i++)
            marks[i] = reader_text_at(r, names, arena_copy(r->arena, verdicts->bands[i].key).data, false);
        marks[verdicts->count] = reader_text_at(r, names, "none", false);
        reader_know(r, READER_MARKS, marks, verdicts->count + 1);
    }
    reader_leave(r);
}

/* The unit number of the Project on top; false after a fault. */
static bool read_project(Rows *rows, size_t *project) {
    const void *owner;
    if (!class_read(rows->reader->L, -1, &units_project_class, &owner, project)) {
        reader_wrong_type(rows->reader, TEXT_SHAPE_PROJECT);
        return false;
    }
    rows->view = owner;
    return true;
}

/* The projects of the list on top, and the rows that they take. */
static size_t *read_projects(Rows *rows, size_t *count, size_t *height) {
    Reader *r = rows->reader;
    int list = lua_gettop(r->L);
    size_t indicators;
    if (!reader_list_length(r, rows->most, count)) *count = 0;
    size_t *projects = arena_new(r->arena, *count, sizeof *projects), found = 0;
    for (size_t i = 0; i < *count; i++) {
        reader_enter_at(r, list, i + 1);
        if (read_project(rows, &projects[found])) {
            dataset_children(rows->view->dataset, LEVEL_PROJECT, projects[found++], &indicators);
            *height += indicators;
        }
        reader_leave(r);
    }
    if (*height > (rows->most - r->cells) / rows->table->column_count)
        reader_fault(r, TEXT_DOCUMENT_LARGE, reader_count(r, rows->most));
    *count = found;
    return projects;
}

static void add_projects(Rows *rows, const size_t *projects, size_t count, size_t height) {
    DocumentTable *table = rows->table;
    table->row_count = height;
    rows->next = arena_new(rows->reader->arena, height * table->column_count, sizeof *rows->next);
    table->cells = rows->next;
    for (size_t i = 0; i < count; i++) add_project(rows, projects[i]);
    rows->reader->cells += height * table->column_count;
}

void project_rows_read(Reader *reader, int from, DocumentTable *table, size_t most) {
    Rows rows = {
        .reader = reader, .table = table, .from = from, .most = most, .scratch = value_scratch(reader->L)};
    size_t count = 0, height = 0;
    rows.refs = reader_flag_at(reader, from, "refs");
    rows.formulas = reader_flag_at(reader, from, "formulas");
    read_shows(&rows);
    reader_enter(reader, from, "projects");
    const size_t *projects = read_projects(&rows, &count, &height);
    reader_leave(reader);
    if (rows.view) read_marks(&rows);
    bool named = enter_names(reader, from, "missing");
    if (named) rows.missing = lua_gettop(reader->L);
    if (rows.view && !reader->faults) add_projects(&rows, projects, count, height);
    reader_leave(reader);
}
