#include "base/utf8.h"

#include "base/cpu.h"

#if defined __x86_64__ && defined __GNUC__

#include "base/utf8_build.h"

#include <string.h>

enum { BLOCK = 32 };

/* What promises more at the very end is found by the zeros behind it. */
AVX2 static bool is_valid_avx2(Str text) {
    const __m256i none = _mm256_setzero_si256();
    Utf8 utf8 = {none, none, none, none};
    size_t at = 0;
    for (; at + BLOCK <= text.size; at += BLOCK)
        check_utf8(&utf8, _mm256_loadu_si256((const __m256i *)(const void *)(text.data + at)));
    char tail[BLOCK] = {0};
    memcpy(tail, text.data + at, text.size - at);
    check_utf8(&utf8, _mm256_loadu_si256((const __m256i *)(const void *)tail));
    return _mm256_testz_si256(utf8.faults, utf8.faults);
}

bool utf8_is_valid(Str text) { return cpu_level() >= CPU_AVX2 && is_valid_avx2(text); }

#else

bool utf8_is_valid(Str text) {
    (void)text;
    return false;
}

#endif
