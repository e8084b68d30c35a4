/* The ways with AVX2 and AVX-512. UTF-8 is checked on the way. */
#include "io/marks_build.h"

#if defined __x86_64__ && defined __GNUC__

#include "base/utf8_build.h"

#include <string.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,popcnt")))

AVX2 static inline uint64_t equal_bits(__m256i low, __m256i high, char byte) {
    const __m256i wanted = _mm256_set1_epi8(byte);
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted)) |
           (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted)) << 32;
}

AVX2 static inline MarkBits block_bits(const char *block, Utf8 *utf8) {
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)block);
    __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(block + 32));
    check_utf8(utf8, low);
    check_utf8(utf8, high);
    MarkBits bits = {.lines = equal_bits(low, high, '\n'), .quotes = equal_bits(low, high, '"')};
    bits.separators = bits.lines | equal_bits(low, high, ',');
    bits.returns = equal_bits(low, high, '\r');
    return bits;
}

/* Most blocks have fewer than eight marks; those written beyond them are overwritten by the next block's. */
static inline void store_marks(uint32_t *to, uint32_t base, uint64_t left) {
    const uint64_t top = (uint64_t)1 << 63;
    for (size_t i = 0; i < 8; i++, left &= left - 1) to[i] = base + (uint32_t)__builtin_ctzll(left | top);
    for (size_t i = 8; left; i++, left &= left - 1) to[i] = base + (uint32_t)__builtin_ctzll(left);
}

/* What the bytes before a piece leave behind. */
AVX2 static inline Utf8 begin_utf8(Str text, size_t from) {
    const __m256i none = _mm256_setzero_si256();
    Utf8 utf8 = {none, none, none, _mm256_set1_epi8(-1)};
    if (from > 0)
        check_utf8(&utf8, _mm256_loadu_si256((const __m256i *)(const void *)(text.data + from - 32)));
    utf8.faults = _mm256_setzero_si256();
    return utf8;
}

AVX2 void marks_find_avx2(Marks *marks, Str text, size_t from, size_t to, uint32_t *at) {
    Marks all = *marks;
    Utf8 utf8 = begin_utf8(text, from);
    char tail[MARKS_BLOCK]; /* ends in blanks, which are ASCII: what is pending before them is a fault */
    size_t end = to == text.size ? to + 1 : to;
    for (size_t base = from; base < end; base += MARKS_BLOCK) {
        bool whole = base + MARKS_BLOCK <= text.size;
        if (!whole) marks_tail(text, base, tail);
        uint32_t *place = at + all.count;
        MarkBits bits = block_bits(whole ? text.data + base : tail, &utf8);
        store_marks(place, (uint32_t)base, marks_count(&all, bits));
    }
    __m256i nuls = _mm256_cmpeq_epi8(utf8.least, _mm256_setzero_si256());
    all.invalid |= !_mm256_testz_si256(utf8.faults, utf8.faults) || !_mm256_testz_si256(nuls, nuls);
    *marks = all;
}

/* ---- AVX-512: 64 bytes a register */

#define FOUR_TIMES(...) _mm512_broadcast_i32x4(_mm_setr_epi8(__VA_ARGS__))

/* A constant that stays in a register; the compiler would make it anew for each block. */
AVX512 static inline __m512i kept(__m512i constant) {
    __asm__("" : "+v"(constant));
    return constant;
}

static const uint8_t numbers[MARKS_BLOCK] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                             16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
                                             32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
                                             48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};

/* Bytes that few blocks hold: quotes, carriage returns, NUL, and leads of UTF-8 that are never right (c0,
 * c1), or have continuations that are not all right (e0), or are of characters of four bytes or nothing (f0
 * on). One look-up finds them all: each stands where its low seven bits say, elsewhere is a byte of another
 * place. */
typedef struct Unusual {
    __m512i low, high;
} Unusual;

AVX512 static inline Unusual unusual_bytes(void) {
    const uint64_t one = 1;
    const __m512i places = _mm512_loadu_si512(numbers), c0 = _mm512_set1_epi8(BYTE(0xc0));
    __m512i low = _mm512_mask_mov_epi8(_mm512_set1_epi8(-1), one | one << '\r' | one << '"', places);
    __m512i high = _mm512_maskz_add_epi8(3 | one << 0x20 | UINT64_MAX << 0x30, places, c0);
    return (Unusual){kept(low), kept(high)};
}

