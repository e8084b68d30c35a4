#include "model/binding.h"

#include "model/results_build.h"
#include "model/schema.h"

/* The rows that fields of other periods are read from. */
static bool bind_periods(const Plan *plan, const Dataset *dataset, Arena *arena, FormulaColumns *out,
                         Diag *diag) {
    bool good = true;
    const FieldList *fields = &plan->fields;
    out->rows = arena_new(arena, fields->count, sizeof *out->rows);
    for (size_t i = 0; i < fields->count; i++) {
        if (!fields->periods[i].size) continue;
        for (size_t k = 0; k < i && !out->rows[i]; k++)
            if (str_equal(fields->periods[k], fields->periods[i])) out->rows[i] = out->rows[k];
        if (!out->rows[i])
            out->rows[i] = periods_rows(dataset, fields->periods[i], &fields->places[i], arena, diag);
        good &= out->rows[i] != NULL;
    }
    return good;
}

/* Fields of formulas to columns. A field of the vocabulary that the data lack reads as blank. */
static bool bind_fields(const Plan *plan, const Dataset *dataset, Arena *arena, FormulaColumns *out,
                        Diag *diag) {
    bool good = true;
    out->columns = arena_new(arena, plan->fields.count, sizeof *out->columns);
    out->bits = plan->exact_bits;
    for (size_t i = 0; i < plan->fields.count; i++) {
        size_t column;
        ColumnId known;
        if (dataset_find_column(dataset, plan->fields.names[i], &column)) {
            out->columns[i] = dataset_numbers(dataset, column);
        } else if (!column_find(plan->fields.names[i], &known)) {
            diag_add(diag, MESSAGE_UNKNOWN_FIELD, &plan->fields.places[i], plan->fields.names[i]);
            size_t count;
            Str *names = select_column_names(dataset, arena, &count);
            schema_suggest(diag, plan->fields.names[i], names, count);
            good = false;
        }
    }
    return bind_periods(plan, dataset, arena, out, diag) && good;
}

static bool bind_selectors(const Plan *plan, const Dataset *dataset, Arena *arena, BoundSelector *out,
                           Diag *diag) {
    bool good = true;
    for (size_t i = 0; i < plan->special_count + plan->case_count; i++)
        good &= select_bind(arena, &results_case(plan, i)->when, dataset, &out[i], diag);
    return good;
}

bool binding_make(const Plan *plan, const Dataset *dataset, Arena *arena, FormulaColumns *columns,
                  BoundSelector **selectors, Diag *diag) {
    *selectors = arena_new(arena, plan->special_count + plan->case_count, sizeof **selectors);
    bool fields = bind_fields(plan, dataset, arena, columns, diag);
    return bind_selectors(plan, dataset, arena, *selectors, diag) && fields;
}
