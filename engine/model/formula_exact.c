#include "base/memory.h"
#include "model/formula_build.h"

#include <math.h>

Missing formula_cell(const FormulaColumns *columns, size_t field, size_t row, Decimal *out) {
    const NumberColumn *column = columns->columns[field];
    const uint32_t *rows = columns->rows ? columns->rows[field] : NULL;
    if (rows && rows[row] == UINT32_MAX) return MISSING_NO_PERIOD;
    return column ? dataset_number(column, rows ? rows[row] : row, out) : MISSING_BLANK;
}

static void exact_field(const FormulaColumns *columns, size_t field, size_t row, Exact *out) {
    Decimal number;
    out->missing = formula_cell(columns, field, row, &number);
    if (out->missing == MISSING_NONE) decimal_to_rational(&number, out->value);
}

static void exact_number(const Step *step, Exact *out) {
    out->missing = MISSING_NONE;
    decimal_to_rational(&step->number, out->value);
}

/* x^n has n times the bits of x: that is known before it is worked out. */
static bool power_fits(const Step *step, const Exact *base, size_t bits) {
    if (step->op != OP_POWER || step->whole < 2 || base->missing != MISSING_NONE) return true;
    size_t room = (bits ? bits : DECIMAL_BITS) / step->whole;
    return room > 0 && decimal_fits(base->value, room);
}

/* Runs a step; false when its result has too many bits. */
static bool run_exact(const Step *step, const FormulaColumns *columns, size_t row, Exact *out) {
    if (step->op == OP_NUMBER)
        exact_number(step, out);
    else if (step->op == OP_FIELD)
        exact_field(columns, step->field, row, out);
    else if (!power_fits(step, out, columns->bits))
        return false;
    else
        operator_exact(step, out);
    return out->missing != MISSING_NONE || decimal_fits(out->value, columns->bits);
}

Missing formula_exact(const Formula *formula, const FormulaColumns *columns, size_t row, mpq_ptr out) {
    Exact *stack = memory_new(formula->depth, sizeof *stack);
    for (size_t i = 0; i < formula->depth; i++) mpq_init(stack[i].value);
    Exact *top = stack;
    bool fits = true;
    for (const Step *step = formula->steps; fits && step < formula->steps + formula->count; step++) {
        if (step->op != OP_NUMBER && step->op != OP_FIELD) top -= step->operands;
        fits = run_exact(step, columns, row, top++);
    }
    Missing reason = fits ? stack[0].missing : MISSING_TOO_LARGE;
    if (reason == MISSING_NONE) mpq_set(out, stack[0].value);
    for (size_t i = 0; i < formula->depth; i++) mpq_clear(stack[i].value);
    memory_free(stack);
    return reason;
}

/* ---- ratios of few digits */

/* A whole number that a double holds. */
static bool is_whole(double value, int64_t *out) {
    *out = fabs(value) <= 0x1p31 ? (int64_t)value : 0;
    return (double)*out == value;
}

/* Times 10^places. */
static bool scale_up(int64_t *number, unsigned places) {
    for (; places > 0; places--)
        if (__builtin_mul_overflow(*number, 10, number)) return false;
    return true;
}

static bool divide_cells(const NumberColumn *above, const NumberColumn *below, size_t row, int64_t *a,
                         int64_t *b) {
    unsigned a_scale = above->scale[row], b_scale = below->scale[row];
    if (a_scale >= DATASET_SCALE_LONG || b_scale >= DATASET_SCALE_LONG) return false;
    *a = number_digits(above, row);
    *b = number_digits(below, row);
    return *b != 0 && (a_scale > b_scale ? scale_up(b, a_scale - b_scale) : scale_up(a, b_scale - a_scale));
}

/* (base + sign a / b) factor = (base b + sign a) factor / b */
bool formula_fraction(const Formula *formula, const FormulaColumns *columns, size_t row, Fraction *out) {
    int64_t a, b, base, factor, sum;
    if (!formula_runs_as_ratio(formula, columns) || !is_whole(formula->ratio.base, &base) ||
        !is_whole(formula->ratio.factor, &factor) ||
        !divide_cells(columns->columns[formula->above], columns->columns[formula->below], row, &a, &b))
        return false;
    bool beyond = __builtin_mul_overflow(base, b, &sum);
    beyond |=
        formula->ratio.sign > 0 ? __builtin_add_overflow(sum, a, &sum) : __builtin_sub_overflow(sum, a, &sum);
    beyond |= __builtin_mul_overflow(sum, factor, &sum);
    return !beyond && fraction_make(sum, b, out);
}
