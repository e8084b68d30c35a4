#include "app/earlier.h"

#include "app/history.h"
#include "app/pipeline.h"
#include "io/tar.h"
#include "model/revisions.h"

/* ---- a run of a history */

/* Runs that may be meant, and the one that counts. */
typedef struct Meant {
    Str id;
    size_t runs, rules, data; /* how many; of how many files */
    Arena *arena;
} Meant;

static size_t number_of(Str digits) {
    size_t number = 0;
    for (size_t i = 0; i < digits.size; i++) number = number * 10 + (size_t)(digits.data[i] - '0');
    return number;
}

static void take_meant(void *context, const Str *cells) {
    Meant *meant = context;
    meant->id = cells[0].data ? arena_copy(meant->arena, cells[0]) : (Str){"", 0};
    meant->runs = number_of(cells[1]);
    meant->rules = number_of(cells[2]);
    meant->data = number_of(cells[3]);
}

/* In the first the newest run by its day; in the second all. */
#define NEWEST(condition)                                                                                    \
    "SELECT (SELECT id FROM runs WHERE " condition                                                           \
    " ORDER BY coalesce(day, substr(at, 1, 10)) DESC, id DESC LIMIT 1), count(*), count(DISTINCT rules), "   \
    "count(DISTINCT ifnull(data, '')) FROM runs WHERE " condition

static bool is_number(Str text) {
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < '0' || text.data[i] > '9') return false;
    return text.size > 0;
}

static bool find_run(History *history, Str asked, Arena *arena, Str *run) {
    static const char by_id[] = NEWEST("CAST(id AS TEXT) = ?1");
    static const char by_file[] = NEWEST("(rules = ?1 OR data = ?1)");
    static const char only[] = NEWEST("?1 IS NULL");
    const Str value = asked.size ? asked : (Str){NULL, 0};
    const char *sql = !asked.size ? only : is_number(asked) ? by_id : by_file;
    Meant meant = {.arena = arena};
    if (!history_run(history, sql, &value, 1, take_meant, &meant)) return false;
    *run = meant.id;
    bool several = asked.size ? meant.rules > 1 || meant.data > 1 : meant.runs > 1;
    if (several)
        diag_add(history->diag, MESSAGE_LAST_YEAR_WHICH, NULL, history->path,
                 arena_format(arena, "%zu", meant.runs));
    else if (meant.runs == 0)
        diag_add(history->diag, MESSAGE_HISTORY_UNKNOWN, NULL, asked.size ? asked : STR("-"));
    return meant.runs > 0 && !several;
}

static void take_figure(void *context, const Str *cells) {
    LastYear *last = context;
    LastFigure figure = {.target = cells[4], .actual = cells[5], .verdict = cells[6]};
    for (size_t i = 0; i < LAST_YEAR_NAMES; i++) figure.names[i] = cells[i];
    last_year_add(last, &figure);
}

static bool read_history(const Options *options, LastYear *out, Diag *diag) {
    static const char sql[] =
        "SELECT u.bureau, u.department, u.project, f.indicator, f.target, f.actual, r.verdict FROM figures f JOIN units u "
        "ON u.id = f.unit JOIN rates r ON r.run = f.run AND r.unit = f.unit WHERE f.run = CAST(?1 AS INTEGER) ORDER BY "
        "f.position";
    History history;
    Str run = {"", 0};
    bool good = history_open(&history, options->last_year_from, false, diag) &&
                find_run(&history, options->last_year_run, &out->arena, &run) &&
                history_run(&history, sql, &run, 1, take_figure, out);
    history_close(&history);
    out->run = run;
    return good;
}

/* ---- a record */

static Str decimal_of_value(const Tree *row, const char *name, Arena *arena) {
    const Tree *value = tree_get(row, name);
    if (!value || value->kind != TREE_NUMBER) return (Str){"", 0};
    Buffer out = {0};
    decimal_write_canonical(&out, &value->number);
    Str text = arena_copy(arena, buffer_view(&out));
    buffer_release(&out);
    return text;
}

static void take_row(LastYear *last, const Tree *row) {
    static const char *const names[] = {"bureau", "department", "project", "indicator"};
    Arena arena = {0};
    LastFigure figure = {.target = decimal_of_value(row, "target", &arena),
                         .actual = decimal_of_value(row, "actual", &arena),
                         .verdict = record_text(row, "verdict")};
    for (size_t i = 0; i < LAST_YEAR_NAMES; i++) figure.names[i] = record_text(row, names[i]);
    last_year_add(last, &figure);
    arena_release(&arena);
}

static bool read_record(const Options *options, Str bytes, LastYear *out, Diag *diag) {
    Arena arena = {0};
    Str file = options->last_year_from;
    const Tree *record = record_read(file, bytes, &arena, diag);
    const Tree *results = record ? tree_get(record, "results") : NULL;
    const Tree *rows = results && results->kind == TREE_TABLE ? tree_get(results, "rows") : NULL;
    bool good = rows && rows->kind == TREE_TABLE;
    if (record && !good) diag_add(diag, MESSAGE_HISTORY_ROWS, NULL, file);
    for (size_t i = 0; good && i < rows->positional; i++) take_row(out, rows->items[i].value);
    arena_release(&arena);
    return good;
}

/* ---- a data file */

static bool has_revisions(const Dataset *dataset) {
    Revision revision;
    for (size_t row = 0; row < dataset_rows(dataset); row++)
        if (revision_of(dataset, row, &revision)) return true;
    return false;
}

static bool read_data(const Options *options, LastYear *out, Diag *diag) {
    Options plain = OPTIONS_DEFAULT; /* flags about the data are about this year's */
    plain.input_limits = options->input_limits;
    Dataset *dataset = pipeline_data(options->last_year_from, &plain, diag);
    bool good = dataset && !has_revisions(dataset);
    if (good) last_year_take(out, dataset);
    if (dataset && !good) diag_add(diag, MESSAGE_LAST_YEAR_REVISED, NULL, options->last_year_from);
    dataset_free(dataset);
    return good;
}

bool earlier_read(const Options *options, LastYear *out, Diag *diag) {
    static const Str database = {"SQLite format 3", 15};
    File file;
    Str path = options->last_year_from, record;
    *out = (LastYear){.source = path};
    if (!file_read(path, &file, diag)) return false;
    bool history = str_starts(file.bytes, database);
    bool locked = tar_is(file.bytes) && tar_find(file.bytes, STR("record.json"), &record);
    bool good = history || !options->last_year_run.size;
    if (!locked) record = file.bytes;
    if (!good)
        diag_add(diag, MESSAGE_SHEET_USELESS, NULL, path, STR("--last-year-run"));
    else if (history)
        good = read_history(options, out, diag);
    else if (locked || str_starts(record, STR("{\"format\":\"perfeval.record/")))
        good = read_record(options, record, out, diag);
    else
        good = read_data(options, out, diag);
    file_release(&file);
    if (out->run.size)
        out->source = arena_format(&out->arena, "%.*s, %.*s", STR_FMT(path), STR_FMT(out->run));
    return good;
}
