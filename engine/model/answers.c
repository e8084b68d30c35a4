#include "model/answers.h"

#include "base/cpu.h"
#include "model/results_build.h"

#include <float.h>
#include <math.h>

/* Rows at a time: what they leave is still at hand for the next step. */
#define PIECE ((size_t)256)

/* 10^18 is the last power of ten that fits. */
#define PLACES 18

/* A number of this size and beyond may stand for a whole one that no double holds. */
#define KEPT 0x1p53

typedef union Bits {
    double number;
    uint64_t bits;
} Bits;

_Static_assert(sizeof(Answer) == 2 * sizeof(uint64_t) && offsetof(Answer, number) == sizeof(uint64_t),
               "an answer is a kind and a number");

static inline __attribute__((always_inline)) uint64_t all_if(bool condition) {
    return 0 - (uint64_t)condition;
}

/* Compiled into both variants below; without branches, and all of one width. True when all were none, or
 * numbers that are not to be kept: others are not done. */
static inline __attribute__((always_inline)) bool rates_body(const Answer *restrict answers, size_t count,
                                                             double *restrict rate, double *restrict error,
                                                             uint8_t *restrict missing) {
    uint64_t others = 0;
    for (size_t k = 0; k < count; k++) {
        uint64_t is_number = all_if((uint32_t)answers[k].kind == ANSWER_NUMBER);
        Bits value = {answers[k].number};
        value.bits &= is_number;
        double size = fabs(value.number);
        /* added to 2^52, a number up to that is rounded to a whole one; beyond that all are */
        uint64_t whole = all_if(size + 0x1p52 - 0x1p52 == size) | all_if(size > 0x1p52);
        Bits bound = {size * 0x1p-53 + DBL_TRUE_MIN + DBL_MIN};
        bound.bits &= ~whole;
        rate[k] = value.number + 0.0; /* no -0 */
        error[k] = bound.number;
        others |= all_if(size >= KEPT);
    }
    for (size_t k = 0; k < count; k++) {
        uint32_t kind = (uint32_t)answers[k].kind;
        missing[k] = kind == ANSWER_NONE ? MISSING_DECLARED : MISSING_NONE;
        others |= (uint32_t)((kind != ANSWER_NONE) & (kind != ANSWER_NUMBER));
    }
    return others == 0;
}

static bool rates_plain(const Answer *answers, size_t count, double *rate, double *error, uint8_t *missing) {
    return rates_body(answers, count, rate, error, missing);
}

#if defined __x86_64__ && defined __GNUC__
__attribute__((target("avx2"))) static bool rates_avx2(const Answer *answers, size_t count, double *rate,
                                                       double *error, uint8_t *missing) {
    return rates_body(answers, count, rate, error, missing);
}
#else
#define rates_avx2 rates_plain
#endif

static bool find_rates(const Answer *answers, size_t count, double *rate, double *error, uint8_t *missing) {
    bool wide = cpu_level() >= CPU_AVX2;
    return (wide ? rates_avx2 : rates_plain)(answers, count, rate, error, missing);
}

/* One by one; false where one is no rate. */
static bool take_others(const Answer *answers, const uint32_t *rows, size_t count, const AnswerRates *out) {
    for (size_t k = 0; k < count; k++) {
        if (answers[k].kind == ANSWER_NONE) continue;
        if (answers[k].kind != ANSWER_NUMBER && answers[k].kind != ANSWER_WHOLE) return false;
        Guess guess = results_answer(&answers[k]);
        out->rate[rows[k]] = guess.value;
        out->error[rows[k]] = guess.error > 0 ? guess.error + DBL_MIN : 0;
        out->kept[rows[k]] = answers[k];
    }
    return true;
}

static void spread(const double *rate, const double *error, const uint8_t *missing, const uint32_t *rows,
                   size_t count, const AnswerRates *out) {
    for (size_t k = 0; k < count; k++) {
        out->rate[rows[k]] = rate[k];
        out->error[rows[k]] = error[k];
        out->missing[rows[k]] = missing[k];
    }
}

static bool take_piece(const Answer *answers, const uint32_t *rows, size_t count, const AnswerRates *out) {
    double rate[PIECE], error[PIECE];
    uint8_t missing[PIECE];
    uint32_t first = rows[0];
    bool follow = rows[count - 1] - first == count - 1, plain;
    if (follow) {
        plain = find_rates(answers, count, out->rate + first, out->error + first, out->missing + first);
    } else {
        plain = find_rates(answers, count, rate, error, missing);
        spread(rate, error, missing, rows, count, out);
    }
    return plain || take_others(answers, rows, count, out);
}

bool answers_rates(const Answer *answers, const uint32_t *rows, size_t count, const AnswerRates *out) {
    bool good = true;
    for (size_t first = 0; first < count && good; first += PIECE)
        good = take_piece(answers + first, rows + first, count - first < PIECE ? count - first : PIECE, out);
    return good;
}

Answer answers_exact(const AnswerRates *rates, uint32_t row) {
    double rate = rates->rate[row];
    return fabs(rate) >= KEPT ? rates->kept[row] : (Answer){.kind = ANSWER_NUMBER, .number = rate};
}

bool answers_fraction(const Answer *answer, Fraction *out) {
    Decimal number = decimal_of(answer->kind == ANSWER_WHOLE ? answer->whole : 0);
    Arena arena = {0};
    int64_t below = 1;
    bool good = answer->kind == ANSWER_WHOLE || decimal_from_double(answer->number, &number, &arena);
    good = good && number.text.size == 0 && number.scale <= PLACES;
    for (uint32_t i = 0; i < number.scale && good; i++) below *= 10;
    arena_release(&arena);
    return good && fraction_make(number.digits, below, out);
}
