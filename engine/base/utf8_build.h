/* utf8_build - UTF-8 checked with AVX2, for base/text and io/marks: by table look-up, John Keiser and Daniel
 * Lemire, Validating UTF-8 In Less Than One Instruction Per Byte (2021). Two neighbouring bytes are wrong
 * when three tables agree on a fault; that a continuation follows a continuation is right where an earlier
 * byte promised it.
 */
#ifndef PERFEVAL_BASE_UTF8_BUILD_H
#define PERFEVAL_BASE_UTF8_BUILD_H

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

enum {
    SHORT = 1,       /* a lead byte or ASCII where a continuation is due */
    LONG = 2,        /* a continuation behind ASCII */
    OVERLONG_3 = 4,  /* e0 with less than a0 */
    TOO_LARGE = 8,   /* above 10ffff: f4 with 90 and more, f5 and more */
    SURROGATE = 16,  /* ed with a0 and more */
    OVERLONG_2 = 32, /* c0, c1 */
    OVERLONG_4 = 64, /* f0 with less than 90; and what is far too large */
    FOLLOWS = 128,   /* a continuation behind a continuation */
    ANY = SHORT | LONG | FOLLOWS,
    ANY_LARGE = ANY | TOO_LARGE | OVERLONG_4
};

#define BYTE(x) ((char)(x))
/* Faults by the high half of a byte, by its low half, and by the high half of the byte behind it. */
#define FIRST_HIGH                                                                                           \
    LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, BYTE(FOLLOWS), BYTE(FOLLOWS), BYTE(FOLLOWS),             \
        BYTE(FOLLOWS), SHORT | OVERLONG_2, SHORT, SHORT | OVERLONG_3 | SURROGATE,                            \
        SHORT | TOO_LARGE | OVERLONG_4
#define FIRST_LOW                                                                                            \
    BYTE(ANY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4), BYTE(ANY | OVERLONG_2), BYTE(ANY), BYTE(ANY),          \
        BYTE(ANY | TOO_LARGE), BYTE(ANY_LARGE), BYTE(ANY_LARGE), BYTE(ANY_LARGE), BYTE(ANY_LARGE),           \
        BYTE(ANY_LARGE), BYTE(ANY_LARGE), BYTE(ANY_LARGE), BYTE(ANY_LARGE), BYTE(ANY_LARGE | SURROGATE),     \
        BYTE(ANY_LARGE), BYTE(ANY_LARGE)
#define SECOND_HIGH                                                                                          \
    SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT,                                                  \
        BYTE(LONG | OVERLONG_2 | FOLLOWS | OVERLONG_3 | OVERLONG_4),                                         \
        BYTE(LONG | OVERLONG_2 | FOLLOWS | OVERLONG_3 | TOO_LARGE),                                          \
        BYTE(LONG | OVERLONG_2 | FOLLOWS | SURROGATE | TOO_LARGE),                                           \
        BYTE(LONG | OVERLONG_2 | FOLLOWS | SURROGATE | TOO_LARGE), SHORT, SHORT, SHORT, SHORT
/* The largest bytes at the end of a block that promise nothing behind it. */
#define MOST_AT_END BYTE(0xef), BYTE(0xdf), BYTE(0xbf)
#define ONES_8      -1, -1, -1, -1, -1, -1, -1, -1

/* ---- AVX2: 32 bytes a register */

typedef struct Utf8 {
    __m256i before;  /* the 32 bytes before */
    __m256i pending; /* bytes at their end that promise more */
    __m256i faults;
    __m256i least; /* the least byte: 0 is no text */
} Utf8;

#define TWICE(...) _mm256_setr_epi8(__VA_ARGS__, __VA_ARGS__)
/* The bytes that stand `by` before those of `bytes`. */
#define EARLIER(bytes, before, by)                                                                           \
    _mm256_alignr_epi8(bytes, _mm256_permute2x128_si256(before, bytes, 0x21), 16 - (by))

AVX2 static inline __m256i pair_faults(__m256i bytes, __m256i first) {
    const __m256i low = _mm256_set1_epi8(0x0f);
    __m256i first_high = _mm256_and_si256(_mm256_srli_epi16(first, 4), low);
    __m256i second_high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), low);
    __m256i a = _mm256_shuffle_epi8(TWICE(FIRST_HIGH), first_high);
    __m256i b = _mm256_shuffle_epi8(TWICE(FIRST_LOW), _mm256_and_si256(first, low));
    __m256i c = _mm256_shuffle_epi8(TWICE(SECOND_HIGH), second_high);
    return _mm256_and_si256(_mm256_and_si256(a, b), c);
}

AVX2 static inline void check_utf8(Utf8 *utf8, __m256i bytes) {
    utf8->least = _mm256_min_epu8(utf8->least, bytes);
    if (_mm256_movemask_epi8(bytes) == 0) {
        utf8->faults = _mm256_or_si256(utf8->faults, utf8->pending);
    } else {
        __m256i pairs = pair_faults(bytes, EARLIER(bytes, utf8->before, 1));
        /* The high bit where the byte two before is e0 and more, or three before f0 and more. */
        __m256i third = _mm256_subs_epu8(EARLIER(bytes, utf8->before, 2), _mm256_set1_epi8(0xe0 - 0x80));
        __m256i fourth = _mm256_subs_epu8(EARLIER(bytes, utf8->before, 3), _mm256_set1_epi8(0xf0 - 0x80));
        __m256i due = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8(BYTE(0x80)));
        utf8->faults = _mm256_or_si256(utf8->faults, _mm256_xor_si256(pairs, due));
    }
    const __m256i most = _mm256_setr_epi8(ONES_8, ONES_8, ONES_8, -1, -1, -1, -1, -1, MOST_AT_END);
    utf8->pending = _mm256_subs_epu8(bytes, most);
    utf8->before = bytes;
}

#endif
