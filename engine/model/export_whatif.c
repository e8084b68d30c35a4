#include "model/export_whatif.h"

#include "io/json.h"
#include "model/number.h"

/* Percentages are given up to this many projects. */
#define PERCENTS 10000

/* ---- the steps of a slider */

static void set_ends(const Param *param, mpq_ptr low, mpq_ptr high) {
    mpq_t twice;
    mpq_init(twice);
    decimal_to_rational(&param->value, twice);
    mpq_add(twice, twice, twice);
    if (param->min.set)
        decimal_to_rational(&param->min.value, low);
    else if (mpq_sgn(twice) < 0)
        mpq_set(low, twice);
    if (param->max.set)
        decimal_to_rational(&param->max.value, high);
    else if (mpq_cmp(twice, low) > 0)
        mpq_set(high, twice);
    else
        mpq_set_ui(high, mpq_sgn(twice) < 0 ? 0 : 100, 1);
    mpq_clear(twice);
}

/* The smallest of 1, 2, 5 times a power of ten, from 0.001 on, that needs at most `most` steps. */
static void set_step(mpq_srcptr low, mpq_srcptr high, size_t most, mpq_ptr step) {
    static const unsigned long grow[][2] = {{2, 1}, {5, 2}, {2, 1}};
    mpq_t span, factor;
    mpq_inits(span, factor, NULL);
    mpq_sub(span, high, low);
    mpq_set_ui(factor, 1, most);
    mpq_mul(span, span, factor); /* the least step */
    mpq_set_ui(step, 1, 1000);
    for (size_t i = 0; mpq_cmp(step, span) < 0; i++) {
        mpq_set_ui(factor, grow[i % 3][0], grow[i % 3][1]);
        mpq_canonicalize(factor);
        mpq_mul(step, step, factor);
    }
    mpq_clears(span, factor, NULL);
}

static void add_values(SweepAxis *axis, mpq_srcptr low, mpq_srcptr high, mpq_srcptr step, mpq_srcptr own,
                       Arena *arena) {
    mpq_t value;
    mpq_init(value);
    mpq_set(value, low);
    bool passed = false;
    while (mpq_cmp(value, high) <= 0 || (!passed && mpq_cmp(own, high) <= 0)) {
        int side = mpq_cmp(own, value);
        bool before = !passed && (side < 0 || mpq_cmp(value, high) > 0);
        axis->values[axis->count++] = number_text(arena, before ? own : value);
        passed |= before || side == 0;
        if (!before) mpq_add(value, value, step);
    }
    mpq_clear(value);
}

SweepAxis whatif_axis(const Param *param, size_t most, Arena *arena) {
    SweepAxis axis = {.text = param->name, .name = param->name};
    mpq_t low, high, step, own;
    mpq_inits(low, high, step, own, NULL);
    set_ends(param, low, high);
    decimal_to_rational(&param->value, own);
    set_step(low, high, most, step);
    axis.values = arena_new(arena, most + 3, sizeof *axis.values);
    add_values(&axis, low, high, step, own, arena);
    mpq_clears(low, high, step, own, NULL);
    return axis;
}

/* ---- JSON */

static void json_ref(Buffer *out, const char *name, char level, size_t unit) {
    json_add_key(out, name);
    buffer_addf(out, "\"%c%zu\"", level, unit + 1);
}

static Str key_of(const Plan *plan, unsigned verdict) {
    return verdict == RESULTS_NO_BAND ? STR("") : plan->verdicts[LEVEL_PROJECT].bands[verdict].key;
}

static void separate(Buffer *out, size_t index) {
    if (index > 0) buffer_add_char(out, ',');
}

