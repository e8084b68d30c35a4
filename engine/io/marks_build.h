/* marks_build - the ways of finding marks, for io/marks and its tests. */
#ifndef PERFEVAL_IO_MARKS_BUILD_H
#define PERFEVAL_IO_MARKS_BUILD_H

#include "io/marks.h"

/** What one block of bytes holds: bit i is byte i. */
typedef struct MarkBits {
    uint64_t separators; /* commas and line feeds */
    uint64_t lines;
    uint64_t quotes;
    uint64_t returns;
} MarkBits;

/** Takes out what is within quotes and counts. The marks are left to the caller: their number is added to
 * marks->count, their bits are answered. */
static inline uint64_t marks_count(Marks *marks, MarkBits bits) {
    if (__builtin_expect((bits.quotes | marks->inside) != 0, 0)) {
        uint64_t quoted = bits.quotes; /* becomes 1 from an opening quote up to its closing one */
        for (unsigned shift = 1; shift < MARKS_BLOCK; shift *= 2) quoted ^= quoted << shift;
        quoted ^= marks->inside;
        marks->inside = 0 - (quoted >> 63);
        bits.separators &= ~quoted;
        bits.lines &= ~quoted;
        marks->quotes += (size_t)__builtin_popcountll(bits.quotes);
    }
    if (__builtin_expect(bits.returns != 0, 0)) marks->returns += (size_t)__builtin_popcountll(bits.returns);
    marks->lines += (size_t)__builtin_popcountll(bits.lines);
    marks->count += (size_t)__builtin_popcountll(bits.separators);
    return bits.separators;
}

/** The block at `from`, with zeros behind the end of the text, which mark nothing. */
void marks_tail(Str text, size_t from, char block[MARKS_BLOCK]);

void marks_find_plain(Marks *marks, Str text, size_t from, size_t to, uint32_t *at);
/** Only where cpu_level says so. */
void marks_find_avx2(Marks *marks, Str text, size_t from, size_t to, uint32_t *at);
void marks_find_avx512(Marks *marks, Str text, size_t from, size_t to, uint32_t *at);

#endif
