/* SQLite databases of others: as a history (read by all that `history` prints) and as data (`--data`).
 *
 * An input that begins with "SQLite format 3" is the file; any other says in lines how one comes about:
 *   history          first: statements run over an empty history
 *   statements       run as they are, what fails is passed over
 *   @@@ PLACE HEX…   behind them: bytes put over those of the file; a place below 0 counts from its end
 */
#include "grids.h"

#include "app/history_view.h"
#include "base/file.h"
#include "base/memory.h"

/* Both modules are linked in; a query ends soon. */
#define MOST_LOOKS      50
#define perfeval_module data_module
#include "../../engine/module/sqlite.c"
#undef perfeval_module
extern const Module perfeval_module; /* the store */

#include <unistd.h>

/* Largest file that statements may make, and the most steps that they may take. */
#define PAGES     64
#define MAKE_LOOK 1000
#define MAKE_MOST 200

static const char database_start[] = "SQLite format 3";

/* ---- a folder of its own, with one file */

static char folder[4096];

static void remove_folder(void) {
    static const char *const names[] = {"x.db", "x.db-journal", "x.db-wal", "x.db-shm"};
    char path[sizeof folder + 16];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

/* Below build/, since libFuzzer ends without a word. */
static Str place(const char *suffix) {
    static char path[sizeof folder + 16];
    if (!folder[0]) {
        const char *build = getenv("BUILD");
        snprintf(folder, sizeof folder, "%s/fuzz-store-XXXXXX", build ? build : "/tmp");
        if (!mkdtemp(folder)) fail_msg("no folder %s", folder);
        atexit(remove_folder);
    }
    snprintf(path, sizeof path, "%s/x.db%s", folder, suffix);
    return str_of(path);
}

static void write_file(Str bytes) {
    FILE *file = fopen(place("").data, "wb");
    if (!file || fwrite(bytes.data, 1, bytes.size, file) != bytes.size || fclose(file) != 0)
        fail_msg("cannot write %s", place("").data);
}

/* ---- a database from statements */

/* The bytes of an empty history, made once. */
static Str empty_history(void) {
    static Buffer bytes;
    if (bytes.size) return buffer_view(&bytes);
    Diag *diag = diag_new();
    History history;
    File file;
    require(history_open_with(&history, perfeval_module.functions, place(""), true, diag), "no history");
    history_close(&history);
    require(file_read(place(""), &file, diag), "no file");
    buffer_add(&bytes, file.bytes);
    file_release(&file);
    diag_free(diag);
    return buffer_view(&bytes);
}

/* Nothing but the file in memory. */
static int may_do(void *context, int action, const char *a, const char *b, const char *c, const char *d) {
    (void)context, (void)a, (void)b, (void)c, (void)d;
    return action == SQLITE_ATTACH || action == SQLITE_DETACH ? SQLITE_DENY : SQLITE_OK;
}

static int count_steps(void *context) { return ++*(unsigned *)context > MAKE_MOST; }

static void run_statements(sqlite3 *database, Str text) {
    char *sql = malloc(text.size + 1);
    if (!sql) fail_msg("no memory");
    memcpy(sql, text.data, text.size);
    sql[text.size] = '\0';
    for (const char *at = sql; *at;) {
        sqlite3_stmt *statement = NULL;
        const char *behind = at;
        if (sqlite3_prepare_v2(database, at, -1, &statement, &behind) != SQLITE_OK) behind = strchr(at, ';');
        while (statement && sqlite3_step(statement) == SQLITE_ROW) continue;
        sqlite3_finalize(statement);
        if (!behind) break;
        at = behind == at || (!statement && *behind == ';') ? behind + 1 : behind;
    }
    free(sql);
}

static void add_image(sqlite3 *database, Buffer *out) {
    sqlite3_int64 size = 0;
    unsigned char *image = sqlite3_serialize(database, "main", &size, 0);
    if (image) buffer_add(out, (Str){(const char *)image, (size_t)size});
    sqlite3_free(image);
}

static void make_database(Str text, Str begun, Buffer *out) {
    sqlite3 *database = NULL;
    unsigned looks = 0;
    if (sqlite3_open(":memory:", &database) != SQLITE_OK) fail_msg("no database");
    unsigned flags = SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE;
    sqlite3_int64 size = (sqlite3_int64)begun.size;
    if (size) sqlite3_deserialize(database, "main", dbfile_copy(begun), size, size, flags);
    sqlite3_exec(database, "PRAGMA max_page_count=64; PRAGMA journal_mode=OFF", NULL, NULL, NULL);
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, PAGES * 4096);
    sqlite3_limit(database, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 20);
    sqlite3_set_authorizer(database, may_do, NULL);
    sqlite3_progress_handler(database, MAKE_LOOK, count_steps, &looks);
    run_statements(database, text);
    sqlite3_set_authorizer(database, NULL, NULL);
    sqlite3_progress_handler(database, 0, NULL, NULL);
    add_image(database, out);
    sqlite3_close(database);
}

