/* formula - an arithmetic expression over columns and parameters, compiled once, run over blocks of rows.
 *
 * Two ways with one meaning: blocks of doubles that carry a bound of their rounding error (running error
 * analysis, Higham, Accuracy and Stability of Numerical Algorithms, 3.3), and one row at a time in exact
 * rationals. Whoever needs a decision near a cut or a rounding tie asks for the exact value.
 */
#ifndef PERFEVAL_MODEL_FORMULA_H
#define PERFEVAL_MODEL_FORMULA_H

#include "base/tree.h"
#include "model/fraction.h"
#include "model/operators.h"

/** The fields that formulas name, in order of first use: a formula refers to a field by its index here. */
typedef struct FieldList {
    Str *names;
    Str *periods;  /* of at_period; empty: the row's own */
    Place *places; /* of the first use */
    size_t count;
} FieldList;

/** Answers the value of a parameter; false (with an error added at `place`) when there is none of that name.
 */
typedef bool (*ParamLookup)(void *context, Str name, const Place *place, Decimal *value, Diag *diag);

typedef struct FormulaScope {
    FieldList *fields; /* grows */
    ParamLookup param;
    void *context;
} FormulaScope;

typedef struct Formula Formula;

/** Compiles a TREE_EXPR or TREE_NUMBER. Lives in `arena`. NULL after errors (unknown parameter, a text
 * column, a degree beyond FORMULA_DEGREE). */
Formula *formula_compile(Arena *arena, const Tree *tree, FormulaScope *scope, Diag *diag);
/** The same for a condition (when(…):at_most(…), all, any, no): its values are 1 and 0. */
Formula *formula_compile_condition(Arena *arena, const Tree *tree, FormulaScope *scope, Diag *diag);
/** True for a tree that is a condition, not a number. */
bool formula_is_condition(const Tree *tree);

/** Columns for a field list: columns[i] is NULL where the data lack field i (it reads as blank). */
typedef struct FormulaColumns {
    const NumberColumn **columns;
    const uint32_t **rows; /* rows[i]: the row that field i is read from, by row; UINT32_MAX: none. NULL, or
                              rows[i] NULL: the row itself */
    size_t bits;           /* most bits of an exact value; 0: DECIMAL_BITS */
} FormulaColumns;

/** Values of `count` (at most FORMULA_BLOCK) rows: for row rows[k], value[k] is within error[k] of the exact
 * value; an infinite error says: ask formula_exact. missing[k] is a Missing reason, and then value[k] means
 * nothing. */
void formula_block(const Formula *formula, const FormulaColumns *columns, const uint32_t *rows, size_t count,
                   double *value, double *error, uint8_t *missing);
/** The same for rows in ascending order, with what is not plain sorted out: `odd` (room for `count`) gets the
 * places k, in order, of rows that are missing or have an infinite error; answers how many. Bounds may be a
 * little wider than those of formula_block: rates that are nothing but a ratio go a shorter way. */
size_t formula_rates(const Formula *formula, const FormulaColumns *columns, const uint32_t *rows,
                     size_t count, double *value, double *error, uint8_t *missing, uint32_t *odd);
/** The exact value for one row, in an initialised rational; or why there is none. MISSING_TOO_LARGE: some
 * part of the formula would need more than columns->bits. */
Missing formula_exact(const Formula *formula, const FormulaColumns *columns, size_t row, mpq_ptr out);
/** The same value for a row that has one, where it is a ratio of cells with few digits; false elsewhere. */
bool formula_fraction(const Formula *formula, const FormulaColumns *columns, size_t row, Fraction *out);
#endif
