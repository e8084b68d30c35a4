#include "model/compile_levels.h"

#include "model/compile_bands.h"

#include <stdlib.h>

static const SchemaKey level_keys[] = {
    {"rate", ACCEPT_WORD | ACCEPT_FORMULA | ACCEPT_FUNCTION, true},
    {"missing", ACCEPT_TEXT, false},
    {"weights", ACCEPT_TEXT | ACCEPT_NUMBER, false},
    /* the last two: projects are made of indicators, and their verdict stands in the rule set itself */
    {"from", ACCEPT_TEXT, false},
    {"verdict", ACCEPT_TABLE, false},
};
static const SchemaKey indicator_keys[] = {{"verdict", ACCEPT_TABLE, true}};
static const SchemaKey share_keys[] = {
    {"at_most", NUMBER, false},
    {"below", NUMBER, false},
    {"at_least", NUMBER, false},
    {"above", NUMBER, false},
    {"verdict", ACCEPT_TEXT | ACCEPT_TABLE, false},
};
const SchemaTable compile_level_schema[3] = {
    {"LevelRate", level_keys, COUNT(level_keys)},
    {"IndicatorLevel", indicator_keys, COUNT(indicator_keys)},
    {"CountShare", share_keys, COUNT(share_keys)},
};
static const char *const rollup_choices =
    "mean, min, max, median, weighted_mean(\"column\"), weighted_mean { … }, pooled, trimmed(share), "
    "count_share { … }, function(children)";

static const struct {
    const char *name, *children;
} levels[LEVEL_COUNT + 1] = {{"bureau", "bureaus"},
                             {"department", "departments"},
                             {"project", "projects"},
                             {"indicator", "indicators"}};

const char *compile_level_children(Level level) { return levels[level].children; }

/* One level of a rule set. */
typedef struct LevelRules {
    Build *build;
    Level level;
    const char *name;
    const Tree *table;
    const TreeItem *rate;
    Rollup *rollup;
} LevelRules;

static Str key_path(const LevelRules *rules, const char *key) {
    return str_of(compile_key_path(rules->build, rules->name, key));
}

static void fault(const LevelRules *rules, MessageId message, const Place *place, Str path) {
    diag_add(rules->build->diag, message, place, path);
    rules->build->good = false;
}

/* ---- what the rate is made of */

static bool find_children(Level level, Str word, Level *children) {
    for (int below = (int)level + 1; below <= LEVEL_COUNT; below++) {
        if (!str_is(word, levels[below].children)) continue;
        *children = (Level)below;
        return true;
    }
    return false;
}

static void read_from(const LevelRules *rules) {
    const TreeItem *from = tree_item(rules->table, "from");
    rules->rollup->children = (Level)(rules->level + 1);
    if (!from || find_children(rules->level, from->value->text, &rules->rollup->children)) return;
    compile_bad_choice(rules->build, compile_place(from), key_path(rules, "from").data, from->value->text,
                       rules->level == LEVEL_BUREAU ? "departments, projects, indicators"
                                                    : "projects, indicators");
    rules->rollup->children = LEVEL_PROJECT; /* which has rates */
}

/* ---- weights */

/* The column of weights is read as numbers, as if a formula named it. */
static void add_weight(const LevelRules *rules, const Tree *name) {
    Build *build = rules->build;
    Tree field = {.kind = TREE_EXPR,
                  .text = STR("field"),
                  .place = *compile_place(rules->rate),
                  .count = 1,
                  .positional = 1};
    TreeItem item = {.place = field.place, .value = (Tree *)name};
    field.items = &item;
    build->good &= formula_compile(build->arena, &field, &build->scope, build->diag) != NULL;
    rules->rollup->weight = name->text;
    ColumnId known;
    if (column_find(name->text, &known)) rules->rollup->weight = str_of(column_info(known)->name);
}

static int compare_named(const void *a, const void *b) {
    return str_compare(((const NamedWeight *)a)->name, ((const NamedWeight *)b)->name);
}

/* ["name"] = 40 */
static void read_named(const LevelRules *rules, Str path, const TreeItem *item, NamedWeight *out) {
    Build *build = rules->build;
    Bound weight = {0};
    Decimal zero = decimal_of(0);
    bool number = schema_accepts(path, item->value, &item->place, NUMBER, build->diag);
    build->good &= number;
    if (!number || !compile_bound(build, path, item, true, &weight)) return;
    *out = (NamedWeight){item->name, weight.value};
    if (build->params.bad || decimal_compare(&out->weight, &zero) >= 0) return;
    Buffer text = {0};
    decimal_write(&text, &out->weight);
    compile_bad_choice(build, compile_place(item), path.data, buffer_view(&text), "0 <= weight");
    buffer_release(&text);
}

