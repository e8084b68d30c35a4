#include "model/compile_levels.h"

#include "model/compile_bands.h"

static const SchemaKey level_keys[] = {
    {"rate", ACCEPT_WORD | ACCEPT_FORMULA, true},
    {"missing", ACCEPT_TEXT, false},
    {"weights", ACCEPT_TEXT | ACCEPT_NUMBER, false},
    {"verdict", ACCEPT_TABLE, false}, /* the last: that of projects stands in the rule set itself */
};
static const SchemaKey indicator_keys[] = {{"verdict", ACCEPT_TABLE, true}};
const SchemaTable compile_level_schema[2] = {
    {"LevelRate", level_keys, COUNT(level_keys)},
    {"IndicatorLevel", indicator_keys, COUNT(indicator_keys)},
};
static const char *const rollup_choices =
    "mean, min, max, median, weighted_mean(\"column\"), pooled, trimmed(share)";

/* The column of weights is read as numbers, as if a formula named it. */
static void add_weight(Build *build, const Tree *name, const Place *place, Rollup *rollup) {
    Tree field = {.kind = TREE_EXPR, .text = STR("field"), .place = *place, .count = 1, .positional = 1};
    TreeItem item = {.place = *place, .value = (Tree *)name};
    field.items = &item;
    build->good &= formula_compile(build->arena, &field, &build->scope, build->diag) != NULL;
    rollup->weight = name->text;
    ColumnId known;
    if (column_find(name->text, &known)) rollup->weight = str_of(column_info(known)->name);
}

/* weighted_mean("column"), trimmed(0.1): false when the value is neither of them nor a word. */
static bool read_aggregate(Build *build, const Tree *value, const Place *place, Rollup *rollup) {
    if (!aggregate_find(value->text, &rollup->aggregate)) return false;
    if (value->kind == TREE_WORD)
        return rollup->aggregate < AGGREGATE_WORDS || rollup->aggregate == AGGREGATE_POOLED;
    if (value->count != 1) return false;
    const Tree *argument = value->items[0].value;
    if (rollup->aggregate == AGGREGATE_WEIGHTED_MEAN && argument->kind == TREE_TEXT) {
        add_weight(build, argument, place, rollup);
        return true;
    }
    rollup->trim = argument->number;
    Decimal half = {.digits = 5, .scale = 1};
    return rollup->aggregate == AGGREGATE_TRIMMED && argument->kind == TREE_NUMBER &&
           argument->number.digits >= 0 && decimal_compare(&rollup->trim, &half) < 0;
}

/* Weights are normalised, or must have a certain sum: a choice that weighted_mean asks for. */
static void read_weights(Build *build, const char *level, const Tree *table, const Place *place,
                         Rollup *rollup) {
    const TreeItem *weights = tree_item(table, "weights");
    const char *path = compile_key_path(build, level, "weights");
    if (!weights) {
        if (rollup->aggregate != AGGREGATE_WEIGHTED_MEAN) return;
        diag_add(build->diag, MESSAGE_MISSING_KEY, place, str_of(path));
        build->good = false;
    } else if (weights->value->kind == TREE_NUMBER) {
        rollup->sum_set = true;
        rollup->sum = weights->value->number;
    } else if (!str_is(weights->value->text, "normalised")) {
        compile_bad_choice(build, compile_place(weights), path, weights->value->text, "\"normalised\", 100");
    }
}

void compile_level(Build *build, const Tree *rules, const char *name, Level level) {
    const TreeItem *item = tree_item(rules, name);
    if (!item || item->value->kind != TREE_TABLE) return;
    if (!compile_keys(build, str_of(name), item->value, &item->place, level_keys,
                      COUNT(level_keys) - (level == LEVEL_PROJECT)))
        return;
    Rollup *rollup = &build->plan->rollups[level];
    *rollup = (Rollup){.set = true, .place = *compile_place(item)};
    const TreeItem *rate = tree_item(item->value, "rate"), *missing = tree_item(item->value, "missing");
    bool rows_below = level == LEVEL_PROJECT; /* weights and pooled rates are made of rows */
    bool good = read_aggregate(build, rate->value, compile_place(rate), rollup);
    if (!good || (!rows_below &&
                  (rollup->aggregate == AGGREGATE_WEIGHTED_MEAN || rollup->aggregate == AGGREGATE_POOLED)))
        compile_bad_choice(build, compile_place(rate), compile_key_path(build, name, "rate"),
                           rate->value->text, rollup_choices);
    if (missing && !missing_child_find(missing->value->text, &rollup->missing))
        compile_bad_choice(build, compile_place(missing), compile_key_path(build, name, "missing"),
                           missing->value->text, "leave_out, zero, missing");
    read_weights(build, name, item->value, compile_place(item), rollup);
    const Tree *verdict = tree_get(item->value, "verdict");
    if (verdict)
        compile_bands(build, str_of(compile_key_path(build, name, "verdict")), verdict, level,
                      &build->plan->verdicts[level]);
}

void compile_indicator(Build *build, const Tree *rules) {
    const TreeItem *item = compile_item(rules, "indicator", ACCEPT_TABLE);
    if (!item) return;
    compile_keys(build, STR("indicator"), item->value, &item->place, indicator_keys, COUNT(indicator_keys));
    const TreeItem *verdict = compile_item(item->value, "verdict", ACCEPT_TABLE);
    if (verdict)
        compile_bands(build, STR("indicator.verdict"), verdict->value, LEVEL_INDICATOR,
                      &build->plan->verdicts[LEVEL_INDICATOR]);
}
