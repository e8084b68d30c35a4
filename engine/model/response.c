#include "model/response.h"

#include "base/memory.h"
#include "model/results_build.h"

/* How often a stretch is halved before what is left of it is given up. */
#define HALVINGS 12

struct Response {
    const Formula *formula;
    FormulaColumns columns; /* of one row */
    NumberColumn *cells;
    size_t fields[2]; /* of target and actual; SIZE_MAX: the formula does not ask for it */
    mpq_t numbers[2];
    unsigned places[2];
    mpq_t rate;
    Arena arena; /* what lasts */
    Arena scrap; /* texts of one value */
};

static void set_cell(NumberColumn *column, Missing missing, Decimal number) {
    column->scale[0] = missing == MISSING_NONE ? DATASET_SCALE_LONG : DATASET_SCALE_MISSING;
    column->digits[0] = missing == MISSING_NONE ? 0 : (int64_t)missing;
    column->long_numbers[0] = number;
}

static NumberColumn new_cell(Arena *arena) {
    return (NumberColumn){.digits = arena_new(arena, 1, sizeof(int64_t)),
                          .scale = arena_new(arena, 1, sizeof(uint8_t)),
                          .long_numbers = arena_new(arena, 1, sizeof(Decimal)),
                          .long_count = 1};
}

static bool read_number(Response *response, const Dataset *dataset, size_t row, Asked asked) {
    size_t column;
    Decimal number;
    ColumnId id = asked == ASKED_TARGET ? COLUMN_TARGET : COLUMN_ACTUAL;
    if (!dataset_find_column(dataset, str_of(column_info(id)->name), &column)) return false;
    if (dataset_number(dataset_numbers(dataset, column), row, &number) != MISSING_NONE) return false;
    decimal_to_rational(&number, response->numbers[asked]);
    response->places[asked] = number.scale;
    return number.scale <= DECIMAL_PLACES / 2;
}

static void copy_fields(Response *response, const Results *results, size_t row) {
    const FieldList *fields = &results->plan->fields;
    Arena *arena = &response->arena;
    response->fields[ASKED_TARGET] = response->fields[ASKED_ACTUAL] = SIZE_MAX;
    response->cells = arena_new(arena, fields->count, sizeof *response->cells);
    response->columns.columns = arena_new(arena, fields->count, sizeof *response->columns.columns);
    response->columns.bits = results->columns.bits;
    for (size_t i = 0; i < fields->count; i++) {
        const NumberColumn *column = results->columns.columns[i];
        if (str_is(fields->names[i], "target")) response->fields[ASKED_TARGET] = i;
        if (str_is(fields->names[i], "actual")) response->fields[ASKED_ACTUAL] = i;
        if (!column) continue;
        Decimal number = {0};
        Missing missing = dataset_number(column, row, &number);
        response->cells[i] = new_cell(arena);
        set_cell(&response->cells[i], missing, number);
        response->columns.columns[i] = &response->cells[i];
    }
}

Response *response_new(const Results *results, size_t row) {
    const Case *decided = results_row_case(results, row);
    if (!decided || !decided->formula || results_row_missing(results, row) != MISSING_NONE) return NULL;
    if (results->plan->period.mode == PERIOD_WEIGHTED) return NULL;
    Response *response = memory_new(1, sizeof *response);
    response->formula = decided->formula;
    mpq_inits(response->numbers[0], response->numbers[1], response->rate, NULL);
    copy_fields(response, results, row);
    if (read_number(response, results->dataset, row, ASKED_TARGET) &&
        read_number(response, results->dataset, row, ASKED_ACTUAL))
        return response;
    response_free(response);
    return NULL;
}

void response_free(Response *response) {
    if (!response) return;
    mpq_clears(response->numbers[0], response->numbers[1], response->rate, NULL);
    arena_release(&response->arena);
    arena_release(&response->scrap);
    memory_free(response);
}

mpq_srcptr response_number(const Response *response, Asked asked) { return response->numbers[asked]; }
unsigned response_places(const Response *response, Asked asked) { return response->places[asked]; }

/* Puts a number into the cell of its field. False when it is no decimal. */
static bool put(Response *response, Asked asked, mpq_srcptr value) {
    size_t field = response->fields[asked];
    if (field == SIZE_MAX || !response->columns.columns[field]) return true;
    mpq_set(response->rate, value);
    decimal_round_rational(response->rate, DECIMAL_PLACES, ROUNDING_DOWN);
    if (!mpq_equal(response->rate, value)) return false;
    Buffer text = {0};
    Decimal number;
    decimal_round(&text, value, DECIMAL_PLACES, ROUNDING_DOWN);
    bool good =
        decimal_parse_literal(arena_copy(&response->scrap, buffer_view(&text)), &number, &response->scrap);
    buffer_release(&text);
    if (good) set_cell(&response->cells[field], MISSING_NONE, number);
    return good;
}

