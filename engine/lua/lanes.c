#include "lua/lanes.h"

#include "base/cpu.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Each body is compiled into every variant below. */
#define BODY static inline __attribute__((always_inline))

/* Of an integer this large a quotient might be rounded up to the next whole number. */
#define WHOLE_LIMIT 0x1p51

#define NEGATIVE_ZERO ((uint64_t)1 << 63)

BODY uint64_t all_if(bool condition) { return 0 - (uint64_t)condition; }

/* A number as lua/lanes.h says; boxes are NaN, and so is what operations make of them. */
BODY bool is_number(LaneValue lane) {
    return (fabs(lane.number) < LANES_LIMIT) & (lane.bits != NEGATIVE_ZERO);
}

/* As Lua's: the sign is that of the divisor. */
BODY double modulo(double a, double b) {
    double rest = fmod(a, b);
    bool other_sign = (rest > 0 && b < 0) || (rest < 0 && b > 0);
    return other_sign ? rest + b : rest;
}

/* As Lua's. Of no number too pow makes one: x^0 is 1. */
BODY double power(double a, double b) {
    if (!((a == a) & (b == b))) return (double)NAN;
    return b == 2 ? a * a : pow(a, b);
}

BODY double whole(double a, double b) { return fabs(a) < WHOLE_LIMIT ? floor(a / b) : (double)NAN; }

/* As Lua picks: the first unless the second is better; neither where one is no number. */
BODY double pick(bool second, double a, double b) {
    double chosen = second ? b : a;
    return ((a == a) & (b == b)) ? chosen : (double)NAN;
}

#define OPERATION(name, variant, TARGET, value)                                                              \
    TARGET static bool name##_##variant(const LaneValue *a_lanes, const LaneValue *b_lanes,                  \
                                        const LaneMask *at_work, LaneValue *out) {                           \
        uint64_t odd = 0;                                                                                    \
        for (size_t k = 0; k < LANES; k++) {                                                                 \
            double a = a_lanes[k].number, b = b_lanes[k].number;                                             \
            (void)b;                                                                                         \
            out[k].number = value;                                                                           \
            odd |= at_work->rows[k] & ~all_if(is_number(out[k]));                                            \
        }                                                                                                    \
        return odd == 0;                                                                                     \
    }

BODY uint64_t word_column(LaneValue lane) { return lane.bits >> 32; }

BODY uint64_t is_word(LaneValue lane) { return all_if(LANE_KIND(lane.bits) == LANE_WORD); }

/* Words of two columns have numbers of their own. */
BODY uint64_t words_differ(LaneValue a, LaneValue b) {
    return is_word(a) & is_word(b) & all_if(word_column(a) != word_column(b));
}

BODY uint64_t not_numbers(LaneValue a, LaneValue b) {
    return ~all_if((a.number == a.number) & (b.number == b.number));
}

BODY uint64_t never(LaneValue a, LaneValue b) {
    (void)a, (void)b;
    return 0;
}

#define TEST(name, variant, TARGET, condition, unknown)                                                      \
    TARGET static unsigned name##_##variant(                                                                 \
        const LaneValue *restrict a_lanes, const LaneValue *restrict b_lanes, bool wanted,                   \
        LaneMask *restrict at_work, LaneMask *restrict taken, LaneMask *restrict left) {                     \
        const uint64_t flip = all_if(!wanted);                                                               \
        uint64_t any_taken = 0, any_stay = 0;                                                                \
        for (size_t k = 0; k < LANES; k++) {                                                                 \
            LaneValue a = a_lanes[k], b = b_lanes[k];                                                        \
            uint64_t lost = at_work->rows[k] & unknown(a, b);                                                \
            uint64_t holds = all_if(condition) ^ flip;                                                       \
            uint64_t rows = at_work->rows[k] & ~lost;                                                        \
            (void)b;                                                                                         \
            taken->rows[k] = rows & holds;                                                                   \
            at_work->rows[k] = rows & ~holds;                                                                \
            left->rows[k] |= lost;                                                                           \
            any_taken |= rows & holds;                                                                       \
            any_stay |= rows & ~holds;                                                                       \
        }                                                                                                    \
        return (any_taken ? LANES_TAKEN : 0u) | (any_stay ? LANES_STAY : 0u);                                \
    }

#define MASKS(name, variant, TARGET, change)                                                                 \
    TARGET static void name##_##variant(LaneMask *restrict to, const LaneMask *restrict by) {                \
        for (size_t k = 0; k < LANES; k++) to->rows[k] change by->rows[k];                                   \
    }

#define MOVE(variant, TARGET)                                                                                \
    TARGET static void move_##variant(LaneValue *restrict to, const LaneValue *restrict from,                \
                                      const LaneMask *restrict rows) {                                       \
        uint64_t *restrict out = &to->bits;                                                                  \
        const uint64_t *restrict in = &from->bits;                                                           \
        for (size_t k = 0; k < LANES; k++) out[k] = (in[k] & rows->rows[k]) | (out[k] & ~rows->rows[k]);     \
    }

/* The first half of an answer, its kind. */
static uint64_t kind_bits(AnswerKind kind) {
    Answer answer = {.kind = kind};
    uint64_t bits;
    memcpy(&bits, &answer, sizeof bits);
    return bits;
}

