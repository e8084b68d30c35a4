#include "app/history.h"

#include "base/module.h"

#include <stdio.h>
#include <stdlib.h>

/* What marks a file as a history: "perf". */
#define APPLICATION "1885696614"

/* Statements that bring a history from version N to N + 1, in order. */
static const char *const version_1[] = {
    "CREATE TABLE runs (id INTEGER PRIMARY KEY, record TEXT NOT NULL UNIQUE, at TEXT NOT NULL, job TEXT, engine TEXT "
    "NOT NULL, rules TEXT NOT NULL, data TEXT, settings TEXT NOT NULL, rules_digest TEXT NOT NULL, data_digest TEXT "
    "NOT NULL, results_digest TEXT NOT NULL, rows INTEGER NOT NULL, projects INTEGER NOT NULL, none INTEGER NOT NULL)",
    "CREATE TABLE counts (run INTEGER NOT NULL REFERENCES runs, position INTEGER NOT NULL, verdict TEXT NOT NULL, "
    "projects INTEGER NOT NULL, PRIMARY KEY (run, position)) WITHOUT ROWID",
    "CREATE TABLE units (id INTEGER PRIMARY KEY, bureau TEXT NOT NULL, department TEXT NOT NULL, project TEXT NOT NULL, "
    "UNIQUE (bureau, department, project))",
    "CREATE TABLE rates (run INTEGER NOT NULL REFERENCES runs, unit INTEGER NOT NULL REFERENCES units, rate TEXT, "
    "verdict TEXT, PRIMARY KEY (run, unit)) WITHOUT ROWID",
    "CREATE TABLE figures (run INTEGER NOT NULL REFERENCES runs, unit INTEGER NOT NULL REFERENCES units, position "
    "INTEGER NOT NULL, indicator TEXT NOT NULL, target TEXT, actual TEXT, PRIMARY KEY (run, unit, position)) WITHOUT "
    "ROWID",
    "PRAGMA application_id=" APPLICATION,
    "PRAGMA user_version=1",
    NULL};
static const char *const version_2[] = {"CREATE INDEX rates_of_unit ON rates (unit, run)",
                                        "PRAGMA user_version=2", NULL};
static const char *const version_3[] = {
    "ALTER TABLE runs ADD COLUMN day TEXT",
    "CREATE TABLE folders (folder TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID",
    "PRAGMA user_version=3", NULL};
static const char *const *const versions[] = {version_1, version_2, version_3};
#define VERSION ((int64_t)(sizeof versions / sizeof *versions))

/* 0 for what is no number, or none that is kept here: the file may come from anybody. */
static void take_number(void *context, const Str *cells) {
    int64_t *number = context;
    *number = 0;
    for (size_t i = 0; i < cells[0].size; i++) {
        bool digit = cells[0].data[i] >= '0' && cells[0].data[i] <= '9';
        *number = digit && *number < INT64_MAX / 20 ? *number * 10 + (cells[0].data[i] - '0') : 0;
        if (!digit) return;
    }
}

static bool ask_number(History *history, const char *sql, int64_t *out) {
    *out = 0;
    return history_run(history, sql, NULL, 0, take_number, out);
}

bool history_run(History *history, const char *sql, const Str *values, size_t count, StoreRow row,
                 void *context) {
    return history->driver->run(history->store, sql, values, count, row, context, history->diag);
}

static bool roll_back(History *history) {
    Diag *unheard = diag_new(); /* why there is nothing to keep was said already */
    history->driver->run(history->store, "ROLLBACK", NULL, 0, NULL, NULL, unheard);
    diag_free(unheard);
    return false;
}

/* What a history has none of: views, triggers, virtual tables, and expressions, which would be computed: in
 * columns and in indexes. */
static const char others_of_schema[] =
    "SELECT count(*) FROM sqlite_schema s WHERE type NOT IN ('table', 'index') OR ifnull(rootpage, 0) = 0 OR "
    "(type = 'table' AND EXISTS (SELECT 1 FROM pragma_table_xinfo(s.name) WHERE hidden <> 0)) OR "
    "(type = 'table' AND EXISTS (SELECT 1 FROM pragma_index_list(s.name) WHERE partial <> 0)) OR "
    "(type = 'index' AND EXISTS (SELECT 1 FROM pragma_index_xinfo(s.name) WHERE cid = -2))";

