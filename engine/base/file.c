#include "base/file_build.h"

#include "base/mapped.h"
#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_STEP ((size_t)64 * 1024)

static const struct {
    int error;
    MessageId text;
} causes[] = {
    {ENOENT, TEXT_CAUSE_NO_FILE},
    {EACCES, TEXT_CAUSE_DENIED},
    {EPERM, TEXT_CAUSE_NOT_PERMITTED},
    {EISDIR, TEXT_CAUSE_FOLDER},
    {ENOTDIR, TEXT_CAUSE_NO_FOLDER},
    {EEXIST, TEXT_CAUSE_EXISTS},
    {ENOSPC, TEXT_CAUSE_NO_SPACE},
    {EDQUOT, TEXT_CAUSE_QUOTA},
    {EFBIG, TEXT_CAUSE_TOO_LARGE},
    {EROFS, TEXT_CAUSE_READ_ONLY},
    {EIO, TEXT_CAUSE_DEVICE},
    {ENXIO, TEXT_CAUSE_NO_DEVICE},
    {EBUSY, TEXT_CAUSE_BUSY},
    {EPIPE, TEXT_CAUSE_PIPE},
    {ELOOP, TEXT_CAUSE_LINKS},
    {EINVAL, TEXT_CAUSE_INVALID},
    {ENAMETOOLONG, TEXT_CAUSE_LONG_NAME},
    {EMFILE, TEXT_CAUSE_OPEN_FILES},
    {ENOMEM, TEXT_CAUSE_MEMORY},
    {EAGAIN, TEXT_CAUSE_AGAIN},
    {ENOSYS, TEXT_CAUSE_NO_CALL},
};

Str file_cause(int error) {
    for (size_t i = 0; i < sizeof causes / sizeof *causes; i++)
        if (causes[i].error == error) return message_words(causes[i].text);
    return str_of(strerrordesc_np(error));
}

/* False, with the cause added. */
static bool fail(Diag *diag, MessageId message, Str path, int cause) {
    diag_add(diag, message, NULL, path, file_cause(cause));
    return false;
}

/* `flag`: " (--flag)", or empty. */
static bool fail_size(Diag *diag, MessageId message, Str path, uint64_t size, uint64_t limit, Str flag) {
    char sizes[2][24];
    snprintf(sizes[0], sizeof sizes[0], "%" PRIu64, size);
    snprintf(sizes[1], sizeof sizes[1], "%" PRIu64, limit);
    const Str words[] = {path, str_of(sizes[0]), str_of(sizes[1]), flag};
    diag_add_list(diag, message, NULL, words, flag.size ? 4 : 3);
    return false;
}

const char *file_system_path(Buffer *out, Str path) {
    if (str_find(path, '\0', 0) < path.size) {
        errno = EINVAL;
        return NULL;
    }
    buffer_add(out, path);
    return buffer_text(out);
}

int file_open_again(int folder, const char *path, int flags, mode_t mode) {
    int descriptor;
    do descriptor = openat(folder, path, flags | O_CLOEXEC | O_NOCTTY, mode);
    while (descriptor < 0 && errno == EINTR);
    return descriptor;
}

/* A descriptor of `path`, or -1 and errno. */
static int open_path(Str path, int flags) {
    Buffer buffer = {0};
    const char *name = file_system_path(&buffer, path);
    int descriptor = name ? file_open_again(AT_FDCWD, name, flags, 0) : -1;
    int cause = errno;
    buffer_release(&buffer);
    errno = cause;
    return descriptor;
}

static bool status_of(Str path, struct stat *status) {
    Buffer buffer = {0};
    const char *name = file_system_path(&buffer, path);
    bool found = name && stat(name, status) == 0;
    buffer_release(&buffer);
    return found;
}

/* Opens for reading and looks at what it is; -1 with a message. */
static int open_input(Str path, struct stat *status, Diag *diag) {
    bool standard = str_is(path, "-");
    int descriptor = standard ? STDIN_FILENO : open_path(path, O_RDONLY);
    bool opened = descriptor >= 0 && fstat(descriptor, status) == 0;
    int cause = opened ? 0 : errno;
    if (opened && S_ISDIR(status->st_mode)) cause = EISDIR;
    if (opened && cause == 0) return descriptor;
    if (descriptor >= 0 && !standard) close(descriptor);
    fail(diag, MESSAGE_FILE_OPEN, path, cause);
    return -1;
}

