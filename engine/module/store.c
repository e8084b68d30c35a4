/* store - the module that keeps a database: see base/store.h. */
#include "base/store.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/file_writer.h"
#include "base/memory.h"
#include "base/module.h"
#include "base/text.h"
#include "module/dbfile.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How long a writer waits for another, in milliseconds. */
#ifndef STORE_WAIT
#define STORE_WAIT 10000
#endif
/* Statements kept prepared. */
#define KEPT 16
/* A statement takes no more steps of the database's machine, and gives no more rows, than this and some for
 * each byte of the file: damaged pages can lead to each other without an end. */
#ifndef STORE_STEPS
#define STORE_STEPS 10000000
#endif
#define STEPS_OF_BYTE 1000
#define STORE_ROWS    1000
/* Between two looks. */
#define LOOK 10000
/* Longest text, and longest statement, in bytes. */
#define LONGEST (64 * 1024 * 1024)

struct Store {
    sqlite3 *database;
    Str path;
    uint64_t bytes, rows, steps; /* of the file; of the statement under way, each with a limit */
    struct {
        const char *sql;
        sqlite3_stmt *statement;
    } kept[KEPT];
    size_t count;
    bool strange; /* a text that is none was read */
    bool endless; /* there was more than there can be */
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

/* What is said of SQLite's code, with its words. */
static void say(const Store *store, int code, Str cause, Diag *diag) {
    Place place = {.file = store->path};
    bool damaged = (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
    if (code == SQLITE_READONLY_ROLLBACK && !dbfile_check(store->path, diag)) return;
    if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED)
        diag_add(diag, MESSAGE_STORE_BUSY, &place, store->path);
    else if (is_unread(store) || (damaged && is_whole(store)))
        diag_add(diag, MESSAGE_STORE_FAILED, &place, store->path, str_of(strerror(EIO)));
    else if (damaged)
        diag_add(diag, MESSAGE_STORE_DAMAGED, &place, store->path, cause);
    else
        diag_add(diag, MESSAGE_STORE_FAILED, &place, store->path, cause);
}

static bool failed(Store *store, Diag *diag) {
    int code = sqlite3_extended_errcode(store->database);
    char cause[200]; /* is_whole would overwrite it */
    snprintf(cause, sizeof cause, "%s", sqlite3_errmsg(store->database));
    store->steps = 0;
    if (!store->strange && !store->endless) {
        say(store, code, str_of(cause), diag);
        return false;
    }
    Str found = message_words(store->strange ? TEXT_CAUSE_NO_TEXT : TEXT_CAUSE_ENDLESS);
    diag_add(diag, MESSAGE_STORE_DAMAGED, &(Place){.file = store->path}, store->path, found);
    return false;
}

static int look(void *context) {
    Store *store = context;
    store->steps += LOOK;
    store->endless = store->steps > STORE_STEPS + store->bytes * STEPS_OF_BYTE;
    return store->endless;
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
    store->endless = ++store->rows > STORE_ROWS + store->bytes;
    if (store->strange || store->endless) return false;
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
    store->rows = store->steps = 0;
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

/* ---- opening */

static bool configure(Store *store, Diag *diag) {
    static const char settings[] =
        "PRAGMA synchronous=EXTRA; PRAGMA foreign_keys=ON; PRAGMA cache_spill=OFF; "
        "PRAGMA cell_size_check=ON; PRAGMA ignore_check_constraints=ON";
    sqlite3_busy_timeout(store->database, STORE_WAIT);
    sqlite3_db_config(store->database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_limit(store->database, SQLITE_LIMIT_LENGTH, LONGEST);
    sqlite3_progress_handler(store->database, LOOK, look, store);
    return sqlite3_exec(store->database, settings, NULL, NULL, NULL) == SQLITE_OK || failed(store, diag);
}

/* SQLite takes file:… for a URI and :memory: for no file, but neither behind a slash. */
static bool open_file(Store *store, int flags, Diag *diag) {
    bool relative = !str_starts(store->path, STR("/"));
    Str name = arena_format(&store->arena, "%s%.*s", relative ? "./" : "", STR_FMT(store->path));
    return (sqlite3_open_v2(name.data, &store->database, flags, NULL) == SQLITE_OK || failed(store, diag)) &&
           configure(store, diag);
}

static bool open_memory(sqlite3 **database) {
    return sqlite3_open_v2(":memory:", database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) ==
           SQLITE_OK;
}

/* Puts a copy in memory in the place of the file. */
static bool copy_file(Store *store, Diag *diag) {
    sqlite3 *memory = NULL;
    sqlite3_backup *copy =
        open_memory(&memory) ? sqlite3_backup_init(memory, "main", store->database, "main") : NULL;
    int code = copy ? sqlite3_backup_step(copy, -1) : SQLITE_NOMEM;
    sqlite3_backup_finish(copy);
    if (code == SQLITE_DONE && !is_unread(store)) {
        sqlite3_close(store->database);
        store->database = memory;
        return configure(store, diag);
    }
    sqlite3_close(memory);
    say(store, code, str_of(sqlite3_errstr(code)), diag);
    return false;
}

static bool same_time(const struct stat *a, const struct stat *b) {
    return a->st_size == b->st_size && a->st_ino == b->st_ino && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* One in write-ahead mode, as other programs make them and this one did: SQLite would make files beside it in
 * order to read it. All of it is in the file, and nobody writes it meanwhile. */
static bool open_bytes(Store *store, Diag *diag) {
    struct stat before, after;
    File file;
    if (stat(store->path.data, &before) < 0) before = (struct stat){0};
    if (!file_read(store->path, &file, diag)) return false;
    unsigned char *copy = dbfile_copy(file.bytes);
    sqlite3_int64 size = (sqlite3_int64)file.bytes.size;
    file_release(&file);
    bool same = stat(store->path.data, &after) == 0 && same_time(&before, &after);
    if (!same) diag_add(diag, MESSAGE_STORE_BUSY, &(Place){.file = store->path}, store->path);
    bool good = same && dbfile_check(store->path, diag);
    if (!good || !copy || !open_memory(&store->database)) {
        sqlite3_free(copy);
        return good && failed(store, diag);
    }
    unsigned flags = SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE;
    return (sqlite3_deserialize(store->database, "main", copy, size, size, flags) == SQLITE_OK ||
            failed(store, diag)) &&
           configure(store, diag);
}

static bool is_ahead(const Store *store) {
    char head[32];
    int file = open(store->path.data, O_RDONLY | O_CLOEXEC);
    ssize_t size = file < 0 ? 0 : pread(file, head, sizeof head, 0);
    if (file >= 0) close(file);
    return dbfile_is_ahead((Str){head, size < 0 ? 0 : (size_t)size}) || dbfile_has_log(store->path);
}

static bool open_as(Store *store, StoreUse use, Diag *diag) {
    struct stat status;
    store->bytes = stat(store->path.data, &status) == 0 ? (uint64_t)status.st_size : 0;
    if (use == STORE_WRITE) {
        store->bytes = INT64_MAX / STEPS_OF_BYTE / 2; /* it grows, and is one's own */
        return open_file(store, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, diag);
    }
    if (is_ahead(store)) return open_bytes(store, diag);
    return open_file(store, SQLITE_OPEN_READONLY, diag) && (use == STORE_READ || copy_file(store, diag));
}

static Store *open_store(Str path, StoreUse use, Diag *diag) {
    Store *store = memory_new(1, sizeof *store);
    store->path = arena_copy(&store->arena, path);
    if (open_as(store, use, diag)) return store;
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
