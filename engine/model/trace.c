#include "model/trace.h"

#include "base/memory.h"
#include "model/judge.h"
#include "model/results_build.h"

#include <string.h>

/* Most digits of a fraction's part, and places of a decimal, that a reader is shown. */
#define FRACTION_DIGITS 24
#define DECIMAL_SHOWN   6
/* Most terms of an aggregate that are written out. */
#define TERMS 8

/* ---- values */

static Str keep(Arena *arena, Buffer *text) {
    Str kept = arena_copy(arena, buffer_view(text));
    buffer_release(text);
    return kept;
}

static bool is_short(mpq_srcptr value) {
    mpz_t power;
    mpz_init(power);
    mpz_ui_pow_ui(power, 10, DECIMAL_SHOWN);
    bool is = mpz_divisible_p(power, mpq_denref(value)) != 0;
    mpz_clear(power);
    return is;
}

void trace_add_exact(Buffer *out, mpq_srcptr value) {
    if (is_short(value)) {
        size_t from = out->size;
        decimal_round(out, value, DECIMAL_SHOWN, ROUNDING_HALF_UP);
        decimal_trim(out, from);
        return;
    }
    bool long_one = mpz_sizeinbase(mpq_numref(value), 10) > FRACTION_DIGITS ||
                    mpz_sizeinbase(mpq_denref(value), 10) > FRACTION_DIGITS;
    if (long_one) return;
    size_t room = mpz_sizeinbase(mpq_numref(value), 10) + mpz_sizeinbase(mpq_denref(value), 10) + 3;
    char *at = buffer_reserve(out, room);
    mpq_get_str(at, 10, value);
    out->size += strlen(at);
}

static TraceValue value_of(const Results *results, Level level, size_t unit, Arena *arena) {
    TraceValue value = {.missing = results_unit_missing(results, level, unit)};
    if (value.missing != MISSING_NONE) return value;
    Buffer rate = {0}, printed = {0}, exact = {0};
    results_write_unit(results, level, unit, &rate);
    results_print_unit(results, level, unit, &printed);
    mpq_t number;
    mpq_init(number);
    if (results_unit_exact(results, level, unit, number) == MISSING_NONE) trace_add_exact(&exact, number);
    mpq_clear(number);
    value.rate = keep(arena, &rate);
    value.printed = keep(arena, &printed);
    value.exact = keep(arena, &exact);
    return value;
}

static TraceValue *last_year_of(const Results *results, Level level, size_t unit, Arena *arena) {
    const Results *last = results_last_year(results);
    if (!last) return NULL;
    TraceValue *value = arena_new(arena, 1, sizeof *value);
    *value = value_of(last, level, unit, arena);
    return value;
}

/* ---- the aggregate, written out */

typedef struct Terms {
    Trace *trace;
    const Rollup *rollup;
    Buffer *out;
    size_t count; /* terms so far */
} Terms;

static void begin_term(Terms *terms, const char *sign) {
    if (terms->count++ > 0 && terms->count <= TERMS) buffer_add(terms->out, str_of(sign));
}

/* Adds a number that is a term of a sum: a negative one in parentheses, unless it is the first. */
static void add_signed(Terms *terms, Str number) {
    bool wrap = terms->count > 1 && str_starts(number, STR("-"));
    buffer_addf(terms->out, wrap ? "(%.*s)" : "%.*s", STR_FMT(number));
}

static void add_number(Buffer *out, const NumberColumn *column, uint32_t child) {
    Decimal number;
    if (column && dataset_number(column, child, &number) == MISSING_NONE)
        decimal_write_canonical(out, &number);
    else
        buffer_add_char(out, '0');
}

/* The rate of a child that counts, 0 for one that the rules count as 0. False for one passed over. */
static bool child_rate(const Terms *terms, uint32_t child, Buffer *rate) {
    const Results *results = terms->trace->results;
    Missing missing = results_unit_missing(results, terms->rollup->children, child);
    if (missing == MISSING_NONE)
        results_write_unit(results, terms->rollup->children, child, rate);
    else if (terms->rollup->missing == MISSING_CHILD_ZERO && missing != MISSING_EXCLUDED)
        buffer_add_char(rate, '0');
    return rate->size > 0;
}

typedef void (*AddTerm)(Terms *terms, const RollupInput *input, uint32_t child, Str rate);

static void plain_term(Terms *terms, const RollupInput *input, uint32_t child, Str rate) {
    (void)input;
    (void)child;
    add_signed(terms, rate);
}

static void weighted_term(Terms *terms, const RollupInput *input, uint32_t child, Str rate) {
    add_number(terms->out, input->weights, child);
    buffer_addf(terms->out, " x %.*s", STR_FMT(rate));
}

static void weight_term(Terms *terms, const RollupInput *input, uint32_t child, Str rate) {
    (void)rate;
    add_number(terms->out, input->weights, child);
}

