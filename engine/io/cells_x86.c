/* The ways with AVX2, four numbers at once, and with AVX-512, the names of a row in two registers. Numbers do
 * not gain from wider registers: their bytes are loaded one cell after the other either way, and that is
 * faster than what gathers them. */
#include "io/cells_build.h"

#if defined __x86_64__ && defined __GNUC__

#include <immintrin.h>
#include <string.h>

#define AVX2   __attribute__((target("avx2,bmi")))
#define AVX512 __attribute__((target("avx512f,avx512bw,bmi,bmi2")))

enum { LANES = 4, PIECE = 32, WIDE = 64, NAMES_MOST = 2 * WIDE };

/* ---- AVX2 */

/* What the cells of four rows are; masks are all ones in the lanes that they are true of. */
typedef struct Four {
    __m256i digits, places, blank, odd;
} Four;

AVX2 static inline __m256i bits_from(__m256i bytes, __m256i from) {
    return _mm256_and_si256(_mm256_srlv_epi64(bytes, from), _mm256_set1_epi64x(0xff));
}

/* Takes the first point out: what stands before it moves up. */
AVX2 static inline __m256i without_point(__m256i digits, __m256i *pointed, __m256i *places) {
    const __m256i zero = _mm256_setzero_si256(), low_bits = _mm256_set1_epi8(1);
    __m256i points = _mm256_cmpeq_epi8(digits, _mm256_set1_epi8('.' ^ '0'));
    __m256i point = _mm256_and_si256(points, _mm256_sub_epi64(zero, points)); /* its lowest bit */
    __m256i below = _mm256_sub_epi64(point, _mm256_set1_epi64x(1));
    __m256i from_point = _mm256_or_si256(_mm256_slli_epi64(below, 8), _mm256_set1_epi64x(0xff));
    __m256i moved = _mm256_slli_epi64(_mm256_and_si256(digits, below), 8);
    __m256i joined = _mm256_or_si256(moved, _mm256_andnot_si256(from_point, digits));
    __m256i none = _mm256_cmpeq_epi64(points, zero);
    *pointed = _mm256_andnot_si256(none, _mm256_set1_epi64x(-1));
    *places = _mm256_sad_epu8(_mm256_andnot_si256(from_point, low_bits), zero); /* bytes behind the point */
    return _mm256_blendv_epi8(joined, digits, none);
}

AVX2 static inline __m256i value_of(__m256i digits) {
    __m256i pairs = _mm256_maddubs_epi16(digits, _mm256_set1_epi16(0x010a));
    __m256i fours = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00010064));
    __m256i high = _mm256_mul_epu32(fours, _mm256_set1_epi64x(10000));
    return _mm256_add_epi64(high, _mm256_srli_epi64(fours, 32));
}

/* `bytes` are the last eight of each cell, `size` is its size. */
AVX2 static inline Four read_four(__m256i bytes, __m256i size) {
    const __m256i zero = _mm256_setzero_si256(), one = _mm256_set1_epi64x(1), eight = _mm256_set1_epi64x(8);
    Four four;
    __m256i before = _mm256_slli_epi64(_mm256_sub_epi64(eight, size), 3), pointed, places;
    __m256i negative = _mm256_cmpeq_epi64(bits_from(bytes, before), _mm256_set1_epi64x('-'));
    before = _mm256_add_epi64(before, _mm256_and_si256(negative, eight));
    __m256i digits = _mm256_xor_si256(bytes, _mm256_set1_epi8('0'));
    __m256i first = bits_from(digits, before);
    digits = _mm256_and_si256(digits, _mm256_sllv_epi64(_mm256_set1_epi64x(-1), before));
    digits = without_point(digits, &pointed, &places);
    /* Digits before the point; a mask is -1. */
    __m256i whole = _mm256_add_epi64(_mm256_add_epi64(_mm256_sub_epi64(size, places), pointed), negative);
    __m256i others = _mm256_subs_epu8(digits, _mm256_set1_epi8(9));
    __m256i plain = _mm256_cmpeq_epi64(others, zero);
    __m256i odd = _mm256_or_si256(_mm256_cmpgt_epi64(size, eight), _mm256_cmpeq_epi64(whole, zero));
    odd = _mm256_or_si256(odd, _mm256_and_si256(pointed, _mm256_cmpeq_epi64(places, zero)));
    odd = _mm256_or_si256(odd,
                          _mm256_and_si256(_mm256_cmpeq_epi64(first, zero), _mm256_cmpgt_epi64(whole, one)));
    odd = _mm256_or_si256(odd, _mm256_and_si256(negative, _mm256_cmpeq_epi64(digits, zero)));
    four.blank = _mm256_cmpeq_epi64(size, zero);
    four.odd = _mm256_or_si256(odd, _mm256_andnot_si256(plain, _mm256_set1_epi64x(-1)));
    four.digits = _mm256_sub_epi64(_mm256_xor_si256(value_of(digits), negative), negative);
    four.places = places;
    return four;
}

