/* relay - parts of an output made by several threads in any order, and passed on in theirs.
 *
 * At most twice as many parts as threads are held at a time. The bytes do not depend on the number of
 * threads.
 */
#ifndef PERFEVAL_BASE_RELAY_H
#define PERFEVAL_BASE_RELAY_H

#include "base/str.h"

typedef struct Relay {
    size_t parts;
    unsigned threads; /* that work, the caller's among them; 0: as many as there are processors (crew_size) */
    void *context;
    /** Adds part `number` to an empty buffer; called by any thread. */
    void (*make)(void *context, size_t number, Buffer *out);
    /** Takes a part, in order, in the thread of the caller. False ends the relay. */
    bool (*pass)(void *context, size_t number, Str part);
} Relay;

/** Makes and passes all parts; false when `pass` said so. No thread is left when it returns. */
bool relay_run(const Relay *relay);

#endif
