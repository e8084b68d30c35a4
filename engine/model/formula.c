#include "model/formula_build.h"

#include "base/memory.h"
#include "model/kernels.h"
#include "model/operators.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Rows whose operands and ratios stay in the cache together. */
#define RATIO_ROWS 256

typedef struct Compiler {
    Formula *formula;
    FormulaScope *scope;
    Arena *arena;
    Diag *diag;
    size_t depth;
    Str period; /* at_period that is being read; empty: none */
} Compiler;

/* How far digits can grow: the degree of the formula as a fraction of polynomials in its fields. */
typedef struct Compiled {
    bool good;
    bool condition;
    size_t degree;
} Compiled;

static const Compiled failed = {false, false, 0};

static size_t count_nodes(const Tree *tree) {
    size_t count = 1;
    for (size_t i = 0; tree->kind == TREE_EXPR && i < tree->count; i++)
        count += count_nodes(tree->items[i].value);
    return count;
}

static void push(Compiler *compiler, Step step) {
    Formula *formula = compiler->formula;
    formula->steps[formula->count++] = step;
    if (++compiler->depth > formula->depth) formula->depth = compiler->depth;
}

static Compiled push_number(Compiler *compiler, Decimal number) {
    Step step = {.op = OP_NUMBER, .number = number};
    step.value = decimal_to_double(&number, &step.error);
    push(compiler, step);
    return (Compiled){true, false, 1};
}

static Str *grown_list(Compiler *compiler, const Str *list, size_t count) {
    Str *grown = arena_new(compiler->arena, count + 1, sizeof *grown);
    if (count) memcpy(grown, list, count * sizeof *grown);
    return grown;
}

static size_t field_index(Compiler *compiler, Str name, const Place *place) {
    FieldList *fields = compiler->scope->fields;
    size_t count = fields->count;
    for (size_t i = 0; i < count; i++) {
        if (str_equal(fields->names[i], name) && str_equal(fields->periods[i], compiler->period)) return i;
    }
    Place *places = arena_new(compiler->arena, count + 1, sizeof *places);
    if (count) memcpy(places, fields->places, count * sizeof *places);
    *fields = (FieldList){grown_list(compiler, fields->names, count),
                          grown_list(compiler, fields->periods, count), places, count + 1};
    fields->names[count] = name;
    fields->periods[count] = compiler->period;
    fields->places[count] = *place;
    return count;
}

static Compiled push_field(Compiler *compiler, Str name, const Place *place) {
    ColumnId known;
    if (column_find(name, &known)) {
        if (!column_info(known)->number) {
            diag_add(compiler->diag, MESSAGE_NOT_A_NUMBER_FIELD, place, name);
            return failed;
        }
        name = str_of(column_info(known)->name);
    }
    push(compiler, (Step){.op = OP_FIELD, .field = field_index(compiler, name, place)});
    return (Compiled){true, false, 1};
}

static Compiled push_param(Compiler *compiler, Str name, const Place *place) {
    Decimal value;
    if (!compiler->scope->param(compiler->scope->context, name, place, &value, compiler->diag)) return failed;
    return push_number(compiler, value);
}

static Compiled refuse(Compiler *compiler, const Place *place, Str operator) {
    diag_add(compiler->diag, MESSAGE_FORMULA_OPERAND, place, operator);
    return failed;
}

/* A whole number from 0 to `most` among the operands; SIZE_MAX when it is none. */
static size_t small_number(const Tree *tree, size_t most) {
    if (tree->kind != TREE_NUMBER || tree->number.text.size || tree->number.digits < 0) return SIZE_MAX;
    uint64_t scale = 1;
    for (uint32_t i = 0; i < tree->number.scale && i < 18; i++) scale *= 10;
    uint64_t whole = (uint64_t)tree->number.digits / scale;
    return (uint64_t)tree->number.digits % scale == 0 && whole <= most ? (size_t)whole : SIZE_MAX;
}

