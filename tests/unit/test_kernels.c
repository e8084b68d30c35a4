#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cpu.h"
#include "model/kernels.h"
#include "random.h"

#include <float.h>
#include <gmp.h>
#include <math.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define ROWS         64 /* a lane; tests take part of it, so that every rest of a register occurs */

typedef struct Operation {
    const char *name;
    size_t offset; /* of the kernel in Kernels */
    void (*exact)(mpq_ptr out, mpq_srcptr a, mpq_srcptr b);
} Operation;

static const Operation operations[] = {
    {"add", offsetof(Kernels, add), mpq_add},
    {"subtract", offsetof(Kernels, subtract), mpq_sub},
    {"multiply", offsetof(Kernels, multiply), mpq_mul},
    {"divide", offsetof(Kernels, divide), mpq_div},
};

static Kernel kernel_of(const Kernels *kernels, const Operation *operation) {
    Kernel kernel;
    memcpy(&kernel, (const char *)kernels + operation->offset, sizeof kernel);
    return kernel;
}

/* The kernels of a level, or of the best one that there is below it. */
static const Kernels *kernels_at(CpuLevel level) {
    cpu_limit(level);
    const Kernels *kernels = kernels_here();
    cpu_limit(CPU_AVX512);
    return kernels;
}

typedef struct Lane {
    double value[ROWS], error[ROWS];
} Lane;

static double random_double(uint64_t *random) {
    static const double special[] = {
        0.0,         -0.0,
        1.0,         -1.0,
        0.1,         100.0,
        INFINITY,    -INFINITY,
        NAN,         DBL_MIN,
        -DBL_MIN,    DBL_MAX,
        -DBL_MAX,    DBL_TRUE_MIN,
        0x1p-1000,   0x1p-1001,
        -0x1p-1000,  0x1p1000,
        0x1p-537,    0x1p-463,
        0x1p53,      0x1.fffffffffffffp52,
        80.0,        1e22,
        DBL_MIN / 3,
    };
    uint64_t bits = next_random(random);
    double value;
    switch (bits % 4) {
    case 0:
        return special[(bits >> 8) % COUNT(special)];
    case 1: /* any bits at all */
        bits = next_random(random);
        memcpy(&value, &bits, sizeof value);
        return value;
    case 2:
        return (double)(int64_t)(bits >> 40) / 1000 - 5000;
    default: /* as 2, next to each other: sums cancel */
        return 80 + (double)(bits >> 60) * 0x1p-40;
    }
}

static double random_error(uint64_t *random, double value) {
    uint64_t bits = next_random(random);
    switch (bits % 6) {
    case 0:
    case 1:
        return 0;
    case 2:
        return INFINITY;
    case 3:
        return fabs(value) * 0.4;
    default:
        return isfinite(value) ? fabs(value) * 0x1p-53 * (double)(bits >> 56) : INFINITY;
    }
}

static void fill(Lane *lane, uint64_t *random) {
    for (size_t k = 0; k < ROWS; k++) {
        lane->value[k] = random_double(random);
        lane->error[k] = random_error(random, lane->value[k]);
    }
}

/* The same number: the same bits, or none at all (which of two NaN an operation gives is nobody's concern).
 */
