/* The ways with AVX-512: eight numbers at once, and the names of a row in two registers. */
#include "io/cells_build.h"

#if defined __x86_64__ && defined __GNUC__

#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512cd,bmi,bmi2")))

enum { LANES = 8, NAMES_MOST = 128 };

/* What the cells of eight rows are: bit i of a mask is row i. */
typedef struct Eight {
    __m512i digits, places;
    __mmask8 blank, odd;
} Eight;

/* `bytes` are the last eight of each cell, `size` is its size. */
AVX512 static inline Eight read_numbers(__m512i bytes, __m512i size) {
    const __m512i zero = _mm512_setzero_si512(), one = _mm512_set1_epi64(1), nine = _mm512_set1_epi8(9);
    const __m512i low_byte = _mm512_set1_epi64(0xff), eight = _mm512_set1_epi64(8);
    Eight eight_rows;
    /* Bits before the first byte of the cell; a sign goes to them. */
    __m512i before = _mm512_slli_epi64(_mm512_sub_epi64(eight, size), 3);
    __m512i first = _mm512_and_si512(_mm512_srlv_epi64(bytes, before), low_byte);
    __mmask8 negative = _mm512_cmpeq_epi64_mask(first, _mm512_set1_epi64('-'));
    before = _mm512_mask_add_epi64(before, negative, before, eight);
    __m512i digits = _mm512_xor_si512(bytes, _mm512_set1_epi8('0'));
    first = _mm512_and_si512(_mm512_srlv_epi64(digits, before), low_byte);
    digits = _mm512_and_si512(digits, _mm512_sllv_epi64(_mm512_set1_epi64(-1), before));
    /* The first point is taken out: what stands before it moves up. */
    __m512i points = _mm512_movm_epi8(_mm512_cmpeq_epi8_mask(digits, _mm512_set1_epi8('.' ^ '0')));
    __mmask8 pointed = _mm512_test_epi64_mask(points, points);
    __m512i point = _mm512_and_si512(points, _mm512_sub_epi64(zero, points)); /* its lowest bit */
    __m512i below = _mm512_sub_epi64(point, one);
    __m512i from_point = _mm512_or_si512(_mm512_slli_epi64(below, 8), low_byte);
    __m512i moved = _mm512_slli_epi64(_mm512_and_si512(digits, below), 8);
    digits = _mm512_mask_or_epi64(digits, pointed, moved, _mm512_andnot_si512(from_point, digits));
    __m512i places = _mm512_maskz_srli_epi64(pointed, _mm512_lzcnt_epi64(point), 3);
    /* Digits before the point. */
    __m512i whole = _mm512_sub_epi64(_mm512_sub_epi64(size, places), _mm512_maskz_mov_epi64(pointed, one));
    whole = _mm512_mask_sub_epi64(whole, negative, whole, one);
    __m512i others = _mm512_movm_epi8(_mm512_cmpgt_epu8_mask(digits, nine));
    eight_rows.blank = _mm512_cmpeq_epi64_mask(size, zero);
    eight_rows.odd = _mm512_test_epi64_mask(others, others) | _mm512_cmpgt_epi64_mask(size, eight) |
                     _mm512_cmpeq_epi64_mask(whole, zero) |
                     (pointed & _mm512_cmpeq_epi64_mask(places, zero)) |
                     (_mm512_cmpeq_epi64_mask(first, zero) & _mm512_cmpgt_epi64_mask(whole, one)) |
                     (negative & _mm512_cmpeq_epi64_mask(digits, zero));
    __m512i pairs = _mm512_maddubs_epi16(digits, _mm512_set1_epi16(0x010a));
    __m512i fours = _mm512_madd_epi16(pairs, _mm512_set1_epi32(0x00010064));
    __m512i value =
        _mm512_add_epi64(_mm512_mul_epu32(fours, _mm512_set1_epi64(10000)), _mm512_srli_epi64(fours, 32));
    eight_rows.digits = _mm512_mask_sub_epi64(value, negative, zero, value);
    eight_rows.places = places;
    return eight_rows;
}

