#include "io/marks.h"

#include "base/cpu.h"
#include "base/text.h"

#include <string.h>

#define BLOCK 64

/* What one block of bytes holds: bit i is byte i. */
typedef struct Bits {
    uint64_t separators; /* commas and line feeds */
    uint64_t lines;
    uint64_t quotes;
    uint64_t returns;
} Bits;

static size_t count_bits(uint64_t bits) { return (size_t)__builtin_popcountll(bits); }

/* Each bit becomes the xor of itself and all below: 1 from an opening quote up to its closing one. */
static uint64_t spread(uint64_t bits) {
    for (unsigned shift = 1; shift < BLOCK; shift *= 2) bits ^= bits << shift;
    return bits;
}

/* Adds a block's marks, `base` bytes into the text; `inside` is all ones while a quote is open. */
static inline void add_block(Marks *marks, uint32_t *at, uint32_t base, Bits bits, uint64_t *inside) {
    if (__builtin_expect((bits.quotes | *inside) != 0, 0)) {
        uint64_t quoted = spread(bits.quotes) ^ *inside;
        *inside = 0 - (quoted >> 63);
        bits.separators &= ~quoted;
        bits.lines &= ~quoted;
        marks->quotes += count_bits(bits.quotes);
    }
    marks->lines += count_bits(bits.lines);
    marks->returns += count_bits(bits.returns);
    uint32_t *to = at + marks->count;
    size_t count = count_bits(bits.separators);
    marks->count += count;
    uint64_t left = bits.separators;
    for (size_t i = 0; i < 8; i++, left &= left - 1) /* most blocks have fewer; what is too much is overwritten */
        to[i] = base + (uint32_t)__builtin_ctzll(left | (uint64_t)1 << 63);
    for (size_t i = 8; i < count; i++, left &= left - 1) to[i] = base + (uint32_t)__builtin_ctzll(left);
}

static Bits plain_bits(const char *block) {
    Bits bits = {0};
    for (size_t i = 0; i < BLOCK; i++) {
        uint64_t bit = (uint64_t)1 << i;
        bits.separators |= block[i] == ',' || block[i] == '\n' ? bit : 0;
        bits.lines |= block[i] == '\n' ? bit : 0;
        bits.quotes |= block[i] == '"' ? bit : 0;
        bits.returns |= block[i] == '\r' ? bit : 0;
    }
    return bits;
}

/* The bytes behind the last whole block, with zeros behind them, which mark nothing. */
static void copy_tail(Str text, size_t from, char *block) {
    memset(block, 0, BLOCK);
    if (from < text.size) memcpy(block, text.data + from, text.size - from);
}

static Marks find_plain(Str text, uint32_t *at) {
    Marks marks = {.valid = text_invalid(text) == text.size};
    uint64_t inside = 0;
    size_t base = 0;
    for (; base + BLOCK <= text.size; base += BLOCK)
        add_block(&marks, at, (uint32_t)base, plain_bits(text.data + base), &inside);
    char tail[BLOCK];
    copy_tail(text, base, tail);
    add_block(&marks, at, (uint32_t)base, plain_bits(tail), &inside);
    return marks;
}

#if defined __x86_64__ && defined __GNUC__

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

/* UTF-8 by table look-up: John Keiser and Daniel Lemire, Validating UTF-8 In Less Than One Instruction Per
 * Byte (2021). Two neighbouring bytes are wrong when the three tables agree on a fault; a lone exception,
 * that two continuation bytes follow each other, is taken out by the lengths that earlier bytes promise. */
enum {
    SHORT = 1,         /* a lead byte or ASCII where a continuation is due */
    LONG = 2,          /* a continuation behind ASCII */
    OVERLONG_3 = 4,    /* e0 with less than a0 */
    TOO_LARGE = 8,     /* above 10ffff: f4 with 90 and more, f5 and more */
    SURROGATE = 16,    /* ed with a0 and more */
    OVERLONG_2 = 32,   /* c0, c1 */
    OVERLONG_4 = 64,   /* f0 with less than 90; shared with what is far too large */
    FOLLOWS = 128,     /* a continuation behind a continuation */
    ANY = SHORT | LONG | FOLLOWS
};

typedef struct Utf8 {
    __m256i before;  /* the 32 bytes before */
    __m256i pending; /* lead bytes at the end of those that promise more */
    __m256i faults;
} Utf8;

#define PAIR(...) _mm256_setr_epi8(__VA_ARGS__, __VA_ARGS__)
#define BYTE(x)   ((char)(x))

AVX2 static inline __m256i high_half(__m256i bytes) {
    return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0f));
}

/* The bytes that stand `by` before those of `bytes`. */
#define EARLIER(bytes, before, by)                                                                           \
    _mm256_alignr_epi8(bytes, _mm256_permute2x128_si256(before, bytes, 0x21), 16 - (by))

