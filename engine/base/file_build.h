/* file_build - what reading and writing files share inside base/. */
#ifndef PERFEVAL_BASE_FILE_BUILD_H
#define PERFEVAL_BASE_FILE_BUILD_H

#include "base/file.h"

#include <sys/types.h>

/** The path as the system takes it; NULL and errno for one with a NUL inside, which would name another file.
 */
const char *file_system_path(Buffer *out, Str path);
/** openat with close-on-exec, again after EINTR. A descriptor, or -1 and errno. */
int file_open_again(int folder, const char *path, int flags, mode_t mode);

#endif