static void actual_term(Terms *terms, const RollupInput *input, uint32_t child, Str rate) {
    (void)rate;
    Buffer number = {0};
    add_number(&number, input->actuals, child);
    add_signed(terms, buffer_view(&number));
    buffer_release(&number);
}

static void target_term(Terms *terms, const RollupInput *input, uint32_t child, Str rate) {
    (void)rate;
    Buffer number = {0};
    add_number(&number, input->targets, child);
    add_signed(terms, buffer_view(&number));
    buffer_release(&number);
}

/* Each child that counts, joined; answers how many there are. */
static size_t add_terms(Terms *terms, const RollupInput *input, const char *sign, AddTerm add) {
    terms->count = 0;
    for (size_t i = 0; i < input->count; i++) {
        Buffer rate = {0};
        Decimal target;
        bool counts = child_rate(terms, input->children[i], &rate);
        if (add == actual_term || add == target_term)
            counts = counts && input->targets &&
                     dataset_number(input->targets, input->children[i], &target) == MISSING_NONE;
        if (counts) begin_term(terms, sign);
        if (counts && terms->count <= TERMS) add(terms, input, input->children[i], buffer_view(&rate));
        if (counts && terms->count == TERMS + 1) buffer_addf(terms->out, "%s…", sign);
        buffer_release(&rate);
    }
    return terms->count;
}

static void write_share(Terms *terms, const RollupInput *input) {
    const Results *results = terms->trace->results;
    size_t total = 0, counted = 0;
    for (size_t i = 0; i < input->count; i++) {
        Buffer rate = {0};
        bool has = child_rate(terms, input->children[i], &rate);
        buffer_release(&rate);
        mpq_t value;
        mpq_init(value);
        total += has;
        counted +=
            has &&
            results_unit_exact(results, terms->rollup->children, input->children[i], value) == MISSING_NONE &&
            range_holds(&terms->rollup->range, value);
        mpq_clear(value);
    }
    buffer_addf(terms->out, "100 x %zu / %zu", counted, total);
}

static void write_rollup(Trace *trace, Buffer *out) {
    const Rollup *rollup = &results_plan(trace->results)->rollups[LEVEL_PROJECT];
    RollupInput input = results_input(trace->results, LEVEL_PROJECT, trace->project);
    Terms terms = {trace, rollup, out, 0};
    size_t count;
    switch (rollup->aggregate) {
    case AGGREGATE_FUNCTION:
        break;
    case AGGREGATE_MEAN:
        buffer_add(out, STR("("));
        count = add_terms(&terms, &input, " + ", plain_term);
        if (count == 1) memmove(out->data, out->data + 1, --out->size);
        buffer_addf(out, count == 1 ? " / 1" : ") / %zu", count);
        break;
    case AGGREGATE_WEIGHTED_MEAN:
        buffer_add(out, STR("("));
        add_terms(&terms, &input, " + ", weighted_term);
        buffer_add(out, STR(") / ("));
        add_terms(&terms, &input, " + ", weight_term);
        buffer_add(out, STR(")"));
        break;
    case AGGREGATE_POOLED:
        buffer_add(out, STR("("));
        add_terms(&terms, &input, " + ", actual_term);
        buffer_add(out, STR(") / ("));
        add_terms(&terms, &input, " + ", target_term);
        buffer_add(out, STR(") x 100"));
        break;
    case AGGREGATE_COUNT_SHARE:
        write_share(&terms, &input);
        break;
    default:
        buffer_addf(out, "%s(", aggregate_name(rollup->aggregate));
        add_terms(&terms, &input, ", ", plain_term);
        buffer_add(out, STR(")"));
    }
}

static void trace_rollup(Trace *trace) {
    size_t count;
    const uint32_t *children = results_children(trace->results, LEVEL_PROJECT, trace->project, &count);
    for (size_t i = 0; i < count; i++)
        trace->left_out += results_row_missing(trace->results, children[i]) != MISSING_NONE;
    trace->value = value_of(trace->results, LEVEL_PROJECT, trace->project, &trace->arena);
    if (trace->value.missing != MISSING_NONE) return;
    Buffer written = {0};
    write_rollup(trace, &written);
    trace->rollup = keep(&trace->arena, &written);
}

/* ---- adjustments and the verdict */

static void trace_adjustments(Trace *trace) {
    trace->adjustment_count = results_adjustments(trace->results, trace->project);
    trace->adjustments = arena_new(&trace->arena, trace->adjustment_count, sizeof *trace->adjustments);
    for (size_t i = 0; i < trace->adjustment_count; i++) {
        trace->adjustments[i] = results_adjustment(trace->results, trace->project, i);
        if (trace->adjustments[i]->adjust == ADJUST_VERDICT) trace->given = trace->adjustments[i];
    }
}

static void trace_rank(Trace *trace) {
    const Results *results = trace->results;
    double rate = results_unit_rate(results, LEVEL_PROJECT, trace->project);
    trace->rank = 1;
    for (size_t i = 0; i < dataset_level_size(results_dataset(results), LEVEL_PROJECT); i++) {
        if (results_unit_missing(results, LEVEL_PROJECT, i) != MISSING_NONE) continue;
        trace->ranked++;
        trace->rank += results_unit_rate(results, LEVEL_PROJECT, i) > rate;
    }
}