static bool is_ours(History *history) {
    int64_t application, tables, others;
    if (!ask_number(history, "PRAGMA application_id", &application) ||
        !ask_number(history, "SELECT count(*) FROM sqlite_schema", &tables) ||
        !ask_number(history, others_of_schema, &others))
        return false;
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)application);
    if (tables == 0 || (others == 0 && str_is(STR(APPLICATION), text))) return true;
    Place place = {.file = history->path};
    diag_add(history->diag, MESSAGE_STORE_OTHER, &place, history->path);
    return false;
}

/* Under the lock of a writer, since another may do the same. */
static bool migrate(History *history) {
    int64_t version;
    if (!history_run(history, "BEGIN IMMEDIATE", NULL, 0, NULL, NULL)) return false;
    if (!ask_number(history, "PRAGMA user_version", &version)) return roll_back(history);
    for (; version < VERSION; version++)
        for (const char *const *step = versions[version]; *step; step++)
            if (!history_run(history, *step, NULL, 0, NULL, NULL)) return roll_back(history);
    return history_run(history, "COMMIT", NULL, 0, NULL, NULL);
}

static void take_first(void *context, const Str *cells) {
    if (!str_is(cells[0], "ok")) buffer_add(context, cells[0]);
}

/* Pages that are damaged may well be read as something else. */
static bool is_whole(History *history) {
    Buffer fault = {0};
    Place place = {.file = history->path};
    bool run = history_run(history, "PRAGMA quick_check(1)", NULL, 0, take_first, &fault);
    bool whole = run && !fault.size;
    if (run && !whole)
        diag_add(history->diag, MESSAGE_STORE_DAMAGED, &place, history->path, buffer_view(&fault));
    buffer_release(&fault);
    return whole;
}

static bool open_as(History *history, StoreUse use) {
    history_close(history);
    history->store = history->driver->open(history->path, use, history->diag);
    return history->store != NULL;
}

/* Who only reads an older one brings a copy up to date. */
static bool open_version(History *history, bool write) {
    int64_t version;
    if (!is_ours(history) || !(write || is_whole(history)) ||
        !ask_number(history, "PRAGMA user_version", &version))
        return false;
    if (write && !history_run(history, "PRAGMA journal_mode=DELETE", NULL, 0, NULL, NULL)) return false;
    if (version == VERSION) return true;
    if (version < VERSION) return (write || open_as(history, STORE_COPY)) && migrate(history);
    Place place = {.file = history->path};
    diag_add(history->diag, MESSAGE_STORE_NEWER, &place, history->path);
    return false;
}

bool history_open_with(History *history, const StoreDriver *driver, Str path, bool write, Diag *diag) {
    *history = (History){.driver = driver, .diag = diag, .path = path};
    return open_as(history, write ? STORE_WRITE : STORE_READ) && open_version(history, write);
}

bool history_open(History *history, Str path, bool write, Diag *diag) {
    *history = (History){.diag = diag, .path = path};
    if (!write && !file_exists(path)) {
        diag_add(diag, MESSAGE_FILE_OPEN, NULL, path, message_words(TEXT_CAUSE_NO_FILE));
        return false;
    }
    const StoreDriver *driver = module_load("store", STR("SQLite"), diag);
    return driver && history_open_with(history, driver, path, write, diag);
}

void history_close(History *history) {
    if (history->store) history->driver->close(history->store);
    history->store = NULL;
}

/* ---- adding a run */

typedef struct Adding {
    History *history;
    const Tree *record;
    Str folder, number; /* of the record, to be noted; empty: not asked for */
    Arena arena;
} Adding;

static const Str nothing = {NULL, 0};

/* The text of a value: numbers as decimals; NULL where there is none. */
static Str value_of(Adding *adding, const Tree *table, const char *name) {
    const Tree *value = table && table->kind == TREE_TABLE ? tree_get(table, name) : NULL;
    if (!value) return nothing;
    if (value->kind == TREE_TEXT) return value->text;
    if (value->kind != TREE_NUMBER) return nothing;
    Buffer out = {0};
    decimal_write_canonical(&out, &value->number);
    Str text = arena_copy(&adding->arena, buffer_view(&out));
    buffer_release(&out);
    return text;
}

/* One digest of all inputs of a kind. */
static Str inputs_digest(Adding *adding, const char *kind) {
    const Tree *inputs = tree_get(adding->record, "inputs");
    Digest digest;
    digest_start(&digest);
    for (size_t i = 0; inputs && i < inputs->count; i++)
        if (str_is(record_text(inputs->items[i].value, "kind"), kind))
            digest_add(&digest, record_text(inputs->items[i].value, "digest"));
    DigestText text = digest_end(&digest);
    return arena_copy(&adding->arena, digest_view(&text));
}

