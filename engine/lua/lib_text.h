/* lib_text - the library `text` of format scripts: what a reader sees, in terminal cells.
 *
 * text.width(s)               cells that s takes on a terminal
 * text.pad(s, width, align)   s with blanks up to width; align "left" (default), "right", "center"; never
 *                             cuts
 * text.wrap(s, width)         list of lines of at most width cells, broken at blanks, inside a word only when
 *                             it is longer
 * text.block(first, s, width)  s made visible and wrapped to width, as one text: it begins with first, and
 * its other lines with as many blanks
 *
 * text.grouped(number, minus, zero)
 *                             the number (a text or an integer) with thousands commas: "-1234.50" ->
 *                             "-1,234.50"; with `minus` in the place of the sign, and `zero` in that of a
 * zero
 *
 * text.numbers(minus)         a function of a number and a text for zero: text.grouped with that minus
 *
 * text.letters(s)             list of characters, each with its combining marks
 *
 * text.visible(s)             s with control characters and bidirectional overrides made visible
 *
 * text.markup(s)              s as it may stand in XML and HTML (base/text: text_add_markup)
 *
 * text.tables(blocks, style)  tables of a document drawn with box lines (see lua/blocks)
 *
 * text.sha256(s)              SHA-256 of s in base 64
 */
#ifndef PERFEVAL_LUA_LIB_TEXT_H
#define PERFEVAL_LUA_LIB_TEXT_H

#include <lua.h>

/** Longest text that a function accepts, in bytes. */
#ifndef LIB_TEXT_SIZE
#define LIB_TEXT_SIZE ((size_t)16 * 1024 * 1024)
#endif

/** Pushes a fresh table with the functions above. */
void lib_text_push(lua_State *L);

#endif
