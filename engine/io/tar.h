/* tar - a plain archive (POSIX ustar) of regular files: bytes to names and bytes, and back.
 *
 * Written archives depend on nothing but names and bytes: mode 644, owner 0, time 0. Any tar reads them.
 */
#ifndef PERFEVAL_IO_TAR_H
#define PERFEVAL_IO_TAR_H

#include "base/str.h"

/** Longest name, in bytes. */
#define TAR_NAME 100

/** Adds a file; `name` has at most TAR_NAME bytes, `bytes` less than 8 GiB. */
void tar_add(Buffer *out, Str name, Str bytes);
/** Adds what ends an archive. */
void tar_end(Buffer *out);

typedef enum TarStep { TAR_FILE, TAR_END, TAR_BAD } TarStep;

/** True for bytes that begin as an archive does. */
bool tar_is(Str archive);
/** The file at *at (0 at first), which moves on; name and bytes are views. TAR_BAD: damaged, cut off, or with
 * something that is no regular file. */
TarStep tar_next(Str archive, size_t *at, Str *name, Str *bytes);
/** The bytes of the file with this name; false when there is none, or the archive is bad before it. */
bool tar_find(Str archive, Str name, Str *bytes);

#endif
