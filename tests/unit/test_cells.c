#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cpu.h"
#include "io/cells_build.h"
#include "random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

typedef size_t FindNumbers(const Cells *cells, size_t column, size_t first, size_t end,
                           const CellNumbers *out);
typedef size_t FindChanges(const Cells *cells, size_t column, size_t names, size_t first, size_t end,
                           CellChange *out);

static const struct {
    CpuLevel level;
    FindNumbers *numbers;
    FindChanges *changes;
} ways[] = {
    {CPU_PLAIN, cells_numbers_plain, cells_changes_plain},
    {CPU_AVX2, cells_numbers_avx2, cells_changes_avx2},
    {CPU_AVX512, cells_numbers_avx2, cells_changes_avx512},
};

/* A text in a block that ends where it does, so that a checker sees what is read beyond it. */
typedef struct Sample {
    char *block;
    uint32_t *marks;
    Cells cells;
    size_t rows;
} Sample;

static void *block_of(size_t size) {
    void *block = calloc(size, 1);
    assert_non_null(block);
    return block;
}

static Sample sample_of(const char *text, size_t columns, bool returns) {
    size_t size = strlen(text), count = 0;
    Sample sample = {block_of(CELLS_LEAD + size), block_of((size + 1) * sizeof *sample.marks), {0}, 0};
    memcpy(sample.block + CELLS_LEAD, text, size);
    sample.marks[0] = UINT32_MAX;
    for (size_t i = 0; i < size; i++)
        if (text[i] == ',' || text[i] == '\n') sample.marks[++count] = (uint32_t)i;
    sample.cells = (Cells){sample.block + CELLS_LEAD, sample.marks + 1, columns, returns};
    sample.rows = count / columns;
    return sample;
}

static void sample_end(Sample *sample) {
    free(sample->block);
    free(sample->marks);
}

/* A cell read as its grammar says, one byte after the other; scale CELLS_ODD when it is no number. */
static void expected_number(const char *cell, size_t size, int64_t *digits, uint8_t *scale) {
    size_t at = size > 0 && cell[0] == '-', from = at, point = size;
    bool good = size - at <= 16 && size > at;
    *digits = 0;
    for (; at < size; at++) {
        if (cell[at] == '.' && point == size)
            point = at;
        else if (cell[at] < '0' || cell[at] > '9')
            good = false;
        else if (good)
            *digits = *digits * 10 + (cell[at] - '0');
    }
    size_t whole = point - from;
    if (whole == 0 || point + 1 == size || (whole > 1 && cell[from] == '0')) good = false;
    if (from == 1 && *digits == 0) good = false;
    if (from == 1) *digits = -*digits;
    *scale = good ? (uint8_t)(point < size ? size - point - 1 : 0) : CELLS_ODD;
}

enum { BLANK_DIGITS = 7, BLANK_SCALE = 255, MOST_ROWS = 64 };

static void check_numbers(const Sample *sample, size_t column, size_t first, size_t end) {
    for (size_t way = 0; way < COUNT(ways) && ways[way].level <= cpu_level(); way++) {
        int64_t digits[MOST_ROWS] = {0};
        uint8_t scale[MOST_ROWS] = {0};
        CellNumbers out = {digits, scale, BLANK_DIGITS, BLANK_SCALE};
        size_t odd = ways[way].numbers(&sample->cells, column, first, end, &out), wanted_odd = 0;
        for (size_t row = 0; row < sample->rows; row++) {
            Str cell = cells_at(&sample->cells, row, column);
            int64_t wanted = BLANK_DIGITS;
            uint8_t places = BLANK_SCALE;
            if (cell.size) expected_number(cell.data, cell.size, &wanted, &places);
            if (row < first || row >= end) wanted = places = 0;
            wanted_odd += places == CELLS_ODD;
            bool same = scale[row] == places && (places == CELLS_ODD || digits[row] == wanted);
            if (!same)
                fail_msg("way %zu, '%.*s': %lld scale %d, not %lld scale %d", way, (int)cell.size, cell.data,
                         (long long)digits[row], scale[row], (long long)wanted, places);
        }
        assert_int_equal(odd, wanted_odd);
    }
}

static void test_numbers_by_hand(void **state) {
    (void)state;
    static const struct {
        const char *cell;
        int64_t digits;
        uint8_t scale;
    } known[] = {
        {"0", 0, 0},
        {"7", 7, 0},
        {"12.50", 1250, 2},
        {"-3", -3, 0},
        {"-0.5", -5, 1},
        {"0.00", 0, 2},
        {"12345678", 12345678, 0},
        {"1234567.8", 12345678, 1},
        {"-12345678", -12345678, 0},
        {"20001.123", 20001123, 3},
        {"123456789012.345", 123456789012345, 3},
        {"9999999999999999", 9999999999999999, 0},
        {"-999999999999.999", -999999999999999, 3},
    };
    static const char *const odd[] = {"",
                                      "05",
                                      "00.1",
                                      "-0",
                                      "-0.0",
                                      ".5",
                                      "5.",
                                      "-.5",
                                      "1.2.3",
                                      "1e3",
                                      "+5",
                                      "-",
                                      "--1",
                                      "1 ",
                                      " 1",
                                      "1,5",
                                      "\"1\"",
                                      "１",
                                      "12345678901234567",
                                      "123456789012345.67"};
    for (size_t i = 0; i < COUNT(known); i++) {
        char text[64] = "................";
        int64_t digits;
        uint8_t scale;
        strcat(text, known[i].cell);
        assert_true(cells_number(str_of(text + 16), &digits, &scale));
        assert_int_equal(digits, known[i].digits);
        assert_int_equal(scale, known[i].scale);
    }
    for (size_t i = 0; i < COUNT(odd); i++) {
        char text[64] = "................";
        int64_t digits;
        uint8_t scale;
        strcat(text, odd[i]);
        assert_false(cells_number(str_of(text + 16), &digits, &scale));
    }
}