/* Whose zero it is, is what the reader of the report wants to know: a target of zero has a reason of its own.
 */
static Missing zero_reason(const Tree *divisor) {
    ColumnId column;
    bool field = divisor->kind == TREE_EXPR && str_is(divisor->text, "field") && divisor->count == 1;
    bool target =
        field && column_find(divisor->items[0].value->text, &column) &&
        (column == COLUMN_TARGET || column == COLUMN_REVISED_TARGET || column == COLUMN_ORIGINAL_TARGET);
    return target ? MISSING_ZERO_TARGET : MISSING_DIVISION;
}

/* What an operator takes besides operands: the exponent, the places and mode of rounding. False when it is
 * not right. */
static bool read_settings(const Tree *tree, const OperatorInfo *info, Step *step) {
    if (step->op == OP_DIVIDE) step->zero = zero_reason(tree->items[1].value);
    for (size_t i = info->operands; i < info->operands + info->settings; i++) {
        const Tree *setting = i < tree->count ? tree->items[i].value : NULL;
        bool mode = step->op == OP_ROUND && i == info->operands + 1;
        if (!setting) return false;
        if (mode) {
            if (setting->kind != TREE_TEXT || !rounding_find(setting->text, &step->mode)) return false;
        } else {
            size_t number = small_number(setting, step->op == OP_POWER ? FORMULA_EXPONENT : FORMULA_PLACES);
            if (number == SIZE_MAX) return false;
            step->whole = (unsigned)number;
        }
    }
    return true;
}

static Compiled compile(Compiler *compiler, const Tree *tree, const Place *outer);

static size_t combine_degrees(const Step *step, size_t sum, size_t most) {
    if (step->op == OP_POWER) return most * (step->whole > 1 ? step->whole : 1);
    return step->op <= OP_DIVIDE ? sum : most;
}

/* at_period(name, formula): the formula over the row that the indicator has in that period. */
static Compiled compile_period(Compiler *compiler, const Tree *tree, const Place *place) {
    if (tree->count != 2 || tree->items[0].value->kind != TREE_TEXT)
        return refuse(compiler, place, tree->text);
    Str outer = compiler->period;
    compiler->period = tree->items[0].value->text;
    Compiled compiled = compile(compiler, tree->items[1].value, place);
    compiler->period = outer;
    if (compiled.condition) return refuse(compiler, place, tree->text);
    return compiled;
}

static Compiled compile_operator(Compiler *compiler, const Tree *tree, const Place *place) {
    const OperatorInfo *info = operator_find(tree->text);
    if (!info) return refuse(compiler, place, tree->text);
    size_t operands = tree->count - (info->settings < tree->count ? info->settings : 0);
    Step step = {.op = info->op, .operands = operands};
    bool shaped =
        info->any_number ? operands >= 1 && operands <= FORMULA_OPERANDS : operands == info->operands;
    if (!shaped || (!info->any_number && !read_settings(tree, info, &step)))
        return refuse(compiler, place, tree->text);
    size_t sum = 0, most = 0;
    for (size_t i = 0; i < operands; i++) {
        Compiled operand = compile(compiler, tree->items[i].value, place);
        if (!operand.good) return failed;
        bool wants_condition = info->conditions || (step.op == OP_CHOOSE && i == 0);
        if (operand.condition != wants_condition) return refuse(compiler, place, tree->text);
        sum += operand.degree;
        if (operand.degree > most) most = operand.degree;
    }
    compiler->depth -= operands;
    push(compiler, step);
    size_t degree = combine_degrees(&step, sum, most);
    if (degree <= FORMULA_DEGREE) return (Compiled){true, info->gives_condition, degree};
    diag_add(compiler->diag, MESSAGE_FORMULA_TOO_LARGE, place,
             arena_format(compiler->arena, "%d", FORMULA_DEGREE));
    return failed;
}

