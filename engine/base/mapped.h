/* mapped - files whose bytes are mapped, and what is said when one of them loses bytes while it is read.
 *
 * A file that becomes shorter, or a disk that fails, shows as a signal (SIGBUS) at the byte that is read.
 * Without mapped_guard that ends the process, as in any program; a library must leave signals alone.
 */
#ifndef PERFEVAL_BASE_MAPPED_H
#define PERFEVAL_BASE_MAPPED_H

#include "base/str.h"

/** Notes a mapping and takes it off again. From any thread. */
void mapped_add(const void *at, size_t size, Str path);
void mapped_remove(const void *at);
/** From now on `lost` is called in the thread that read such a byte, with the file's path (empty: of a
 * module, or not known) and whether it has become shorter (else it could not be read). It ends the process.
 */
void mapped_guard(void (*lost)(Str path, bool shorter));

#endif
