/* sqlite - the module that reads a table or a query of an SQLite database, without writing anything. */
#include "base/decimal.h"
#include "base/module.h"
#include "base/text.h"
#include "io/grid.h"
#include "module/dbfile.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>

/* Steps of the database's machine between two looks at the limit, and most such looks: a query that never
 * ends. */
#define STEPS 100000
#ifndef MOST_LOOKS
#define MOST_LOOKS 100000
#endif

typedef struct Base {
    sqlite3 *database;
    const GridAsk *ask;
    Diag *diag;
    unsigned looks;
} Base;

static bool failed(const Base *base) {
    Place place = {.file = base->ask->file};
    diag_add(base->diag, MESSAGE_SQL_FAILED, &place, str_of(sqlite3_errmsg(base->database)));
    return false;
}

static int look(void *context) {
    Base *base = context;
    return ++base->looks > MOST_LOOKS;
}

/* The bytes that were read are the database: what the file becomes meanwhile does not matter. */
static bool open_image(Base *base) {
    Str bytes = base->ask->bytes;
    unsigned flags = SQLITE_DESERIALIZE_READONLY;
    unsigned char *image = (unsigned char *)(uintptr_t)bytes.data; /* never written to: it is read-only */
    if (dbfile_is_ahead(bytes)) {
        flags |= SQLITE_DESERIALIZE_FREEONCLOSE;
        image = dbfile_copy(bytes);
    }
    sqlite3_int64 size = (sqlite3_int64)bytes.size;
    return (image && sqlite3_deserialize(base->database, "main", image, size, size, flags) == SQLITE_OK) ||
           failed(base);
}

