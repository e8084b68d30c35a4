#include "base/file.h"

#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_STEP ((size_t)64 * 1024)
/* Bytes of the file's name that its temporary carries on; with all around them they stay below NAME_MAX. */
#define TEMPORARY_NAME  200
#define TEMPORARY_TRIES 100

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

static bool fail_size(Diag *diag, MessageId message, Str path, uint64_t size, uint64_t limit) {
    char sizes[2][24];
    snprintf(sizes[0], sizeof sizes[0], "%" PRIu64, size);
    snprintf(sizes[1], sizeof sizes[1], "%" PRIu64, limit);
    diag_add(diag, message, NULL, path, str_of(sizes[0]), str_of(sizes[1]));
    return false;
}

/* The path as the system takes it; NULL and errno for one with a NUL inside, which would name another file.
 */
static const char *system_path(Buffer *out, Str path) {
    if (str_find(path, '\0', 0) < path.size) {
        errno = EINVAL;
        return NULL;
    }
    buffer_add(out, path);
    return buffer_text(out);
}

static int open_again(int folder, const char *path, int flags, mode_t mode) {
    int descriptor;
    do descriptor = openat(folder, path, flags | O_CLOEXEC | O_NOCTTY, mode);
    while (descriptor < 0 && errno == EINTR);
    return descriptor;
}

/* A descriptor of `path`, or -1 and errno. */
static int open_path(Str path, int flags) {
    Buffer buffer = {0};
    const char *name = system_path(&buffer, path);
    int descriptor = name ? open_again(AT_FDCWD, name, flags, 0) : -1;
    int cause = errno;
    buffer_release(&buffer);
    errno = cause;
    return descriptor;
}