BODY bool answer_body(const LaneValue *restrict values, const LaneMask *restrict left, size_t count,
                      char *restrict to) {
    const uint64_t number = kind_bits(ANSWER_NUMBER), none = kind_bits(ANSWER_NONE);
    uint64_t others = 0;
    for (size_t k = 0; k < count; k++) {
        uint64_t finite = all_if(fabs(values[k].number) <= DBL_MAX), bits = values[k].bits;
        uint64_t kind = (number & finite) | (none & ~finite);
        memcpy(to + k * sizeof(Answer), &kind, sizeof kind);
        memcpy(to + k * sizeof(Answer) + offsetof(Answer, number), &bits, sizeof bits);
        others |= left->rows[k] | (~finite & all_if(bits != LANE_NIL));
    }
    return others == 0;
}

_Static_assert(sizeof(Answer) == 2 * sizeof(uint64_t) && offsetof(Answer, number) == sizeof(uint64_t),
               "an answer is a kind and a number");

#define ANSWER(variant, TARGET)                                                                              \
    TARGET static bool answer_##variant(const LaneValue *values, const LaneMask *left, size_t count,         \
                                        Answer *answers) {                                                   \
        return answer_body(values, left, count, (char *)answers);                                            \
    }

#define VARIANT(variant, TARGET)                                                                             \
    OPERATION(add, variant, TARGET, a + b)                                                                   \
    OPERATION(subtract, variant, TARGET, a - b)                                                              \
    OPERATION(multiply, variant, TARGET, a *b)                                                               \
    OPERATION(divide, variant, TARGET, a / b)                                                                \
    OPERATION(modulo, variant, TARGET, modulo(a, b))                                                         \
    OPERATION(power, variant, TARGET, power(a, b))                                                           \
    OPERATION(whole, variant, TARGET, whole(a, b))                                                           \
    OPERATION(min, variant, TARGET, pick(b < a, a, b))                                                       \
    OPERATION(max, variant, TARGET, pick(a < b, a, b))                                                       \
    OPERATION(negate, variant, TARGET, -a)                                                                   \
    OPERATION(abs, variant, TARGET, fabs(a))                                                                 \
    OPERATION(floor, variant, TARGET, floor(a))                                                              \
    OPERATION(ceil, variant, TARGET, ceil(a) + 0.0)                                                          \
    OPERATION(root, variant, TARGET, sqrt(a))                                                                \
    TEST(equal, variant, TARGET, a.bits == b.bits, words_differ)                                             \
    TEST(same, variant, TARGET, a.bits == b.bits, never)                                                     \
    TEST(below, variant, TARGET, a.number < b.number, not_numbers)                                           \
    TEST(at_most, variant, TARGET, a.number <= b.number, not_numbers)                                        \
    TEST(truthy, variant, TARGET, (a.bits != LANE_NIL) & (a.bits != LANE_FALSE), never)                      \
    MASKS(add_rows, variant, TARGET, |=)                                                                     \
    MOVE(variant, TARGET)                                                                                    \
    ANSWER(variant, TARGET)                                                                                  \
    static const LaneKernels variant##_kernels = {.operations = {[LANES_ADD] = add_##variant,                \
                                                                 [LANES_SUBTRACT] = subtract_##variant,      \
                                                                 [LANES_MULTIPLY] = multiply_##variant,      \
                                                                 [LANES_DIVIDE] = divide_##variant,          \
                                                                 [LANES_MODULO] = modulo_##variant,          \
                                                                 [LANES_POWER] = power_##variant,            \
                                                                 [LANES_WHOLE] = whole_##variant,            \
                                                                 [LANES_MIN] = min_##variant,                \
                                                                 [LANES_MAX] = max_##variant,                \
                                                                 [LANES_NEGATE] = negate_##variant,          \
                                                                 [LANES_ABS] = abs_##variant,                \
                                                                 [LANES_FLOOR] = floor_##variant,            \
                                                                 [LANES_CEIL] = ceil_##variant,              \
                                                                 [LANES_ROOT] = root_##variant},             \
                                                  .tests = {[LANES_EQUAL] = equal_##variant,                 \
                                                            [LANES_BELOW] = below_##variant,                 \
                                                            [LANES_AT_MOST] = at_most_##variant,             \
                                                            [LANES_TRUTHY] = truthy_##variant},              \
                                                  .same = same_##variant,                                    \
                                                  .add = add_rows_##variant,                                 \
                                                  .move = move_##variant,                                    \
                                                  .answer = answer_##variant};

VARIANT(plain, )

#if defined __x86_64__ && defined __GNUC__
VARIANT(avx2, __attribute__((target("avx2"))))
#define fast_kernels avx2_kernels
#else
#define fast_kernels plain_kernels
#endif

const LaneKernels *lanes_here(void) { return cpu_level() >= CPU_AVX2 ? &fast_kernels : &plain_kernels; }

bool lanes_drop(const LaneValue *values, LaneMask *at_work, LaneMask *left) {
    uint64_t any = 0;
    for (size_t k = 0; k < LANES; k++) {
        uint64_t lost = at_work->rows[k] & ~all_if(is_number(values[k]));
        left->rows[k] |= lost;
        at_work->rows[k] &= ~lost;
        any |= at_work->rows[k];
    }
    return any != 0;
}