static bool open_base(Base *base) {
    bool piped = !base->ask->path.size || str_is(base->ask->path, "-");
    if (!piped && !dbfile_check(base->ask->path, base->diag)) return false;
    if (sqlite3_open(":memory:", &base->database) != SQLITE_OK) return failed(base);
    sqlite3_db_config(base->database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(base->database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(base->database, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_limit(base->database, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(base->database, SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024);
    sqlite3_progress_handler(base->database, STEPS, look, base);
    return open_image(base) &&
           (sqlite3_exec(base->database, "PRAGMA query_only=1", NULL, NULL, NULL) == SQLITE_OK ||
            failed(base));
}

static Str text_of(Arena *arena, sqlite3_stmt *statement, int column) {
    Buffer out = {0};
    Decimal number;
    if (sqlite3_column_type(statement, column) == SQLITE_FLOAT &&
        decimal_from_double(sqlite3_column_double(statement, column), &number, arena)) {
        decimal_write_canonical(&out, &number);
    } else {
        const char *text = (const char *)sqlite3_column_text(statement, column);
        if (text) buffer_add(&out, (Str){text, (size_t)sqlite3_column_bytes(statement, column)});
    }
    Str kept = arena_copy(arena, buffer_view(&out));
    buffer_release(&out);
    return kept;
}

static void add_names(Grid *grid, sqlite3_stmt *statement) {
    grid_begin_row(grid, 0, false);
    for (int i = 0; i < sqlite3_column_count(statement); i++)
        grid_add(grid, (uint32_t)i, arena_copy(&grid->arena, str_of(sqlite3_column_name(statement, i))));
}

static bool add_record(const Base *base, Grid *grid, sqlite3_stmt *statement) {
    uint32_t number = (uint32_t)grid->row_count;
    grid_begin_row(grid, number, false);
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
        if (sqlite3_column_type(statement, i) == SQLITE_BLOB) {
            Place place = {.file = base->ask->file, .line = number};
            place.cell = arena_format(&grid->arena, "%.*s[%u].%s", STR_FMT(grid->name), number,
                                      sqlite3_column_name(statement, i));
            diag_add(base->diag, MESSAGE_CELL_BINARY, &place, str_of(sqlite3_column_name(statement, i)));
            return false;
        }
        grid_add(grid, (uint32_t)i, text_of(&grid->arena, statement, i));
    }
    return true;
}

static bool too_many(const Base *base, Grid *grid, uint64_t most) {
    Place place = {.file = base->ask->file, .cell = grid->name};
    diag_add(base->diag, MESSAGE_TOO_MANY_ROWS, &place, arena_format(&grid->arena, "%" PRIu64, most));
    return false;
}

/* Damaged pages can lead to each other without an end. */
static bool endless(const Base *base, const Grid *grid) {
    Place place = {.file = base->ask->file, .cell = grid->name};
    diag_add(base->diag, MESSAGE_SQL_FAILED, &place, message_words(TEXT_CAUSE_ENDLESS));
    return false;
}

/* What the statement gives, as a grid; `stored`: these are rows of one table, so each takes a byte of the
 * file at least. */
static bool read_statement(const Base *base, Grid *grid, Str sql, bool stored) {
    sqlite3_stmt *statement = NULL;
    const char *behind = NULL;
    if (sqlite3_prepare_v2(base->database, sql.data, (int)sql.size, &statement, &behind) != SQLITE_OK)
        return failed(base);
    Place place = {.file = base->ask->file};
    bool one = statement && sqlite3_column_count(statement) > 0 && sqlite3_stmt_readonly(statement);
    one = one && !str_trim(str_slice(sql, (size_t)(behind - sql.data), sql.size)).size;
    if (!one) diag_add(base->diag, MESSAGE_SQL_FAILED, &place, message_words(TEXT_CAUSE_NO_SELECT));
    bool good = one;
    if (good) add_names(grid, statement);
    const uint64_t asked = grid->name.size ? base->ask->rows : 0; /* the list of tables has no name */
    const uint64_t most = asked && asked < GRID_ROWS ? asked : GRID_ROWS;
    int step = SQLITE_DONE;
    while (good && (step = sqlite3_step(statement)) == SQLITE_ROW) {
        good = grid->row_count <= most ? add_record(base, grid, statement) : too_many(base, grid, most);
        if (good && stored && grid->row_count > base->ask->bytes.size) good = endless(base, grid);
    }
    if (good && step != SQLITE_DONE) good = failed(base);
    sqlite3_finalize(statement);
    return good;
}

/* SELECT * FROM "name". */
static Str select_all(Arena *arena, Str table) {
    Buffer sql = {0};
    buffer_add(&sql, STR("SELECT * FROM \""));
    for (size_t i = 0; i < table.size; i++) {
        if (table.data[i] == '"') buffer_add_char(&sql, '"');
        buffer_add_char(&sql, table.data[i]);
    }
    buffer_add_char(&sql, '"');
    Str kept = arena_copy(arena, buffer_view(&sql));
    buffer_release(&sql);
    return kept;
}

static const char list_of_tables[] =
    "SELECT name, type = 'table' FROM sqlite_schema WHERE type IN ('table', 'view') "
    "AND name NOT LIKE 'sqlite_%' ORDER BY name";

/* The name of a table is shown and chosen, so it must be a text; those of columns are looked at like cells.
 */
static bool is_name(const Base *base, Str name) {
    size_t at = text_invalid(name);
    bool nul = str_find(name, '\0', 0) < name.size;
    Place place = {.file = base->ask->file, .cell = STR("sqlite_schema.name")};
    char byte[8];
    if (!nul && at == name.size) return true;
    snprintf(byte, sizeof byte, "0x%02x", nul ? 0u : (unsigned)(unsigned char)name.data[at]);
    diag_add(base->diag, nul ? MESSAGE_NUL_CHARACTER : MESSAGE_CELL_UTF8, &place, str_of(byte));
    return false;
}

/* The tables and views, or the one that is asked for. */
static bool read_tables(const Base *base, Grids *out) {
    Grids names = {0};
    Grid *list = grids_add(&names, STR(""), GRID_NAMES);
    bool good = read_statement(base, list, (Str){list_of_tables, sizeof list_of_tables - 1}, true);
    for (size_t i = 1; good && i < list->row_count; i++) {
        const GridCell *cells = list->cells + list->rows[i].first;
        Str name = cells[0].text;
        good = is_name(base, name);
        if (!good) break;
        Grid *grid = grids_add(out, name, GRID_NAMES);
        bool all = !base->ask->sheet.size || str_is(base->ask->sheet, "all");
        if (all || str_equal(base->ask->sheet, name))
            good = read_statement(base, grid, select_all(&grid->arena, name), str_is(cells[1].text, "1"));
    }
    grids_release(&names);
    return good;
}

static bool read_base(const GridAsk *ask, Grids *out, Diag *diag) {
    Base base = {.ask = ask, .diag = diag};
    bool good = open_base(&base);
    if (good && ask->query.size)
        good = read_statement(&base, grids_add(out, STR("query"), GRID_NAMES), ask->query, false);
    else if (good)
        good = read_tables(&base, out);
    sqlite3_close(base.database);
    return good;
}

static const GridReader sqlite_reader = {read_base};
MODULE_DEFINE(&sqlite_reader);