static void close_input(int descriptor) {
    if (descriptor != STDIN_FILENO) close(descriptor);
}

/* Bytes to ask for at once: all of a short file, and one more to see its end. */
static size_t read_step(const struct stat *status) {
    bool small = S_ISREG(status->st_mode) && status->st_size > 0 && status->st_size < (off_t)READ_STEP;
    return small ? (size_t)status->st_size + 1 : READ_STEP;
}

/* Reads to the end, or until there are more than `limit` bytes. False with errno. */
static bool read_all(int descriptor, size_t step, uint64_t limit, Buffer *out) {
    for (;;) {
        char *to = buffer_reserve(out, out->size < out->capacity ? 1 : step);
        ssize_t count = read(descriptor, to, out->capacity - out->size);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return false;
        if (count == 0) return true;
        out->size += (size_t)count;
        if (out->size > limit) return true;
    }
}

static bool map(int descriptor, size_t size, File *out) {
    void *mapping = mmap(NULL, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (mapping == MAP_FAILED) return false;
    mapped_add(mapping, size, out->path);
    out->mapping = mapping;
    out->bytes = (Str){mapping, size};
    if (size >= FILE_LARGE) out->descriptor = descriptor;
    return true;
}

/* A limit of a file's size, and what the message says of it. */
typedef struct Most {
    uint64_t bytes;
    Str flag;
} Most;

static bool read_descriptor(int descriptor, const struct stat *status, Most most, File *out, Diag *diag) {
    bool regular = S_ISREG(status->st_mode) && status->st_size > 0;
    if (regular && (uint64_t)status->st_size > most.bytes)
        return fail_size(diag, MESSAGE_FILE_TOO_LARGE, out->path, (uint64_t)status->st_size, most.bytes,
                         most.flag);
    /* Standard input may stand in the middle of a file. */
    if (regular && descriptor != STDIN_FILENO && map(descriptor, (size_t)status->st_size, out)) return true;

    Buffer bytes = {0};
    bool good = read_all(descriptor, read_step(status), most.bytes, &bytes);
    if (!good) fail(diag, MESSAGE_FILE_READ, out->path, errno);
    if (good && bytes.size > most.bytes)
        good = fail_size(diag, MESSAGE_FILE_TOO_LARGE, out->path, bytes.size, most.bytes, most.flag);
    if (good)
        out->bytes = buffer_view(&bytes);
    else
        buffer_release(&bytes);
    return good;
}

static bool read_most(Str path, Most most, File *out, Diag *diag) {
    *out = (File){.path = path};
    struct stat status;
    int descriptor = open_input(path, &status, diag);
    if (descriptor < 0) return false;
    bool good = read_descriptor(descriptor, &status, most, out, diag);
    if (!out->descriptor) close_input(descriptor);
    return good;
}

bool file_read(Str path, File *out, Diag *diag) {
    return read_most(path, (Most){FILE_SIZE_LIMIT, STR("")}, out, diag);
}

bool file_read_most(Str path, uint64_t limit, Str flag, File *out, Diag *diag) {
    char words[64];
    int size = snprintf(words, sizeof words, " (%.*s)", STR_FMT(flag));
    return read_most(path, (Most){limit, {words, (size_t)size}}, out, diag);
}

void file_release(File *file) {
    if (file->descriptor) close(file->descriptor);
    if (file->mapping) mapped_remove(file->mapping);
    if (file->mapping)
        munmap(file->mapping, file->bytes.size);
    else
        memory_free((char *)file->bytes.data);
    *file = (File){0};
}

void file_forget(const File *file, size_t from, size_t to) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    if (to > file->bytes.size) to = file->bytes.size;
    from = (from + page - 1) / page * page;
    to = to / page * page;
    if (file->mapping && from < to) madvise((char *)file->mapping + from, to - from, MADV_DONTNEED);
}

