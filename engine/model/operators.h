/* operators - what formulas are built with: each operator once over blocks of doubles, once in exact
 * rationals.
 *
 * The block way carries for every value a bound of its distance from the exact one (running error analysis);
 * an infinite bound says "not known, ask the exact way". Conditions are values too: 1 holds, 0 does not.
 */
#ifndef PERFEVAL_MODEL_OPERATORS_H
#define PERFEVAL_MODEL_OPERATORS_H

#include "base/decimal.h"
#include "model/dataset.h"

/** Rows evaluated at a time. */
#ifndef FORMULA_BLOCK
#define FORMULA_BLOCK 1024
#endif
/** Most operands of min, max, all, any. */
#define FORMULA_OPERANDS 32
/** Largest exponent of ^, most places of round. */
#define FORMULA_EXPONENT 64
#define FORMULA_PLACES   12
/** Largest degree of a formula: it bounds the digits of exact results (x^64 has degree 64, a * b the sum of
 * both). */
#define FORMULA_DEGREE 1024

typedef enum Opcode {
    OP_NUMBER,
    OP_FIELD,
    OP_ADD,
    OP_SUBTRACT,
    OP_MULTIPLY,
    OP_DIVIDE, /* up to here the degrees of operands add up */
    OP_NEGATE,
    OP_POWER,
    OP_MIN,
    OP_MAX,
    OP_ABS,
    OP_CLAMP,
    OP_ROUND,
    OP_IF_MISSING,
    OP_CHOOSE,
    OP_AT_MOST,
    OP_BELOW,
    OP_AT_LEAST,
    OP_ABOVE,
    OP_EQUALS,
    OP_MISSING,
    OP_ALL,
    OP_ANY,
    OP_NO
} Opcode;

typedef struct OperatorInfo {
    const char *name; /* as in trees: "+", "neg", "min", … */
    Opcode op;
    size_t operands;      /* numbers or conditions that it takes */
    size_t settings;      /* constants behind them: the exponent; places and mode */
    bool any_number;      /* one to FORMULA_OPERANDS operands */
    bool conditions;      /* its operands are conditions */
    bool gives_condition; /* so is its result */
    bool strict;          /* a missing operand makes the result missing */
} OperatorInfo;

/** The operator of that name; NULL when there is none. */
const OperatorInfo *operator_find(Str name);

/** A step of a compiled formula. */
typedef struct Step {
    Opcode op;
    size_t operands;
    Missing zero;   /* OP_DIVIDE: the reason when the divisor is zero */
    unsigned whole; /* OP_POWER: exponent; OP_ROUND: places */
    Rounding mode;  /* OP_ROUND */
    size_t field;   /* OP_FIELD */
    Decimal number; /* OP_NUMBER */
    double value, error;
} Step;

/** A block of operands. A value that is missing is NaN. */
typedef struct Lane {
    double value[FORMULA_BLOCK];
    double error[FORMULA_BLOCK];
    uint8_t missing[FORMULA_BLOCK];
} Lane;

/** One value with its error bound; `missing` says why there is none. */
typedef struct Guess {
    double value, error;
    Missing missing;
} Guess;

/** Arithmetic on known values; an error bound of infinity says that doubles cannot tell. */
Guess guess_add(Guess a, Guess b);
Guess guess_multiply(Guess a, Guess b);
/** `zero`: the reason when b is zero. */
Guess guess_divide(Guess a, Guess b, Missing zero);

/** An exact operand. */
typedef struct Exact {
    mpq_t value;
    Missing missing;
} Exact;

/** Works on operands[0] … operands[step->operands - 1]; the result goes to operands[0]. */
void operator_block(const Step *step, Lane *operands, size_t count);
void operator_exact(const Step *step, Exact *operands);

#endif