static void trace_bands(Trace *trace) {
    const Verdicts *verdicts = &results_plan(trace->results)->verdicts[LEVEL_PROJECT];
    bool rated = trace->value.missing == MISSING_NONE;
    trace->verdict = results_band(trace->results, LEVEL_PROJECT, trace->project);
    trace->band_count = verdicts->count;
    trace->bands = arena_new(&trace->arena, verdicts->count, sizeof *trace->bands);
    mpq_t rate;
    mpq_init(rate);
    rated = rated && results_unit_exact(trace->results, LEVEL_PROJECT, trace->project, rate) == MISSING_NONE;
    for (size_t i = 0; i < verdicts->count; i++) {
        const Band *band = &verdicts->bands[i];
        bool holds = verdicts->forced ? trace->verdict == band
                                      : rated && judge_holds(trace->results, trace->project, band, rate);
        trace->bands[i] = (TraceBand){band, holds};
    }
    mpq_clear(rate);
    if (verdicts->forced && rated) trace_rank(trace);
}

/* To 6 places; as a fraction where that would read 0 and is not. */
static Str decimal_text(Arena *arena, mpq_srcptr value) {
    Buffer text = {0};
    decimal_round(&text, value, DECIMAL_SHOWN, ROUNDING_HALF_UP);
    decimal_trim(&text, 0);
    if (str_is(buffer_view(&text), "0") && mpq_sgn(value) != 0) {
        text.size = 0;
        trace_add_exact(&text, value);
        if (text.size == 0) decimal_round(&text, value, DECIMAL_PLACES, ROUNDING_UP);
    }
    return keep(arena, &text);
}

static void trace_nearest(Trace *trace, const Again *again) {
    reach_find(trace->results, trace->project, trace->wanted, &trace->reach);
    if (trace->reach.known) {
        trace->cut = decimal_text(&trace->arena, trace->reach.cut);
        trace->distance = decimal_text(&trace->arena, trace->reach.distance);
    }
    trace->changes = nearest_changes(again, trace->project, trace->wanted, &trace->arena);
}

static void add_range(Buffer *out, const char *name, const Range *range) {
    if (range_is_open(range)) return;
    Buffer text = {0};
    range_write(&text, range);
    buffer_addf(out, "%s%s%.*s", out->size ? ", " : "", name, STR_FMT(buffer_view(&text)));
    buffer_release(&text);
}

void trace_add_range(Buffer *out, const Band *band) {
    Buffer text = {0};
    add_range(&text, "", &band->range);
    add_range(&text, "any_indicator ", &band->any);
    if (band->improved) buffer_addf(&text, "%simproved", text.size ? ", " : "");
    add_range(&text, "improved ", &band->if_improved);
    buffer_add(out, buffer_view(&text));
    buffer_release(&text);
}

/* ---- the whole */

static void trace_names(Trace *trace) {
    const Dataset *dataset = results_dataset(trace->results);
    uint32_t department = dataset_parent(dataset, LEVEL_PROJECT, trace->project);
    trace->name = dataset_level_name(dataset, LEVEL_PROJECT, trace->project);
    trace->department = dataset_level_name(dataset, LEVEL_DEPARTMENT, department);
    trace->bureau =
        dataset_level_name(dataset, LEVEL_BUREAU, dataset_parent(dataset, LEVEL_DEPARTMENT, department));
}

Trace *trace_project(const Again *again, const TraceFile *file, uint32_t project, unsigned wanted) {
    Trace *trace = memory_new(1, sizeof *trace);
    trace->results = again->results;
    trace->project = project;
    trace->wanted = wanted;
    trace_names(trace);
    const uint32_t *rows =
        dataset_children(results_dataset(trace->results), LEVEL_PROJECT, project, &trace->row_count);
    trace->rows = arena_new(&trace->arena, trace->row_count, sizeof *trace->rows);
    for (size_t i = 0; i < trace->row_count; i++) {
        TraceRow *row = &trace->rows[i];
        row->row = rows[i];
        row->value = value_of(trace->results, LEVEL_INDICATOR, rows[i], &trace->arena);
        row->last_year = last_year_of(trace->results, LEVEL_INDICATOR, rows[i], &trace->arena);
        trace_row(again, file, row, &trace->arena);
    }
    trace_rollup(trace);
    trace_adjustments(trace);
    trace_bands(trace);
    trace->last_year = last_year_of(trace->results, LEVEL_PROJECT, project, &trace->arena);
    trace->trend = results_trend(trace->results, LEVEL_PROJECT, project);
    trace_nearest(trace, again);
    return trace;
}

void trace_free(Trace *trace) {
    if (!trace) return;
    reach_release(&trace->reach);
    Arena arena = trace->arena;
    memory_free(trace);
    arena_release(&arena);
}
