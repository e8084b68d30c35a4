/* slips - a mistake in the text of a rule file that Lua would carry out without a word.
 *
 * A formula such as field.actual has no value yet while the rule file is read. `field.actual == 0 and 100 or
 * rate` is therefore decided then and there, for all rows alike, and nothing in the table that the file
 * returns tells of it: only the text does. Nor does 80~90 (10, to Lua) differ from a number.
 */
#ifndef PERFEVAL_LUA_SLIPS_H
#define PERFEVAL_LUA_SLIPS_H

#include "lua/source.h"

/** Adds a MESSAGE_BIT_OPERATOR, a warning, for each ~, |, &, << or >>, or a MESSAGE_BIT_SIGN for one before a
 * number outside functions, and a
 * MESSAGE_FORMULA_LOGIC for each expression outside functions that asks ==, ~=, and, or, not of a
 * formula (with field, param or a local made from them in it) or joins tables by and, or. `text` is that of
 * `source`. False when there was one of either. */
bool slips_check(const Source *source, Str text, Diag *diag);

#endif
