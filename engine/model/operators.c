#include "model/operators.h"

#include "model/kernels.h"

#include <math.h>
#include <string.h>

#define ROUNDOFF KERNEL_ROUNDOFF
#define MARGIN   KERNEL_MARGIN

static const Guess unsure = {0, INFINITY, MISSING_NONE};

static Guess guess_at(const Lane *lane, size_t k) {
    return (Guess){lane->value[k], lane->error[k], (Missing)lane->missing[k]};
}

static void set_guess(Lane *lane, size_t k, Guess guess) {
    lane->value[k] = guess.missing == MISSING_NONE ? guess.value : (double)NAN;
    lane->error[k] = guess.error;
    lane->missing[k] = (uint8_t)guess.missing;
}

static Guess missing_for(Missing reason) { return (Guess){0, 0, reason}; }

static Guess answer(bool holds) { return (Guess){holds, 0, MISSING_NONE}; }

static bool is_sure(Guess guess) { return guess.missing == MISSING_NONE && guess.error < INFINITY; }

/* Doubles cannot vouch for results that overflow, or that lose digits next to zero. */
static Guess settle(double value, double error, bool scaled) {
    bool lost = scaled && value != 0 && fabs(value) < KERNEL_SMALL;
    bool sure = isfinite(value) && error < INFINITY && !lost;
    return sure ? (Guess){value, error, MISSING_NONE} : unsure;
}

static Guess add_signed(Guess a, Guess b, double sign) {
    double value = a.value + sign * b.value;
    return settle(value, (a.error + b.error + ROUNDOFF * fabs(value)) * MARGIN, false);
}

Guess guess_add(Guess a, Guess b) { return add_signed(a, b, 1); }

static bool is_zero(Guess guess) { return guess.value == 0 && guess.error == 0; }

Guess guess_multiply(Guess a, Guess b) {
    if (is_zero(a) || is_zero(b)) return (Guess){0, 0, MISSING_NONE};
    double value = a.value * b.value;
    double error =
        fabs(a.value) * b.error + fabs(b.value) * a.error + a.error * b.error + ROUNDOFF * fabs(value);
    return value == 0 ? unsure : settle(value, error * MARGIN + KERNEL_LOST, true);
}

Guess guess_divide(Guess a, Guess b, Missing zero) {
    double divisor = fabs(b.value);
    if (is_zero(b)) return missing_for(zero);
    if (divisor <= 2 * b.error) return unsure; /* perhaps zero */
    if (is_zero(a)) return (Guess){0, 0, MISSING_NONE};
    double value = a.value / b.value;
    double spread = fabs(value) * b.error;
    if (b.error > 0 && spread < KERNEL_SMALL)
        return unsure; /* divided by next to nothing, what it lost counts */
    double error = (a.error + spread) / (divisor - b.error) + ROUNDOFF * fabs(value);
    return value == 0 ? unsure : settle(value, error * MARGIN + KERNEL_LOST, true);
}

static Guess power(Guess base, unsigned exponent) {
    Guess result = {1, 0, MISSING_NONE};
    for (unsigned i = 0; i < exponent && is_sure(result); i++) result = guess_multiply(result, base);
    return result;
}

/* A smaller or larger one of two values that are each within their error is within the larger error. */
static Guess pick(Guess a, Guess b, double sign) {
    bool first = sign * a.value >= sign * b.value;
    return (Guess){first ? a.value : b.value, fmax(a.error, b.error), MISSING_NONE};
}

/* Sure only where no tie (half modes) and no whole number (directed modes) lies within the error. */
static Guess round_guess(Guess x, unsigned places, Rounding mode) {
    double scale = pow(10, places); /* exact up to 10^22 */
    double scaled = x.value * scale;
    double room = (x.error * scale + fabs(scaled) * 0x1p-51) * MARGIN;
    if (!(fabs(scaled) < 0x1p51)) return unsure;
    double low = floor(scaled), part = scaled - low;
    bool half = mode <= ROUNDING_HALF_DOWN;
    double distance = half ? fabs(part - 0.5) : fmin(part, 1 - part);
    if (distance <= room) return unsure;
    bool up = half ? part > 0.5 : mode == ROUNDING_CEILING || (mode == ROUNDING_UP) == (scaled > 0);
    if (mode == ROUNDING_FLOOR) up = false;
    double value = (low + up) / scale;
    return (Guess){value, ROUNDOFF * fabs(value), MISSING_NONE};
}