static bool status_of(Str path, struct stat *status) {
    Buffer buffer = {0};
    const char *name = system_path(&buffer, path);
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

/* Reads to the end, or until there are more than `limit` bytes. False with errno. */
static bool read_all(int descriptor, uint64_t limit, Buffer *out) {
    for (;;) {
        ssize_t count = read(descriptor, buffer_reserve(out, READ_STEP), READ_STEP);
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
    out->mapping = mapping;
    out->bytes = (Str){mapping, size};
    return true;
}

static bool read_descriptor(int descriptor, const struct stat *status, File *out, Diag *diag) {
    bool regular = S_ISREG(status->st_mode) && status->st_size > 0;
    if (regular && (uint64_t)status->st_size > FILE_SIZE_LIMIT)
        return fail_size(diag, MESSAGE_FILE_TOO_LARGE, out->path, (uint64_t)status->st_size, FILE_SIZE_LIMIT);
    /* Standard input may stand in the middle of a file. */
    if (regular && descriptor != STDIN_FILENO && map(descriptor, (size_t)status->st_size, out)) return true;

    Buffer bytes = {0};
    bool good = read_all(descriptor, FILE_SIZE_LIMIT, &bytes);
    if (!good) fail(diag, MESSAGE_FILE_READ, out->path, errno);
    if (good && bytes.size > FILE_SIZE_LIMIT)
        good = fail_size(diag, MESSAGE_FILE_TOO_LARGE, out->path, bytes.size, FILE_SIZE_LIMIT);
    if (good)
        out->bytes = buffer_view(&bytes);
    else
        buffer_release(&bytes);
    return good;
}

bool file_read(Str path, File *out, Diag *diag) {
    *out = (File){.path = path};
    struct stat status;
    int descriptor = open_input(path, &status, diag);
    if (descriptor < 0) return false;
    bool good = read_descriptor(descriptor, &status, out, diag);
    close_input(descriptor);
    return good;
}

void file_release(File *file) {
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

bool file_read_text(Str path, size_t limit, Arena *arena, Str *out, Diag *diag) {
    struct stat status;
    int descriptor = open_input(path, &status, diag);
    if (descriptor < 0) return false;

    Buffer bytes = {0};
    bool good = read_all(descriptor, limit, &bytes);
    if (!good) fail(diag, MESSAGE_FILE_READ, path, errno);
    close_input(descriptor);
    if (good && bytes.size > limit) {
        uint64_t size = S_ISREG(status.st_mode) && status.st_size > 0 ? (uint64_t)status.st_size : bytes.size;
        good = fail_size(diag, MESSAGE_SOURCE_TOO_LARGE, path, size, limit);
    }
    if (good) *out = arena_copy(arena, buffer_view(&bytes));
    buffer_release(&bytes);
    return good;
}

/* A descriptor shared with another program may be set not to wait. */
static void wait_writable(int descriptor) {
    struct pollfd waiting = {.fd = descriptor, .events = POLLOUT};
    poll(&waiting, 1, -1);
}

/* 0 or the cause. */
static int write_all(int descriptor, Str bytes) {
    while (bytes.size > 0) {
        ssize_t count = write(descriptor, bytes.data, bytes.size);
        if (count >= 0)
            bytes = str_slice(bytes, (size_t)count, bytes.size);
        else if (errno == EAGAIN || errno == EWOULDBLOCK)
            wait_writable(descriptor);
        else if (errno != EINTR)
            return errno;
    }
    return 0;
}

bool file_write_descriptor(int descriptor, Str name, Str bytes, Diag *diag) {
    int cause = write_all(descriptor, bytes);
    return cause == 0 || fail(diag, MESSAGE_FILE_WRITE, name, cause);
}

static int flush(int descriptor) {
    int status;
    do status = fsync(descriptor);
    while (status < 0 && errno == EINTR);
    return status < 0 ? errno : 0;
}

/* Devices and pipes cannot be replaced, and a link such as /dev/stdout stands for what it leads to. */
static bool is_written_directly(Str path, const char *name) {
    struct stat status;
    if (stat(name, &status) < 0) return false;
    if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) return true;
    bool system_link = str_starts(path, STR("/dev/")) || str_starts(path, STR("/proc/"));
    return system_link && lstat(name, &status) == 0 && S_ISLNK(status.st_mode);
}

static int write_directly(const char *name, Str bytes) {
    int descriptor = open_again(AT_FDCWD, name, O_WRONLY | O_APPEND, 0);
    if (descriptor < 0) return errno;
    int cause = write_all(descriptor, bytes);
    if (close(descriptor) < 0 && cause == 0) cause = errno;
    return cause;
}

/* The file that is being made: a temporary in the folder that the final name is in. */
typedef struct Target {
    int folder;
    const char *name;
    Buffer temporary;
} Target;

/* A new temporary, with the mode of the file that it will replace. A descriptor, or -1 and errno. */
static int open_temporary(Target *target) {
    struct stat old;
    bool replaces =
        fstatat(target->folder, target->name, &old, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(old.st_mode);
    int descriptor = -1;
    for (unsigned try = 0; try < TEMPORARY_TRIES && descriptor < 0; try++) {
        target->temporary.size = 0;
        buffer_addf(&target->temporary, ".%.*s.perfeval-%ld", TEMPORARY_NAME, target->name, (long)getpid());
        if (try > 0) buffer_addf(&target->temporary, "-%u", try);
        descriptor = open_again(target->folder, buffer_text(&target->temporary),
                                O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, replaces ? 0600 : 0666);
        if (descriptor < 0 && errno != EEXIST) break;
    }
    if (descriptor < 0)
        target->temporary.size = 0;
    else if (replaces && fchmod(descriptor, old.st_mode & 0777) < 0) {
        int cause = errno;
        close(descriptor);
        errno = cause;
        return -1;
    }
    return descriptor;
}

static int fill_temporary(int descriptor, Str bytes) {
    int cause = write_all(descriptor, bytes);
    if (cause == 0) cause = flush(descriptor);
    if (close(descriptor) < 0 && cause == 0) cause = errno;
    return cause;
}

/* The signals that end this program when somebody wants it to stop; nohup and shells have it ignore some. */
static void stop_signals(sigset_t *out) {
    static const int stops[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    sigemptyset(out);
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        struct sigaction action;
        if (sigaction(stops[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN) sigaddset(out, stops[i]);
    }
}

/* Asked while they are held back. */
static bool is_stopped(void) {
    sigset_t stop, waiting;
    stop_signals(&stop);
    if (sigpending(&waiting) < 0) return false;
    sigandset(&waiting, &waiting, &stop);
    return !sigisemptyset(&waiting);
}

static int replace(Target *target, Str bytes) {
    int descriptor = open_temporary(target);
    int cause = descriptor < 0 ? errno : fill_temporary(descriptor, bytes);
    if (target->temporary.size == 0) return cause;
    if (cause == 0 && is_stopped()) cause = EINTR;
    const char *temporary = buffer_text(&target->temporary);
    if (cause == 0 && renameat(target->folder, temporary, target->folder, target->name) < 0) cause = errno;
    if (cause != 0) {
        unlinkat(target->folder, temporary, 0);
        return cause;
    }
    cause = flush(target->folder);
    return cause == EINVAL ? 0 : cause; /* file systems that cannot flush a folder say EINVAL */
}

/* Whoever stops the program finds no temporary: the signal waits until it is gone. */
static int replace_undisturbed(Target *target, Str bytes) {
    sigset_t stop, before;
    stop_signals(&stop);
    pthread_sigmask(SIG_BLOCK, &stop, &before);
    int cause = replace(target, bytes);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return cause;
}

static int write_atomically(Str path, Str bytes) {
    Arena arena = {0};
    Buffer folder = {0};
    Target target = {.name = arena_copy(&arena, path_name(path)).data};
    int cause = path.size ? EISDIR : ENOENT;
    if (*target.name) {
        const char *name = system_path(&folder, path_folder(&arena, path));
        target.folder = open_again(AT_FDCWD, name, O_RDONLY | O_DIRECTORY, 0);
        cause = target.folder < 0 ? errno : replace_undisturbed(&target, bytes);
        if (target.folder >= 0) close(target.folder);
    }
    buffer_release(&target.temporary);
    buffer_release(&folder);
    arena_release(&arena);
    return cause;
}

bool file_write(Str path, Str bytes, Diag *diag) {
    Buffer buffer = {0};
    const char *name = system_path(&buffer, path);
    int cause = EINVAL;
    if (name)
        cause = is_written_directly(path, name) ? write_directly(name, bytes) : write_atomically(path, bytes);
    buffer_release(&buffer);
    return cause == 0 || fail(diag, MESSAGE_FILE_WRITE, path, cause);
}

bool file_exists(Str path) {
    struct stat status;
    return status_of(path, &status);
}

bool file_is_folder(Str path) {
    struct stat status;
    return status_of(path, &status) && S_ISDIR(status.st_mode);
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
        const char *name = system_path(&buffer, path);
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
    const char *name = folder.size ? system_path(&buffer, folder) : NULL;
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
