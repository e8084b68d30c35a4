/* formula_build - the inside of Formula, for the rooms that run it (model/formula, model/formula_exact). */
#ifndef PERFEVAL_MODEL_FORMULA_BUILD_H
#define PERFEVAL_MODEL_FORMULA_BUILD_H

#include "model/formula.h"
#include "model/kernels.h"

struct Formula {
    Step *steps; /* in postfix order: operands are on a stack when their operator runs */
    size_t count;
    size_t depth;      /* most operands on the stack at once */
    bool is_ratio;     /* what nearly all formulas are: (base + sign a / b) factor, of fields a and b */
    KernelRatio ratio; /* this */
    size_t above, below;
    Missing zero; /* what a zero below gives */
};

/** A cell of a field for a row, perhaps of another row: that of another period. */
Missing formula_cell(const FormulaColumns *columns, size_t field, size_t row, Decimal *out);
/** True for a ratio whose cells are those of the row itself. */
bool formula_runs_as_ratio(const Formula *formula, const FormulaColumns *columns);

#endif