static Compiled compile(Compiler *compiler, const Tree *tree, const Place *outer) {
    const Place *place = tree->place.line ? &tree->place : outer;
    if (tree->kind == TREE_NUMBER) return push_number(compiler, tree->number);
    if (tree->kind != TREE_EXPR) return refuse(compiler, place, STR("?"));
    bool field = str_is(tree->text, "field");
    if (str_is(tree->text, "at_period")) return compile_period(compiler, tree, place);
    if (!field && !str_is(tree->text, "param")) return compile_operator(compiler, tree, place);
    if (tree->count != 1 || tree->items[0].value->kind != TREE_TEXT)
        return refuse(compiler, place, tree->text);
    Str name = tree->items[0].value->text;
    return field ? push_field(compiler, name, place) : push_param(compiler, name, place);
}

/* A constant that a double holds. */
static bool is_exact(const Step *step) { return step->op == OP_NUMBER && step->error == 0; }

/* field / field, factor times that, and factor times that added to a number or taken from one. */
static void find_ratio(Formula *formula) {
    const Step *step = formula->steps, *end = step + formula->count;
    formula->ratio = (KernelRatio){0, 1, 1};
    bool based = step < end && is_exact(step);
    if (based) formula->ratio.base = (step++)->value;
    if (end - step < 3 || step[0].op != OP_FIELD || step[1].op != OP_FIELD || step[2].op != OP_DIVIDE) return;
    formula->above = step[0].field;
    formula->below = step[1].field;
    formula->zero = step[2].zero;
    step += 3;
    if (based && (step == end || (step->op != OP_ADD && step->op != OP_SUBTRACT))) return;
    if (based) formula->ratio.sign = (step++)->op == OP_ADD ? 1 : -1;
    bool scaled = end - step == 2 && is_exact(step) && step[1].op == OP_MULTIPLY;
    if (scaled) formula->ratio.factor = step->value;
    formula->is_ratio = scaled || step == end;
}

static Formula *compile_whole(Arena *arena, const Tree *tree, bool condition, FormulaScope *scope,
                              Diag *diag) {
    Formula *formula = arena_new(arena, 1, sizeof *formula);
    formula->steps = arena_new(arena, count_nodes(tree), sizeof *formula->steps);
    Compiler compiler = {.formula = formula, .scope = scope, .arena = arena, .diag = diag};
    Compiled compiled = compile(&compiler, tree, &tree->place);
    if (!compiled.good) return NULL;
    find_ratio(formula);
    if (compiled.condition == condition) return formula;
    diag_add(diag, MESSAGE_FORMULA_OPERAND, &tree->place, tree->text);
    return NULL;
}

Formula *formula_compile(Arena *arena, const Tree *tree, FormulaScope *scope, Diag *diag) {
    return compile_whole(arena, tree, false, scope, diag);
}

Formula *formula_compile_condition(Arena *arena, const Tree *tree, FormulaScope *scope, Diag *diag) {
    return compile_whole(arena, tree, true, scope, diag);
}

bool formula_is_condition(const Tree *tree) {
    if (tree->kind != TREE_EXPR) return false;
    const OperatorInfo *info = operator_find(tree->text);
    return info && info->gives_condition;
}

static void load_number(Lane *lane, const Step *step, size_t count) {
    memset(lane->missing, MISSING_NONE, count);
    for (size_t k = 0; k < count; k++) {
        lane->value[k] = step->value;
        lane->error[k] = step->error;
    }
}

static void load_cell(Lane *lane, size_t k, const NumberColumn *column, uint32_t row) {
    Decimal number = {0};
    Missing reason = dataset_number(column, row, &number);
    lane->missing[k] = (uint8_t)reason;
    lane->error[k] = 0;
    lane->value[k] = reason == MISSING_NONE ? decimal_to_double(&number, &lane->error[k]) : (double)NAN;
}

static void load_blank(Lane *lane, size_t count) {
    memset(lane->missing, MISSING_BLANK, count);
    for (size_t k = 0; k < count; k++) {
        lane->value[k] = NAN;
        lane->error[k] = 0;
    }
}