void file_copy(const File *file, size_t from, size_t size, char *to) {
    size_t done = 0;
    while (file->descriptor && done < size) {
        ssize_t count = pread(file->descriptor, to + done, size - done, (off_t)(from + done));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        done += (size_t)count;
    }
    if (done < size) memcpy(to + done, file->bytes.data + from + done, size - done);
}

/* Reads a file of that size, with room for a byte more. False when it is not of that size after all, and
 * where reading fails: it is to be read from its beginning again. */
static bool read_known(int descriptor, char *to, size_t size) {
    size_t done = 0;
    for (ssize_t count = 1; count > 0 && done <= size;) {
        count = read(descriptor, to + done, size + 1 - done);
        if (count > 0) done += (size_t)count;
    }
    if (done == size) return true;
    lseek(descriptor, 0, SEEK_SET);
    return false;
}

bool file_read_text(Str path, size_t limit, Arena *arena, Str *out, Diag *diag) {
    struct stat status;
    int descriptor = open_input(path, &status, diag);
    if (descriptor < 0) return false;

    bool known = S_ISREG(status.st_mode) && status.st_size > 0 && (uint64_t)status.st_size <= limit;
    size_t whole = known ? (size_t)status.st_size : 0;
    char *text = known ? arena_new(arena, whole + 1, 1) : NULL;
    if (known && read_known(descriptor, text, whole)) {
        close_input(descriptor);
        *out = (Str){text, whole};
        return true;
    }
    Buffer bytes = {0};
    bool good = read_all(descriptor, read_step(&status), limit, &bytes);
    if (!good) fail(diag, MESSAGE_FILE_READ, path, errno);
    close_input(descriptor);
    if (good && bytes.size > limit) {
        uint64_t size = S_ISREG(status.st_mode) && status.st_size > 0 ? (uint64_t)status.st_size : bytes.size;
        good = fail_size(diag, MESSAGE_SOURCE_TOO_LARGE, path, size, limit, STR(""));
    }
    if (good) *out = arena_copy(arena, buffer_view(&bytes));
    buffer_release(&bytes);
    return good;
}

bool file_exists(Str path) {
    struct stat status;
    return status_of(path, &status);
}

bool file_is_folder(Str path) {
    struct stat status;
    return status_of(path, &status) && S_ISDIR(status.st_mode);
}

bool file_is_small(Str path, uint64_t most) {
    struct stat status;
    return status_of(path, &status) && S_ISREG(status.st_mode) && (uint64_t)status.st_size <= most;
}

bool file_is_common_folder(Str path) {
    struct stat status;
    return status_of(path, &status) && S_ISDIR(status.st_mode) && (status.st_mode & S_ISVTX) &&
           (status.st_mode & S_IWOTH);
}

bool file_folder_is_empty(Str path) {
    Arena arena = {0};
    DIR *open = opendir(arena_copy(&arena, path).data);
    size_t count = 0;
    while (open && readdir(open)) count++;
    if (open) closedir(open);
    arena_release(&arena);
    return open && count == 2; /* itself and the one above */
}

bool file_make_folder(Str path, Diag *diag) {
    Arena arena = {0};
    int error = mkdir(arena_copy(&arena, path).data, 0777) == 0 ? 0 : errno;
    arena_release(&arena);
    if (error == 0 || (error == EEXIST && file_is_folder(path))) return true;
    diag_add(diag, MESSAGE_FILE_WRITE, NULL, path, file_cause(error));
    return false;
}

bool file_make_folders(Str path, Diag *diag) {
    for (size_t i = 1; i < path.size; i++) {
        Str part = str_slice(path, 0, i);
        if (path.data[i] == '/' && !file_is_folder(part) && !file_make_folder(part, diag)) return false;
    }
    return file_is_folder(path) || file_make_folder(path, diag);
}

static int compare_names(const void *a, const void *b) {
    return str_compare(*(const Str *)a, *(const Str *)b);
}

