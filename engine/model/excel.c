#include "model/excel.h"

static bool write(const Plan *plan, const Tree *tree, Buffer *out);

static bool write_number(const Decimal *number, Buffer *out) {
    size_t at = out->size;
    decimal_write(out, number);
    bool negative = out->size > at && out->data[at] == '-';
    if (!negative) return true;
    Buffer copy = {0};
    buffer_add(&copy, str_slice(buffer_view(out), at, out->size));
    out->size = at;
    buffer_addf(out, "(%.*s)", STR_FMT(buffer_view(&copy)));
    buffer_release(&copy);
    return true;
}

static bool write_name(const Plan *plan, const Tree *tree, Buffer *out) {
    Str name = tree->items[0].value->text;
    if (str_is(tree->text, "field")) {
        buffer_addf(out, "{%.*s}", STR_FMT(name));
        return true;
    }
    const Param *param = plan_param(plan, name);
    return param && write_number(&param->value, out);
}

/* NAME(a,b,…) of `count` operands. */
static bool write_call(const Plan *plan, const Tree *tree, const char *name, size_t count, Buffer *out) {
    buffer_addf(out, "%s(", name);
    for (size_t i = 0; i < count; i++) {
        if (i > 0) buffer_add_char(out, ',');
        if (!write(plan, tree->items[i].value, out)) return false;
    }
    buffer_add_char(out, ')');
    return true;
}

static bool write_infix(const Plan *plan, const Tree *tree, Buffer *out) {
    buffer_add_char(out, '(');
    if (!write(plan, tree->items[0].value, out)) return false;
    buffer_add(out, tree->text);
    if (!write(plan, tree->items[1].value, out)) return false;
    buffer_add_char(out, ')');
    return true;
}

/* clamp(a, low, high) */
static bool write_clamp(const Plan *plan, const Tree *tree, Buffer *out) {
    buffer_add(out, STR("MIN(MAX("));
    if (!write(plan, tree->items[0].value, out)) return false;
    buffer_add_char(out, ',');
    if (!write(plan, tree->items[1].value, out)) return false;
    buffer_add(out, STR("),"));
    if (!write(plan, tree->items[2].value, out)) return false;
    buffer_add_char(out, ')');
    return true;
}

static bool write_negative(const Plan *plan, const Tree *tree, Buffer *out) {
    buffer_add(out, STR("(0-"));
    if (!write(plan, tree->items[0].value, out)) return false;
    buffer_add_char(out, ')');
    return true;
}

static bool is_half_up(const Tree *tree) {
    return tree->count == 3 && str_is(tree->items[2].value->text, rounding_name(ROUNDING_HALF_UP));
}

static bool write_operator(const Plan *plan, const Tree *tree, Buffer *out) {
    const OperatorInfo *info = operator_find(tree->text);
    switch (info ? info->op : OP_NO) {
    case OP_ADD:
    case OP_SUBTRACT:
    case OP_MULTIPLY:
    case OP_DIVIDE:
    case OP_POWER:
        return write_infix(plan, tree, out);
    case OP_NEGATE:
        return write_negative(plan, tree, out);
    case OP_MIN:
        return write_call(plan, tree, "MIN", tree->count, out);
    case OP_MAX:
        return write_call(plan, tree, "MAX", tree->count, out);
    case OP_ABS:
        return write_call(plan, tree, "ABS", 1, out);
    case OP_CLAMP:
        return write_clamp(plan, tree, out);
    case OP_ROUND:
        return is_half_up(tree) && write_call(plan, tree, "ROUND", 2, out);
    default:
        return false;
    }
}

static bool write(const Plan *plan, const Tree *tree, Buffer *out) {
    if (tree->kind == TREE_NUMBER) return write_number(&tree->number, out);
    if (tree->kind != TREE_EXPR || !tree->count) return false;
    if (str_is(tree->text, "field") || str_is(tree->text, "param")) return write_name(plan, tree, out);
    return write_operator(plan, tree, out);
}

bool excel_case(const Plan *plan, const Case *decided, Buffer *out) {
    size_t start = out->size;
    if (!decided->formula || !decided->value || plan->rounding != ROUNDING_HALF_UP) return false;
    buffer_add(out, STR("ROUND("));
    bool good = write(plan, decided->value, out);
    buffer_addf(out, ",%u)", plan->places);
    if (!good) out->size = start;
    return good;
}

bool excel_row(const Results *results, size_t row, Buffer *out) {
    const Plan *plan = results_plan(results);
    const Case *decided = results_row_case(results, row);
    if (!decided || results_row_missing(results, row) != MISSING_NONE || plan->period.mode == PERIOD_WEIGHTED)
        return false;
    return excel_case(plan, decided, out);
}