static void load_other_period(Lane *lane, const FormulaColumns *columns, size_t field, const uint32_t *rows,
                              size_t count) {
    for (size_t k = 0; k < count; k++) {
        Decimal number = {0};
        Missing reason = formula_cell(columns, field, rows[k], &number);
        lane->missing[k] = (uint8_t)reason;
        lane->error[k] = 0;
        lane->value[k] = reason == MISSING_NONE ? decimal_to_double(&number, &lane->error[k]) : (double)NAN;
    }
}

static void load_field(Lane *lane, const FormulaColumns *columns, size_t field, const uint32_t *rows,
                       size_t count) {
    const NumberColumn *column = columns->columns[field];
    if (columns->rows && columns->rows[field]) {
        load_other_period(lane, columns, field, rows, count);
        return;
    }
    if (!column) {
        load_blank(lane, count);
        return;
    }
    int64_t digits[FORMULA_BLOCK];
    uint8_t scale[FORMULA_BLOCK];
    for (size_t k = 0; k < count; k++) {
        digits[k] = number_digits(column, rows[k]);
        scale[k] = column->scale[rows[k]];
    }
    memset(lane->missing, MISSING_NONE, count);
    if (kernels_here()->load(digits, scale, count, lane->value, lane->error)) return;
    for (size_t k = 0; k < count; k++)
        if (!isfinite(lane->error[k])) load_cell(lane, k, column, rows[k]);
}

/* Runs the formula step by step. */
static void run_steps(const Formula *formula, const FormulaColumns *columns, const uint32_t *rows,
                      size_t count, double *value, double *error, uint8_t *missing) {
    Lane *lanes = memory_resize(NULL, formula->depth, sizeof *lanes); /* every row of a lane is written */
    Lane *top = lanes;                                                /* the first free one */
    for (const Step *step = formula->steps; step < formula->steps + formula->count; step++) {
        if (step->op == OP_NUMBER) {
            load_number(top++, step, count);
        } else if (step->op == OP_FIELD) {
            load_field(top++, columns, step->field, rows, count);
        } else {
            top -= step->operands;
            operator_block(step, top, count);
            top++;
        }
    }
    memcpy(value, lanes->value, count * sizeof *value);
    memcpy(error, lanes->error, count * sizeof *error);
    memcpy(missing, lanes->missing, count);
    memory_free(lanes);
}

/* ---- ratios, without steps */

static bool reads_own_row(const FormulaColumns *columns, size_t field) {
    return columns->columns[field] && !(columns->rows && columns->rows[field]);
}

bool formula_runs_as_ratio(const Formula *formula, const FormulaColumns *columns) {
    return formula->is_ratio && reads_own_row(columns, formula->above) &&
           reads_own_row(columns, formula->below);
}

typedef struct Operand {
    double value[RATIO_ROWS], error[RATIO_ROWS];
} Operand;

/* Rows are in order: those that follow each other are read in place. */
static void load_operand(const Kernels *kernels, const NumberColumn *column, const uint32_t *rows,
                         size_t count, Operand *out) {
    int64_t digits[RATIO_ROWS];
    uint8_t scale[RATIO_ROWS];
    if (rows[count - 1] - rows[0] == count - 1) {
        const uint8_t *scales = column->scale + rows[0];
        if (column->digits)
            kernels->load(column->digits + rows[0], scales, count, out->value, out->error);
        else
            kernels->load_short(column->short_digits + rows[0], scales, count, out->value, out->error);
        return;
    }
    for (size_t k = 0; k < count; k++) {
        digits[k] = number_digits(column, rows[k]);
        scale[k] = column->scale[rows[k]];
    }
    kernels->load(digits, scale, count, out->value, out->error);
}