/* Counts the names; those that fit go to `names`. */
static size_t read_names(DIR *folder, Arena *arena, Str suffix, Str *names, size_t room) {
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        Str name = str_of(entry->d_name);
        if (name.size <= suffix.size || !str_ends(name, suffix)) continue;
        if (count < room) names[count] = arena_copy(arena, str_slice(name, 0, name.size - suffix.size));
        count++;
    }
    return count;
}

Str *file_list(Arena *arena, Str folder, Str suffix, size_t *count) {
    *count = 0;
    DIR *open = opendir(arena_copy(arena, folder).data);
    if (!open) return NULL;
    size_t room = read_names(open, arena, suffix, NULL, 0);
    Str *names = room ? arena_new(arena, room, sizeof *names) : NULL;
    rewinddir(open);
    size_t found = room ? read_names(open, arena, suffix, names, room) : 0;
    closedir(open);
    *count = found < room ? found : room;
    if (*count) qsort(names, *count, sizeof *names, compare_names);
    return names;
}

/* Where the last part begins: behind the last slash. */
static size_t name_start(Str path) {
    size_t at = path.size;
    while (at > 0 && path.data[at - 1] != '/') at--;
    return at;
}

Str path_folder(Arena *arena, Str path) {
    size_t end = name_start(path);
    if (end == 0) return arena_copy(arena, STR("."));
    while (end > 1 && path.data[end - 1] == '/') end--;
    return arena_copy(arena, str_slice(path, 0, end));
}

Str path_name(Str path) { return str_slice(path, name_start(path), path.size); }

/* Adds one part to a path without "." and "x/..". */
static void add_part(Buffer *out, Str part) {
    if (part.size == 0 || str_is(part, ".")) return;
    Str made = buffer_view(out);
    bool root = str_is(made, "/");
    if (str_is(part, "..") && root) return;
    Str last = path_name(made);
    if (str_is(part, "..") && last.size > 0 && !str_is(last, "..")) {
        size_t end = made.size - last.size;
        out->size = end > 1 ? end - 1 : end;
        return;
    }
    if (made.size > 0 && !root) buffer_add_char(out, '/');
    buffer_add(out, part);
}

static void add_parts(Buffer *out, Str path) {
    for (size_t at = 0; at < path.size;) {
        size_t end = str_find(path, '/', at);
        add_part(out, str_slice(path, at, end));
        at = end + 1;
    }
}

Str path_join(Arena *arena, Str folder, Str path) {
    if (str_starts(path, STR("/"))) return arena_copy(arena, path);
    Buffer made = {0};
    if (str_starts(folder, STR("/"))) buffer_add_char(&made, '/');
    add_parts(&made, folder);
    add_parts(&made, path);
    if (made.size == 0) buffer_add_char(&made, '.');
    Str joined = arena_copy(arena, buffer_view(&made));
    buffer_release(&made);
    return joined;
}

/* realpath of a path or of its nearest folder that exists. False where that cannot be told: for what is there
 * but cannot be followed (a link to nothing), and for ".." behind a folder that does not exist. */
static bool real_place(Arena *arena, Str path, char out[PATH_MAX]) {
    Buffer buffer = {0};
    bool found = false;
    while (path.size > 0) {
        buffer.size = 0;
        struct stat status;
        const char *name = file_system_path(&buffer, path);
        if (!name || (found = realpath(name, out) != NULL)) break;
        if (errno != ENOENT || lstat(name, &status) == 0 || errno != ENOENT || str_is(path_name(path), ".."))
            break;
        Str folder = path_folder(arena, path);
        if (str_equal(folder, path)) break;
        path = folder;
    }
    buffer_release(&buffer);
    return found;
}

bool path_inside(Str folder, Str path) {
    Arena arena = {0};
    Buffer buffer = {0};
    char outer[PATH_MAX], inner[PATH_MAX];
    const char *name = folder.size ? file_system_path(&buffer, folder) : NULL;
    bool inside = name && realpath(name, outer) && real_place(&arena, path, inner);
    if (inside) {
        Str in = str_of(inner), out = str_of(outer);
        inside =
            str_is(out, "/") || (str_starts(in, out) && (in.size == out.size || in.data[out.size] == '/'));
    }
    buffer_release(&buffer);
    arena_release(&arena);
    return inside;
}