bool response_rate(Response *response, mpq_srcptr target, mpq_srcptr actual, mpq_ptr out) {
    bool good = put(response, ASKED_TARGET, target) && put(response, ASKED_ACTUAL, actual) &&
                formula_exact(response->formula, &response->columns, 0, out) == MISSING_NONE;
    arena_release(&response->scrap);
    return good;
}

static bool rate_at(Response *response, Asked asked, mpq_srcptr value, mpq_ptr out) {
    bool target = asked == ASKED_TARGET;
    return response_rate(response, target ? value : response->numbers[ASKED_TARGET],
                         target ? response->numbers[ASKED_ACTUAL] : value, out);
}

/* A search for the numbers that do. */
typedef struct Search {
    Response *response;
    Asked asked;
    const Interval *within, *wanted;
    Interval *out;
    size_t count, most;
} Search;

enum { POINTS = 5 };

/* Numbers of a stretch, their inverses where these are what the rate is made of, and its rates there. */
typedef struct Stretch {
    mpq_t at[POINTS], term[POINTS], rate[POINTS];
    mpq_t slope, rest; /* rate = slope x term + rest */
} Stretch;

static void stretch_init(Stretch *stretch) {
    for (int i = 0; i < POINTS; i++) mpq_inits(stretch->at[i], stretch->term[i], stretch->rate[i], NULL);
    mpq_inits(stretch->slope, stretch->rest, NULL);
}

static void stretch_clear(Stretch *stretch) {
    for (int i = 0; i < POINTS; i++) mpq_clears(stretch->at[i], stretch->term[i], stretch->rate[i], NULL);
    mpq_clears(stretch->slope, stretch->rest, NULL);
}

static bool measure(Search *search, Stretch *stretch, mpq_srcptr low, mpq_srcptr high) {
    bool good = true;
    for (int i = 0; i < POINTS; i++) { /* low + (high - low) x i / 4 */
        mpq_set_si(stretch->slope, i, POINTS - 1);
        mpq_canonicalize(stretch->slope);
        mpq_sub(stretch->at[i], high, low);
        mpq_mul(stretch->at[i], stretch->at[i], stretch->slope);
        mpq_add(stretch->at[i], stretch->at[i], low);
        good = good && rate_at(search->response, search->asked, stretch->at[i], stretch->rate[i]);
    }
    return good;
}

/* Whether slope x term + rest gives all rates. */
static bool fits(Stretch *stretch) {
    mpq_t value;
    mpq_init(value);
    mpq_sub(stretch->slope, stretch->rate[POINTS - 1], stretch->rate[0]);
    mpq_sub(value, stretch->term[POINTS - 1], stretch->term[0]);
    bool good = mpq_sgn(value) != 0;
    if (good) mpq_div(stretch->slope, stretch->slope, value);
    mpq_mul(value, stretch->slope, stretch->term[0]);
    mpq_sub(stretch->rest, stretch->rate[0], value);
    for (int i = 1; i < POINTS && good; i++) {
        mpq_mul(value, stretch->slope, stretch->term[i]);
        mpq_add(value, value, stretch->rest);
        good = mpq_equal(value, stretch->rate[i]);
    }
    mpq_clear(value);
    return good;
}

static bool fit_plain(Stretch *stretch) {
    for (int i = 0; i < POINTS; i++) mpq_set(stretch->term[i], stretch->at[i]);
    return fits(stretch);
}

static bool fit_inverse(Stretch *stretch) {
    if (mpq_sgn(stretch->at[0]) * mpq_sgn(stretch->at[POINTS - 1]) <= 0) return false;
    for (int i = 0; i < POINTS; i++) mpq_inv(stretch->term[i], stretch->at[i]);
    return fits(stretch);
}

/* The number whose rate is `rate`, by the slope. False: none is. */
static bool number_of(const Stretch *stretch, bool inverse, mpq_srcptr rate, mpq_ptr out) {
    mpq_sub(out, rate, stretch->rest);
    mpq_div(out, out, stretch->slope);
    if (!inverse) return true;
    if (mpq_sgn(out) * mpq_sgn(stretch->at[0]) <= 0) return false;
    mpq_inv(out, out);
    return true;
}

static void turn(Interval *interval) {
    mpq_swap(interval->low, interval->high);
    bool closed = interval->low_closed;
    interval->low_closed = interval->high_closed;
    interval->high_closed = closed;
}

/* The numbers of the stretch that do. An end of `wanted` that no number of this sign reaches is beyond the
 * end of the stretch. */
