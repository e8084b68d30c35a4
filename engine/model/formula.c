#include "model/formula.h"

#include "base/memory.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))
/* Unit roundoff of double, with a margin that covers the rounding of the bounds themselves. */
#define ROUNDOFF (0x1p-53 * (1 + 0x1p-40))

typedef enum Opcode { OP_NUMBER, OP_FIELD, OP_ADD, OP_SUBTRACT, OP_MULTIPLY, OP_DIVIDE, OP_NEGATE } Opcode;

/* The program is in postfix order: operands are on a stack when their operator runs. */
typedef struct Step {
    Opcode op;
    Missing zero;   /* OP_DIVIDE: the reason when the divisor is zero */
    size_t field;   /* OP_FIELD */
    Decimal number; /* OP_NUMBER */
    double value, error;
} Step;

struct Formula {
    Step *steps;
    size_t count;
    size_t depth; /* most operands on the stack at once */
};

static const struct {
    const char *text;
    Opcode op;
} operators[] = {{"+", OP_ADD}, {"-", OP_SUBTRACT}, {"*", OP_MULTIPLY}, {"/", OP_DIVIDE}, {"neg", OP_NEGATE}};

typedef struct Compiler {
    Formula *formula;
    FormulaScope *scope;
    Arena *arena;
    Diag *diag;
    size_t depth;
} Compiler;

static size_t count_nodes(const Tree *tree) {
    size_t count = 1;
    for (size_t i = 0; tree->kind == TREE_EXPR && i < tree->count; i++) count += count_nodes(tree->items[i].value);
    return count;
}

static void push(Compiler *compiler, Step step) {
    Formula *formula = compiler->formula;
    formula->steps[formula->count++] = step;
    if (++compiler->depth > formula->depth) formula->depth = compiler->depth;
}

static void push_number(Compiler *compiler, Decimal number) {
    Step step = {.op = OP_NUMBER, .number = number};
    step.value = decimal_to_double(&number, &step.error);
    push(compiler, step);
}

static size_t field_index(Compiler *compiler, Str name, const Place *place) {
    FieldList *fields = compiler->scope->fields;
    for (size_t i = 0; i < fields->count; i++) {
        if (str_equal(fields->names[i], name)) return i;
    }
    Str *names = arena_new(compiler->arena, fields->count + 1, sizeof *names);
    Place *places = arena_new(compiler->arena, fields->count + 1, sizeof *places);
    if (fields->count) {
        memcpy(names, fields->names, fields->count * sizeof *names);
        memcpy(places, fields->places, fields->count * sizeof *places);
    }
    names[fields->count] = name;
    places[fields->count] = *place;
    *fields = (FieldList){names, places, fields->count + 1};
    return fields->count - 1;
}

static bool push_field(Compiler *compiler, Str name, const Place *place) {
    ColumnId known;
    if (column_find(name, &known)) {
        if (!column_info(known)->number) {
            diag_add(compiler->diag, MESSAGE_NOT_A_NUMBER_FIELD, place, name);
            return false;
        }
        name = str_of(column_info(known)->name);
    }
    push(compiler, (Step){.op = OP_FIELD, .field = field_index(compiler, name, place)});
    return true;
}

static bool push_param(Compiler *compiler, Str name, const Place *place) {
    Decimal value;
    if (!compiler->scope->param(compiler->scope->context, name, place, &value, compiler->diag)) return false;
    push_number(compiler, value);
    return true;
}

/* Whose zero it is, is what the reader of the report wants to know: a target of zero has a reason of its own. */
static Missing zero_reason(const Tree *divisor) {
    bool field = divisor->kind == TREE_EXPR && str_is(divisor->text, "field");
    ColumnId column;
    bool target = field && column_find(divisor->items[0].value->text, &column) && column == COLUMN_TARGET;
    return target ? MISSING_ZERO_TARGET : MISSING_DIVISION;
}

static bool compile(Compiler *compiler, const Tree *tree, const Place *outer);