static void test_numbers(void **state) {
    (void)state;
    static const char *const signs[] = {"0123456789", "0123456789.", "0.-1", "19.5e ", "00000001."};
    uint64_t random = 1;
    for (size_t round = 0; round < RANDOM_ROUNDS(3000); round++) {
        char text[MOST_ROWS * 64] = "";
        size_t size = 0, rows = 1 + next_random(&random) % 20, most = 1 + next_random(&random) % 19;
        bool returns = round % 2;
        for (size_t row = 0; row < rows; row++)
            for (size_t column = 0; column < 3; column++) {
                const char *from = signs[next_random(&random) % COUNT(signs)];
                size_t length = next_random(&random) % (most + 1);
                if (length && next_random(&random) % 8 == 0) text[size++] = '-';
                for (size_t i = 0; i < length; i++) text[size++] = from[next_random(&random) % strlen(from)];
                if (column == 2 && returns) text[size++] = '\r';
                text[size++] = column == 2 ? '\n' : ',';
            }
        text[size] = '\0';
        Sample sample = sample_of(text, 3, returns);
        assert_int_equal(sample.rows, rows);
        for (size_t column = 0; column < 3; column++) {
            size_t first = next_random(&random) % rows;
            check_numbers(&sample, column, 0, rows);
            check_numbers(&sample, column, first, first + next_random(&random) % (rows - first + 1));
        }
        sample_end(&sample);
    }
}

static void check_changes(const Sample *sample, size_t first) {
    for (size_t way = 0; way < COUNT(ways) && ways[way].level <= cpu_level(); way++) {
        CellChange found[MOST_ROWS];
        size_t count = ways[way].changes(&sample->cells, 1, 3, first, sample->rows, found), at = 0;
        for (size_t row = first; row < sample->rows; row++) {
            bool same[3];
            for (size_t name = 0; name < 3; name++)
                same[name] = str_equal(cells_at(&sample->cells, row, 1 + name),
                                       cells_at(&sample->cells, row - 1, 1 + name));
            if (same[0] && same[1] && same[2]) continue;
            assert_true(at < count);
            assert_int_equal(found[at].row, row);
            assert_int_equal(found[at++].upper, !(same[0] && same[1]));
        }
        assert_int_equal(at, count);
    }
}

static void test_changes_by_hand(void **state) {
    (void)state;
    Sample sample = sample_of("1,a,b,c,\n2,a,b,c,\n3,a,b,d,\n4,a,bd,,\n5,ab,d,,\n", 5, false);
    check_changes(&sample, 1);
    CellChange found[4];
    assert_int_equal(cells_changes(&sample.cells, 1, 3, 1, 5, found), 3);
    assert_int_equal(found[0].row, 2);
    assert_false(found[0].upper);
    assert_int_equal(found[1].row, 3);
    assert_true(found[1].upper);
    assert_int_equal(found[2].row, 4);
    assert_true(found[2].upper);
    sample_end(&sample);
}

/* Names around the sizes of registers, that often are those of the row before, or differ in one byte. */
static void test_changes(void **state) {
    (void)state;
    uint64_t random = 2;
    for (size_t round = 0; round < RANDOM_ROUNDS(2000); round++) {
        char *text = block_of((size_t)1 << 16), names[3][160] = {{0}};
        size_t size = 0, rows = 2 + next_random(&random) % 12, most = 1 + next_random(&random) % 70;
        for (size_t row = 0; row < rows; row++) {
            for (size_t name = 0; name < 3; name++) {
                uint64_t bits = next_random(&random);
                size_t length = bits % most;
                if (row == 0 || (bits >> 8) % 4 == 0) {
                    memset(names[name], 'a', length);
                    names[name][length] = '\0';
                } else if ((bits >> 8) % 4 == 1 && names[name][0]) {
                    names[name][(bits >> 16) % strlen(names[name])] = 'b';
                }
            }
            size += (size_t)sprintf(text + size, "%zu,%s,%s,%s,x\n", row, names[0], names[1], names[2]);
        }
        Sample sample = sample_of(text, 5, false);
        check_changes(&sample, 1);
        check_changes(&sample, 1 + next_random(&random) % (rows - 1));
        sample_end(&sample);
        free(text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_by_hand),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_changes_by_hand),
        cmocka_unit_test(test_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