static Str data_path(const Tree *record) {
    const Tree *inputs = tree_get(record, "inputs");
    for (size_t i = 0; inputs && i < inputs->count; i++)
        if (str_is(record_text(inputs->items[i].value, "kind"), "data"))
            return record_text(inputs->items[i].value, "path");
    return nothing;
}

/* "sluggish_at_most=85 date=2019-12-31" */
static Str settings_of(Adding *adding) {
    const Tree *settings = tree_get(adding->record, "settings");
    static const char *const more[] = {"date", "period"};
    Buffer out = {0};
    for (size_t i = 0; settings && i < settings->count; i++) {
        if (out.size) buffer_add_char(&out, ' ');
        buffer_add(&out, record_text(settings->items[i].value, "name"));
        buffer_add_char(&out, '=');
        buffer_add(&out, record_text(settings->items[i].value, "value"));
    }
    for (size_t i = 0; i < 2; i++) {
        Str value = record_text(adding->record, more[i]);
        if (value.size) buffer_addf(&out, "%s%s=%.*s", out.size ? " " : "", more[i], STR_FMT(value));
    }
    Str text = out.size ? arena_copy(&adding->arena, buffer_view(&out)) : STR("");
    buffer_release(&out);
    return text;
}

static bool add_run(Adding *adding, Str digest) {
    const Tree *record = adding->record, *counts = tree_get(record, "counts"),
               *results = tree_get(record, "results");
    const Str values[] = {digest,
                          record_text(record, "at"),
                          value_of(adding, record, "job"),
                          record_text(record, "engine"),
                          record_text(record, "rules"),
                          data_path(record),
                          settings_of(adding),
                          inputs_digest(adding, "rules"),
                          inputs_digest(adding, "data"),
                          record_text(results, "digest"),
                          value_of(adding, counts, "rows"),
                          value_of(adding, counts, "projects"),
                          value_of(adding, counts, "none"),
                          value_of(adding, record, "day")};
    return history_run(
        adding->history,
        "INSERT INTO runs (record, at, job, engine, rules, data, settings, rules_digest, data_digest, "
        "results_digest, rows, projects, none, day) VALUES "
        "(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)",
        values, sizeof values / sizeof *values, NULL, NULL);
}

static bool add_counts(Adding *adding, Str run) {
    const Tree *counts = tree_get(adding->record, "counts"),
               *verdicts = counts ? tree_get(counts, "verdicts") : NULL;
    for (size_t i = 0; verdicts && i < verdicts->count; i++) {
        Str name = verdicts->items[i].name, position = arena_format(&adding->arena, "%zu", i);
        const Str values[] = {run, position, name,
                              value_of(adding, verdicts, arena_copy(&adding->arena, name).data)};
        if (!history_run(adding->history, "INSERT INTO counts VALUES (?1,?2,?3,?4)", values, 4, NULL, NULL))
            return false;
    }
    return true;
}

static bool add_row(Adding *adding, Str run, const Tree *row, size_t position) {
    static const char add_unit[] =
        "INSERT OR IGNORE INTO units (bureau, department, project) VALUES (?1,?2,?3)";
    static const char add_rate[] = "INSERT OR IGNORE INTO rates SELECT ?4, id, ?5, ?6 FROM units "
                                   "WHERE bureau=?1 AND department=?2 AND project=?3";
    static const char add_figure[] = "INSERT INTO figures SELECT ?4, id, ?5, ?6, ?7, ?8 FROM units "
                                     "WHERE bureau=?1 AND department=?2 AND project=?3";
    Str bureau = record_text(row, "bureau"), department = record_text(row, "department");
    Str project = record_text(row, "project");
    const Str rate[] = {bureau,
                        department,
                        project,
                        run,
                        value_of(adding, row, "project_rate"),
                        value_of(adding, row, "verdict")};
    const Str figure[] = {bureau,
                          department,
                          project,
                          run,
                          arena_format(&adding->arena, "%zu", position),
                          record_text(row, "indicator"),
                          value_of(adding, row, "target"),
                          value_of(adding, row, "actual")};
    return history_run(adding->history, add_unit, rate, 3, NULL, NULL) &&
           history_run(adding->history, add_rate, rate, 6, NULL, NULL) &&
           history_run(adding->history, add_figure, figure, 8, NULL, NULL);
}