static void add_bands(Buffer *out, const Plan *plan) {
    const Verdicts *verdicts = &plan->verdicts[LEVEL_PROJECT];
    json_put_text(out, "sluggish", key_of(plan, (unsigned)bands_sluggish(verdicts->bands, verdicts->count)));
    json_add_key(out, "bands");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < verdicts->count; i++) {
        separate(out, i);
        buffer_add_char(out, '{');
        json_put_text(out, "key", verdicts->bands[i].key);
        json_put_text(out, "name", verdicts->bands[i].name);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void add_projects(Buffer *out, const Outcome *base, const Dataset *dataset) {
    size_t projects = dataset_level_size(dataset, LEVEL_PROJECT);
    json_add_key(out, "projects");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < projects; i++) {
        uint32_t department = dataset_parent(dataset, LEVEL_PROJECT, i);
        separate(out, i);
        buffer_add_char(out, '{');
        json_ref(out, "of", 'p', i);
        json_put_text(out, "name", dataset_level_name(dataset, LEVEL_PROJECT, i));
        json_ref(out, "department", 'd', department);
        json_ref(out, "bureau", 'b', dataset_parent(dataset, LEVEL_DEPARTMENT, department));
        json_put_text(out, "verdict", key_of(base->plan, base->verdicts[i]));
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

/* How the rules print 0, 1, 2, … of all projects in percent. */
static void add_percents(Buffer *out, const Outcome *base) {
    size_t total = base->counts.total;
    json_add_key(out, "percents");
    buffer_add_char(out, '[');
    for (size_t i = 0; total <= PERCENTS && i <= total; i++) {
        Buffer printed = {0};
        results_print_percent(base->results, i, total, &printed);
        separate(out, i);
        json_add_text(out, printed.size ? buffer_view(&printed) : STR(""));
        buffer_release(&printed);
    }
    buffer_add_char(out, ']');
}

static void add_steps(Buffer *out, const Sweep *sweep) {
    json_add_key(out, "steps");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < sweep->step_count; i++) {
        separate(out, i);
        buffer_add_char(out, '{');
        json_put_text(out, "value", sweep->steps[i].values[0]);
        if (!sweep->steps[i].valid) json_put_text(out, "fault", sweep->steps[i].fault);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void add_flip(Buffer *out, const Plan *plan, const Flip *flip) {
    buffer_add_char(out, '{');
    json_ref(out, "of", 'p', flip->project);
    json_put_text(out, "from", key_of(plan, flip->from));
    json_put_text(out, "to", key_of(plan, flip->to));
    json_put_flag(out, "exact", flip->exact);
    json_put_text(out, "at", flip->exact ? flip->at : flip->high);
    if (flip->fraction.size) json_put_text(out, "fraction", flip->fraction);
    if (flip->reachable) json_put_text(out, "verdict", key_of(plan, flip->verdict));
    buffer_add_char(out, '}');
}

static void add_param(Buffer *out, const Param *param, const Sweep *sweep) {
    Buffer value = {0};
    decimal_write_canonical(&value, &param->value);
    buffer_add_char(out, '{');
    json_put_text(out, "name", param->name);
    json_put_text(out, "value", buffer_view(&value));
    json_put_text(out, "unit", param->unit);
    json_put_text(out, "source", param->source);
    json_put_flag(out, "whole", sweep->whole);
    add_steps(out, sweep);
    json_add_key(out, "flips");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < sweep->flips.count; i++) {
        separate(out, i);
        add_flip(out, sweep->base->plan, &sweep->flips.items[i]);
    }
    buffer_add(out, STR("]}"));
    buffer_release(&value);
}

static size_t most_steps(const Held *held, const Plan *plan, const Param *param) {
    if (whatif_only_bands(held, plan, param->name)) return WHATIF_BAND_STEPS;
    size_t fit = WHATIF_WORK / (dataset_rows(held->dataset) + 1);
    return fit < 4 ? 4 : fit < WHATIF_STEPS ? fit : WHATIF_STEPS;
}

/* A parameter that nothing in the rules names changes nothing. */
static bool matters(const Plan *plan, const Param *param) { return param->used || plan->has_functions; }

static bool add_params(Buffer *out, const Held *held, const Outcome *base, Diag *diag) {
    size_t added = 0;
    bool good = true;
    json_add_key(out, "params");
    buffer_add_char(out, '[');
    for (size_t i = 0; good && i < base->plan->param_count; i++) {
        const Param *param = &base->plan->params[i];
        Arena arena = {0};
        if (!matters(base->plan, param)) continue;
        SweepAxis axis = whatif_axis(param, most_steps(held, base->plan, param), &arena);
        Sweep *sweep = sweep_new(held, base, &axis, 1, diag);
        good = sweep != NULL;
        separate(out, good ? added++ : 0);
        if (good) add_param(out, param, sweep);
        sweep_free(sweep);
        arena_release(&arena);
    }
    buffer_add_char(out, ']');
    return good;
}

bool export_whatif(const Held *held, Buffer *out, Diag *diag) {
    Diag *again = diag_new(); /* warnings of evaluation: the run has them already */
    Outcome *base = whatif_ask(held, NULL, 0, again);
    whatif_add_errors(diag, again);
    diag_free(again);
    if (!base) return false;
    buffer_add_char(out, '{');
    add_bands(out, base->plan);
    add_projects(out, base, held->dataset);
    add_percents(out, base);
    bool good = add_params(out, held, base, diag);
    buffer_add_char(out, '}');
    whatif_free(base);
    return good;
}
