#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/ranking.h"

#include <math.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Rates as n / 3, so that doubles cannot tell equal ones; NONE has no rate. */
#define NONE (-1)

typedef struct RankCase {
    const char *note;
    int thirds[12]; /* ends with 0 */
    int shares[5];  /* percents, ends with 0 */
    Ties ties;
    const char *expected; /* a digit a unit, '.' for none */
} RankCase;

static const RankCase cases[] = {
    {"10 units, 20/30/40/10: 2, 3, 4, 1",
     {100, 99, 98, 97, 96, 95, 94, 93, 92, 91},
     {20, 30, 40, 10},
     TIES_BETTER,
     "0011122223"},
    {"the order of the data does not matter",
     {91, 92, 93, 94, 95, 96, 97, 98, 99, 100},
     {20, 30, 40, 10},
     TIES_BETTER,
     "3222211100"},
    {"a tie across the cut, better: 3 get the first", {100, 99, 99, 97}, {50, 50}, TIES_BETTER, "0001"},
    {"the same, worse: 1 gets the first", {100, 99, 99, 97}, {50, 50}, TIES_WORSE, "0111"},
    {"all equal, better", {99, 99, 99}, {30, 70}, TIES_BETTER, "000"},
    {"all equal, worse", {99, 99, 99}, {30, 70}, TIES_WORSE, "111"},
    {"units without a rate are not counted", {100, NONE, 99, NONE}, {50, 50}, TIES_BETTER, "0.1."},
    {"5 units, 10 %: 0.5 rounds up to 1", {5, 4, 3, 2, 1}, {10, 90}, TIES_BETTER, "01111"},
    {"4 units, 10 %: 0.4 rounds down to 0", {4, 3, 2, 1}, {10, 90}, TIES_BETTER, "1111"},
    {"nothing at all", {NONE}, {50, 50}, TIES_BETTER, "."},
};

static void exact_thirds(const void *context, size_t unit, mpq_ptr out) {
    const RankCase *rank = context;
    mpq_set_si(out, rank->thirds[unit], 3);
    mpq_canonicalize(out);
}

static void run_case(const RankCase *rank) {
    Guess rates[12] = {{0, 0, MISSING_NONE}};
    Decimal shares[5] = {{0}};
    uint8_t band[12];
    char found[13] = "";
    size_t count = 0, share_count = 0;
    for (; rank->thirds[count] != 0; count++) {
        bool rated = rank->thirds[count] != NONE;
        rates[count] = (Guess){rated ? rank->thirds[count] / 3.0 : 0, rated ? 1e-9 : 0,
                               rated ? MISSING_NONE : MISSING_BLANK};
    }
    for (; rank->shares[share_count] != 0; share_count++)
        shares[share_count] = decimal_of(rank->shares[share_count]);
    memset(band, 255, sizeof band);
    ranking_assign(rates, count, shares, share_count, rank->ties, exact_thirds, rank, band);
    for (size_t i = 0; i < count; i++) found[i] = "0123456789."[band[i] == 255 ? 10 : band[i]];
    if (strcmp(found, rank->expected) != 0) fail_msg("%s: %s, not %s", rank->note, found, rank->expected);
}

static void test_assign(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) run_case(&cases[i]);
}

static void test_names(void **state) {
    (void)state;
    for (Ties ties = 0; ties < TIES_COUNT; ties++) {
        Ties found;
        assert_true(ties_find(str_of(ties_name(ties)), &found));
        assert_int_equal(found, ties);
    }
    Ties none;
    assert_false(ties_find(STR("random"), &none));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_assign), cmocka_unit_test(test_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
