/* utf8 - whether a long text is UTF-8, by the fastest way that the machine has.
 */
#ifndef PERFEVAL_BASE_UTF8_H
#define PERFEVAL_BASE_UTF8_H

#include "base/str.h"

/** Texts from here on are worth asking about. */
#define UTF8_LONG ((size_t)48)

/** True when all of the text is valid. False says nothing: there is a fault, or no fast way. */
bool utf8_is_valid(Str text);

#endif