/* -1, 0, 1: the order of a and b; 2: they are too near each other for doubles. */
static int order_of(Guess a, Guess b) {
    double room = (a.error + b.error) * MARGIN;
    double distance = a.value - b.value;
    if (room == 0) return (distance > 0) - (distance < 0);
    if (fabs(distance) <= room * MARGIN + fabs(distance) * 0x1p-50) return 2;
    return distance > 0 ? 1 : -1;
}

/* Whether an order fulfils a comparison. */
static bool fulfils(Opcode op, int order) {
    switch (op) {
    case OP_AT_MOST:
        return order <= 0;
    case OP_BELOW:
        return order < 0;
    case OP_AT_LEAST:
        return order >= 0;
    case OP_ABOVE:
        return order > 0;
    default:
        return order == 0;
    }
}

static Guess compare(Opcode op, Guess a, Guess b) {
    int order = order_of(a, b);
    return order == 2 ? unsure : answer(fulfils(op, order));
}

/* The first operand that has no sure value decides, in order, as the exact way goes through them. */
static bool blocked(const Lane *operands, size_t count, size_t k, Guess *out) {
    for (size_t i = 0; i < count; i++) {
        *out = guess_at(&operands[i], k);
        if (!is_sure(*out)) return true;
    }
    return false;
}

static Guess strict_guess(const Step *step, const Lane *operands, size_t k) {
    Guess a = guess_at(&operands[0], k);
    Guess b = step->operands > 1 ? guess_at(&operands[1], k) : a;
    switch (step->op) {
    case OP_ADD:
        return guess_add(a, b);
    case OP_SUBTRACT:
        return add_signed(a, b, -1);
    case OP_MULTIPLY:
        return guess_multiply(a, b);
    case OP_DIVIDE:
        return guess_divide(a, b, step->zero);
    case OP_NEGATE:
        return (Guess){-a.value, a.error, MISSING_NONE};
    case OP_POWER:
        return power(a, step->whole);
    case OP_ABS:
        return (Guess){fabs(a.value), a.error, MISSING_NONE};
    case OP_ROUND:
        return round_guess(a, step->whole, step->mode);
    case OP_CLAMP:
        return pick(pick(a, b, 1), guess_at(&operands[2], k), -1);
    case OP_MIN:
    case OP_MAX:
        for (size_t i = 1; i < step->operands; i++)
            a = pick(a, guess_at(&operands[i], k), step->op == OP_MAX ? 1 : -1);
        return a;
    default:
        return compare(step->op, a, b);
    }
}

/* all: the first that does not hold decides; any: the first that holds. One that is not known leaves it open.
 */
static Guess all_or_any(const Step *step, const Lane *operands, size_t k) {
    bool deciding = step->op == OP_ANY;
    Guess open = answer(!deciding);
    bool doubt = false;
    for (size_t i = 0; i < step->operands; i++) {
        Guess part = guess_at(&operands[i], k);
        if (is_sure(part) && (part.value != 0) == deciding) return answer(deciding);
        doubt |= part.missing == MISSING_NONE && !is_sure(part);
        if (part.missing != MISSING_NONE && open.missing == MISSING_NONE) open = part;
    }
    return doubt ? unsure : open;
}

