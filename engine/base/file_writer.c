#include "base/file_writer.h"

#include "base/file_build.h"
#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes of the file's name that its temporary carries on; with all around them they stay below NAME_MAX. */
#define TEMPORARY_NAME  200
#define TEMPORARY_TRIES 100

struct FileWriter {
    Str path;       /* for messages */
    int descriptor; /* -1: none is open */
    int cause;      /* the first failure; 0: none */
    bool borrowed;  /* the descriptor stays open */
    /* of a file that is replaced */
    bool atomic;
    int folder; /* that the final name is in; -1: none is open */
    Buffer name, temporary;
    sigset_t before; /* the mask to return to */
};

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
    if (cause != 0) diag_add(diag, MESSAGE_FILE_WRITE, NULL, name, file_cause(cause));
    return cause == 0;
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

static const char *temporary_name(FileWriter *writer, unsigned try) {
    const char *name = buffer_text(&writer->name);
    writer->temporary.size = 0;
    buffer_addf(&writer->temporary, ".%.*s.perfeval-%ld", TEMPORARY_NAME, name, (long)getpid());
    if (try > 0) buffer_addf(&writer->temporary, "-%u", try);
    return buffer_text(&writer->temporary);
}

/* A file without a name, which is gone with the process however that ends. False where the system has none,
 * or could not name it later. */
static bool open_nameless(FileWriter *writer, mode_t mode) {
    if (access("/proc/self/fd", X_OK) < 0) return false;
    writer->descriptor = file_open_again(writer->folder, ".", O_WRONLY | O_TMPFILE, mode);
    return writer->descriptor >= 0;
}