static void read_table(const LevelRules *rules, const Tree *table) {
    Build *build = rules->build;
    Rollup *rollup = rules->rollup;
    Str path = key_path(rules, "rate");
    rollup->named = arena_new(build->arena, table->count, sizeof *rollup->named);
    for (size_t i = 0; i < table->count; i++) {
        const TreeItem *item = &table->items[i];
        Str below = schema_path(build->arena, path, table, i);
        if (item->name.size)
            read_named(rules, below, item, &rollup->named[rollup->named_count++]);
        else
            fault(rules, MESSAGE_UNKNOWN_KEY, &item->place, below);
    }
    if (rollup->named_count) qsort(rollup->named, rollup->named_count, sizeof *rollup->named, compare_named);
}

/* Weights are normalised, or must have a certain sum: a choice that weighted_mean asks for. */
static void read_weights(const LevelRules *rules) {
    const TreeItem *weights = tree_item(rules->table, "weights");
    Rollup *rollup = rules->rollup;
    Str path = key_path(rules, "weights");
    if (!weights) {
        if (rollup->aggregate == AGGREGATE_WEIGHTED_MEAN)
            fault(rules, MESSAGE_MISSING_KEY, &rollup->place, path);
    } else if (weights->value->kind == TREE_NUMBER) {
        rollup->sum_set = true;
        rollup->sum = weights->value->number;
    } else if (!str_is(weights->value->text, "normalised")) {
        compile_bad_choice(rules->build, compile_place(weights), path.data, weights->value->text,
                           "\"normalised\", 100");
    }
}

/* ---- count_share */

/* { at_least = 100 }, or { verdict = "normal" }, which compile_levels_links reads. */
static void read_share(const LevelRules *rules, const Tree *table) {
    Build *build = rules->build;
    Rollup *rollup = rules->rollup;
    const Place *place = compile_place(rules->rate);
    Str path = key_path(rules, "rate");
    if (!compile_keys(build, path, table, place, share_keys, COUNT(share_keys))) return;
    compile_range(build, path, table, &rollup->range);
    if (range_is_open(&rollup->range) == !tree_get(table, "verdict"))
        fault(rules, MESSAGE_COUNT_SHARE, place, path);
    else if (!build->params.bad && range_is_empty(&rollup->range))
        fault(rules, MESSAGE_BAND_INVERTED, place, path);
}

static void read_counted(const LevelRules *rules, const Tree *table) {
    Build *build = rules->build;
    const TreeItem *item = compile_item(table, "verdict", ACCEPT_TEXT | ACCEPT_TABLE);
    if (!item) return;
    const Verdicts *verdicts = &build->plan->verdicts[rules->rollup->children];
    Str path = arena_format(build->arena, "%s.rate.verdict", rules->name);
    if (verdicts->count == 0 && rules->rollup->children != LEVEL_PROJECT)
        fault(rules, MESSAGE_MISSING_KEY, compile_place(rules->rate),
              arena_format(build->arena, "%s.verdict", levels[rules->rollup->children].name));
    const TreeItem *keys = item->value->kind == TREE_TABLE ? item->value->items : item;
    size_t count = item->value->kind == TREE_TABLE ? item->value->count : 1;
    if (keys != item && !schema_list(build->arena, path, item->value, ACCEPT_TEXT, build->diag)) {
        build->good = false;
        return;
    }
    if (count == 0) fault(rules, MESSAGE_COUNT_SHARE, compile_place(rules->rate), key_path(rules, "rate"));
    for (size_t i = 0; i < count; i++) {
        unsigned number;
        compile_verdict(build, path, &keys[i], verdicts, &number);
        rules->rollup->bands |= (uint64_t)1 << number;
    }
}

/* ---- the rate */

static bool is_call(const LevelRules *rules, const char *name, TreeKind kind) {
    const Tree *value = rules->rate->value;
    return value->kind == TREE_EXPR && str_is(value->text, name) && value->count == 1 &&
           value->items[0].value->kind == kind;
}

static bool read_trim(Rollup *rollup, const Tree *argument) {
    const Decimal zero = decimal_of(0), half = {.digits = 5, .scale = 1};
    rollup->trim = argument->number;
    return decimal_compare(&rollup->trim, &zero) >= 0 && decimal_compare(&rollup->trim, &half) < 0;
}