AVX512 static inline uint64_t find_unusual(const Unusual *unusual, __m512i bytes) {
    return _mm512_cmpeq_epi8_mask(_mm512_permutex2var_epi8(unusual->low, bytes, unusual->high), bytes);
}

/* Truth tables of three operands for _mm512_ternarylogic_epi64. */
enum { ALL_THREE = 0x80, EITHER_AND = 0xa8, OR_DIFFERENT = 0xf6, DIFFERENT_AND_NOT = 0xb4 };

/* The faults of any text, by table look-up. */
AVX512 static inline __m512i wide_faults(__m512i bytes, __m512i before) {
    const __m512i low = _mm512_set1_epi8(0x0f);
    __m512i lanes = _mm512_alignr_epi32(bytes, before, 12); /* 16 bytes earlier */
    __m512i first = _mm512_alignr_epi8(bytes, lanes, 15);
    __m512i first_high = _mm512_and_si512(_mm512_srli_epi16(first, 4), low);
    __m512i second_high = _mm512_and_si512(_mm512_srli_epi16(bytes, 4), low);
    __m512i a = _mm512_shuffle_epi8(FOUR_TIMES(FIRST_HIGH), first_high);
    __m512i b = _mm512_shuffle_epi8(FOUR_TIMES(FIRST_LOW), _mm512_and_si512(first, low));
    __m512i c = _mm512_shuffle_epi8(FOUR_TIMES(SECOND_HIGH), second_high);
    __m512i third = _mm512_subs_epu8(_mm512_alignr_epi8(bytes, lanes, 14), _mm512_set1_epi8(0xe0 - 0x80));
    __m512i fourth = _mm512_subs_epu8(_mm512_alignr_epi8(bytes, lanes, 13), _mm512_set1_epi8(0xf0 - 0x80));
    const __m512i top = _mm512_set1_epi8(BYTE(0x80));
    __m512i due = _mm512_ternarylogic_epi64(third, fourth, top, EITHER_AND);
    __m512i pairs = _mm512_ternarylogic_epi64(a, b, c, ALL_THREE);
    return _mm512_xor_si512(pairs, due);
}

/* Whether a piece is no UTF-8, whatever it holds. */
AVX512 static bool is_invalid(Str text, size_t from, size_t end) {
    __m512i before = _mm512_setzero_si512(), faults = before;
    if (from > 0) before = _mm512_loadu_si512(text.data + from - MARKS_BLOCK);
    char tail[MARKS_BLOCK];
    for (size_t base = from; base < end; base += MARKS_BLOCK) {
        bool whole = base + MARKS_BLOCK <= text.size;
        if (!whole) marks_tail(text, base, tail);
        __m512i bytes = _mm512_loadu_si512(whole ? text.data + base : tail);
        faults = _mm512_or_si512(faults, wide_faults(bytes, before));
        before = bytes;
    }
    return _mm512_test_epi8_mask(faults, faults) != 0;
}

/* Nearly all text is ASCII and characters of two or three bytes: it is enough that continuations stand where
 * they are due, and behind ed no surrogate. */
typedef struct WideUtf8 {
    __m512i faults; /* the high bit of a byte */
    uint64_t surrogates;
    uint64_t special; /* leads of which this check knows too little */
} WideUtf8;

/* Those of an unusual block. */
AVX512 static inline void note_leads(WideUtf8 *utf8, __m512i bytes, uint64_t unusual) {
    utf8->special |= unusual & _mm512_movepi8_mask(bytes);
}

/* The bytes before a piece: what begins there may go on in it. */
AVX512 static inline WideUtf8 begin_wide(Str text, size_t from, const Unusual *unusual) {
    WideUtf8 utf8 = {_mm512_setzero_si512(), 0, 0};
    if (from == 0) return utf8;
    __m512i before = _mm512_loadu_si512(text.data + from - MARKS_BLOCK);
    note_leads(&utf8, before, find_unusual(unusual, before));
    return utf8;
}

