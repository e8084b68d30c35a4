#include "model/sweep.h"

#include "base/memory.h"
#include "model/halving.h"
#include "model/number.h"
#include "model/schema.h"

#include <string.h>

/* ---- NAME=FROM..TO:STEP */

static bool bad_syntax(Str text, Diag *diag) {
    diag_add(diag, MESSAGE_SWEEP_SYNTAX, NULL, text);
    return false;
}

static bool read_number(Arena *arena, Str text, mpq_ptr out) {
    Decimal number;
    if (decimal_parse(str_trim(text), &number, arena, NULL) > DECIMAL_LENIENT) return false;
    decimal_to_rational(&number, out);
    return true;
}

/* Where `two` stands in `text`; text.size when it does not. */
static size_t find_two(Str text, const char *two) {
    size_t at = 0;
    while (at + 1 < text.size && !(text.data[at] == two[0] && text.data[at + 1] == two[1])) at++;
    return at + 1 < text.size ? at : text.size;
}

static bool add_values(Arena *arena, SweepAxis *axis, mpq_srcptr from, mpq_srcptr to, mpq_srcptr step,
                       Diag *diag) {
    mpq_t value;
    mpq_init(value);
    mpq_sub(value, to, from);
    mpq_div(value, value, step);
    bool few = mpq_cmp_ui(value, SWEEP_STEPS, 1) < 0;
    axis->count = few ? (size_t)(mpq_get_d(value) + 2) : 0; /* at most one more than there are */
    axis->values = arena_new(arena, axis->count, sizeof *axis->values);
    size_t count = 0;
    for (mpq_set(value, from); few && mpq_cmp(value, to) <= 0; mpq_add(value, value, step))
        axis->values[count++] = number_text(arena, value);
    axis->count = count;
    mpq_clear(value);
    if (!few) {
        diag_add(diag, MESSAGE_SWEEP_STEPS, NULL, axis->text, arena_format(arena, "%d", SWEEP_STEPS));
        return false;
    }
    return true;
}

bool sweep_read(Arena *arena, Str text, SweepAxis *out, Diag *diag) {
    size_t equals = str_find(text, '=', 0);
    Str range = str_slice(text, equals + 1, text.size);
    size_t dots = find_two(range, ".."), colon = str_find(range, ':', 0);
    *out = (SweepAxis){.text = text, .name = arena_copy(arena, str_trim(str_slice(text, 0, equals)))};
    if (equals == text.size || !out->name.size || colon <= dots || colon == range.size)
        return bad_syntax(text, diag);
    mpq_t from, to, step;
    mpq_inits(from, to, step, NULL);
    bool good = read_number(arena, str_slice(range, 0, dots), from) &&
                read_number(arena, str_slice(range, dots + 2, colon), to) &&
                read_number(arena, str_slice(range, colon + 1, range.size), step) && mpq_sgn(step) > 0 &&
                mpq_cmp(from, to) <= 0;
    if (!good)
        bad_syntax(text, diag);
    else
        good = add_values(arena, out, from, to, step, diag);
    mpq_clears(from, to, step, NULL);
    return good;
}

/* ---- what the rules allow */

static bool unknown_param(const Plan *plan, const SweepAxis *axis, Diag *diag) {
    Arena arena = {0};
    Str *names = arena_new(&arena, plan->param_count, sizeof *names);
    for (size_t i = 0; i < plan->param_count; i++) names[i] = plan->params[i].name;
    diag_add(diag, MESSAGE_SWEEP_PARAM, NULL, axis->name);
    schema_suggest(diag, axis->name, names, plan->param_count);
    arena_release(&arena);
    return false;
}

static bool inside(const Bound *bound, Str text, int side) {
    if (!bound->set) return true;
    mpq_t value, limit;
    mpq_inits(value, limit, NULL);
    number_read(text, value);
    decimal_to_rational(&bound->value, limit);
    bool good = mpq_cmp(value, limit) * side >= 0;
    mpq_clears(value, limit, NULL);
    return good;
}

static bool check_axis(const Plan *plan, const SweepAxis *axis, Diag *diag) {
    const Param *param = plan_param(plan, axis->name);
    if (!param) return unknown_param(plan, axis, diag);
    Str outside = {"", 0};
    if (!inside(&param->max, axis->values[axis->count - 1], -1)) outside = axis->values[axis->count - 1];
    if (!inside(&param->min, axis->values[0], 1)) outside = axis->values[0];
    if (!outside.size) return true;
    Buffer low = {0}, high = {0};
    if (param->min.set) decimal_write(&low, &param->min.value);
    if (param->max.set) decimal_write(&high, &param->max.value);
    diag_add(diag, MESSAGE_SWEEP_RANGE, NULL, axis->text, outside, buffer_view(&low), buffer_view(&high));
    buffer_release(&low);
    buffer_release(&high);
    return false;
}

