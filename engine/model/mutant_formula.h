/* mutant_formula - changes in formulas and selectors. */
#ifndef PERFEVAL_MODEL_MUTANT_FORMULA_H
#define PERFEVAL_MODEL_MUTANT_FORMULA_H

#include "model/mutant_edit.h"

/** Changes the formula, or the number of `kind`, that is the value of an item of the node at work. */
void mutant_change_formula(Maker *maker, Str path, size_t number, MutantKind kind);
/** Changes the selector that is the value of an item: never asked, turned round, its conditions. */
void mutant_change_when(Maker *maker, Str path, size_t number);

#endif