/* `block` has two bytes before it. */
AVX512 static inline void check_wide(WideUtf8 *utf8, __m512i bytes, const char *block) {
    __m512i first = _mm512_loadu_si512(block - 1), second = _mm512_loadu_si512(block - 2);
    __m512i due_first = _mm512_subs_epu8(first, _mm512_set1_epi8(0xc2 - 0x80));
    __m512i due = _mm512_or_si512(due_first, _mm512_subs_epu8(second, _mm512_set1_epi8(0xe0 - 0x80)));
    /* A continuation has its first bit, but not its second. */
    __m512i second_bits = _mm512_add_epi8(bytes, bytes);
    __m512i different = _mm512_ternarylogic_epi64(due, bytes, second_bits, DIFFERENT_AND_NOT);
    utf8->faults = _mm512_or_si512(utf8->faults, different);
    __mmask64 behind_ed = _mm512_cmpeq_epi8_mask(first, _mm512_set1_epi8(BYTE(0xed)));
    utf8->surrogates |= _mm512_mask_cmpge_epu8_mask(behind_ed, bytes, _mm512_set1_epi8(BYTE(0xa0)));
}

AVX512 static inline uint64_t wide_bits(__m512i bytes, char byte) {
    return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(byte));
}

/* The places of the marks, drawn together from the numbers of all bytes; `from` is that of the first. */
AVX512 static inline void store_wide(uint32_t *to, __m512i from, uint64_t marks) {
    __m512i places = _mm512_maskz_compress_epi8(marks, _mm512_loadu_si512(numbers));
    _mm512_storeu_si512(to, _mm512_add_epi32(from, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(places))));
    for (int count = __builtin_popcountll(marks) - 16; __builtin_expect(count > 0, 0); count -= 16) {
        to += 16;
        places = _mm512_alignr_epi32(places, places, 4);
        _mm512_storeu_si512(to, _mm512_add_epi32(from, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(places))));
    }
}

/* The bits of an unusual block. */
AVX512 static inline MarkBits unusual_bits(__m512i bytes, uint64_t separators, uint64_t lines) {
    return (MarkBits){separators, lines, wide_bits(bytes, '"'), wide_bits(bytes, '\r')};
}

AVX512 void marks_find_avx512(Marks *marks, Str text, size_t from, size_t to, uint32_t *at) {
    Marks all = *marks;
    const Unusual unusual = unusual_bytes();
    WideUtf8 utf8 = begin_wide(text, from, &unusual);
    char copy[2 * MARKS_BLOCK] = {0}; /* of a block that has not two bytes before it, or is not whole */
    size_t end = to == text.size ? to + 1 : to;
    const __m512i line = kept(_mm512_set1_epi8('\n')), comma = kept(_mm512_set1_epi8(','));
    __m512i at_base = _mm512_set1_epi32((int)from);
    for (size_t base = from; base < end; base += MARKS_BLOCK) {
        const char *block = text.data + base;
        if (__builtin_expect((base == 0) | (base + MARKS_BLOCK > text.size), 0)) {
            if (base > 0) memcpy(copy + MARKS_BLOCK - 2, block - 2, 2);
            marks_tail(text, base, copy + MARKS_BLOCK);
            block = copy + MARKS_BLOCK;
        }
        __m512i bytes = _mm512_loadu_si512(block);
        check_wide(&utf8, bytes, block);
        uint64_t lines = _mm512_cmpeq_epi8_mask(bytes, line);
        uint64_t separators = lines | _mm512_cmpeq_epi8_mask(bytes, comma);
        uint64_t odd = find_unusual(&unusual, bytes);
        uint32_t *place = at + all.count;
        if (__builtin_expect((odd | all.inside) != 0, 0)) {
            note_leads(&utf8, bytes, odd);
            all.invalid |= wide_bits(bytes, '\0') != 0;
            separators = marks_count(&all, unusual_bits(bytes, separators, lines));
        } else {
            all.lines += (size_t)__builtin_popcountll(lines);
            all.count += (size_t)__builtin_popcountll(separators);
        }
        store_wide(place, at_base, separators);
        at_base = _mm512_add_epi32(at_base, _mm512_set1_epi32((int)MARKS_BLOCK));
    }
    bool faults = (_mm512_movepi8_mask(utf8.faults) | utf8.surrogates) != 0;
    all.invalid |= utf8.special ? is_invalid(text, from, end) : faults;
    *marks = all;
}

#else

void marks_find_avx2(Marks *marks, Str text, size_t from, size_t to, uint32_t *at) {
    marks_find_plain(marks, text, from, to, at);
}

void marks_find_avx512(Marks *marks, Str text, size_t from, size_t to, uint32_t *at) {
    marks_find_plain(marks, text, from, to, at);
}

#endif