AVX2 static inline __m256i pair_faults(__m256i bytes, __m256i first) {
    const __m256i first_high =
        PAIR(LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, BYTE(FOLLOWS), BYTE(FOLLOWS), BYTE(FOLLOWS),
             BYTE(FOLLOWS), SHORT | OVERLONG_2, SHORT, SHORT | OVERLONG_3 | SURROGATE,
             SHORT | TOO_LARGE | OVERLONG_4);
    const __m256i first_low =
        PAIR(BYTE(ANY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4), BYTE(ANY | OVERLONG_2), BYTE(ANY), BYTE(ANY),
             BYTE(ANY | TOO_LARGE), BYTE(ANY | TOO_LARGE | OVERLONG_4), BYTE(ANY | TOO_LARGE | OVERLONG_4),
             BYTE(ANY | TOO_LARGE | OVERLONG_4), BYTE(ANY | TOO_LARGE | OVERLONG_4),
             BYTE(ANY | TOO_LARGE | OVERLONG_4), BYTE(ANY | TOO_LARGE | OVERLONG_4),
             BYTE(ANY | TOO_LARGE | OVERLONG_4), BYTE(ANY | TOO_LARGE | OVERLONG_4),
             BYTE(ANY | TOO_LARGE | OVERLONG_4 | SURROGATE), BYTE(ANY | TOO_LARGE | OVERLONG_4),
             BYTE(ANY | TOO_LARGE | OVERLONG_4));
    const __m256i second_high =
        PAIR(SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT,
             BYTE(LONG | OVERLONG_2 | FOLLOWS | OVERLONG_3 | OVERLONG_4),
             BYTE(LONG | OVERLONG_2 | FOLLOWS | OVERLONG_3 | TOO_LARGE),
             BYTE(LONG | OVERLONG_2 | FOLLOWS | SURROGATE | TOO_LARGE),
             BYTE(LONG | OVERLONG_2 | FOLLOWS | SURROGATE | TOO_LARGE), SHORT, SHORT, SHORT, SHORT);
    __m256i a = _mm256_shuffle_epi8(first_high, high_half(first));
    __m256i b = _mm256_shuffle_epi8(first_low, _mm256_and_si256(first, _mm256_set1_epi8(0x0f)));
    __m256i c = _mm256_shuffle_epi8(second_high, high_half(bytes));
    return _mm256_and_si256(_mm256_and_si256(a, b), c);
}

AVX2 static inline void check_utf8(Utf8 *utf8, __m256i bytes) {
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
    const __m256i most = _mm256_setr_epi8(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
                                          -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, BYTE(0xef), BYTE(0xdf),
                                          BYTE(0xbf));
    utf8->pending = _mm256_subs_epu8(bytes, most);
    utf8->before = bytes;
}

AVX2 static inline uint64_t mask_of(__m256i low, __m256i high) {
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

AVX2 static inline Bits fast_bits(const char *block, Utf8 *utf8) {
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)block);
    __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(block + 32));
    check_utf8(utf8, low);
    check_utf8(utf8, high);
    const __m256i comma = _mm256_set1_epi8(','), line = _mm256_set1_epi8('\n');
    const __m256i quote = _mm256_set1_epi8('"'), back = _mm256_set1_epi8('\r');
    Bits bits;
    bits.lines = mask_of(_mm256_cmpeq_epi8(low, line), _mm256_cmpeq_epi8(high, line));
    bits.separators = bits.lines | mask_of(_mm256_cmpeq_epi8(low, comma), _mm256_cmpeq_epi8(high, comma));
    bits.quotes = mask_of(_mm256_cmpeq_epi8(low, quote), _mm256_cmpeq_epi8(high, quote));
    bits.returns = mask_of(_mm256_cmpeq_epi8(low, back), _mm256_cmpeq_epi8(high, back));
    return bits;
}

AVX2 static Marks find_fast(Str text, uint32_t *at) {
    Marks marks = {0};
    Utf8 utf8 = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256()};
    uint64_t inside = 0;
    size_t base = 0;
    for (; base + BLOCK <= text.size; base += BLOCK)
        add_block(&marks, at, (uint32_t)base, fast_bits(text.data + base, &utf8), &inside);
    char tail[BLOCK]; /* its zeros are ASCII: what is pending before them is a fault */
    copy_tail(text, base, tail);
    add_block(&marks, at, (uint32_t)base, fast_bits(tail, &utf8), &inside);
    utf8.faults = _mm256_or_si256(utf8.faults, utf8.pending);
    marks.valid = _mm256_testz_si256(utf8.faults, utf8.faults) != 0;
    return marks;
}

#else

static Marks find_fast(Str text, uint32_t *at) { return find_plain(text, at); }

#endif

Marks marks_find(Str text, uint32_t *at) { return cpu_has_avx2() ? find_fast(text, at) : find_plain(text, at); }
