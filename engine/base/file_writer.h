/* file_writer - a file written piece by piece, that appears whole or not at all, as with file_write.
 *
 * Where the bytes go to a temporary file, signals that ask to stop (HUP, INT, QUIT, TERM) are held back from
 * open to close: the next piece is refused, close removes the temporary, and then the signal takes effect. So
 * a writer is opened and closed by one thread, before others start and when they have ended.
 */
#ifndef PERFEVAL_BASE_FILE_WRITER_H
#define PERFEVAL_BASE_FILE_WRITER_H

#include "base/file.h"

typedef struct FileWriter FileWriter;

/** A writer to `path`, borrowed until it is closed. NULL after an error (MESSAGE_FILE_WRITE). */
FileWriter *file_writer_open(Str path, Diag *diag);
/** A writer to an open descriptor (standard output), which stays open; `name` is for the message. */
FileWriter *file_writer_descriptor(int descriptor, Str name);
/** Writes a piece. False when it or one before could not be written, or a signal asks to stop. */
bool file_writer_add(FileWriter *writer, Str bytes);
/** Ends the writing and frees the writer: the file takes its name when `keep`, else the old one stays. False
 * when a piece or this could not be done; then nothing of it is left, but what went to a device or pipe.
 * Errors: MESSAGE_FILE_WRITE. */
bool file_writer_close(FileWriter *writer, bool keep, Diag *diag);

/* For others that write a file beside its place and rename it, such as a database's copy. */

/** A path beside `path` for this process; a file of that name (and of one that goes on with "-…") counts as a
 * temporary of `path`. */
Str file_writer_beside(Arena *arena, Str path);
/** Removes the temporaries of `path` of processes that are no more. */
void file_writer_clean(Str path);

#endif
