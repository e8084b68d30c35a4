/* spell - values of a rule tree, written out in the notation of rule files. */
#ifndef PERFEVAL_MODEL_SPELL_H
#define PERFEVAL_MODEL_SPELL_H

#include "model/plan.h"

/** Adds a value on one line: "field.actual / field.target * 100", `{ "부진", at_most = param.cut (= 80) }`,
 * with as few parentheses as the formula needs, parameters with their value in force in `plan` (may be NULL:
 * without), functions as "function (rules/2019.lua:21)". */
void spell_tree(Buffer *out, const Tree *tree, const Plan *plan);

/** Adds the value of a field. */
typedef void (*SpellField)(const void *context, Str name, Buffer *out);
/** As spell_tree, with numbers in place of fields and parameters, and "x" for "*": "231 / 752 x 100". */
void spell_filled(Buffer *out, const Tree *tree, const Plan *plan, SpellField field, const void *context);

#endif
