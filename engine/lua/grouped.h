/* grouped - how numbers look: thousands commas, what stands for a minus and for a zero.
 */
#ifndef PERFEVAL_LUA_GROUPED_H
#define PERFEVAL_LUA_GROUPED_H

#include "base/str.h"

#include <lua.h>

/** text.grouped(number, minus, zero): the number, a text or an integer, with commas; nil for "-" and for a
 * zero as it is printed. */
int grouped_show(lua_State *L);
/** text.numbers(minus): a function of a number and a text for zero, as text.grouped with that minus. */
int grouped_make(lua_State *L);
/** Whether such a function stands at `index`; its minus then, which it keeps. */
bool grouped_is(lua_State *L, int index, Str *minus);
/** What it makes of a number, without a call: added to `out`. False when the text is no number. `zero`
 * without data: none. */
bool grouped_add(Str number, Str minus, Str zero, Buffer *out);

#endif
