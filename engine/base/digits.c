#include "base/digits.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

/* An int64_t has at most 19 digits, and one more stands before the point. */
#define DIGITS 24

static const char pairs[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
                            "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
                            "8081828384858687888990919293949596979899";

/* Writes the digits so that they end before `end`; the place of the first. */
static char *put_backwards(char *end, uint64_t value) {
    while (value >= 100) {
        memcpy(end -= 2, pairs + value % 100 * 2, 2);
        value /= 100;
    }
    if (value >= 10)
        memcpy(end -= 2, pairs + value * 2, 2);
    else
        *--end = (char)('0' + value);
    return end;
}

static char *put(char *at, int64_t value, unsigned places, bool all) {
    assert(places <= DIGITS_PLACES);
    char text[2 * DIGITS + 8] = {0}; /* what is copied below has a fixed size */
    char *end = text + DIGITS;
    char *first = put_backwards(end, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
    if (value < 0) *at++ = '-';
    if (places == 0) {
        memcpy(at, first, DIGITS);
        return at + (end - first);
    }
    char *point = end - places;
    while (first >= point) *--first = '0';
    while (!all && end > point && end[-1] == '0') end--;
    memcpy(at, first, DIGITS);
    at += point - first;
    if (end == point) return at;
    *at++ = '.';
    memcpy(at, point, DIGITS);
    return at + (end - point);
}

char *digits_put(char *at, int64_t value, unsigned places) { return put(at, value, places, true); }

char *digits_put_short(char *at, int64_t value, unsigned places) { return put(at, value, places, false); }
