/* number - exact numbers as people read them: a decimal where it ends, else a fraction beside a rounded one.
 */
#ifndef PERFEVAL_MODEL_NUMBER_H
#define PERFEVAL_MODEL_NUMBER_H

#include "base/decimal.h"

/** The value as a decimal without needless zeros; empty when it does not end within DECIMAL_PLACES places. */
Str number_text(Arena *arena, mpq_srcptr value);
/** The value rounded half up to at most 6 places, without needless zeros: as rates are exported. */
Str number_rounded(Arena *arena, mpq_srcptr value);
/** "15451/199", in lowest terms. */
Str number_fraction(Arena *arena, mpq_srcptr value);
/** number_text where it ends, else number_rounded. */
Str number_shown(Arena *arena, mpq_srcptr value);
/** Sets an initialised rational to what the decimal text says, which must be a number. */
void number_read(Str text, mpq_ptr out);
/** Sets it to a decimal with few places strictly between low < high; false when DECIMAL_PLACES places do not
 * reach. */
bool number_between(mpq_srcptr low, mpq_srcptr high, mpq_ptr out);

#endif