static uint64_t bits(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static bool same(double a, double b) { return bits(a) == bits(b) || (isnan(a) && isnan(b)); }

/* Runs a kernel over `count` rows; what lies behind them must stay. */
static bool run(Kernel kernel, const Lane *a, const Lane *b, size_t count, Lane *out) {
    for (size_t k = 0; k < ROWS; k++) out->value[k] = out->error[k] = -7;
    bool sure = kernel((KernelLane){a->value, a->error}, (KernelLane){b->value, b->error}, count, out->value,
                       out->error);
    bool finite = true;
    for (size_t k = 0; k < count; k++) {
        finite &= isfinite(out->error[k]) != 0;
        if (isfinite(out->error[k]) && !(isfinite(out->value[k]) && out->error[k] >= 0))
            fail_msg("%g op %g: %g, bound %g", a->value[k], b->value[k], out->value[k], out->error[k]);
    }
    for (size_t k = count; k < ROWS; k++) assert_true(out->value[k] == -7 && out->error[k] == -7);
    assert_int_equal(sure, finite);
    return sure;
}

static void test_same_bits(void **state) {
    (void)state;
    const Kernels *plain = kernels_at(CPU_PLAIN), *fast = kernels_at(CPU_AVX2);
    if (plain == fast) print_message("skipped: this machine has no avx2\n");
    uint64_t random = 1;
    for (size_t round = 0; round < RANDOM_ROUNDS(4000); round++) {
        Lane a, b, x, y;
        fill(&a, &random);
        fill(&b, &random);
        for (size_t i = 0; i < COUNT(operations); i++) {
            size_t count = round % (ROWS + 1);
            bool sure = run(kernel_of(plain, &operations[i]), &a, &b, count, &x);
            assert_int_equal(run(kernel_of(fast, &operations[i]), &a, &b, count, &y), sure);
            for (size_t k = 0; k < count; k++)
                if (!same(x.value[k], y.value[k]) || !same(x.error[k], y.error[k]))
                    fail_msg("%a %s %a: plain %a bound %a, avx2 %a bound %a", a.value[k], operations[i].name,
                             b.value[k], x.value[k], x.error[k], y.value[k], y.error[k]);
        }
    }
}

/* A number within the bound of a row: at either end of it, in the middle, or somewhere. */
static void pick(mpq_ptr out, const Lane *lane, size_t k, uint64_t where) {
    static const int parts[] = {-8, 8, 0, 3, -5};
    mpq_t error;
    mpq_init(error);
    mpq_set_d(out, lane->value[k]);
    mpq_set_d(error, lane->error[k]);
    mpq_t part;
    mpq_init(part);
    mpq_set_si(part, parts[where % COUNT(parts)], 8);
    mpq_canonicalize(part);
    mpq_mul(error, error, part);
    mpq_add(out, out, error);
    mpq_clears(error, part, NULL);
}

/* The exact result lies within the bound, wherever the exact operands lie within theirs. */
static void check_bound(const Operation *operation, const Lane *a, const Lane *b, const Lane *out, size_t k,
                        uint64_t where) {
    mpq_t x, y, exact, found;
    mpq_inits(x, y, exact, found, NULL);
    pick(x, a, k, where % 5);
    pick(y, b, k, where / 5);
    bool divides = operation->exact == mpq_div;
    if (divides && mpq_sgn(y) == 0)
        fail_msg("%a / %a bound %a: a divisor that may be zero", a->value[k], b->value[k], b->error[k]);
    operation->exact(exact, x, y);
    mpq_set_d(found, out->value[k]);
    mpq_sub(exact, exact, found);
    mpq_abs(exact, exact);
    mpq_set_d(found, out->error[k]);
    if (mpq_cmp(exact, found) > 0)
        fail_msg("%a (%a) %s %a (%a): %a, off by %g, bound %a", a->value[k], a->error[k], operation->name,
                 b->value[k], b->error[k], out->value[k], mpq_get_d(exact), out->error[k]);
    mpq_clears(x, y, exact, found, NULL);
}

static void test_bounds(void **state) {
    (void)state;
    uint64_t random = 2;
    size_t sure[COUNT(operations)] = {0}, unsure[COUNT(operations)] = {0};
    for (size_t round = 0; round < 60; round++) {
        Lane a, b, out;
        fill(&a, &random);
        fill(&b, &random);
        for (size_t i = 0; i < COUNT(operations); i++) {
            run(kernel_of(kernels_here(), &operations[i]), &a, &b, ROWS, &out);
            for (size_t k = 0; k < ROWS; k++) {
                unsure[i] += isfinite(out.error[k]) == 0;
                sure[i] += isfinite(out.error[k]) != 0;
                for (uint64_t where = 0; isfinite(out.error[k]) && where < 25; where++)
                    check_bound(&operations[i], &a, &b, &out, k, where);
            }
        }
    }
    for (size_t i = 0; i < COUNT(operations); i++) {
        assert_in_range(sure[i], 500, 3500);
        assert_in_range(unsure[i], 300, 3500);
    }
}

/* Rows by hand: value and bound, or a bound that is infinite. */
static void test_by_hand(void **state) {
    (void)state;
    static const struct {
        size_t operation;
        double a, a_error, b, b_error, value;
        bool sure;
    } rows[] = {
        {0, 1, 0, 2, 0, 3, true},
        {1, 1, 0, 2, 0, -1, true},
        {2, 3, 0, 7, 0, 21, true},
        {3, 3, 0, 8, 0, 0.375, true},
        {0, 0, 0, 0, 0, 0, true},
        {2, 0, 0, 7, 0, 0, false}, /* may have lost digits */
        {2, 0x1p-600, 0, 0x1p-400, 0, 0x1p-1000, true},
        {2, 0x1p-600, 0, 0x1p-401, 0, 0x1p-1001, false},
        {3, 1, 0, 0, 0, INFINITY, false}, /* a divisor of zero */
        {3, 1, 0, 2, 1, 0.5, false},      /* from 1 to 3: too wide to vouch for */
        {3, 1, 0, 2, 0.875, 0.5, true},
        {0, DBL_MAX, 0, DBL_MAX, 0, INFINITY, false},
        {0, NAN, 0, 1, 0, NAN, false},
        {1, 1, INFINITY, 1, 0, 0, false},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        for (CpuLevel level = CPU_PLAIN; level < CPU_LEVELS; level++) {
            Lane a = {{rows[i].a}, {rows[i].a_error}}, b = {{rows[i].b}, {rows[i].b_error}}, out;
            bool sure = run(kernel_of(kernels_at(level), &operations[rows[i].operation]), &a, &b, 1, &out);
            if (sure != rows[i].sure || !same(out.value[0], rows[i].value))
                fail_msg("row %zu: %a bound %a", i, out.value[0], out.error[0]);
        }
    }
}

/* Cells become the nearest double, within half of its last place; the same bits on every machine. */
static void test_load(void **state) {
    (void)state;
    static const int64_t known[] = {0, 1, -1, 80, ((int64_t)1 << 51) - 1, -((int64_t)1 << 51)};
    static const int64_t beyond[] = {(int64_t)1 << 51, -((int64_t)1 << 51) - 1, INT64_MAX, INT64_MIN};
    uint64_t random = 3;
    for (size_t round = 0; round < RANDOM_ROUNDS(400); round++) {
        int64_t digits[ROWS];
        uint8_t scale[ROWS];
        size_t count = 1 + round % ROWS;
        bool all = true;
        for (size_t k = 0; k < count; k++) {
            uint64_t bits = next_random(&random);
            scale[k] = (uint8_t)(bits % 16);
            digits[k] = (int64_t)(next_random(&random) >> 13) - ((int64_t)1 << 50);
            if (bits >> 8 & 1) digits[k] = known[(bits >> 16) % COUNT(known)];
            if (round % 2 && (bits >> 24) % 16 == 0) scale[k] = bits >> 32 & 1 ? 16 : 255;
            if (round % 2 && (bits >> 40) % 16 == 0) digits[k] = beyond[(bits >> 48) % COUNT(beyond)];
            all &= scale[k] < 16 && digits[k] >= known[5] && digits[k] <= known[4];
        }
        Lane plain, here;
        assert_int_equal(kernels_at(CPU_PLAIN)->load(digits, scale, count, plain.value, plain.error), all);
        assert_int_equal(kernels_here()->load(digits, scale, count, here.value, here.error), all);
        for (size_t k = 0; k < count; k++) {
            bool sure = scale[k] < 16 && digits[k] >= known[5] && digits[k] <= known[4];
            assert_true(same(plain.value[k], here.value[k]) && same(plain.error[k], here.error[k]));
            assert_int_equal(isfinite(plain.error[k]) != 0, sure);
            if (!sure) continue;
            double wanted = (double)digits[k] / pow(10, scale[k]);
            assert_true(same(plain.value[k], wanted));
            assert_true(plain.error[k] == (scale[k] ? fabs(wanted) * 0x1p-53 : 0));
        }
    }
}

/* Cells as KernelLoad makes them, the exact ones beside. */
static void load_cells(Lane *lane, int64_t *digits, uint8_t *scale, uint64_t *random) {
    for (size_t k = 0; k < ROWS; k++) {
        uint64_t word = next_random(random);
        digits[k] = (int64_t)(word >> (13 + word % 50)) - (word % 8 == 0 ? 1000 : 0);
        scale[k] = (uint8_t)(word % 64 == 1 ? 255 : (word >> 8) % 4 ? (word >> 16) % 3 : (word >> 16) % 16);
    }
    kernels_here()->load(digits, scale, ROWS, lane->value, lane->error);
}

static void set_cell(mpq_ptr out, int64_t digits, uint8_t scale) {
    mpz_set_si(mpq_numref(out), digits);
    mpz_ui_pow_ui(mpq_denref(out), 10, scale);
    mpq_canonicalize(out);
}

/* (base + sign a / b) factor */
static void exact_ratio(mpq_ptr out, mpq_srcptr a, mpq_srcptr b, const KernelRatio *form) {
    mpq_t number;
    mpq_init(number);
    mpq_div(out, a, b);
    mpq_set_d(number, form->sign);
    mpq_mul(out, out, number);
    mpq_set_d(number, form->base);
    mpq_add(out, out, number);
    mpq_set_d(number, form->factor);
    mpq_mul(out, out, number);
    mpq_clear(number);
}

static bool is_within(mpq_srcptr exact, double value, double error) {
    mpq_t found, room;
    mpq_inits(found, room, NULL);
    mpq_set_d(found, value);
    mpq_set_d(room, error);
    mpq_sub(found, found, exact);
    mpq_abs(found, found);
    bool within = mpq_cmp(found, room) <= 0;
    mpq_clears(found, room, NULL);
    return within;
}

static void test_ratios(void **state) {
    (void)state;
    static const KernelRatio forms[] = {{0, 1, 100}, {2, -1, 100}, {1, 1, 0.5}, {0, 1, 1}, {1, -1, 1e300}};
    uint64_t random = 4;
    size_t sure = 0;
    mpq_t a, b, exact;
    mpq_inits(a, b, exact, NULL);
    for (size_t round = 0; round < 400; round++) {
        const KernelRatio *form = &forms[round % COUNT(forms)];
        int64_t above_digits[ROWS], below_digits[ROWS];
        uint8_t above_scale[ROWS], below_scale[ROWS];
        Lane above, below, plain, here;
        size_t count = 1 + round % ROWS;
        load_cells(&above, above_digits, above_scale, &random);
        load_cells(&below, below_digits, below_scale, &random);
        const KernelLane x = {above.value, above.error}, y = {below.value, below.error};
        bool all = kernels_at(CPU_PLAIN)->ratios(x, y, form, count, plain.value, plain.error), finite = true;
        assert_int_equal(kernels_here()->ratios(x, y, form, count, here.value, here.error), all);
        for (size_t k = 0; k < count; k++) {
            bool good = isfinite(plain.error[k]);
            finite &= good;
            assert_true(same(plain.value[k], here.value[k]) && same(plain.error[k], here.error[k]));
            bool there = above_scale[k] < 16 && below_scale[k] < 16 && below_digits[k] != 0;
            if (good) assert_true(there);
            if (!good) continue;
            set_cell(a, above_digits[k], above_scale[k]);
            set_cell(b, below_digits[k], below_scale[k]);
            exact_ratio(exact, a, b, form);
            assert_true(is_within(exact, here.value[k], here.error[k]));
            sure++;
        }
        assert_int_equal(all, finite);
    }
    assert_true(sure > 8000);
    mpq_clears(a, b, exact, NULL);
}

/* Runs of one to six rows, some rows without a rate; means against exact ones. */
typedef struct Projects {
    double rate[ROWS + KERNEL_RUN], error[ROWS + KERNEL_RUN];
    double present[ROWS + KERNEL_RUN], link[ROWS + KERNEL_RUN];
} Projects;

static void fill_projects(Projects *all, uint64_t *random) {
    for (size_t k = 0; k < ROWS + KERNEL_RUN; k++) {
        uint64_t word = next_random(random);
        bool there = word % 4 != 0;
        all->present[k] = there;
        all->rate[k] = there ? (double)(int64_t)((word >> 8) % 20000) / 100 - 10 : 0;
        all->error[k] = there ? fabs(all->rate[k]) * 0x1p-50 : 0;
        if (word % 128 == 1) all->error[k] = INFINITY;
        all->link[k] = k > 0 && k < ROWS && (word >> 40) % 5 > 1;
    }
}

static void check_mean(const Projects *all, KernelShare share, size_t first, double mean, double bound,
                       double divisor) {
    size_t rows = 1, there = 0;
    bool known = true;
    mpq_t sum, rate;
    mpq_inits(sum, rate, NULL);
    while (all->link[first + rows] > 0) rows++;
    for (size_t k = first; k < first + rows; k++) {
        there += all->present[k] > 0;
        mpq_set_d(rate, all->rate[k]);
        mpq_add(sum, sum, rate);
    }
    size_t by = share.spreads && there < rows ? 0 : share.all ? rows : there;
    for (size_t k = first; k < first + KERNEL_RUN; k++) /* one behind the run is doubt enough */
        known &= isfinite(all->error[k]) != 0;
    if (rows > KERNEL_RUN) assert_true(divisor > 0);
    if (rows <= KERNEL_RUN) assert_int_equal(divisor > 0 ? (int)divisor : 0, by);
    if (rows <= KERNEL_RUN && by > 0 && known) {
        mpq_set_ui(rate, by, 1);
        mpq_div(sum, sum, rate);
        assert_true(bound < 1e-10 && is_within(sum, mean, bound));
    }
    const KernelBand everything = {-1e9, 0, 1e9, 0, 5}; /* what is not known is in no band, not even here */
    double verdict = 255;
    kernels_here()->near(&mean, &bound, &everything, 1, &verdict);
    if (divisor > 0) assert_true(verdict == (known && rows <= KERNEL_RUN ? 5 : KERNEL_UNSURE));
    mpq_clears(sum, rate, NULL);
}

static void test_means(void **state) {
    (void)state;
    static const KernelShare shares[] = {{false, false}, {true, false}, {false, true}};
    uint64_t random = 5;
    for (size_t round = 0; round < RANDOM_ROUNDS(300); round++) {
        Projects all;
        double mean[2][ROWS], bound[2][ROWS], divisor[2][ROWS];
        fill_projects(&all, &random);
        const KernelRuns runs = {all.rate, all.error, all.present, all.link};
        KernelShare share = shares[round % COUNT(shares)];
        size_t count = 1 + round % ROWS;
        kernels_at(CPU_PLAIN)->means(runs, share, count, mean[0], bound[0], divisor[0]);
        kernels_here()->means(runs, share, count, mean[1], bound[1], divisor[1]);
        for (size_t k = 0; k < count; k++) {
            assert_true(same(mean[0][k], mean[1][k]) && same(bound[0][k], bound[1][k]));
            assert_true(same(divisor[0][k], divisor[1][k]));
            if (all.link[k] == 0) check_mean(&all, share, k, mean[0][k], bound[0][k], divisor[0][k]);
        }
    }
}

static void test_near(void **state) {
    (void)state;
    const KernelBand low = {-INFINITY, 0, 80, 0, 0}, high = {80, 0, INFINITY, 0, 1};
    static const double mean[] = {79, 80, 81, 80, 79.5, NAN, 80};
    static const double bound[] = {0.5, 0.5, 0.5, 0, 0.75, INFINITY, INFINITY};
    static const double wanted[] = {0, 254, 1, 254, 254, 254, 254};
    for (CpuLevel level = CPU_PLAIN; level < CPU_LEVELS; level++) {
        double verdict[COUNT(mean)];
        for (size_t k = 0; k < COUNT(mean); k++) verdict[k] = 255;
        kernels_at(level)->near(mean, bound, &high, COUNT(mean), verdict);
        kernels_at(level)->near(mean, bound, &low, COUNT(mean), verdict);
        for (size_t k = 0; k < COUNT(mean); k++) assert_true(verdict[k] == wanted[k]);
    }
}

/* Infinite bounds and those that are no number, wherever they stand in a register. */
static void test_odd(void **state) {
    (void)state;
    static const double others[] = {0, 1e-300, DBL_MAX};
    static const double odds[] = {INFINITY, NAN};
    uint64_t random = 8;
    for (size_t round = 0; round < RANDOM_ROUNDS(300); round++) {
        double error[ROWS];
        uint32_t wanted[ROWS], odd[ROWS];
        size_t count = round % (ROWS + 1), found = 0;
        for (size_t k = 0; k < count; k++) {
            bool is_odd = random_below(&random, 4) == 0;
            error[k] = is_odd ? odds[random_below(&random, 2)] : others[random_below(&random, 3)];
            wanted[found] = (uint32_t)k;
            found += is_odd;
        }
        for (CpuLevel level = CPU_PLAIN; level < CPU_LEVELS; level++) {
            assert_int_equal(kernels_at(level)->odd(error, count, odd), found);
            for (size_t i = 0; i < found; i++) assert_int_equal(odd[i], wanted[i]);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bits), cmocka_unit_test(test_bounds), cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_load),      cmocka_unit_test(test_ratios), cmocka_unit_test(test_means),
        cmocka_unit_test(test_near),      cmocka_unit_test(test_odd),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