AVX2 static inline __m256i four_words(const void *a, const void *b, const void *c, const void *d) {
    int64_t words[LANES];
    memcpy(&words[0], a, sizeof *words);
    memcpy(&words[1], b, sizeof *words);
    memcpy(&words[2], c, sizeof *words);
    memcpy(&words[3], d, sizeof *words);
    return _mm256_setr_epi64x(words[0], words[1], words[2], words[3]);
}

/* The lowest byte of each lane. */
AVX2 static inline void store_low_bytes(uint8_t *to, __m256i lanes) {
    const __m256i low = _mm256_set1_epi16(0x0800); /* bytes 0 and 8 of each half */
    __m256i pairs = _mm256_shuffle_epi8(lanes, low);
    uint16_t first = (uint16_t)_mm256_extract_epi16(pairs, 0),
             last = (uint16_t)_mm256_extract_epi16(pairs, 8);
    memcpy(to, &first, sizeof first);
    memcpy(to + sizeof first, &last, sizeof last);
}

AVX2 size_t cells_numbers_avx2(const Cells *cells, size_t column, size_t first, size_t end,
                               const CellNumbers *out) {
    const CellNumbers to = *out;
    const char *data = cells->data - 8;
    const size_t columns = cells->columns;
    const bool returns = cells->returns && column + 1 == columns;
    const __m256i low = _mm256_set1_epi64x(UINT32_MAX), one = _mm256_set1_epi64x(1);
    const uint32_t *mark = cells->marks + first * columns + column - 1;
    __m256i refused = _mm256_setzero_si256();
    size_t row = first;
    for (; row + LANES <= end; row += LANES, mark += LANES * columns) {
        const uint32_t *second = mark + columns, *third = second + columns, *fourth = third + columns;
        /* The mark before a cell and its own stand side by side. */
        __m256i pair = four_words(mark, second, third, fourth);
        __m256i stop = _mm256_sub_epi64(_mm256_srli_epi64(pair, 32), _mm256_set1_epi64x(returns));
        __m256i size = _mm256_sub_epi64(stop, _mm256_and_si256(_mm256_add_epi64(pair, one), low));
        __m256i bytes = four_words(data + mark[1] - returns, data + second[1] - returns,
                                   data + third[1] - returns, data + fourth[1] - returns);
        Four four = read_four(bytes, size);
        __m256i digits = _mm256_blendv_epi8(four.digits, _mm256_set1_epi64x(to.blank_digits), four.blank);
        __m256i scale = _mm256_blendv_epi8(four.places, _mm256_set1_epi64x(CELLS_ODD), four.odd);
        scale = _mm256_blendv_epi8(scale, _mm256_set1_epi64x(to.blank_scale), four.blank);
        refused = _mm256_or_si256(refused, _mm256_andnot_si256(four.blank, four.odd));
        _mm256_storeu_si256((__m256i *)(void *)(to.digits + row), digits);
        store_low_bytes(to.scale + row, scale);
    }
    size_t odd = cells_numbers_plain(cells, column, row, end, out);
    return _mm256_testz_si256(refused, refused) ? odd : odd + cells_mend(cells, column, first, row, out);
}

/* The bytes from `at` on in which two texts differ: bit i is byte i. */
AVX2 static inline uint64_t differences(const char *a, const char *b, size_t at) {
    __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)(a + at));
    __m256i y = _mm256_loadu_si256((const __m256i *)(const void *)(b + at));
    return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(x, y));
}

/* The first of `size` bytes, 32 to 128, in which two texts differ; `size` when there is none. Pieces that
 * would end behind the last byte end there. */
