/* current - the row that a function of the rules is called with: one object for many calls.
 *
 * Columns that were asked for once are at hand before each call, so that reading them calls nothing. The
 * object moves from row to row. Once a function may have kept it, which lua/keep tells, it is not to be moved
 * any more: it stays the row that it is.
 */
#ifndef PERFEVAL_LUA_CURRENT_H
#define PERFEVAL_LUA_CURRENT_H

#include "lua/view.h"
#include "lua/window.h"

typedef struct Current Current;

/** Makes the object, and pushes what the other functions need: values which stay where they are. With
 * a window (else NULL), the dataset's, what is not there is noted in it, and ends the call with an error.
 * `inward`: it is only for a function that cannot tell it from a plain table (lua/inward), and is one.
 * May raise Lua's memory error, as they all. */
Current *current_begin(lua_State *L, const Dataset *dataset, Window *window, bool inward);
/** Most columns of texts that tell rows apart. */
#define CURRENT_TEXTS 4

/** Texts of a row: columns, in the order in which they were read first, and the ids of their words. */
typedef struct CurrentTexts {
    uint32_t columns[CURRENT_TEXTS], words[CURRENT_TEXTS];
    size_t count;
} CurrentTexts;

/** The texts of a row that have been read of any row so far; false when anything else was read of one, or too
 * many texts. */
bool current_texts(const Current *current, size_t row, CurrentTexts *texts);
/** False once anything but texts was read of a row: then current_texts is false too. */
bool current_is_texts(const Current *current);
/** Pushes the object, which is the row from now on. */
void current_push(lua_State *L, Current *current, size_t row);

#endif