static bool compile_operator(Compiler *compiler, const Tree *tree, const Place *place) {
    size_t found = 0;
    while (found < COUNT(operators) && !str_is(tree->text, operators[found].text)) found++;
    assert(found < COUNT(operators));
    for (size_t i = 0; i < tree->count; i++) {
        if (!compile(compiler, tree->items[i].value, place)) return false;
    }
    Step step = {.op = operators[found].op};
    if (step.op == OP_DIVIDE) step.zero = zero_reason(tree->items[1].value);
    compiler->depth -= tree->count;
    push(compiler, step);
    return true;
}

static bool compile(Compiler *compiler, const Tree *tree, const Place *outer) {
    const Place *place = tree->place.line ? &tree->place : outer;
    if (tree->kind == TREE_NUMBER) {
        push_number(compiler, tree->number);
        return true;
    }
    if (str_is(tree->text, "field")) return push_field(compiler, tree->items[0].value->text, place);
    if (str_is(tree->text, "param")) return push_param(compiler, tree->items[0].value->text, place);
    return compile_operator(compiler, tree, place);
}

Formula *formula_compile(Arena *arena, const Tree *tree, FormulaScope *scope, Diag *diag) {
    Formula *formula = arena_new(arena, 1, sizeof *formula);
    formula->steps = arena_new(arena, count_nodes(tree), sizeof *formula->steps);
    Compiler compiler = {.formula = formula, .scope = scope, .arena = arena, .diag = diag};
    return compile(&compiler, tree, &tree->place) ? formula : NULL;
}

/* Within a block, for a row that may have been divided by zero: a later reason must not take the place of that one. */
#define MISSING_UNSURE MISSING_COUNT

/* A block of operands: values, and a bound of how far each is from the exact value. */
typedef struct Lane {
    double value[FORMULA_BLOCK];
    double error[FORMULA_BLOCK];
} Lane;

static void load_number(Lane *lane, const Step *step, size_t count) {
    for (size_t k = 0; k < count; k++) {
        lane->value[k] = step->value;
        lane->error[k] = step->error;
    }
}

static void load_field(Lane *lane, const NumberColumn *column, const uint32_t *rows, size_t count, uint8_t *missing) {
    for (size_t k = 0; k < count; k++) {
        Decimal number = {0};
        Missing reason = column ? dataset_number(column, rows[k], &number) : MISSING_BLANK;
        lane->error[k] = 0;
        lane->value[k] = reason == MISSING_NONE ? decimal_to_double(&number, &lane->error[k]) : 0;
        if (reason != MISSING_NONE && missing[k] == MISSING_NONE) missing[k] = (uint8_t)reason;
    }
}

/* An operation on doubles cannot vouch for results that overflow, or that lose digits next to zero. */
static void settle(Lane *lane, size_t k, double value, double error, bool scaled) {
    bool lost = scaled && value != 0 && fabs(value) < 0x1p-1000;
    bool sure = isfinite(value) && error < INFINITY && !lost;
    lane->value[k] = sure ? value : 0;
    lane->error[k] = sure ? error : INFINITY;
}

static void add(Lane *a, const Lane *b, double sign, size_t count) {
    for (size_t k = 0; k < count; k++) {
        double value = a->value[k] + sign * b->value[k];
        settle(a, k, value, (a->error[k] + b->error[k] + ROUNDOFF * fabs(value)) * (1 + 0x1p-50), false);
    }
}

static void multiply(Lane *a, const Lane *b, size_t count) {
    for (size_t k = 0; k < count; k++) {
        double value = a->value[k] * b->value[k];
        double error = fabs(a->value[k]) * b->error[k] + fabs(b->value[k]) * a->error[k] +
                       a->error[k] * b->error[k] + ROUNDOFF * fabs(value);
        bool zero = (a->value[k] == 0 && a->error[k] == 0) || (b->value[k] == 0 && b->error[k] == 0);
        bool lost = value == 0 && !zero;
        settle(a, k, value, lost ? INFINITY : error * (1 + 0x1p-50), true);
    }
}