static void solve_stretch(const Search *search, const Stretch *stretch, bool inverse, Interval *out) {
    bool rises = mpq_cmp(stretch->rate[POINTS - 1], stretch->rate[0]) > 0;
    interval_copy(out, search->wanted);
    if (!rises) turn(out);
    mpq_t number;
    mpq_init(number);
    bool low = number_of(stretch, inverse, out->low, number);
    mpq_set(out->low, low ? number : stretch->at[0]);
    bool high = number_of(stretch, inverse, out->high, number);
    mpq_set(out->high, high ? number : stretch->at[POINTS - 1]);
    out->low_closed = out->low_closed || !low;
    out->high_closed = out->high_closed || !high;
    mpq_clear(number);
}

/* Adds what lies in the stretch, joined to what was found before where they touch. */
static void keep(Search *search, const Stretch *stretch, Interval *found) {
    Interval *last = search->count ? &search->out[search->count - 1] : NULL;
    Interval bounds;
    interval_init(&bounds);
    mpq_set(bounds.low, stretch->at[0]);
    mpq_set(bounds.high, stretch->at[POINTS - 1]);
    interval_meet(found, &bounds);
    interval_clear(&bounds);
    interval_meet(found, search->within);
    if (interval_is_empty(found)) return;
    bool touch = last && mpq_equal(last->high, found->low) && (last->high_closed || found->low_closed);
    if (touch) {
        mpq_set(last->high, found->high);
        last->high_closed = found->high_closed;
    } else if (search->count < search->most) {
        interval_copy(&search->out[search->count++], found);
    }
}

static void search_stretch(Search *search, mpq_srcptr low, mpq_srcptr high, unsigned halvings) {
    Stretch stretch;
    stretch_init(&stretch);
    bool measured = measure(search, &stretch, low, high);
    bool inverse = false, good = measured && fit_plain(&stretch);
    if (!good) good = inverse = measured && fit_inverse(&stretch);
    if (good) {
        Interval found;
        interval_init(&found);
        if (mpq_sgn(stretch.slope) != 0) {
            solve_stretch(search, &stretch, inverse, &found);
            keep(search, &stretch, &found);
        } else if (interval_holds(search->wanted, stretch.rate[0])) {
            interval_copy(&found, search->within);
            keep(search, &stretch, &found);
        }
        interval_clear(&found);
    } else if (halvings > 0) {
        search_stretch(search, low, stretch.at[POINTS / 2], halvings - 1);
        search_stretch(search, stretch.at[POINTS / 2], high, halvings - 1);
    }
    stretch_clear(&stretch);
}

/* An interval is worth its word only when one of its numbers brings the rate there. */
static bool confirmed(Search *search, const Interval *found) {
    mpq_t number, rate;
    mpq_inits(number, rate, NULL);
    bool good = interval_pick(found, 0, number) && rate_at(search->response, search->asked, number, rate) &&
                interval_holds(search->wanted, rate);
    mpq_clears(number, rate, NULL);
    return good;
}

size_t response_solve(Response *response, Asked asked, const Interval *within, const Interval *wanted,
                      Interval *out, size_t most) {
    Search search = {response, asked, within, wanted, out, 0, most};
    if (mpq_cmp(within->low, within->high) >= 0) return 0;
    search_stretch(&search, within->low, within->high, HALVINGS);
    size_t kept = 0;
    for (size_t i = 0; i < search.count; i++)
        if (confirmed(&search, &out[i])) interval_copy(&out[kept++], &out[i]);
    return kept;
}

/* Takes a rate into the interval of those that occur. */
static void widen(Interval *out, bool *any, mpq_srcptr rate, bool occurs) {
    int low = *any ? mpq_cmp(rate, out->low) : -1, high = *any ? mpq_cmp(rate, out->high) : 1;
    *any = true;
    if (low < 0) mpq_set(out->low, rate);
    if (high > 0) mpq_set(out->high, rate);
    if (low <= 0) out->low_closed = occurs || (low == 0 && out->low_closed);
    if (high >= 0) out->high_closed = occurs || (high == 0 && out->high_closed);
}

bool response_span(Response *response, const Interval *targets, const Interval *actuals, Interval *out) {
    mpq_srcptr at[] = {targets->low, targets->high, response->numbers[ASKED_TARGET],
                       actuals->low, actuals->high, response->numbers[ASKED_ACTUAL]};
    const size_t half = 3;
    mpq_t rate;
    mpq_init(rate);
    bool any = false;
    for (size_t i = 0; i < 2 * half; i++) {
        for (size_t k = half; k < 2 * half + 1; k++) { /* the last: both are equal */
            mpq_srcptr actual = k < 2 * half ? at[k] : at[i];
            bool inside = mpq_cmp(at[i], targets->low) >= 0 && mpq_cmp(at[i], targets->high) <= 0 &&
                          mpq_cmp(actual, actuals->low) >= 0 && mpq_cmp(actual, actuals->high) <= 0;
            if (!inside || !response_rate(response, at[i], actual, rate)) continue;
            widen(out, &any, rate, interval_holds(targets, at[i]) && interval_holds(actuals, actual));
        }
    }
    mpq_clear(rate);
    return any;
}