/* Why a ratio of two cells is missing: the first of them that is missing says it, or a zero below. */
static Missing ratio_missing(const Formula *formula, const FormulaColumns *columns, uint32_t row) {
    const NumberColumn *above = columns->columns[formula->above], *below = columns->columns[formula->below];
    if (above->scale[row] == DATASET_SCALE_MISSING) return (Missing)number_digits(above, row);
    int64_t digits = number_digits(below, row);
    if (below->scale[row] == DATASET_SCALE_MISSING) return (Missing)digits;
    return digits == 0 && below->scale[row] < DATASET_SCALE_LONG ? formula->zero : MISSING_NONE;
}

/* The rows that the kernel does not vouch for go through the steps, unless a cell is missing; answers how
 * many of them have no value or no finite bound then, and which: their places are left in `odd`. Its room on
 * the stack, some pages, is not its caller's. */
static __attribute__((noinline)) size_t run_odd(const Formula *formula, const FormulaColumns *columns,
                                                const uint32_t *rows, size_t count, double *value,
                                                double *error, uint8_t *missing, uint32_t *odd) {
    uint32_t odd_rows[FORMULA_BLOCK], places[FORMULA_BLOCK];
    size_t there = 0, left = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t at = odd[i];
        Missing reason = ratio_missing(formula, columns, rows[at]);
        value[at] = NAN;
        error[at] = 0;
        missing[at] = (uint8_t)reason;
        odd_rows[there] = rows[at];
        places[there] = at;
        there += reason == MISSING_NONE;
    }
    if (there) {
        double values[FORMULA_BLOCK], errors[FORMULA_BLOCK];
        uint8_t reasons[FORMULA_BLOCK];
        run_steps(formula, columns, odd_rows, there, values, errors, reasons);
        for (size_t k = 0; k < there; k++) {
            value[places[k]] = values[k];
            error[places[k]] = errors[k];
            missing[places[k]] = reasons[k];
        }
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t at = odd[i];
        odd[left] = at;
        left += missing[at] != MISSING_NONE || !isfinite(error[at]);
    }
    return left;
}

static size_t run_ratio(const Formula *formula, const FormulaColumns *columns, const uint32_t *rows,
                        size_t count, double *value, double *error, uint8_t *missing, uint32_t *odd) {
    const Kernels *kernels = kernels_here();
    Operand above, below;
    size_t odd_count = 0;
    bool all_sure = true;
    memset(missing, MISSING_NONE, count);
    for (size_t from = 0, part; from < count; from += part) {
        part = count - from < RATIO_ROWS ? count - from : RATIO_ROWS;
        load_operand(kernels, columns->columns[formula->above], rows + from, part, &above);
        load_operand(kernels, columns->columns[formula->below], rows + from, part, &below);
        bool sure =
            kernels->ratios((KernelLane){above.value, above.error}, (KernelLane){below.value, below.error},
                            &formula->ratio, part, value + from, error + from);
        all_sure &= sure;
    }
    if (!all_sure) odd_count = kernels->odd(error, count, odd);
    return odd_count ? run_odd(formula, columns, rows, odd_count, value, error, missing, odd) : 0;
}

size_t formula_rates(const Formula *formula, const FormulaColumns *columns, const uint32_t *rows,
                     size_t count, double *value, double *error, uint8_t *missing, uint32_t *odd) {
    size_t odd_count = 0;
    if (count > 0 && formula_runs_as_ratio(formula, columns))
        return run_ratio(formula, columns, rows, count, value, error, missing, odd);
    run_steps(formula, columns, rows, count, value, error, missing);
    for (size_t k = 0; k < count; k++) {
        odd[odd_count] = (uint32_t)k;
        odd_count += (missing[k] != MISSING_NONE) | !(error[k] <= DBL_MAX);
    }
    return odd_count;
}

void formula_block(const Formula *formula, const FormulaColumns *columns, const uint32_t *rows, size_t count,
                   double *value, double *error, uint8_t *missing) {
    run_steps(formula, columns, rows, count, value, error, missing);
}
