#include "model/ranking.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

static const char *const names[TIES_COUNT] = {"better", "worse"};

const char *ties_name(Ties ties) { return names[ties]; }

bool ties_find(Str name, Ties *ties) {
    for (int i = 0; i < TIES_COUNT; i++) {
        if (!str_is(name, names[i])) continue;
        *ties = (Ties)i;
        return true;
    }
    return false;
}

typedef struct Ranking {
    const Guess *rates;
    ExactUnit exact;
    const void *context;
} Ranking;

static int compare_exactly(const Ranking *ranking, size_t a, size_t b) {
    mpq_t x, y;
    mpq_inits(x, y, NULL);
    ranking->exact(ranking->context, a, x);
    ranking->exact(ranking->context, b, y);
    int order = mpq_cmp(x, y);
    mpq_clears(x, y, NULL);
    return order;
}

/* 1: a is better, -1: b is better, 0: equal. */
static int compare_rates(const Ranking *ranking, size_t a, size_t b) {
    const Guess *x = &ranking->rates[a], *y = &ranking->rates[b];
    double distance = x->value - y->value;
    double room = (x->error + y->error) * (1 + 0x1p-30) + fabs(distance) * 0x1p-50;
    if (isfinite(room) && fabs(distance) > room) return distance > 0 ? 1 : -1;
    return compare_exactly(ranking, a, b);
}

/* Best first; equal ones in the order of the data. */
static int compare_units(const void *a, const void *b, void *context) {
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    int order = compare_rates(context, x, y);
    return order != 0 ? -order : (x > y) - (x < y);
}

/* How many of `count` units the first shares take together: count x sum / 100, rounded half up. */
static size_t cut_at(mpq_srcptr sum, size_t count) {
    mpz_t numerator, denominator;
    mpz_inits(numerator, denominator, NULL);
    mpz_mul_ui(numerator, mpq_numref(sum), 2 * count);
    mpz_mul_ui(denominator, mpq_denref(sum), 100);
    mpz_add(numerator, numerator, denominator);
    mpz_mul_ui(denominator, denominator, 2);
    mpz_fdiv_q(numerator, numerator, denominator);
    size_t cut = mpz_get_ui(numerator);
    mpz_clears(numerator, denominator, NULL);
    return cut < count ? cut : count;
}

/* A cut inside a run of equal rates moves to an end of the run. */
static size_t move_cut(const Ranking *ranking, const size_t *order, size_t count, size_t cut, Ties ties) {
    if (cut == 0 || cut == count || compare_rates(ranking, order[cut - 1], order[cut]) != 0) return cut;
    size_t tied = order[cut];
    if (ties == TIES_BETTER) {
        while (cut < count && compare_rates(ranking, order[cut], tied) == 0) cut++;
    } else {
        while (cut > 0 && compare_rates(ranking, order[cut - 1], tied) == 0) cut--;
    }
    return cut;
}

static size_t sort_units(Ranking *ranking, size_t count, size_t *order) {
    size_t rated = 0;
    for (size_t unit = 0; unit < count; unit++) {
        if (ranking->rates[unit].missing == MISSING_NONE) order[rated++] = unit;
    }
    qsort_r(order, rated, sizeof *order, compare_units, ranking);
    return rated;
}

void ranking_assign(const Guess *rates, size_t count, const Decimal *shares, size_t share_count, Ties ties,
                    ExactUnit exact, const void *context, uint8_t *band) {
    Ranking ranking = {rates, exact, context};
    size_t *order = memory_new(count, sizeof *order);
    size_t rated = sort_units(&ranking, count, order), next = 0;
    mpq_t sum, share;
    mpq_inits(sum, share, NULL);
    for (size_t i = 0; i < share_count; i++) {
        decimal_to_rational(&shares[i], share);
        mpq_add(sum, sum, share);
        bool last = i + 1 == share_count;
        size_t cut = last ? rated : move_cut(&ranking, order, rated, cut_at(sum, rated), ties);
        for (; next < cut; next++) band[order[next]] = (uint8_t)i;
    }
    mpq_clears(sum, share, NULL);
    memory_free(order);
}