static Guess lenient_guess(const Step *step, const Lane *operands, size_t k) {
    Guess a = guess_at(&operands[0], k);
    bool known = a.missing != MISSING_NONE || is_sure(a);
    switch (step->op) {
    case OP_IF_MISSING:
        return !known || a.missing == MISSING_NONE ? a : guess_at(&operands[1], k);
    case OP_MISSING:
        return known ? answer(a.missing != MISSING_NONE) : unsure;
    case OP_CHOOSE:
        if (!is_sure(a)) return a;
        return guess_at(&operands[a.value != 0 ? 1 : 2], k);
    case OP_NO:
        return is_sure(a) ? answer(a.value == 0) : a;
    default:
        return all_or_any(step, operands, k);
    }
}

static const OperatorInfo operators[] = {
    {"+", OP_ADD, 2, 0, false, false, false, true},
    {"-", OP_SUBTRACT, 2, 0, false, false, false, true},
    {"*", OP_MULTIPLY, 2, 0, false, false, false, true},
    {"/", OP_DIVIDE, 2, 0, false, false, false, true},
    {"neg", OP_NEGATE, 1, 0, false, false, false, true},
    {"^", OP_POWER, 1, 1, false, false, false, true},
    {"min", OP_MIN, 0, 0, true, false, false, true},
    {"max", OP_MAX, 0, 0, true, false, false, true},
    {"abs", OP_ABS, 1, 0, false, false, false, true},
    {"clamp", OP_CLAMP, 3, 0, false, false, false, true},
    {"round", OP_ROUND, 1, 2, false, false, false, true},
    {"if_missing", OP_IF_MISSING, 2, 0, false, false, false, false},
    {"choose", OP_CHOOSE, 3, 0, false, false, false, false},
    {"at_most", OP_AT_MOST, 2, 0, false, false, true, true},
    {"below", OP_BELOW, 2, 0, false, false, true, true},
    {"at_least", OP_AT_LEAST, 2, 0, false, false, true, true},
    {"above", OP_ABOVE, 2, 0, false, false, true, true},
    {"equals", OP_EQUALS, 2, 0, false, false, true, true},
    {"missing", OP_MISSING, 1, 0, false, false, true, false},
    {"all", OP_ALL, 0, 0, true, true, true, false},
    {"any", OP_ANY, 0, 0, true, true, true, false},
    {"no", OP_NO, 1, 0, false, true, true, false},
};
#define OPERATOR_COUNT (sizeof operators / sizeof *operators)

const OperatorInfo *operator_find(Str name) {
    for (size_t i = 0; i < OPERATOR_COUNT; i++) {
        if (str_is(name, operators[i].name)) return &operators[i];
    }
    return NULL;
}

/* The table is in the order of the opcodes. */
static bool is_strict(Opcode op) { return operators[op - OP_ADD].strict; }

static Guess row_guess(const Step *step, const Lane *operands, size_t k) {
    Guess result;
    if (!is_strict(step->op)) return lenient_guess(step, operands, k);
    return blocked(operands, step->operands, k, &result) ? result : strict_guess(step, operands, k);
}

static Kernel kernel_of(Opcode op) {
    const Kernels *kernels = kernels_here();
    switch (op) {
    case OP_ADD:
        return kernels->add;
    case OP_SUBTRACT:
        return kernels->subtract;
    case OP_MULTIPLY:
        return kernels->multiply;
    case OP_DIVIDE:
        return kernels->divide;
    default:
        return NULL;
    }
}

/* The rows that the kernel cannot vouch for, one by one. */
static void mend(const Step *step, const Lane *operands, size_t count, Lane *out) {
    for (size_t k = 0; k < count; k++) {
        if (!isfinite(out->error[k])) set_guess(out, k, row_guess(step, operands, k));
    }
}

static void run_kernel(Kernel kernel, const Step *step, Lane *operands, size_t count) {
    Lane out;
    KernelLane a = {operands[0].value, operands[0].error}, b = {operands[1].value, operands[1].error};
    memset(out.missing, MISSING_NONE, count);
    if (!kernel(a, b, count, out.value, out.error)) mend(step, operands, count, &out);
    memcpy(operands[0].value, out.value, count * sizeof *out.value);
    memcpy(operands[0].error, out.error, count * sizeof *out.error);
    memcpy(operands[0].missing, out.missing, count);
}