/* False when the value is none of the choices, or none for such children. */
static bool read_aggregate(const LevelRules *rules) {
    const Tree *value = rules->rate->value;
    Rollup *rollup = rules->rollup;
    bool rows = rollup->children == LEVEL_COUNT; /* columns of weights and pooled rates are of rows */
    if (value->kind == TREE_FUNCTION) {
        rollup->aggregate = AGGREGATE_FUNCTION;
        rollup->function = value->function;
        rules->build->plan->has_functions = true;
        return true;
    }
    if (!aggregate_find(value->text, &rollup->aggregate)) return false;
    if (value->kind == TREE_WORD)
        return rollup->aggregate < AGGREGATE_WORDS || (rollup->aggregate == AGGREGATE_POOLED && rows);
    const Tree *argument = value->count ? value->items[0].value : NULL;
    if (is_call(rules, "weighted_mean", TREE_TEXT) && rows)
        add_weight(rules, argument);
    else if (is_call(rules, "weighted_mean", TREE_TABLE))
        read_table(rules, argument);
    else if (is_call(rules, "count_share", TREE_TABLE))
        read_share(rules, argument);
    else
        return is_call(rules, "trimmed", TREE_NUMBER) && read_trim(rollup, argument);
    return true;
}

/* A function sees the children without a rate, and says itself what they do. */
static void read_missing(const LevelRules *rules) {
    const TreeItem *missing = tree_item(rules->table, "missing");
    if (!missing) return;
    rules->rollup->declared = true;
    if (rules->rollup->aggregate == AGGREGATE_FUNCTION)
        fault(rules, MESSAGE_KEY_WITHOUT_USE, &missing->place, key_path(rules, "missing"));
    else if (!missing_child_find(missing->value->text, &rules->rollup->missing))
        compile_bad_choice(rules->build, compile_place(missing), key_path(rules, "missing").data,
                           missing->value->text, "leave_out, zero, missing");
}

static bool find_level(Build *build, const Tree *rules, Level level, LevelRules *out) {
    const TreeItem *item = tree_item(rules, levels[level].name);
    if (!item || item->value->kind != TREE_TABLE) return false;
    *out = (LevelRules){.build = build,
                        .level = level,
                        .name = levels[level].name,
                        .table = item->value,
                        .rate = tree_item(item->value, "rate"),
                        .rollup = &build->plan->rollups[level]};
    return true;
}

static void read_level(Build *build, const Tree *tree, Level level) {
    LevelRules rules;
    if (!find_level(build, tree, level, &rules)) return;
    const TreeItem *item = tree_item(tree, rules.name);
    if (!compile_keys(build, str_of(rules.name), item->value, &item->place, level_keys,
                      COUNT(level_keys) - (level == LEVEL_PROJECT ? 2 : 0)))
        return;
    *rules.rollup = (Rollup){.set = true, .path = str_of(rules.name), .place = *compile_place(item)};
    read_from(&rules);
    if (!read_aggregate(&rules))
        compile_bad_choice(build, compile_place(rules.rate), key_path(&rules, "rate").data,
                           rules.rate->value->text, rollup_choices);
    read_missing(&rules);
    read_weights(&rules);
    const Tree *verdict = tree_get(item->value, "verdict");
    if (verdict)
        compile_bands(build, key_path(&rules, "verdict"), verdict, level, &build->plan->verdicts[level]);
}

void compile_levels(Build *build, const Tree *rules) {
    for (int level = LEVEL_COUNT - 1; level >= 0; level--) read_level(build, rules, (Level)level);
}

static void link_level(const LevelRules *rules) {
    const Rollup *rollup = rules->rollup;
    if (rollup->children != LEVEL_COUNT && rollup->children != LEVEL_PROJECT &&
        !rules->build->plan->rollups[rollup->children].set && !rules->build->params.bad) {
        fault(rules, MESSAGE_MISSING_KEY, &rollup->place, str_of(levels[rollup->children].name));
        diag_hint_plain(rules->build->diag, TEXT_HINT_FROM);
    }
    if (is_call(rules, "count_share", TREE_TABLE)) read_counted(rules, rules->rate->value->items[0].value);
}

void compile_levels_links(Build *build, const Tree *tree) {
    for (int level = LEVEL_COUNT - 1; level >= 0; level--) {
        LevelRules rules;
        if (build->plan->rollups[level].set && find_level(build, tree, (Level)level, &rules))
            link_level(&rules);
    }
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
