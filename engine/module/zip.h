/* zip - the parts of an archive in memory, within limits (minizip). */
#ifndef PERFEVAL_MODULE_ZIP_H
#define PERFEVAL_MODULE_ZIP_H

#include "io/grid.h"
#include "io/input_limits.h"

#include <minizip/unzip.h>

/** Where nothing else is said: most parts; how often larger than packed a part may be; the size that all
 * parts together may unpack to. */
#define ZIP_ENTRIES  INPUT_PARTS
#define ZIP_RATIO    INPUT_RATIO
#define ZIP_INFLATED ((uint64_t)INPUT_UNPACKED_MEBIBYTES << 20)
/** Smaller parts may be as well packed as they like. */
#define ZIP_RATIO_FROM ((uint64_t)1024 * 1024)

typedef struct Zip {
    unzFile file;
    Str bytes, name;
    uint64_t at;       /* where minizip reads */
    uint64_t inflated; /* bytes unpacked or counted so far, and most of them */
    uint64_t limit, ratio;
    Arena arena;
    Diag *diag;
} Zip;

/** Opens the archive and looks at the names of its parts. False after errors: MESSAGE_ZIP_BROKEN, _LIMIT,
 * _NAME. */
bool zip_open(Zip *zip, const GridAsk *ask, Diag *diag);
void zip_close(Zip *zip);
bool zip_has(const Zip *zip, Str part);
/** Unpacks a part piece by piece; `take` may answer false to end it, which makes this false too. Errors:
 * MESSAGE_PART_MISSING, _ZIP_BROKEN, _ZIP_LIMIT. */
bool zip_read(Zip *zip, Str part, bool (*take)(void *context, const char *bytes, size_t size, bool last),
              void *context);
/** Counts `bytes` that a part says by saying it only once (cells that repeat) as if they had been unpacked.
 * False when that is too much: MESSAGE_ZIP_LIMIT. */
bool zip_count(Zip *zip, Str part, uint64_t bytes);
/** Adds MESSAGE_ZIP_LIMIT: a part is beyond the limit of what is named. `flag`: what sets it; empty: nothing
 * does. False. */
bool zip_beyond(Zip *zip, Str part, MessageId what, uint64_t limit, Str flag);

#endif
