/* store - the module that keeps a database: see base/store.h. */
#include "base/store.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/file_writer.h"
#include "base/memory.h"
#include "base/module.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* How long a writer waits for another, in milliseconds. */
#ifndef STORE_WAIT
#define STORE_WAIT 10000
#endif
/* Statements kept prepared. */
#define KEPT 16

struct Store {
    sqlite3 *database;
    Str path;
    struct {
        const char *sql;
        sqlite3_stmt *statement;
    } kept[KEPT];
    size_t count;
    bool strange; /* a text that is none was read */
    Arena arena;
};

/* SQLite calls a page that the system could not read damaged: whether that was it. */
static bool is_unread(const Store *store) {
    int error = 0;
    return store->database &&
           sqlite3_file_control(store->database, "main", SQLITE_FCNTL_LAST_ERRNO, &error) == SQLITE_OK &&
           error == EIO;
}

/* Whether what looked damaged is whole when it is looked at again: then a read has failed, not the file. */
static bool is_whole(const Store *store) {
    sqlite3_stmt *check = NULL;
    bool whole =
        sqlite3_prepare_v2(store->database, "PRAGMA quick_check(1)", -1, &check, NULL) == SQLITE_OK &&
        sqlite3_step(check) == SQLITE_ROW && sqlite3_column_text(check, 0) &&
        strcmp((const char *)sqlite3_column_text(check, 0), "ok") == 0;
    sqlite3_finalize(check);
    return whole;
}

static bool failed(const Store *store, Diag *diag) {
    if (store->strange) {
        diag_add(diag, MESSAGE_STORE_DAMAGED, &(Place){.file = store->path}, store->path,
                 message_words(TEXT_CAUSE_NO_TEXT));
        return false;
    }
    int code = sqlite3_errcode(store->database) & 0xff;
    Place place = {.file = store->path};
    char cause_text[200]; /* is_whole would overwrite it */
    snprintf(cause_text, sizeof cause_text, "%s", sqlite3_errmsg(store->database));
    Str cause = str_of(cause_text);
    bool damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        diag_add(diag, MESSAGE_STORE_BUSY, &place, store->path);
    else if (is_unread(store) || (damaged && is_whole(store)))
        diag_add(diag, MESSAGE_STORE_FAILED, &place, store->path, str_of(strerror(EIO)));
    else if (damaged)
        diag_add(diag, MESSAGE_STORE_DAMAGED, &place, store->path, cause);
    else
        diag_add(diag, MESSAGE_STORE_FAILED, &place, store->path, cause);
    return false;
}

/* The statement of an SQL text, prepared once. */
static sqlite3_stmt *prepare(Store *store, const char *sql, Diag *diag) {
    for (size_t i = 0; i < store->count; i++)
        if (store->kept[i].sql == sql) return store->kept[i].statement;
    if (store->count == KEPT) {
        for (size_t i = 0; i < KEPT; i++) sqlite3_finalize(store->kept[i].statement);
        store->count = 0;
    }
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(store->database, sql, -1, &statement, NULL) != SQLITE_OK) {
        failed(store, diag);
        return NULL;
    }
    store->kept[store->count].sql = sql;
    store->kept[store->count++].statement = statement;
    return statement;
}

/* Somebody else's program has written it: this one writes texts only. */
static bool is_strange(Str text) {
    return text_invalid(text) < text.size || str_find(text, '\0', 0) < text.size;
}

/* False when memory ran out, or for what is no text. */
static bool hand_row(Store *store, sqlite3_stmt *statement, StoreRow row, void *context) {
    Str cells[STORE_COLUMNS];
    int count = sqlite3_column_count(statement);
    for (int i = 0; i < count && i < STORE_COLUMNS; i++) {
        bool null = sqlite3_column_type(statement, i) == SQLITE_NULL;
        const char *text = (const char *)sqlite3_column_text(statement, i);
        if (!text && !null) return false;
        cells[i] = (Str){text, text ? (size_t)sqlite3_column_bytes(statement, i) : 0};
        store->strange = store->strange || is_strange(cells[i]);
    }
    if (store->strange) return false;
    if (row) row(context, cells);
    return true;
}

static bool bind(sqlite3_stmt *statement, const Str *values, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (values[i].data && sqlite3_bind_text64(statement, (int)i + 1, values[i].data, values[i].size,
                                                  SQLITE_TRANSIENT, SQLITE_UTF8) != SQLITE_OK)
            return false;
    return true;
}

static bool run(Store *store, const char *sql, const Str *values, size_t count, StoreRow row, void *context,
                Diag *diag) {
    sqlite3_stmt *statement = prepare(store, sql, diag);
    if (!statement) return false;
    int step = SQLITE_ROW;
    bool good = bind(statement, values, count);
    while (good && (step = sqlite3_step(statement)) == SQLITE_ROW)
        good = hand_row(store, statement, row, context);
    good = (good && step == SQLITE_DONE && !is_unread(store)) || failed(store, diag);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return good;
}

static void close_store(Store *store) {
    if (!store) return;
    for (size_t i = 0; i < store->count; i++) sqlite3_finalize(store->kept[i].statement);
    sqlite3_close(store->database);
    arena_release(&store->arena);
    memory_free(store);
}

static bool configure(Store *store, Diag *diag) {
    static const char settings[] = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON";
    sqlite3_busy_timeout(store->database, STORE_WAIT);
    sqlite3_db_config(store->database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return sqlite3_exec(store->database, settings, NULL, NULL, NULL) == SQLITE_OK || failed(store, diag);
}

static Store *open_store(Str path, bool create, Diag *diag) {
    Store *store = memory_new(1, sizeof *store);
    store->path = arena_copy(&store->arena, path);
    int flags = SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0);
    bool good = sqlite3_open_v2(arena_format(&store->arena, "%.*s", STR_FMT(path)).data, &store->database,
                                flags, NULL) == SQLITE_OK;
    if (!good) failed(store, diag);
    if (good && configure(store, diag)) return store;
    close_store(store);
    return NULL;
}

static bool flush(Str path) {
    int descriptor = open(path.data, O_RDONLY | O_CLOEXEC);
    bool good = descriptor >= 0 && fsync(descriptor) == 0;
    if (descriptor >= 0) close(descriptor);
    return good;
}

static bool take_place(Store *store, Str copy, Str final) {
    return flush(copy) && rename(copy.data, final.data) == 0 && flush(path_folder(&store->arena, final));
}

/* A copy beside the place it goes to, which it takes when it is on disk. */
static bool backup(Store *store, Str path, Diag *diag) {
    Str final = arena_copy(&store->arena, path), copy = file_writer_beside(&store->arena, final);
    file_writer_clean(final);
    bool good = run(store, "VACUUM INTO ?1", &copy, 1, NULL, NULL, diag);
    if (good && !take_place(store, copy, final)) {
        diag_add(diag, MESSAGE_STORE_FAILED, NULL, path, str_of(strerror(errno)));
        good = false;
    }
    if (!good) unlink(copy.data);
    if (!good) unlink(arena_format(&store->arena, "%.*s-journal", STR_FMT(copy)).data);
    return good;
}

static const StoreDriver driver = {open_store, close_store, run, backup};
MODULE_DEFINE(&driver);
