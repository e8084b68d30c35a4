/* messages - messages of a Diag as bytes of a conversation (base/wire). */
#ifndef PERFEVAL_LUA_MESSAGES_H
#define PERFEVAL_LUA_MESSAGES_H

#include "base/diag.h"
#include "base/wire.h"

/** Adds their number and all messages; `diag` may be NULL. */
void messages_add(Buffer *out, const Diag *diag);
/** Adds what was read to `diag`. False when an error was among them, or when they make no sense
 * (reader->bad). */
bool messages_read(WireReader *reader, Diag *diag);

#endif
