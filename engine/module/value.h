/* value - what a workbook keeps in a cell, as the text that a person would write: 78.599999999999994 is 78.6.
 */
#ifndef PERFEVAL_MODULE_VALUE_H
#define PERFEVAL_MODULE_VALUE_H

#include "base/arena.h"

typedef enum ValueForm { VALUE_PLAIN, VALUE_PERCENT, VALUE_DATE } ValueForm;

/** The number with the fewest digits that is the same double; without needless zeros, without exponent. Text
 * that is no number comes back as it is. */
Str value_number(Arena *arena, Str text);
/** "0.785" as "78.5%". */
Str value_percent(Arena *arena, Str text);
/** A count of days as "2019-10-31", with the time of day behind it where there is one. `from_1904`: day 0 is
 * 1904-01-01; else day 1 is 1900-01-01, and Excel's 1900-02-29 is counted. Text that is no such number comes
 * back. */
Str value_date(Arena *arena, Str text, bool from_1904);
/** What a number format makes of a number. */
ValueForm value_form(Str code);
/** The same for the numbers of formats that every workbook has. */
ValueForm value_form_known(uint32_t number);
/** Takes out _x000D_ and its like, and carriage returns before line feeds. */
Str value_unescape(Arena *arena, Str text);

#endif
