#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cpu.h"
#include "model/answers.h"
#include "model/results_build.h"
#include "random.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { ROWS = 700, ROUNDS = 200 };

typedef struct Rates {
    double rate[ROWS], error[ROWS];
    uint8_t missing[ROWS];
    Answer kept[ROWS];
} Rates;

static Rates rates;

static AnswerRates into_rates(void) {
    memset(&rates, 0x5a, sizeof rates);
    return (AnswerRates){rates.rate, rates.error, rates.missing, rates.kept};
}

static uint64_t bits_of(double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

static Answer number(double value) { return (Answer){.kind = ANSWER_NUMBER, .number = value}; }

static Answer whole(int64_t value) { return (Answer){.kind = ANSWER_WHOLE, .whole = value}; }

/* The rate of one answer is what results_answer says of it, and the answer is found again. */
static void check_row(const AnswerRates *out, uint32_t row, const Answer *answer) {
    if (answer->kind == ANSWER_NONE) {
        assert_int_equal(out->missing[row], MISSING_DECLARED);
        assert_true(out->rate[row] == 0 && out->error[row] == 0);
        return;
    }
    Guess guess = results_answer(answer);
    assert_int_equal(out->missing[row], MISSING_NONE);
    assert_int_equal(bits_of(out->rate[row]), bits_of(guess.value));
    assert_true(out->error[row] == (guess.error > 0 ? guess.error + DBL_MIN : 0));
    Answer found = answers_exact(out, row);
    mpq_t given, kept;
    mpq_inits(given, kept, NULL);
    results_answer_exact(answer, given);
    results_answer_exact(&found, kept);
    assert_true(mpq_equal(given, kept));
    mpq_clears(given, kept, NULL);
}

static Answer any_answer(uint64_t *seed) {
    switch (random_below(seed, 8)) {
    case 0:
        return (Answer){.kind = ANSWER_NONE, .number = NAN};
    case 1:
        return whole((int64_t)next_random(seed));
    case 2:
        return number((double)(int64_t)(next_random(seed) >> random_below(seed, 64)));
    default:
        return number(random_finite(seed));
    }
}

static void each_row_gets_the_rate_of_its_answer_and_no_other_does(void **state) {
    (void)state;
    uint64_t seed = 4;
    for (size_t round = 0; round < RANDOM_ROUNDS(ROUNDS); round++) {
        Answer answers[ROWS];
        uint32_t rows[ROWS];
        size_t step = 1 + round % 2, count = random_below(&seed, ROWS / 2);
        for (size_t k = 0; k < count; k++) {
            answers[k] = any_answer(&seed);
            rows[k] = (uint32_t)(k * step);
        }
        cpu_limit(round % 4 < 2 ? CPU_PLAIN : CPU_AVX512);
        AnswerRates out = into_rates();
        assert_true(answers_rates(answers, rows, count, &out));
        for (size_t k = 0; k < count; k++) check_row(&out, rows[k], &answers[k]);
        for (size_t row = 0; row < ROWS; row++)
            if (row % step || row >= count * step) assert_int_equal(out.missing[row], 0x5a);
    }
    cpu_limit(CPU_AVX512);
}

static void bounds_stand_where_doubles_do_not_hold_the_number(void **state) {
    (void)state;
    const Answer answers[] = {number(80),         number(-0.0),         number(0.5),
                              number(0x1p52),     number(0x1p52 + 1),   number(0x1p53),
                              number(0x1p53 + 2), number(DBL_TRUE_MIN), whole((int64_t)1 << 53)};
    const bool exact[] = {true, true, false, true, true, true, false, false, true};
    uint32_t rows[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
    AnswerRates out = into_rates();
    assert_true(answers_rates(answers, rows, 9, &out));
    for (size_t k = 0; k < 9; k++) assert_int_equal(out.error[k] == 0, exact[k]);
    assert_false(signbit(out.rate[1]));
    assert_true(out.error[2] == 0x1p-54 + DBL_MIN);
}

static void what_is_no_rate_is_refused_wherever_it_stands(void **state) {
    (void)state;
    const AnswerKind kinds[] = {ANSWER_YES, ANSWER_NO, ANSWER_FAILED};
    Answer answers[ROWS];
    uint32_t rows[ROWS];
    for (size_t k = 0; k < ROWS; k++) {
        answers[k] = number(1);
        rows[k] = (uint32_t)k;
    }
    for (size_t i = 0; i < 3; i++) {
        const size_t places[] = {0, 255, 256, ROWS - 1};
        for (size_t p = 0; p < 4; p++) {
            AnswerRates out = into_rates();
            answers[places[p]] = (Answer){.kind = kinds[i]};
            assert_false(answers_rates(answers, rows, ROWS, &out));
            answers[places[p]] = number(1);
        }
    }
}

static void fractions_are_those_of_the_shortest_decimal(void **state) {
    (void)state;
    const struct {
        Answer answer;
        int64_t above, below;
    } cases[] = {
        {number(80), 80, 1},
        {number(0.1), 1, 10},
        {number(-2.5), -5, 2},
        {number(0), 0, 1},
        {number(97.125), 777, 8},
        {whole(INT64_MAX), INT64_MAX, 1},
        {number(1e-18), 1, 1000000000000000000},
    };
    Fraction fraction;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(answers_fraction(&cases[i].answer, &fraction));
        assert_int_equal(fraction.above, cases[i].above);
        assert_int_equal(fraction.below, cases[i].below);
    }
    const Answer beyond[] = {number(1e-19), number(1e300), number(0.1e-300), whole(INT64_MIN)};
    for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++)
        assert_false(answers_fraction(&beyond[i], &fraction));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_gets_the_rate_of_its_answer_and_no_other_does),
        cmocka_unit_test(bounds_stand_where_doubles_do_not_hold_the_number),
        cmocka_unit_test(what_is_no_rate_is_refused_wherever_it_stands),
        cmocka_unit_test(fractions_are_those_of_the_shortest_decimal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
