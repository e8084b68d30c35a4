#include "model/compile_levels.h"

static const SchemaKey level_keys[] = {
    {"rate", ACCEPT_WORD | ACCEPT_FORMULA, true},
    {"missing", ACCEPT_TEXT, false},
    {"weights", ACCEPT_TEXT | ACCEPT_NUMBER, false},
};
static const SchemaKey band_keys[] = {
    {NULL, ACCEPT_TEXT, true},
    {"key", ACCEPT_TEXT, true},
    {"at_most", NUMBER, false},
    {"below", NUMBER, false},
    {"at_least", NUMBER, false},
    {"above", NUMBER, false},
    {"any_indicator", ACCEPT_TABLE, false},
};
static const SchemaKey any_keys[] = {
    {"at_most", NUMBER, false},
    {"below", NUMBER, false},
    {"at_least", NUMBER, false},
    {"above", NUMBER, false},
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
    if (!compile_keys(build, str_of(name), item->value, &item->place, level_keys, COUNT(level_keys))) return;
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
}

static bool good_key(Str key) {
    static const char *const taken[] = {"total", "none", "name", "projects", "departments", "indicators"};
    for (size_t i = 0; i < COUNT(taken); i++) {
        if (str_is(key, taken[i])) return false;
    }
    if (!key.size || key.size > 32) return false;
    for (size_t i = 0; i < key.size; i++) {
        char c = key.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (i > 0 && (c == '_' || (c >= '0' && c <= '9')));
        if (!letter) return false;
    }
    return true;
}

/* any_indicator = { below = 50 } */
static void read_any(Build *build, Str band, const Tree *table, Range *range) {
    const TreeItem *item = compile_item(table, "any_indicator", ACCEPT_TABLE);
    if (!item) return;
    Str path = arena_format(build->arena, "%.*s.any_indicator", STR_FMT(band));
    bool good = compile_keys(build, path, item->value, &item->place, any_keys, COUNT(any_keys));
    compile_range(build, path, item->value, range);
    if (!good || build->params.bad) return;
    if (range_is_open(range)) {
        diag_add(build->diag, MESSAGE_MISSING_KEY, compile_place(item),
                 arena_format(build->arena, "%.*s.below", STR_FMT(path)));
        build->good = false;
    } else if (range_is_empty(range)) {
        diag_add(build->diag, MESSAGE_BAND_INVERTED, compile_place(item), path);
        build->good = false;
    }
}

static void read_band(Build *build, Str path, const TreeItem *item, Band *band) {
    const Tree *table = item->value;
    band->place = *compile_place(item);
    compile_keys(build, path, table, &item->place, band_keys, COUNT(band_keys));
    const TreeItem *name = compile_item(table, NULL, ACCEPT_TEXT),
                   *key = compile_item(table, "key", ACCEPT_TEXT);
    if (name) band->name = name->value->text;
    band->key = compile_text(table, "key");
    compile_range(build, path, table, &band->range);
    read_any(build, path, table, &band->any);
    if (!key) return;
    MessageId fault = MESSAGE_COUNT;
    if (!good_key(band->key)) fault = MESSAGE_BAD_KEY;
    for (const Band *earlier = build->plan->bands; earlier < band; earlier++) {
        if (str_equal(earlier->key, band->key)) fault = MESSAGE_DUPLICATE_BAND;
    }
    if (fault == MESSAGE_COUNT) return;
    diag_add(build->diag, fault, compile_place(key), path, band->key);
    build->good = false;
}

void compile_verdict(Build *build, const Tree *rules) {
    const Tree *list = tree_get(rules, "verdict");
    if (!list || list->kind != TREE_TABLE) return;
    Plan *plan = build->plan;
    if (list->count == 0 || list->count > PLAN_BANDS) {
        if (list->count == 0)
            diag_add(build->diag, MESSAGE_MISSING_KEY, &list->place, STR("verdict[1]"));
        else
            diag_add(build->diag, MESSAGE_TOO_MANY_ENTRIES, &list->place, STR("verdict"),
                     arena_format(build->arena, "%zu", list->count),
                     arena_format(build->arena, "%d", PLAN_BANDS));
        build->good = false;
        return;
    }
    if (!schema_list(build->arena, STR("verdict"), list, ACCEPT_TABLE, build->diag)) {
        build->good = false;
        return;
    }
    bool good_before = build->good;
    build->good = true;
    plan->bands = arena_new(build->arena, list->count, sizeof *plan->bands);
    for (size_t i = 0; i < list->count; i++) {
        read_band(build, schema_path(build->arena, STR("verdict"), list, i), &list->items[i],
                  &plan->bands[i]);
        plan->band_count++;
    }
    bool comparable = build->good && !build->params.bad; /* bounds that could not be read have no order */
    if (comparable) build->good = bands_check(plan->bands, plan->band_count, build->diag);
    build->good &= good_before;
}
