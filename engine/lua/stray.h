/* stray - what an error of Lua's comes from, where the text shows it: a sign of the word processor, a name
 * that is not ASCII, a missing comma, quotes that do not pair, a name that nothing stands for.
 */
#ifndef PERFEVAL_LUA_STRAY_H
#define PERFEVAL_LUA_STRAY_H

#include "base/diag.h"

/** The cause of a syntax error: a text TEXT_HINT_… and its arguments. */
typedef struct Stray {
    MessageId hint;
    Str arguments[2]; /* views of the source and of constants, or in the arena */
    size_t count;
} Stray;

/** Looks for the cause of Lua's `message` (without its place) in `source`, of which `place` is the line
 * named. A sign that is found becomes the place. False when nothing can be said. */
bool stray_find(Arena *arena, Str source, Str message, Place *place, Stray *out);
/** Lua's message with the whole character at `place` (as stray_find left it) where Lua names its first byte:
 * '<\236>'. */
Str stray_shown(Arena *arena, Str message, const Place *place);
/** What a name that is not known (TEXT_UNKNOWN_NAME and its like, in both wordings) may come from; the name
 * becomes the place where the line has it. False when nothing can be said. */
bool stray_name(Str message, Place *place, Stray *out);

#endif