static void divide(Lane *a, const Lane *b, Missing zero, uint8_t *missing, size_t count) {
    for (size_t k = 0; k < count; k++) {
        double divisor = fabs(b->value[k]);
        if (divisor == 0 && b->error[k] == 0) {
            if (missing[k] == MISSING_NONE) missing[k] = (uint8_t)zero;
            settle(a, k, 0, 0, false);
        } else if (divisor <= 2 * b->error[k]) {
            if (missing[k] == MISSING_NONE) missing[k] = MISSING_UNSURE; /* exact arithmetic decides */
            settle(a, k, 0, INFINITY, false);
        } else {
            double value = a->value[k] / b->value[k];
            double error = (a->error[k] + fabs(value) * b->error[k]) / (divisor - b->error[k]) + ROUNDOFF * fabs(value);
            bool lost = value == 0 && (a->value[k] != 0 || a->error[k] != 0);
            settle(a, k, value, lost ? INFINITY : error * (1 + 0x1p-50), true);
        }
    }
}

static void negate(Lane *a, size_t count) {
    for (size_t k = 0; k < count; k++) a->value[k] = -a->value[k];
}

void formula_block(const Formula *formula, const FormulaColumns *columns, const uint32_t *rows, size_t count,
                   double *value, double *error, uint8_t *missing) {
    Lane *lanes = memory_new(formula->depth, sizeof *lanes);
    Lane *top = lanes - 1;
    memset(missing, MISSING_NONE, count);
    for (const Step *step = formula->steps; step < formula->steps + formula->count; step++) {
        switch (step->op) {
        case OP_NUMBER: load_number(++top, step, count); break;
        case OP_FIELD: load_field(++top, columns->columns[step->field], rows, count, missing); break;
        case OP_ADD: top--; add(top, top + 1, 1, count); break;
        case OP_SUBTRACT: top--; add(top, top + 1, -1, count); break;
        case OP_MULTIPLY: top--; multiply(top, top + 1, count); break;
        case OP_DIVIDE: top--; divide(top, top + 1, step->zero, missing, count); break;
        case OP_NEGATE: negate(top, count); break;
        }
    }
    for (size_t k = 0; k < count; k++) {
        value[k] = top->value[k];
        error[k] = missing[k] == MISSING_UNSURE ? INFINITY : top->error[k];
        if (missing[k] == MISSING_UNSURE) missing[k] = MISSING_NONE;
    }
    memory_free(lanes);
}

static Missing exact_field(const NumberColumn *column, size_t row, mpq_ptr out) {
    Decimal number;
    Missing reason = column ? dataset_number(column, row, &number) : MISSING_BLANK;
    if (reason == MISSING_NONE) decimal_to_rational(&number, out);
    return reason;
}

static Missing exact_divide(mpq_ptr a, mpq_srcptr b, Missing zero) {
    if (mpq_sgn(b) == 0) return zero;
    mpq_div(a, a, b);
    return MISSING_NONE;
}

static Missing run_exactly(const Formula *formula, const FormulaColumns *columns, size_t row, mpq_t *stack) {
    mpq_t *top = stack - 1;
    Missing reason = MISSING_NONE;
    for (const Step *step = formula->steps; step < formula->steps + formula->count && reason == MISSING_NONE; step++) {
        switch (step->op) {
        case OP_NUMBER: decimal_to_rational(&step->number, *++top); break;
        case OP_FIELD: reason = exact_field(columns->columns[step->field], row, *++top); break;
        case OP_ADD: top--; mpq_add(top[0], top[0], top[1]); break;
        case OP_SUBTRACT: top--; mpq_sub(top[0], top[0], top[1]); break;
        case OP_MULTIPLY: top--; mpq_mul(top[0], top[0], top[1]); break;
        case OP_DIVIDE: top--; reason = exact_divide(top[0], top[1], step->zero); break;
        case OP_NEGATE: mpq_neg(top[0], top[0]); break;
        }
    }
    return reason;
}

Missing formula_exact(const Formula *formula, const FormulaColumns *columns, size_t row, mpq_ptr out) {
    mpq_t *stack = memory_new(formula->depth, sizeof *stack);
    for (size_t i = 0; i < formula->depth; i++) mpq_init(stack[i]);
    Missing reason = run_exactly(formula, columns, row, stack);
    if (reason == MISSING_NONE) mpq_set(out, stack[0]);
    for (size_t i = 0; i < formula->depth; i++) mpq_clear(stack[i]);
    memory_free(stack);
    return reason;
}