void operator_block(const Step *step, Lane *operands, size_t count) {
    Kernel kernel = kernel_of(step->op);
    if (kernel) {
        run_kernel(kernel, step, operands, count);
        return;
    }
    for (size_t k = 0; k < count; k++) set_guess(&operands[0], k, row_guess(step, operands, k));
}

static void exact_power(mpq_ptr value, unsigned exponent) {
    mpz_pow_ui(mpq_numref(value), mpq_numref(value), exponent); /* both parts stay without a common factor */
    mpz_pow_ui(mpq_denref(value), mpq_denref(value), exponent);
}

static void exact_pick(mpq_ptr a, mpq_srcptr b, int sign) {
    if (mpq_cmp(a, b) * sign < 0) mpq_set(a, b);
}

static Missing exact_strict(const Step *step, Exact *operands) {
    mpq_ptr a = operands[0].value;
    mpq_srcptr b = step->operands > 1 ? operands[1].value : operands[0].value;
    switch (step->op) {
    case OP_ADD:
        mpq_add(a, a, b);
        break;
    case OP_SUBTRACT:
        mpq_sub(a, a, b);
        break;
    case OP_MULTIPLY:
        mpq_mul(a, a, b);
        break;
    case OP_DIVIDE:
        if (mpq_sgn(b) == 0) return step->zero;
        mpq_div(a, a, b);
        break;
    case OP_NEGATE:
        mpq_neg(a, a);
        break;
    case OP_POWER:
        exact_power(a, step->whole);
        break;
    case OP_ABS:
        mpq_abs(a, a);
        break;
    case OP_ROUND:
        decimal_round_rational(a, step->whole, step->mode);
        break;
    case OP_CLAMP:
        exact_pick(a, b, 1);
        exact_pick(a, operands[2].value, -1);
        break;
    case OP_MIN:
    case OP_MAX:
        for (size_t i = 1; i < step->operands; i++)
            exact_pick(a, operands[i].value, step->op == OP_MAX ? 1 : -1);
        break;
    default:
        mpq_set_ui(a, fulfils(step->op, mpq_cmp(a, b)), 1);
    }
    return MISSING_NONE;
}

static void take(Exact *to, const Exact *from) {
    to->missing = from->missing;
    mpq_set(to->value, from->value);
}

static void exact_answer(Exact *out, bool holds) {
    out->missing = MISSING_NONE;
    mpq_set_ui(out->value, holds, 1);
}

static void exact_all_or_any(const Step *step, Exact *operands) {
    bool deciding = step->op == OP_ANY;
    Missing open = MISSING_NONE;
    for (size_t i = 0; i < step->operands; i++) {
        bool known = operands[i].missing == MISSING_NONE;
        if (known && (mpq_sgn(operands[i].value) != 0) == deciding) {
            exact_answer(&operands[0], deciding);
            return;
        }
        if (!known && open == MISSING_NONE) open = operands[i].missing;
    }
    exact_answer(&operands[0], !deciding);
    operands[0].missing = open;
}

static void exact_lenient(const Step *step, Exact *operands) {
    Exact *a = &operands[0];
    bool known = a->missing == MISSING_NONE;
    switch (step->op) {
    case OP_IF_MISSING:
        if (!known) take(a, &operands[1]);
        break;
    case OP_MISSING:
        exact_answer(a, !known);
        break;
    case OP_CHOOSE:
        if (known) take(a, &operands[mpq_sgn(a->value) != 0 ? 1 : 2]);
        break;
    case OP_NO:
        if (known) exact_answer(a, mpq_sgn(a->value) == 0);
        break;
    default:
        exact_all_or_any(step, operands);
    }
}

void operator_exact(const Step *step, Exact *operands) {
    if (!is_strict(step->op)) {
        exact_lenient(step, operands);
        return;
    }
    for (size_t i = 0; i < step->operands; i++) {
        if (operands[i].missing == MISSING_NONE) continue;
        operands[0].missing = operands[i].missing;
        return;
    }
    operands[0].missing = exact_strict(step, operands);
}