static void make_file(Str input, Buffer *out) {
    static const char history[] = "history\n", mark[] = "\n@@@ ";
    bool begun = str_starts(input, str_of(history));
    Str text = str_slice(input, begun ? sizeof history - 1 : 0, input.size);
    const char *found = text.size ? memmem(text.data, text.size, mark, sizeof mark - 1) : NULL;
    size_t end = found ? (size_t)(found - text.data) : text.size;
    make_database(str_slice(text, 0, end), begun ? empty_history() : STR(""), out);
    for (size_t at = end + 1; at < text.size && out->size;) {
        size_t stop = str_find(text, '\n', at);
        if (stop > at + 4) patch_bytes(out, str_slice(text, at + 4, stop));
        at = stop + 1;
    }
}

/* ---- what must hold */

/* Whatever a view answers: it is good, or there are errors; and what it prints is text. */
static void check(bool good, Buffer *out, const Diag *diag) {
    require(good == !diag_has_errors(diag), "errors and printed, or neither");
    require(is_text(buffer_view(out)), "printed what is no text");
    if (good) require_plain(buffer_view(out));
    buffer_release(out);
    require_plain_messages(diag);
}

static bool view(History *history, size_t number, Buffer *out) {
    switch (number) {
    case 0:
        return history_check(history);
    case 1:
        return history_list(history, LANGUAGE_KO, out);
    case 2:
        return history_show(history, STR(""), LANGUAGE_EN, out);
    case 3:
        return history_show(history, STR("2"), LANGUAGE_EN, out);
    case 4:
        return history_trend(history, STR(""), STR("text"), LANGUAGE_EN, out);
    case 5:
        return history_trend(history, STR("P"), STR("svg"), LANGUAGE_EN, out);
    default:
        return history_trend(history, STR("D"), STR("json"), LANGUAGE_EN, out);
    }
}

static void read_history(Str bytes) {
    History history;
    Buffer out = {0};
    Diag *diag = diag_new();
    bool open = history_open_with(&history, perfeval_module.functions, place(""), false, diag);
    check(open, &out, diag);
    for (size_t i = 0; open && i < 7; i++) {
        diag_clear(diag);
        check(view(&history, i, &out), &out, diag);
    }
    history_close(&history);
    diag_clear(diag);
    File file;
    require(file_read(place(""), &file, diag) && str_equal(file.bytes, bytes), "reading has written");
    file_release(&file);
    diag_free(diag);
    require(!file_exists(place("-journal")) && !file_exists(place("-wal")) && !file_exists(place("-shm")),
            "reading has made a file");
}

static void read_data(Str bytes) {
    const GridReader *reader = data_module.functions;
    const GridAsk ask = {.file = STR("x.db"), .bytes = bytes, .path = STR("-"), .rows = GRIDS_ROWS};
    Diag *diag = diag_new();
    Grids grids = {0};
    bool good = reader->read(&ask, &grids, diag);
    require(good == !diag_has_errors(diag), "errors and read, or neither");
    require_plain_messages(diag);
    if (good) grids_become_data(&grids, STR("x.db"), false);
    grids_release(&grids);
    diag_free(diag);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    memory_serve_gmp();
    Str input = {(const char *)data, size};
    Buffer made = {0};
    bool file = str_starts(input, str_of(database_start));
    if (!file) make_file(input, &made);
    if (!file && !made.data) buffer_add_char(&made, '\0');
    Str bytes = file ? input : buffer_view(&made);
    write_file(bytes);
    read_history(bytes);
    read_data(bytes);
    buffer_release(&made);
    return 0;
}
