#include "model/interval.h"

/* Most places of an end that is written as a decimal. */
#define WRITTEN_PLACES 6
/* Places of a fraction that are shown with it. */
#define SHOWN_PLACES 3

void interval_init(Interval *interval) {
    mpq_inits(interval->low, interval->high, NULL);
    interval->low_closed = interval->high_closed = true;
}

void interval_clear(Interval *interval) { mpq_clears(interval->low, interval->high, NULL); }

void interval_copy(Interval *to, const Interval *from) {
    mpq_set(to->low, from->low);
    mpq_set(to->high, from->high);
    to->low_closed = from->low_closed;
    to->high_closed = from->high_closed;
}

bool interval_is_empty(const Interval *interval) {
    int order = mpq_cmp(interval->low, interval->high);
    return order > 0 || (order == 0 && !(interval->low_closed && interval->high_closed));
}

bool interval_holds(const Interval *interval, mpq_srcptr value) {
    int low = mpq_cmp(value, interval->low), high = mpq_cmp(value, interval->high);
    return (low > 0 || (low == 0 && interval->low_closed)) &&
           (high < 0 || (high == 0 && interval->high_closed));
}

void interval_meet(Interval *interval, const Interval *other) {
    int low = mpq_cmp(other->low, interval->low), high = mpq_cmp(other->high, interval->high);
    if (low == 0) interval->low_closed = interval->low_closed && other->low_closed;
    if (high == 0) interval->high_closed = interval->high_closed && other->high_closed;
    if (low > 0) {
        mpq_set(interval->low, other->low);
        interval->low_closed = other->low_closed;
    }
    if (high < 0) {
        mpq_set(interval->high, other->high);
        interval->high_closed = other->high_closed;
    }
}

/* How far below and above a printed number of that sign lie those that it stands for, in halves of its last
 * digit. */
static void reach(Rounding mode, int sign, unsigned *below, unsigned *above) {
    bool nearest = mode == ROUNDING_HALF_UP || mode == ROUNDING_HALF_EVEN || mode == ROUNDING_HALF_DOWN;
    bool from_below =
        mode == ROUNDING_CEILING || (mode == ROUNDING_UP && sign > 0) || (mode == ROUNDING_DOWN && sign <= 0);
    bool from_above =
        mode == ROUNDING_FLOOR || (mode == ROUNDING_UP && sign < 0) || (mode == ROUNDING_DOWN && sign >= 0);
    *below = nearest ? 1 : from_below ? 2 : 0;
    *above = nearest ? 1 : from_above ? 2 : 0;
}

static bool prints_as(mpq_srcptr value, mpq_srcptr printed, unsigned places, Rounding mode) {
    mpq_t rounded;
    mpq_init(rounded);
    mpq_set(rounded, value);
    decimal_round_rational(rounded, places, mode);
    bool same = mpq_equal(rounded, printed);
    mpq_clear(rounded);
    return same;
}

/* `halves` halves of the last of `places` digits. */
static void step(mpq_ptr out, unsigned halves, unsigned places) {
    mpz_set_ui(mpq_numref(out), halves);
    mpz_ui_pow_ui(mpq_denref(out), 10, places);
    mpz_mul_ui(mpq_denref(out), mpq_denref(out), 2);
    mpq_canonicalize(out);
}

void interval_of_printed(Interval *out, mpq_srcptr printed, unsigned places, Rounding mode) {
    unsigned below, above;
    reach(mode, mpq_sgn(printed), &below, &above);
    step(out->low, below, places);
    step(out->high, above, places);
    mpq_sub(out->low, printed, out->low);
    mpq_add(out->high, printed, out->high);
    out->low_closed = prints_as(out->low, printed, places, mode);
    out->high_closed = prints_as(out->high, printed, places, mode);
}

bool interval_pick(const Interval *interval, unsigned places, mpq_ptr out) {
    static const Rounding ways[] = {ROUNDING_HALF_UP, ROUNDING_FLOOR, ROUNDING_CEILING};
    mpq_t middle;
    mpq_init(middle);
    mpq_add(middle, interval->low, interval->high);
    mpq_div_2exp(middle, middle, 1);
    bool found = false;
    for (; places <= DECIMAL_PLACES && !found; places++) {
        for (size_t i = 0; i < sizeof ways / sizeof *ways && !found; i++) {
            mpq_set(out, middle);
            decimal_round_rational(out, places, ways[i]);
            found = interval_holds(interval, out);
        }
    }
    mpq_clear(middle);
    return found;
}

void interval_write_number(Buffer *out, mpq_srcptr value) {
    mpq_t rounded;
    mpq_init(rounded);
    mpq_set(rounded, value);
    decimal_round_rational(rounded, WRITTEN_PLACES, ROUNDING_DOWN);
    if (mpq_equal(rounded, value)) {
        size_t from = out->size;
        decimal_round(out, value, WRITTEN_PLACES, ROUNDING_DOWN);
        decimal_trim(out, from);
    } else {
        size_t digits = mpz_sizeinbase(mpq_numref(value), 10) + mpz_sizeinbase(mpq_denref(value), 10) + 3;
        mpq_get_str(buffer_reserve(out, digits), 10, value);
        out->size += str_of(out->data + out->size).size;
    }
    mpq_clear(rounded);
}

/* A fraction with its first places: a reader wants both. */
static void write_end(Buffer *out, mpq_srcptr value) {
    size_t from = out->size;
    interval_write_number(out, value);
    if (str_find(str_slice(buffer_view(out), from, out->size), '/', 0) == out->size - from) return;
    buffer_add(out, STR("≈"));
    decimal_round(out, value, SHOWN_PLACES, ROUNDING_HALF_UP);
}

void interval_write(Buffer *out, const Interval *interval) {
    buffer_add_char(out, interval->low_closed ? '[' : '(');
    write_end(out, interval->low);
    buffer_add(out, STR(", "));
    write_end(out, interval->high);
    buffer_add_char(out, interval->high_closed ? ']' : ')');
}
