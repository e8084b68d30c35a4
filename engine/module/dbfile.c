#include "module/dbfile.h"

#include "base/arena.h"
#include "base/file.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where the header says how the file is written and read: 1 with a journal, 2 write-ahead. */
#define WRITTEN 18
#define READ    19

bool dbfile_is_ahead(Str bytes) { return bytes.size > READ && bytes.data[READ] == 2; }

static Str beside(Arena *arena, Str path, const char *suffix) {
    return arena_format(arena, "%.*s%s", STR_FMT(path), suffix);
}

bool dbfile_has_log(Str path) {
    Arena arena = {0};
    bool there = file_exists(beside(&arena, path, "-wal"));
    arena_release(&arena);
    return there;
}

static bool is_filled(Str path) {
    struct stat status;
    return stat(path.data, &status) == 0 && status.st_size > 0;
}

/* A journal that is kept for the next transaction begins with zeros. One that cannot be looked into counts.
 */
static bool is_journal(Str path) {
    char first = 1;
    int file = is_filled(path) ? open(path.data, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return is_filled(path);
    ssize_t size = read(file, &first, 1);
    close(file);
    return size != 0 && first != 0;
}

bool dbfile_check(Str path, Diag *diag) {
    Arena arena = {0};
    Str log = beside(&arena, path, "-wal"), journal = beside(&arena, path, "-journal");
    bool logged = is_filled(log), whole = !logged && !is_journal(journal);
    Place place = {.file = path};
    if (!whole) diag_add(diag, MESSAGE_STORE_UNFINISHED, &place, path, logged ? log : journal);
    arena_release(&arena);
    return whole;
}

unsigned char *dbfile_copy(Str bytes) {
    unsigned char *copy = sqlite3_malloc64(bytes.size ? bytes.size : 1);
    if (!copy) return NULL;
    memcpy(copy, bytes.data, bytes.size);
    if (dbfile_is_ahead(bytes)) copy[WRITTEN] = copy[READ] = 1;
    return copy;
}
