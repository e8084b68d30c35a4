/* decimal_build - what reading and rounding decimals (decimal.c, decimal_round.c) share. */
#ifndef PERFEVAL_BASE_DECIMAL_BUILD_H
#define PERFEVAL_BASE_DECIMAL_BUILD_H

#include "base/decimal.h"

/** Adds digits / 10^places as plain text. */
void decimal_add_digits(Buffer *out, bool negative, Str digits, size_t places);
/** Adds value / 10^places as plain text. */
void decimal_add_int64(Buffer *out, int64_t value, size_t places);
/** True for a whole number of at most 2^53 either way. */
bool decimal_is_whole(double value);

#endif