static int open_named(FileWriter *writer, mode_t mode) {
    int cause = EEXIST;
    for (unsigned try = 0; try < TEMPORARY_TRIES && cause == EEXIST; try++) {
        writer->descriptor = file_open_again(writer->folder, temporary_name(writer, try),
                                             O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
        cause = writer->descriptor < 0 ? errno : 0;
    }
    if (cause != 0) writer->temporary.size = 0;
    return cause;
}

/* A new temporary, with the mode of the file that it will replace. 0 or the cause. */
static int open_temporary(FileWriter *writer) {
    struct stat old;
    const char *name = buffer_text(&writer->name);
    bool replaces = fstatat(writer->folder, name, &old, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(old.st_mode);
    mode_t mode = replaces ? 0600 : 0666;
    int cause = open_nameless(writer, mode) ? 0 : open_named(writer, mode);
    if (cause == 0 && replaces && fchmod(writer->descriptor, old.st_mode & 0777) < 0) cause = errno;
    return cause;
}

/* A nameless file gets the name of a temporary, as only a name can replace another. */
static int name_temporary(FileWriter *writer) {
    char descriptor[40];
    int cause = EEXIST;
    snprintf(descriptor, sizeof descriptor, "/proc/self/fd/%d", writer->descriptor);
    for (unsigned try = 0; try < TEMPORARY_TRIES && cause == EEXIST; try++) {
        const char *name = temporary_name(writer, try);
        cause = linkat(AT_FDCWD, descriptor, writer->folder, name, AT_SYMLINK_FOLLOW) < 0 ? errno : 0;
    }
    if (cause != 0) writer->temporary.size = 0;
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

/* The process that a temporary of this writer's file belongs to; 0 when the name is none. */
static long owner_of(FileWriter *writer, const char *name) {
    temporary_name(writer, 0);
    Str start = buffer_view(&writer->temporary), all = str_of(name);
    while (start.size && start.data[start.size - 1] != '-') start.size--;
    if (!str_starts(all, start)) return 0;
    char *end;
    long owner = strtol(name + start.size, &end, 10);
    return owner > 0 && (*end == '\0' || *end == '-') ? owner : 0;
}

/* Removes what processes have left behind that were killed between naming a temporary and renaming it. */
static void remove_remains(FileWriter *writer) {
    int again = file_open_again(writer->folder, ".", O_RDONLY | O_DIRECTORY, 0);
    DIR *entries = again < 0 ? NULL : fdopendir(again);
    if (!entries && again >= 0) close(again);
    for (struct dirent *entry; entries && (entry = readdir(entries)) != NULL;) {
        long owner = entry->d_name[0] == '.' ? owner_of(writer, entry->d_name) : 0;
        if (owner > 0 && kill((pid_t)owner, 0) < 0 && errno == ESRCH)
            unlinkat(writer->folder, entry->d_name, 0);
    }
    writer->temporary.size = 0;
    if (entries) closedir(entries);
}

static int open_folder(Str path) {
    Arena arena = {0};
    Buffer folder = {0};
    int opened = file_open_again(AT_FDCWD, file_system_path(&folder, path_folder(&arena, path)),
                                 O_RDONLY | O_DIRECTORY, 0);
    int error = errno;
    buffer_release(&folder);
    arena_release(&arena);
    errno = error;
    return opened;
}

Str file_writer_beside(Arena *arena, Str path) {
    FileWriter writer = {0};
    buffer_add(&writer.name, path_name(path));
    Str beside = path_join(arena, path_folder(arena, path), str_of(temporary_name(&writer, 0)));
    buffer_release(&writer.name);
    buffer_release(&writer.temporary);
    return beside;
}

void file_writer_clean(Str path) {
    FileWriter writer = {.folder = open_folder(path)};
    buffer_add(&writer.name, path_name(path));
    if (writer.folder >= 0) {
        remove_remains(&writer);
        close(writer.folder);
    }
    buffer_release(&writer.name);
    buffer_release(&writer.temporary);
}

/* Opens the folder and, whoever stops the program from now on, a temporary in it. */
static int begin_file(FileWriter *writer) {
    Str name = path_name(writer->path);
    if (!name.size) return writer->path.size ? EISDIR : ENOENT;
    buffer_add(&writer->name, name);
    writer->folder = open_folder(writer->path);
    if (writer->folder < 0) return errno;
    sigset_t stop;
    stop_signals(&stop);
    pthread_sigmask(SIG_BLOCK, &stop, &writer->before);
    writer->atomic = true;
    remove_remains(writer);
    return open_temporary(writer);
}

static int begin(FileWriter *writer) {
    Buffer path = {0};
    const char *name = file_system_path(&path, writer->path);
    int cause = name ? 0 : EINVAL;
    if (name && is_written_directly(writer->path, name)) {
        writer->descriptor = file_open_again(AT_FDCWD, name, O_WRONLY | O_APPEND, 0);
        cause = writer->descriptor < 0 ? errno : 0;
    } else if (name) {
        cause = begin_file(writer);
    }
    buffer_release(&path);
    return cause;
}

static FileWriter *writer_new(Str path, int descriptor) {
    FileWriter *writer = memory_new(1, sizeof *writer);
    writer->path = path;
    writer->descriptor = descriptor;
    writer->folder = -1;
    return writer;
}

FileWriter *file_writer_open(Str path, Diag *diag) {
    FileWriter *writer = writer_new(path, -1);
    writer->cause = begin(writer);
    if (writer->cause == 0) return writer;
    file_writer_close(writer, false, diag);
    return NULL;
}

FileWriter *file_writer_descriptor(int descriptor, Str name) {
    FileWriter *writer = writer_new(name, descriptor);
    writer->borrowed = true;
    return writer;
}

bool file_writer_add(FileWriter *writer, Str bytes) {
    if (writer->cause == 0 && writer->atomic && is_stopped()) writer->cause = EINTR;
    if (writer->cause == 0) writer->cause = write_all(writer->descriptor, bytes);
    return writer->cause == 0;
}

static void note(FileWriter *writer, int status) {
    if (status < 0 && writer->cause == 0) writer->cause = errno;
}

/* The temporary takes the final name, or goes. */
static void replace(FileWriter *writer, bool keep) {
    const char *temporary = buffer_text(&writer->temporary);
    bool made = keep && writer->cause == 0;
    if (made) note(writer, renameat(writer->folder, temporary, writer->folder, buffer_text(&writer->name)));
    if (!made || writer->cause != 0) {
        unlinkat(writer->folder, temporary, 0);
        return;
    }
    int cause = flush(writer->folder);
    if (cause != EINVAL) writer->cause = cause; /* file systems that cannot flush a folder say EINVAL */
}

static void end_file(FileWriter *writer, bool keep) {
    if (keep && writer->cause == 0) writer->cause = flush(writer->descriptor);
    if (keep && writer->cause == 0 && is_stopped()) writer->cause = EINTR;
    if (keep && writer->cause == 0 && !writer->temporary.size) writer->cause = name_temporary(writer);
    if (writer->descriptor >= 0) note(writer, close(writer->descriptor));
    if (writer->temporary.size) replace(writer, keep);
    close(writer->folder);
    pthread_sigmask(SIG_SETMASK, &writer->before, NULL);
}

bool file_writer_close(FileWriter *writer, bool keep, Diag *diag) {
    if (writer->atomic)
        end_file(writer, keep);
    else if (writer->descriptor >= 0 && !writer->borrowed)
        note(writer, close(writer->descriptor));
    bool good = writer->cause == 0;
    if (!good) diag_add(diag, MESSAGE_FILE_WRITE, NULL, writer->path, file_cause(writer->cause));
    buffer_release(&writer->name);
    buffer_release(&writer->temporary);
    memory_free(writer);
    return good;
}

bool file_write(Str path, Str bytes, Diag *diag) {
    FileWriter *writer = file_writer_open(path, diag);
    if (!writer) return false;
    file_writer_add(writer, bytes);
    return file_writer_close(writer, true, diag);
}
