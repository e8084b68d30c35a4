/* file - bytes from files, whole files to disk, and paths.
 *
 * A file that perfeval writes appears whole or not at all: its bytes go to a temporary file in the same
 * folder, are flushed to disk, and take the final name in one step.
 */
#ifndef PERFEVAL_BASE_FILE_H
#define PERFEVAL_BASE_FILE_H

#include "base/diag.h"

/** Largest input file. */
#ifndef FILE_SIZE_LIMIT
#define FILE_SIZE_LIMIT ((uint64_t)4 << 30)
#endif

/** Smallest mapped file that stays open. */
#define FILE_LARGE ((size_t)1 << 20)

/** A file's bytes: mapped where the system can, read otherwise (pipes, "-" for standard input). */
typedef struct File {
    Str path;       /* as given, for messages; borrowed from the caller */
    Str bytes;      /* valid until file_release */
    void *mapping;  /* NULL when `bytes` was allocated */
    int descriptor; /* of a large mapped file, for file_copy; else 0 */
} File;

/** Reads `path` ("-": standard input). Errors: MESSAGE_FILE_OPEN, _READ, _TOO_LARGE. A folder is an error. */
bool file_read(Str path, File *out, Diag *diag);
/** As file_read, of at most `limit` bytes; `flag` sets the limit, for the message. */
bool file_read_most(Str path, uint64_t limit, Str flag, File *out, Diag *diag);
void file_release(File *file);
/** Gives the memory of bytes from to to - 1 back for now: they are read from the file again when they are
 * asked for. Does nothing for a file that is not mapped. */
void file_forget(const File *file, size_t from, size_t to);
/** Copies `size` of its bytes from byte `from` on, which are there, without mapping their surroundings: for a
 * few bytes here and there of a large file. */
void file_copy(const File *file, size_t from, size_t size, char *to);
/** As file_read for small text files (rules, scripts): at most `limit` bytes (MESSAGE_SOURCE_TOO_LARGE),
 * copied into the arena, so that nothing changes under a reader. */
bool file_read_text(Str path, size_t limit, Arena *arena, Str *out, Diag *diag);
/** Replaces or creates `path` with `bytes`, atomically (see above). An old file's mode is kept; a link is
 * replaced, not followed. Devices, pipes and links in /dev and /proc (/dev/stdout) are written to directly.
 * On failure the old file is untouched and no temporary is left (but where only the folder cannot be flushed,
 * the new file is in place). A signal that asks to stop (HUP, INT, QUIT, TERM) takes effect when the
 * temporary is gone; the old file stays. Errors: MESSAGE_FILE_WRITE. */
bool file_write(Str path, Str bytes, Diag *diag);
/** Writes all bytes to an open descriptor (standard output), going on after short writes and EINTR. `name` is
 * for the message. A closed pipe (EPIPE) is an error too, in a program that ignores SIGPIPE. */
bool file_write_descriptor(int descriptor, Str name, Str bytes, Diag *diag);
/** The cause that an errno stands for, in both wordings where it is a common one. */
Str file_cause(int error);
bool file_exists(Str path);
bool file_is_folder(Str path);
/** Whether it is a plain file of at most so many bytes: no pipe, and no device. */
bool file_is_small(Str path, uint64_t most);
/** Whether it is a folder in which everybody may make files of their own, as in /tmp. */
bool file_is_common_folder(Str path);
/** False for what is no folder, too. */
bool file_folder_is_empty(Str path);
/** Makes a folder; one that is there already is fine. Errors: MESSAGE_FILE_WRITE. */
bool file_make_folder(Str path, Diag *diag);
/** The same with the folders above it. */
bool file_make_folders(Str path, Diag *diag);
/** Names of the files in a folder that end in `suffix`, without it, in order of their bytes; NULL and 0 when
 * there is none or the folder cannot be read. */
Str *file_list(Arena *arena, Str folder, Str suffix, size_t *count);

/** The folder part of a path: "a/b.lua" -> "a", "b.lua" -> ".". */
Str path_folder(Arena *arena, Str path);
/** The last part of a path; empty when it ends in a slash. A view into `path`. */
Str path_name(Str path);
/** `path` seen from `folder`: itself when absolute, else folder/path with "." and "x/.." parts taken out
 * ("rules" + "../data/x.csv" -> "data/x.csv"). Names only: no file is looked at. */
Str path_join(Arena *arena, Str folder, Str path);
/** True when `path`, with all links followed (realpath), lies in `folder` or is it. A path whose file does
 * not exist is judged by its nearest existing folder; false for a link to nothing and for ".." behind what
 * does not exist. */
bool path_inside(Str folder, Str path);

#endif
