#include "io/marks_build.h"

#include "base/cpu.h"
#include "base/text.h"

#include <string.h>

void marks_tail(Str text, size_t from, char block[MARKS_BLOCK]) {
    memset(block, ' ', MARKS_BLOCK);
    size_t left = from < text.size ? text.size - from : 0;
    if (left) memcpy(block, text.data + from, left < MARKS_BLOCK ? left : MARKS_BLOCK);
}

static MarkBits plain_bits(const char *block) {
    MarkBits bits = {0};
    for (size_t i = 0; i < MARKS_BLOCK; i++) {
        uint64_t bit = (uint64_t)1 << i;
        bits.separators |= block[i] == ',' || block[i] == '\n' ? bit : 0;
        bits.lines |= block[i] == '\n' ? bit : 0;
        bits.quotes |= block[i] == '"' ? bit : 0;
        bits.returns |= block[i] == '\r' ? bit : 0;
    }
    return bits;
}

void marks_find_plain(Marks *marks, Str text, size_t from, size_t to, uint32_t *at) {
    if (from == 0) marks->invalid = text_invalid(text) < text.size || str_find(text, '\0', 0) < text.size;
    char tail[MARKS_BLOCK];
    for (size_t base = from; base < to; base += MARKS_BLOCK) {
        bool whole = base + MARKS_BLOCK <= text.size;
        if (!whole) marks_tail(text, base, tail);
        uint32_t *place = at + marks->count;
        uint64_t left = marks_count(marks, plain_bits(whole ? text.data + base : tail));
        for (; left; left &= left - 1) *place++ = (uint32_t)base + (uint32_t)__builtin_ctzll(left);
    }
}

void marks_go_on(Marks *marks, Str text, size_t from, size_t to, uint32_t *at) {
    switch (cpu_level()) {
    case CPU_AVX512:
        marks_find_avx512(marks, text, from, to, at);
        break;
    case CPU_AVX2:
        marks_find_avx2(marks, text, from, to, at);
        break;
    default:
        marks_find_plain(marks, text, from, to, at);
    }
}

Marks marks_find(Str text, uint32_t *at) {
    Marks marks = {0};
    marks_go_on(&marks, text, 0, text.size, at);
    return marks;
}
