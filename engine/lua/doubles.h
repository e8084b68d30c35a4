/* doubles - comparisons in the functions of a rule file that doubles can get wrong.
 *
 * Numbers that functions see are doubles: 77.6 stands for the decimal 77.6, and so a plain column compares
 * with it as it should. What is worked out from them is rounded: 8.2 * 100 is 819.9999999999999. The text
 * alone tells where such a result meets a cut.
 */
#ifndef PERFEVAL_LUA_DOUBLES_H
#define PERFEVAL_LUA_DOUBLES_H

#include "lua/source.h"
#include "model/plan.h"

/** Adds a MESSAGE_BINARY_COMPARISON, a note, for each comparison inside a function one side of which divides
 * (`/`,
 * `^`), or calculates with a number that no double is (1.2, a parameter of 77.6, not 0.5), or calculates at
 * all where the other side is such a number. The functions of `math` and locals pass on what went into them.
 * What is exact all the same is left out: the sign of products and quotients (compared with 0), one plain
 * quotient compared with 1, whole numbers times plain columns. `text` is that of `source`. */
void doubles_note(const Source *source, Str text, const Plan *plan, Diag *diag);

#endif