static bool check_axes(const Plan *plan, const SweepAxis *axes, size_t count, Diag *diag) {
    bool good = true;
    for (size_t i = 0; i < count; i++) good &= check_axis(plan, &axes[i], diag);
    if (!good || count == 1) return good;
    if (str_equal(axes[0].name, axes[1].name)) return bad_syntax(axes[1].text, diag);
    if (axes[0].count * axes[1].count <= SWEEP_STEPS) return true;
    Arena arena = {0};
    diag_add(diag, MESSAGE_SWEEP_STEPS, NULL, axes[1].text, arena_format(&arena, "%d", SWEEP_STEPS));
    arena_release(&arena);
    return false;
}

/* ---- the steps */

/* Rules that are wrong at a value are no error of the sweep; anything else is. */
static bool is_of_rules(const Diag *faults) {
    ExitCode code = diag_exit_code(faults);
    return code == EXIT_RULES;
}

static Str first_code(const Diag *faults) {
    for (size_t i = 0; i < diag_count(faults); i++) {
        const Message message = message_get(diag_item(faults, i)->message);
        if (message.severity == SEVERITY_ERROR) return str_of(message.code);
    }
    return (Str){"", 0};
}

/* False after errors; *outcome is NULL when the rules are wrong at this value. */
static bool take_step(const FlipSearch *search, SweepStep *step, Outcome **outcome, Diag *diag) {
    Diag *faults = diag_new();
    *outcome = flip_ask(search, step->values[0], faults);
    bool good = *outcome || is_of_rules(faults);
    if (*outcome) {
        step->valid = true;
        step->counts = (*outcome)->counts;
    } else if (good) {
        step->fault = first_code(faults);
    } else {
        whatif_add_errors(diag, faults);
    }
    diag_free(faults);
    return good;
}

/* One line of the sweep: the first parameter at one value of the second. */
static bool sweep_line(Sweep *sweep, const FlipSearch *search, SweepStep *steps, Diag *diag) {
    const SweepAxis *axis = &sweep->axes[0];
    Outcome *before = NULL, *now = NULL;
    bool good = true;
    for (size_t i = 0; good && i < axis->count; i++) {
        steps[i].values[0] = axis->values[i];
        steps[i].values[1] = search->other;
        good = take_step(search, &steps[i], &now, diag);
        if (good && before && now && !search->rates)
            halving_flips(search, axis->values[i - 1], before, axis->values[i], now, &sweep->flips);
        whatif_free(before);
        before = now;
        now = NULL;
    }
    whatif_free(before);
    if (good && search->rates)
        flip_in_bands(search, axis->values[0], axis->values[axis->count - 1], &sweep->flips);
    return good;
}

static bool sweep_lines(Sweep *sweep, const Held *held, Diag *diag) {
    const Plan *plan = sweep->base->plan;
    bool two = sweep->axis_count > 1;
    bool bands = whatif_only_bands(held, plan, sweep->axes[0].name);
    bool both = bands && two && whatif_only_bands(held, plan, sweep->axes[1].name);
    size_t lines = two ? sweep->axes[1].count : 1;
    sweep->whole = bands;
    bool good = true;
    for (size_t i = 0; good && i < lines; i++) {
        Setting other = {sweep->axes[1].name, two ? sweep->axes[1].values[i] : (Str){"", 0}};
        FlipSearch search = {held, sweep->axes[0].name, &other, two, NULL, other.value};
        Outcome *rates = NULL;
        /* rates where only bands follow the first parameter; the second may change them, or be no rule set */
        Diag *unheard = diag_new();
        if (bands && two)
            rates = (both ? whatif_judge(held, sweep->base, &other, 1, unheard)
                          : whatif_ask(held, &other, 1, unheard));
        if (bands) search.rates = two ? rates : sweep->base;
        diag_free(unheard);
        good = sweep_line(sweep, &search, sweep->steps + i * sweep->axes[0].count, diag);
        whatif_free(rates);
    }
    return good;
}

Sweep *sweep_new(const Held *held, const Outcome *base, const SweepAxis *axes, size_t axis_count,
                 Diag *diag) {
    if (!check_axes(base->plan, axes, axis_count, diag)) return NULL;
    Sweep *sweep = memory_new(1, sizeof *sweep);
    sweep->base = base;
    sweep->axis_count = axis_count;
    memcpy(sweep->axes, axes, axis_count * sizeof *axes);
    sweep->step_count = axes[0].count * (axis_count > 1 ? axes[1].count : 1);
    sweep->steps = arena_new(&sweep->arena, sweep->step_count, sizeof *sweep->steps);
    sweep->flips.arena = &sweep->arena;
    if (sweep_lines(sweep, held, diag)) {
        flip_sort(&sweep->flips);
        return sweep;
    }
    sweep_free(sweep);
    return NULL;
}

void sweep_free(Sweep *sweep) {
    if (!sweep) return;
    arena_release(&sweep->arena);
    memory_free(sweep);
}