AVX512 size_t cells_numbers_avx512(const Cells *cells, size_t column, size_t first, size_t end,
                                   const CellNumbers *out) {
    const CellNumbers to = *out;
    const char *data = cells->data;
    const __m512i low = _mm512_set1_epi64(UINT32_MAX), one = _mm512_set1_epi64(1);
    const __m512i returns = _mm512_set1_epi64(cells->returns && column + 1 == cells->columns);
    const __m512i steps = _mm512_mullo_epi64(_mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7),
                                             _mm512_set1_epi64((long long)cells->columns));
    const uint32_t *mark = cells->marks + first * cells->columns + column - 1;
    bool refused = false;
    for (size_t row = first; row < end; row += LANES, mark += LANES * cells->columns) {
        __mmask8 rows = (__mmask8)(end - row >= LANES ? 0xff : (1 << (end - row)) - 1);
        /* The mark before a cell and its own stand side by side. */
        __m512i pair = _mm512_mask_i64gather_epi64(one, rows, steps, mark, 4);
        __m512i stop = _mm512_sub_epi64(_mm512_srli_epi64(pair, 32), returns);
        __m512i size = _mm512_sub_epi64(stop, _mm512_and_si512(_mm512_add_epi64(pair, one), low));
        __m512i bytes = _mm512_mask_i64gather_epi64(one, rows, stop, data - 8, 1);
        Eight eight = read_numbers(bytes, size);
        __m512i digits = _mm512_mask_mov_epi64(eight.digits, eight.blank, _mm512_set1_epi64(to.blank_digits));
        __m512i scale = _mm512_mask_mov_epi64(eight.places, eight.odd, _mm512_set1_epi64(CELLS_ODD));
        scale = _mm512_mask_mov_epi64(scale, eight.blank, _mm512_set1_epi64(to.blank_scale));
        refused |= (eight.odd & ~eight.blank & rows) != 0;
        _mm512_mask_storeu_epi64(to.digits + row, rows, digits);
        _mm512_mask_cvtepi64_storeu_epi8(to.scale + row, rows, scale);
    }
    return refused ? cells_mend(cells, column, first, end, out) : 0;
}

/* The names of a row: the first NAMES_MOST bytes, and zeros behind their end. */
typedef struct Names {
    __m512i low, high;
    size_t size, upper; /* of all names; of all but the last */
} Names;

AVX512 static inline Names load_names(const char *data, const uint32_t *mark, size_t names) {
    uint32_t from = mark[-1] + 1;
    Names row = {.size = mark[names - 1] - from, .upper = mark[names - 2] - from};
    unsigned size = row.size < NAMES_MOST ? (unsigned)row.size : NAMES_MOST;
    __mmask64 low = size >= 64 ? UINT64_MAX : _bzhi_u64(UINT64_MAX, size);
    __mmask64 high = size <= 64 ? 0 : _bzhi_u64(UINT64_MAX, size - 64);
    row.low = _mm512_maskz_loadu_epi8(low, data + from);
    row.high = _mm512_maskz_loadu_epi8(high, data + from + 64);
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
        if (__builtin_expect((before.size > NAMES_MOST) | (here.size > NAMES_MOST), 0)) {
            count += cells_changes_plain(cells, column, names, row, row + 1, out + count);
        } else {
            uint64_t low = _mm512_cmpneq_epi8_mask(before.low, here.low);
            uint64_t high = _mm512_cmpneq_epi8_mask(before.high, here.high);
            size_t at = low ? _tzcnt_u64(low) : 64 + _tzcnt_u64(high); /* the first byte that differs */
            bool same = !(low | high) & (before.size == here.size);
            out[count] = (CellChange){(uint32_t)row, (at < here.upper) | (before.upper != here.upper)};
            count += !same;
        }
        before = here;
    }
    return count;
}

#else
size_t cells_numbers_avx512(const Cells *cells, size_t column, size_t first, size_t end,
                            const CellNumbers *out) {
    return cells_numbers_plain(cells, column, first, end, out);
}

size_t cells_changes_avx512(const Cells *cells, size_t column, size_t names, size_t first, size_t end,
                            CellChange *out) {
    return cells_changes_plain(cells, column, names, first, end, out);
}

#endif
