#include "io/cells_build.h"

#include "base/cpu.h"

#include <string.h>

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

#define ONES ((uint64_t)0x0101010101010101)
#define TOPS ((uint64_t)0x8080808080808080)

/* Eight digits, the first in the lowest byte, each as a number below ten. */
static uint64_t eight_digits(uint64_t digits) {
    digits = (digits * 2561) >> 8;
    digits = ((digits & 0x00ff00ff00ff00ff) * 6553601) >> 16;
    return ((digits & 0x0000ffff0000ffff) * 42949672960001) >> 32;
}

static inline uint64_t load_digits(const char *from) {
    uint64_t bytes;
    memcpy(&bytes, from, sizeof bytes);
    return bytes ^ ONES * '0';
}

/* True when a byte is more than nine. */
static inline bool has_other(uint64_t digits) { return (((digits + ONES * 0x76) | digits) & TOPS) != 0; }

static inline uint64_t find_points(uint64_t digits) {
    uint64_t points = digits ^ ONES * ('.' ^ '0');
    return (points - ONES) & ~points & TOPS; /* the lowest bit set is that of the first point */
}

/* A number of at most eight characters besides its sign, all at once (SWAR). */
static inline bool read_eight(const char *from, const char *to, int64_t *digits, uint8_t *scale) {
    bool negative = *from == '-';
    from += negative;
    size_t size = (size_t)(to - from);
    if (size - 1 >= 8) return false;
    uint64_t bytes = load_digits(to - 8) & ~(uint64_t)0 << (8 * (8 - size));
    uint64_t points = find_points(bytes);
    /* Without a branch, since half of all numbers have a point: `has` is all ones where there is one. */
    uint64_t has = 0 - (uint64_t)(points != 0);
    unsigned at = (unsigned)__builtin_ctzll(points | (uint64_t)1 << 63) & ~7u; /* first bit of its byte */
    uint64_t below = ((uint64_t)1 << at) - 1;
    uint64_t joined = (bytes & below) << 8 | (bytes & ~(below << 8 | 0xff));
    bytes = (joined & has) | (bytes & ~has);
    size_t pointed = has & 1, places = (56 - at) / 8 & has, whole = size - places - pointed;
    bool odd = (whole == 0) | (pointed & (places == 0)) | ((*from == '0') & (whole > 1)) |
               (negative & (bytes == 0)) | has_other(bytes); /* ".5", "5.", "05", "-0" */
    if (odd) return false;
    int64_t value = (int64_t)eight_digits(bytes);
    *digits = negative ? -value : value;
    *scale = (uint8_t)places;
    return true;
}

/* The same for up to sixteen characters, which are rare. */
static bool read_sixteen(const char *from, const char *to, int64_t *digits, uint8_t *scale) {
    bool negative = *from == '-';
    from += negative;
    size_t size = (size_t)(to - from), places = 0;
    if (size - 1 >= 16) return false;
    const char *point = memchr(from, '.', size);
    char text[16] = {'0', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0'};
    size_t whole = point ? (size_t)(point - from) : size;
    if (point) places = size - whole - 1;
    if (whole == 0 || (point && places == 0) || (*from == '0' && whole > 1)) return false;
    memcpy(text + sizeof text - places - whole, from, whole);
    if (point) memcpy(text + sizeof text - places, point + 1, places);
    uint64_t high = load_digits(text), low = load_digits(text + 8);
    if (has_other(high) || has_other(low)) return false;
    int64_t value = (int64_t)(eight_digits(high) * 100000000 + eight_digits(low));
    if (negative && value == 0) return false;
    *digits = negative ? -value : value;
    *scale = (uint8_t)places;
    return true;
}

bool cells_number(Str cell, int64_t *digits, uint8_t *scale) {
    const char *to = cell.data + cell.size;
    return read_eight(cell.data, to, digits, scale) || read_sixteen(cell.data, to, digits, scale);
}

#else

bool cells_number(Str cell, int64_t *digits, uint8_t *scale) {
    (void)cell, (void)digits, (void)scale;
    return false;
}

#endif

/* Few are odd. */
size_t cells_next_odd(const CellNumbers *out, size_t first, size_t end) {
    const uint8_t *odd = memchr(out->scale + first, CELLS_ODD, end - first);
    return odd ? (size_t)(odd - out->scale) : end;
}

size_t cells_mend(const Cells *cells, size_t column, size_t first, size_t end, const CellNumbers *out) {
    size_t odd = 0, row = first;
    for (; (row = cells_next_odd(out, row, end)) < end; row++) {
        int64_t digits;
        if (cells_number(cells_at(cells, row, column), &digits, &out->scale[row]))
            out->digits[row] = digits;
        else
            odd++;
    }
    return odd;
}

size_t cells_numbers_plain(const Cells *cells, size_t column, size_t first, size_t end,
                           const CellNumbers *out) {
    const CellNumbers to =
        *out; /* copies: what is written through `scale` may be anything for the compiler */
    const Cells from = *cells;
    size_t odd = 0;
    for (size_t row = first; row < end; row++) {
        Str cell = cells_at(&from, row, column);
        if (cell.size == 0) {
            to.digits[row] = to.blank_digits;
            to.scale[row] = to.blank_scale;
        } else if (!cells_number(cell, &to.digits[row], &to.scale[row])) {
            to.scale[row] = CELLS_ODD;
            odd++;
        }
    }
    return odd;
}

size_t cells_numbers(const Cells *cells, size_t column, size_t first, size_t end, const CellNumbers *out) {
    if (cpu_level() >= CPU_AVX2) return cells_numbers_avx2(cells, column, first, end, out);
    return cells_numbers_plain(cells, column, first, end, out);
}

/* The bytes of `names` cells side by side, commas included. */
static inline Str joined_names(const Cells *cells, size_t row, size_t column, size_t names) {
    const uint32_t *mark = cells->marks + row * cells->columns + column;
    uint32_t from = mark[-1] + 1;
    return (Str){cells->data + from, mark[names - 1] - from};
}

/* The bytes are the same, and so are the places of the commas: those of names with quotes may be elsewhere.
 */
static bool names_equal(const Cells *cells, size_t row, size_t column, size_t names) {
    for (size_t name = 0; name < names; name++)
        if (!str_equal(cells_at(cells, row, column + name), cells_at(cells, row - 1, column + name)))
            return false;
    return true;
}

size_t cells_changes_plain(const Cells *cells, size_t column, size_t names, size_t first, size_t end,
                           CellChange *out) {
    size_t count = 0;
    for (size_t row = first; row < end; row++) {
        Str a = joined_names(cells, row - 1, column, names), b = joined_names(cells, row, column, names);
        size_t size = a.size < b.size ? a.size : b.size;
        bool same = (memcmp(a.data, b.data, size) == 0) & (a.size == b.size);
        if (same) continue;
        out[count++] = (CellChange){(uint32_t)row, !names_equal(cells, row, column, names - 1)};
    }
    return count;
}

size_t cells_changes(const Cells *cells, size_t column, size_t names, size_t first, size_t end,
                     CellChange *out) {
    CpuLevel level = cpu_level();
    if (level == CPU_AVX512) return cells_changes_avx512(cells, column, names, first, end, out);
    if (level == CPU_AVX2) return cells_changes_avx2(cells, column, names, first, end, out);
    return cells_changes_plain(cells, column, names, first, end, out);
}