AVX2 static inline size_t first_difference(const char *a, const char *b, size_t size) {
    size_t last = size - PIECE, second = last < 32 ? last : 32, third = last < 64 ? last : 64;
    uint64_t low = differences(a, b, 0) | differences(a, b, second) << 32;
    uint64_t high = differences(a, b, third) | differences(a, b, last) << 32;
    if (!(low | high)) return size;
    size_t bit = low ? _tzcnt_u64(low) : 64 + _tzcnt_u64(high), piece = bit & ~(size_t)31;
    return (piece < last ? piece : last) + (bit & 31);
}

AVX2 size_t cells_changes_avx2(const Cells *cells, size_t column, size_t names, size_t first, size_t end,
                               CellChange *out) {
    const size_t columns = cells->columns;
    const uint32_t *mark = cells->marks + first * columns + column, *before = mark - columns;
    size_t count = 0;
    for (size_t row = first; row < end; row++, before = mark, mark += columns) {
        const char *a = cells->data + (uint32_t)(before[-1] + 1), *b = cells->data + (uint32_t)(mark[-1] + 1);
        size_t a_size = before[names - 1] - (uint32_t)(before[-1] + 1);
        size_t b_size = mark[names - 1] - (uint32_t)(mark[-1] + 1);
        size_t size = a_size < b_size ? a_size : b_size;
        if (__builtin_expect((size < PIECE) | (size > NAMES_MOST), 0)) {
            count += cells_changes_plain(cells, column, names, row, row + 1, out + count);
            continue;
        }
        size_t a_upper = before[names - 2] - (uint32_t)(before[-1] + 1);
        size_t b_upper = mark[names - 2] - (uint32_t)(mark[-1] + 1);
        size_t at = first_difference(a, b, size);
        out[count] = (CellChange){(uint32_t)row, (at < b_upper) | (a_upper != b_upper)};
        count += (at < size) | (a_size != b_size);
    }
    return count;
}

/* ---- AVX-512 */

/* The names of a row: the first 64 bytes and the last, with zeros behind them where they are fewer. */
typedef struct Names {
    __m512i low, high;
    size_t size, upper; /* of all names; of all but the last */
} Names;

AVX512 static inline Names load_names(const char *data, const uint32_t *mark, size_t names) {
    uint32_t from = mark[-1] + 1;
    Names row = {.size = mark[names - 1] - from, .upper = mark[names - 2] - from};
    __mmask64 bytes = _bzhi_u64(UINT64_MAX, (unsigned)(row.size < WIDE ? row.size : WIDE));
    row.low = _mm512_maskz_loadu_epi8(bytes, data + from);
    row.high = _mm512_maskz_loadu_epi8(bytes, data + from + (row.size < WIDE ? 0 : row.size - WIDE));
    return row;
}

AVX512 size_t cells_changes_avx512(const Cells *cells, size_t column, size_t names, size_t first, size_t end,
                                   CellChange *out) {
    const char *data = cells->data;
    const size_t columns = cells->columns;
    const uint32_t *mark = cells->marks + first * columns + column;
    size_t count = 0;
    Names before = load_names(data, mark - columns, names);
    for (size_t row = first; row < end; row++, mark += columns) {
        Names here = load_names(data, mark, names);
        if (__builtin_expect((here.size > NAMES_MOST) | (here.upper > WIDE), 0)) {
            count += cells_changes_plain(cells, column, names, row, row + 1, out + count);
        } else {
            uint64_t low = _mm512_cmpneq_epi8_mask(before.low, here.low);
            uint64_t high = _mm512_cmpneq_epi8_mask(before.high, here.high);
            bool upper = (_bzhi_u64(low, (unsigned)here.upper) != 0) | (before.upper != here.upper);
            out[count] = (CellChange){(uint32_t)row, upper};
            count += ((low | high) != 0) | (before.size != here.size);
        }
        before = here;
    }
    return count;
}

#else
size_t cells_numbers_avx2(const Cells *cells, size_t column, size_t first, size_t end,
                          const CellNumbers *out) {
    return cells_numbers_plain(cells, column, first, end, out);
}

size_t cells_changes_avx2(const Cells *cells, size_t column, size_t names, size_t first, size_t end,
                          CellChange *out) {
    return cells_changes_plain(cells, column, names, first, end, out);
}

size_t cells_changes_avx512(const Cells *cells, size_t column, size_t names, size_t first, size_t end,
                            CellChange *out) {
    return cells_changes_plain(cells, column, names, first, end, out);
}

#endif