static bool add_all(Adding *adding, Str digest, const Tree *rows) {
    int64_t number;
    if (!add_run(adding, digest) || !ask_number(adding->history, "SELECT last_insert_rowid()", &number))
        return false;
    Str run = arena_format(&adding->arena, "%lld", (long long)number);
    bool good = add_counts(adding, run);
    for (size_t i = 0; good && i < rows->count; i++) good = add_row(adding, run, rows->items[i].value, i);
    return good;
}

static void take_any(void *context, const Str *cells) {
    (void)cells;
    *(bool *)context = true;
}

/* Up to which number the records of a folder have been looked at. */
static bool note_folder(Adding *adding) {
    const Str values[] = {adding->folder, adding->number};
    return !adding->folder.size ||
           history_run(adding->history,
                       "INSERT INTO folders VALUES (?1, CAST(?2 AS INTEGER)) ON CONFLICT (folder) DO UPDATE "
                       "SET number = max(number, excluded.number)",
                       values, 2, NULL, NULL);
}

/* The rows of the record; NULL, with an error, where it has none. */
static const Tree *rows_of(Adding *adding, Str file) {
    const Tree *results = tree_get(adding->record, "results"),
               *rows = results ? tree_get(results, "rows") : NULL;
    if (rows && rows->kind == TREE_TABLE) return rows;
    diag_add(adding->history->diag, MESSAGE_HISTORY_ROWS, NULL, file);
    return NULL;
}

/* One transaction: the run is there as a whole or not at all. */
static bool add_record(Adding *adding, const Tree *rows, Str digest, bool *added) {
    History *history = adding->history;
    bool there = false;
    if (!history_run(history, "BEGIN IMMEDIATE", NULL, 0, NULL, NULL)) return false;
    bool good = history_run(history, "SELECT 1 FROM runs WHERE record=?1", &digest, 1, take_any, &there);
    if (good && !there) good = add_all(adding, digest, rows);
    good = good && note_folder(adding);
    if (!good || !history_run(history, "COMMIT", NULL, 0, NULL, NULL)) return roll_back(history);
    *added = !there;
    return true;
}

/* `stored`: whether the database took what there was to take. */
static bool add_file(Adding *adding, Str file, bool *added, bool *stored) {
    History *history = adding->history;
    File read;
    *added = false;
    *stored = true;
    if (!file_read(file, &read, history->diag)) return false;
    adding->record = record_read(file, read.bytes, &adding->arena, history->diag);
    DigestText digest = digest_of(read.bytes);
    const Tree *rows = adding->record ? rows_of(adding, file) : NULL;
    *stored = rows ? add_record(adding, rows, digest_view(&digest), added) : note_folder(adding);
    file_release(&read);
    arena_release(&adding->arena);
    return rows && *stored;
}

bool history_add(History *history, Str file, bool *added) {
    Adding adding = {.history = history};
    bool stored;
    return add_file(&adding, file, added, &stored);
}

bool history_follow(History *history, Str folder, size_t *added) {
    Arena arena = {0};
    int64_t known = 0;
    size_t count;
    char real[4096];
    Str *names = file_list(&arena, folder, STR(".json"), &count);
    const Str place = realpath(arena_copy(&arena, folder).data, real) ? str_of(real) : folder;
    bool stored =
        history_run(history, "SELECT number FROM folders WHERE folder=?1", &place, 1, take_number, &known);
    for (size_t i = 0; i < count && stored; i++) {
        uint64_t number = record_number(names[i]);
        if (number <= (uint64_t)known) continue;
        Adding adding = {.history = history, .folder = place};
        bool new;
        adding.number = arena_format(&arena, "%llu", (unsigned long long)number);
        Str file = path_join(&arena, folder, arena_format(&arena, "%.*s.json", STR_FMT(names[i])));
        add_file(&adding, file, &new, &stored);
        *added += new;
    }
    arena_release(&arena);
    return stored;
}

/* ---- checking */

static void take_fault(void *context, const Str *cells) {
    History *history = context;
    Place place = {.file = history->path};
    if (!str_is(cells[0], "ok"))
        diag_add(history->diag, MESSAGE_STORE_DAMAGED, &place, history->path, cells[0]);
}

static void take_orphan(void *context, const Str *cells) {
    History *history = context;
    Place place = {.file = history->path};
    diag_add(history->diag, MESSAGE_STORE_DAMAGED, &place, history->path, cells[0]);
}

bool history_check(History *history) {
    return history_run(history, "PRAGMA integrity_check", NULL, 0, take_fault, history) &&
           history_run(history, "PRAGMA foreign_key_check", NULL, 0, take_orphan, history) &&
           !diag_has_errors(history->diag);
}
