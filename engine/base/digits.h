/* digits - whole numbers of a power of ten as text, without printf: what a table of millions of rows needs.
 */
#ifndef PERFEVAL_BASE_DIGITS_H
#define PERFEVAL_BASE_DIGITS_H

#include <stdint.h>

/** Most places behind the point that are written here. */
#define DIGITS_PLACES 18
/** Room that writing needs: more than is written. */
#define DIGITS_ROOM 64

/** Writes value / 10^places with all its places ("97.0"); answers where the text ends. `places` is at most
 * DIGITS_PLACES; DIGITS_ROOM bytes from `at` on may change. */
char *digits_put(char *at, int64_t value, unsigned places);
/** The same without zeros at the end behind the point, and without the point when nothing is left behind it
 * ("97"). */
char *digits_put_short(char *at, int64_t value, unsigned places);

#endif
