#include "model/infer_rules.h"

#include "model/ruleset.h"

const char *infer_lower_name(Lower lower) {
    static const char *const names[] = {"actual/target", "2-actual/target", "target/actual"};
    return names[lower];
}

static Tree *number(Arena *arena, int64_t value) { return tree_number(arena, decimal_of(value)); }

static Tree *node(Arena *arena, TreeKind kind, const char *text) {
    Tree *tree = tree_new(arena, kind);
    tree->text = str_of(text);
    return tree;
}

static Tree *field(Arena *arena, const char *name) {
    Tree *tree = node(arena, TREE_EXPR, "field");
    tree_add(arena, tree, (Str){"", 0}, tree_text(arena, str_of(name)));
    return tree;
}

static Tree *apply(Arena *arena, const char *operator, Tree * left, Tree *right) {
    Tree *tree = node(arena, TREE_EXPR, operator);
    tree_add(arena, tree, (Str){"", 0}, left);
    tree_add(arena, tree, (Str){"", 0}, right);
    return tree;
}

/* The rate of a row, within cap and floor. */
static Tree *rate(Arena *arena, const Shape *shape, Lower lower) {
    bool ratio = lower == LOWER_RATIO;
    Tree *part = apply(arena, "/", field(arena, ratio ? "target" : "actual"),
                       field(arena, ratio ? "actual" : "target"));
    if (lower == LOWER_MIRROR) part = apply(arena, "-", number(arena, 2), part);
    part = apply(arena, "*", part, number(arena, 100));
    if (shape->cap) part = apply(arena, "min", part, number(arena, shape->cap));
    return shape->floored ? apply(arena, "max", part, number(arena, 0)) : part;
}

static Tree *entry(Arena *arena, Tree *table, const char *name, Tree *value) {
    tree_add(arena, table, str_of(name), value);
    return table;
}

static Tree *table(Arena *arena) { return tree_new(arena, TREE_TABLE); }

static Tree *one_case(Arena *arena, const Shape *shape, Lower lower) {
    Tree *made = table(arena);
    tree_add(arena, made, (Str){"", 0}, rate(arena, shape, lower));
    if (lower != LOWER_NONE)
        entry(arena, made, "when", entry(arena, table(arena), "polarity", tree_text(arena, STR("lower"))));
    return made;
}

static Tree *project(Arena *arena, Aggregate aggregate) {
    Tree *made = table(arena), *how = node(arena, TREE_WORD, aggregate_name(aggregate));
    if (aggregate == AGGREGATE_WEIGHTED_MEAN) {
        how = node(arena, TREE_EXPR, "weighted_mean");
        tree_add(arena, how, (Str){"", 0}, tree_text(arena, STR("weight")));
        entry(arena, made, "weights", tree_text(arena, STR("normalised")));
    }
    entry(arena, made, "missing", tree_text(arena, STR("leave_out")));
    return entry(arena, made, "rate", how);
}

/* A band needs a name and a key; what it says of verdicts is not asked. */
static Tree *band(Arena *arena, const char *key) {
    Tree *made = table(arena);
    tree_add(arena, made, (Str){"", 0}, tree_text(arena, str_of(key)));
    return entry(arena, made, "key", tree_text(arena, str_of(key)));
}

Plan *infer_plan(Arena *arena, const Shape *shape, Diag *diag) {
    Tree *rules = table(arena), *cases = table(arena), *bands = table(arena), *rounding = table(arena);
    if (shape->lower != LOWER_NONE)
        tree_add(arena, cases, (Str){"", 0}, one_case(arena, shape, shape->lower));
    tree_add(arena, cases, (Str){"", 0}, one_case(arena, shape, LOWER_NONE));
    tree_add(arena, bands, (Str){"", 0}, band(arena, "any"));
    entry(arena, rounding, "digits", number(arena, 0));
    entry(arena, rounding, "mode", tree_text(arena, STR("half_up")));
    entry(arena, rules, "title", tree_text(arena, STR("infer")));
    entry(arena, rules, "data", tree_text(arena, STR("-")));
    entry(arena, rules, "rate", cases);
    entry(arena, rules, "rounding", rounding);
    entry(arena, rules, "project", project(arena, shape->aggregate));
    entry(arena, rules, "verdict", bands);
    return plan_compile(STR("infer"), rules, NULL, 0, diag);
}
