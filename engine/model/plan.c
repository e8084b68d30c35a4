#include "model/plan.h"

#include "base/date.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/schema.h"

#include <string.h>

#define CASE_LIMIT   10000
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* What a compilation carries along. `good` turns false at the first fault; compilation goes on, to report
 * all. */
typedef struct Build {
    Plan *plan;
    Arena *arena;
    FormulaScope scope;
    Diag *diag;
    bool good;
    Params params;
} Build;

#define NUMBER   (ACCEPT_NUMBER | ACCEPT_FORMULA)
#define SELECTOR (ACCEPT_TABLE | ACCEPT_FUNCTION | ACCEPT_FORMULA)
/* Selectors inside each other: all { any { … } }. */
#define SELECTOR_DEPTH 16

static const SchemaKey ruleset_keys[] = {
    {"base", ACCEPT_TEXT, false}, /* was followed before (model/overlay) */
    {"title", ACCEPT_TEXT, true},        {"data", ACCEPT_TEXT, true},
    {"narrative", ACCEPT_TEXT, false},   {"published", ACCEPT_TEXT, false},
    {"report", ACCEPT_TEXT, false},      {"date", ACCEPT_TEXT, false},
    {"params", ACCEPT_TABLE, false},     {"rate", ACCEPT_TABLE | NUMBER | ACCEPT_FUNCTION, true},
    {"rounding", ACCEPT_TABLE, true},    {"project", ACCEPT_TABLE, true},
    {"department", ACCEPT_TABLE, false}, {"bureau", ACCEPT_TABLE, false},
    {"verdict", ACCEPT_TABLE, true},     {"special", ACCEPT_TABLE, false},
};
static const SchemaKey case_keys[] = {
    {NULL, NUMBER | ACCEPT_FUNCTION, false},
    {"name", ACCEPT_TEXT, false},
    {"when", SELECTOR, false},
    {"exclude", ACCEPT_YES, false},
};
static const SchemaKey special_keys[] = {
    {"name", ACCEPT_TEXT, false},   {"when", SELECTOR, true},
    {"because", ACCEPT_TEXT, true}, {"rate", NUMBER | ACCEPT_FUNCTION, false},
    {"exclude", ACCEPT_YES, false},
};
static const SchemaKey rounding_keys[] = {{"digits", ACCEPT_NUMBER, true}, {"mode", ACCEPT_TEXT, true}};
static const SchemaKey level_keys[] = {
    {"rate", ACCEPT_WORD | ACCEPT_FORMULA, true},
    {"missing", ACCEPT_TEXT, false},
    {"weights", ACCEPT_TEXT | ACCEPT_NUMBER, false},
};
/* The levels that have a rate of their own, and of what it is made. */
static const struct {
    const char *name;
    Level level;
} levels[] = {{"project", LEVEL_PROJECT}, {"department", LEVEL_DEPARTMENT}, {"bureau", LEVEL_BUREAU}};
static const SchemaKey band_keys[] = {
    {NULL, ACCEPT_TEXT, true}, {"key", ACCEPT_TEXT, true},  {"at_most", NUMBER, false},
    {"below", NUMBER, false},  {"at_least", NUMBER, false}, {"above", NUMBER, false},
};
static const SchemaKey range_keys[] = {
    {"at_most", NUMBER, false},
    {"below", NUMBER, false},
    {"at_least", NUMBER, false},
    {"above", NUMBER, false},
};

static bool check(Build *build, Str path, const Tree *table, const Place *place, const SchemaKey *keys,
                  size_t count) {
    bool good = schema_check(build->arena, path, table, place, keys, count, build->diag);
    build->good &= good;
    return good;
}

/* The readers below go on after faults of a table, to report those inside of it too: they ask for values of
 * the right kind only, a wrong one was reported with the keys. */
static const TreeItem *item_of(const Tree *table, const char *name, unsigned accept) {
    const TreeItem *item = name ? tree_item(table, name) : table->positional ? &table->items[0] : NULL;
    return item && schema_is(item->value, accept) ? item : NULL;
}

static const Place *place_of(const TreeItem *item) {
    return item->value->place.line ? &item->value->place : &item->place;
}

static Str text_of(const Tree *table, const char *name) {
    const Tree *value = tree_get(table, name);
    return value && value->kind == TREE_TEXT ? value->text : (Str){"", 0};
}

const Param *plan_param(const Plan *plan, Str name) {
    for (size_t i = 0; i < plan->param_count; i++) {
        if (str_equal(plan->params[i].name, name)) return &plan->params[i];
    }
    return NULL;
}

static bool param_value(void *context, Str name, const Place *place, Decimal *value, Diag *diag) {
    Build *build = context;
    Param *param = params_find(&build->params, name);
    if (param) {
        param->used = true;
        *value = param->value;
        return true;
    }
    *value = decimal_of(0);
    if (build->params.unknown) return true;
    diag_add(diag, MESSAGE_UNKNOWN_PARAM, place, name);
    params_suggest(build->arena, &build->params, name, diag);
    build->good = false;
    return false;
}

/* A bound is a number or a parameter; a formula over fields is no bound. */
static bool read_bound(Build *build, Str path, const TreeItem *item, bool closed, Bound *bound) {
    const Tree *value = item->value;
    *bound = (Bound){.set = true, .closed = closed, .place = *place_of(item)};
    if (value->kind == TREE_NUMBER) {
        bound->value = value->number;
        return true;
    }
    if (value->kind == TREE_EXPR && str_is(value->text, "param")) {
        Str name = value->items[0].value->text;
        bound->param = plan_param(build->plan, name);
        return param_value(build, name, &bound->place, &bound->value, build->diag);
    }
    diag_add(build->diag, MESSAGE_WRONG_TYPE, &bound->place, path, message_words(TEXT_WANT_BOUND),
             message_words(TEXT_WANT_FORMULA));
    build->good = false;
    return false;
}

/* One side of a range: at most one of two keys, the closed one and the open one. */
static void read_side(Build *build, Str path, const Tree *table, const char *closed, const char *open,
                      Bound *bound) {
    const TreeItem *items[2] = {item_of(table, closed, NUMBER), item_of(table, open, NUMBER)};
    if (items[0] && items[1]) {
        diag_add(build->diag, MESSAGE_TWO_BOUNDS, &items[1]->place, path, str_of(closed), str_of(open));
        build->good = false;
    }
    for (int side = 0; side < 2; side++) {
        const char *name = side == 0 ? closed : open;
        if (items[side])
            read_bound(build, arena_format(build->arena, "%.*s.%s", STR_FMT(path), name), items[side],
                       side == 0, bound);
    }
}

static void read_range(Build *build, Str path, const Tree *table, Range *range) {
    read_side(build, path, table, "at_least", "above", &range->low);
    read_side(build, path, table, "at_most", "below", &range->high);
}

/* The day of the run: the command line's, else the rules'. */
static void read_date(Build *build, const Tree *rules, Str date) {
    const TreeItem *item = tree_item(rules, "date");
    Str declared = text_of(rules, "date");
    build->plan->date = date.size ? date : declared;
    if (!item || item->value->kind != TREE_TEXT || date_is_valid(declared)) return;
    diag_add(build->diag, MESSAGE_BAD_DATE, place_of(item), STR("date"), declared);
    build->good = false;
}

static void read_params(Build *build, const Tree *rules, const Setting *settings, size_t setting_count) {
    Plan *plan = build->plan;
    build->good &= params_read(build->arena, rules, plan->date, &build->params, build->diag);
    for (size_t i = 0; i < setting_count; i++)
        build->good &= params_set(build->arena, &build->params, &settings[i], build->diag);
    plan->params = build->params.items;
    plan->param_count = build->params.count;
}

static void add_word(Condition *condition, const Tree *value, const Place *place) {
    size_t at = condition->count++;
    condition->pattern_places[at] = *place;
    if (value->kind == TREE_TEXT)
        condition->patterns[at] = value->text;
    else
        condition->numbers[at] = value->number;
}

/* { "a", "b" } or { 1, 2 }: any of; all of one kind. */
static bool read_choices(Build *build, Str path, const Tree *list, Condition *condition) {
    unsigned accept = list->items[0].value->kind == TREE_NUMBER ? ACCEPT_NUMBER : ACCEPT_TEXT;
    if (!schema_list(build->arena, path, list, accept, build->diag)) return false;
    for (size_t i = 0; i < list->count; i++)
        add_word(condition, list->items[i].value, place_of(&list->items[i]));
    return true;
}

static void read_condition(Build *build, Str path, const TreeItem *item, Condition *condition) {
    const Tree *value = item->value;
    *condition = (Condition){.column = item->name, .place = item->place};
    ColumnId known;
    if (column_find(item->name, &known)) condition->column = str_of(column_info(known)->name);
    if (!schema_accepts(path, value, &item->place, ACCEPT_TEXT | NUMBER | ACCEPT_TABLE, build->diag)) {
        build->good = false;
        return;
    }
    size_t room = value->kind == TREE_TABLE && value->positional ? value->count : 1;
    condition->patterns = arena_new(build->arena, room, sizeof *condition->patterns);
    condition->numbers = arena_new(build->arena, room, sizeof *condition->numbers);
    condition->pattern_places = arena_new(build->arena, room, sizeof *condition->pattern_places);
    const Tree *first =
        room && value->kind == TREE_TABLE && value->positional ? value->items[0].value : value;
    condition->kind = first->kind == TREE_NUMBER ? CONDITION_NUMBERS : CONDITION_WORDS;
    if (value->kind == TREE_EXPR) { /* = param.x: a range of one number */
        condition->kind = CONDITION_RANGE;
        build->good &= read_bound(build, path, item, true, &condition->range.low);
        condition->range.high = condition->range.low;
    } else if (value->kind != TREE_TABLE) {
        add_word(condition, value, place_of(item));
    } else if (value->positional) {
        build->good &= read_choices(build, path, value, condition);
    } else if (value->count) {
        condition->kind = CONDITION_RANGE;
        check(build, path, value, &item->place, range_keys, COUNT(range_keys));
        read_range(build, path, value, &condition->range);
        if (!build->params.bad && range_is_empty(&condition->range)) {
            diag_add(build->diag, MESSAGE_BAND_INVERTED, place_of(item), path);
            build->good = false;
        }
    } else {
        diag_add(build->diag, MESSAGE_MISSING_KEY, place_of(item),
                 arena_format(build->arena, "%.*s[1]", STR_FMT(path)));
        build->good = false;
    }
}

static void read_columns(Build *build, Str path, const Tree *when, Selector *selector) {
    selector->conditions = arena_new(build->arena, when->count, sizeof *selector->conditions);
    for (size_t i = 0; i < when->count; i++) {
        Str item_path = schema_path(build->arena, path, when, i);
        if (when->items[i].name.size) {
            read_condition(build, item_path, &when->items[i], &selector->conditions[selector->count++]);
        } else {
            diag_add(build->diag, MESSAGE_UNKNOWN_KEY, &when->items[i].place, item_path);
            build->good = false;
        }
    }
}

static void read_selector(Build *build, Str path, const Tree *when, const Place *place, size_t depth,
                          Selector *selector);

/* all, any, no over parts of which one at least is a selector of columns or a function. */
static void read_parts(Build *build, Str path, const Tree *when, const Place *place, size_t depth,
                       Selector *selector) {
    selector->kind = str_is(when->text, "all")   ? SELECT_ALL
                     : str_is(when->text, "any") ? SELECT_ANY
                                                 : SELECT_NO;
    selector->parts = arena_new(build->arena, when->count, sizeof *selector->parts);
    selector->part_count = when->count;
    for (size_t i = 0; i < when->count; i++)
        read_selector(build, arena_format(build->arena, "%.*s[%zu]", STR_FMT(path), i + 1),
                      when->items[i].value, place, depth + 1, &selector->parts[i]);
}

static bool combines(const Tree *when) {
    return when->kind == TREE_EXPR && when->count > 0 &&
           (str_is(when->text, "all") || str_is(when->text, "any") ||
            (str_is(when->text, "no") && when->count == 1));
}

static void read_selector(Build *build, Str path, const Tree *when, const Place *place, size_t depth,
                          Selector *selector) {
    if (when->place.line) place = &when->place;
    if (when->kind == TREE_FUNCTION) {
        selector->kind = SELECT_FUNCTION;
        selector->function = when->function;
        build->plan->has_functions = true;
    } else if (when->kind == TREE_TABLE) {
        read_columns(build, path, when, selector);
    } else if (combines(when) && depth < SELECTOR_DEPTH) {
        read_parts(build, path, when, place, depth, selector);
    } else if (formula_is_condition(when) && depth < SELECTOR_DEPTH) {
        selector->kind = SELECT_FORMULA;
        selector->formula = formula_compile_condition(build->arena, when, &build->scope, build->diag);
        build->good &= selector->formula != NULL;
    } else {
        diag_add(build->diag, MESSAGE_WRONG_TYPE, place, path, message_words(TEXT_WANT_SELECTOR),
                 tree_kind_name(when));
        build->good = false;
    }
}

static void read_when(Build *build, Str path, const Tree *table, const Place *place, Selector *selector) {
    const Tree *when = tree_get(table, "when");
    if (when && schema_is(when, SELECTOR))
        read_selector(build, arena_format(build->arena, "%.*s.when", STR_FMT(path)), when, place, 0,
                      selector);
}

/* What a case gives: a formula (or number), a function, or nothing at all. */
static void read_outcome(Build *build, const Tree *value, const Tree *exclude, const Place *place,
                         Case *out) {
    out->exclude = exclude != NULL;
    if ((value != NULL) == out->exclude) {
        diag_add(build->diag, MESSAGE_CASE_VALUE, place, out->path);
        build->good = false;
    } else if (value && value->kind == TREE_FUNCTION) {
        out->function = value->function;
        build->plan->has_functions = true;
    } else if (value && schema_is(value, NUMBER)) {
        out->formula = formula_compile(build->arena, value, &build->scope, build->diag);
        build->good &= out->formula != NULL;
    }
}

static void read_case(Build *build, const TreeItem *item, Case *out) {
    const Tree *table = item->value;
    check(build, out->path, table, &item->place, case_keys, COUNT(case_keys));
    read_when(build, out->path, table, &item->place, &out->when);
    const Tree *value = table->positional ? table->items[0].value : NULL;
    read_outcome(build, value, tree_get(table, "exclude"), &out->place, out);
}

static void read_special(Build *build, const TreeItem *item, Case *out) {
    const Tree *table = item->value;
    check(build, out->path, table, &item->place, special_keys, COUNT(special_keys));
    const TreeItem *because = item_of(table, "because", ACCEPT_TEXT);
    out->because = text_of(table, "because");
    if (because && !str_trim(out->because).size) {
        diag_add(build->diag, MESSAGE_MISSING_KEY, &because->place,
                 arena_format(build->arena, "%.*s.because", STR_FMT(out->path)));
        build->good = false;
    }
    read_when(build, out->path, table, &item->place, &out->when);
    read_outcome(build, tree_get(table, "rate"), tree_get(table, "exclude"), &out->place, out);
}

/* A name says which case an overlay means. */
static void check_name(Build *build, Case *cases, size_t number, const Tree *table) {
    cases[number].name = text_of(table, "name");
    for (size_t i = 0; cases[number].name.size && i < number; i++) {
        if (!str_equal(cases[i].name, cases[number].name)) continue;
        diag_add(build->diag, MESSAGE_DUPLICATE_NAME, place_of(tree_item(table, "name")), cases[number].path,
                 cases[number].name);
        build->good = false;
        return;
    }
}

typedef void (*CaseReader)(Build *build, const TreeItem *item, Case *out);

static Case *read_cases(Build *build, const char *name, const Tree *list, CaseReader reader, size_t *count) {
    if (!list || list->kind != TREE_TABLE) return NULL;
    if (!schema_list(build->arena, str_of(name), list, ACCEPT_TABLE, build->diag)) {
        build->good = false;
        return NULL;
    }
    if (list->count > CASE_LIMIT) {
        diag_add(build->diag, MESSAGE_TOO_MANY_ENTRIES, &list->place, str_of(name),
                 arena_format(build->arena, "%zu", list->count),
                 arena_format(build->arena, "%d", CASE_LIMIT));
        build->good = false;
        return NULL;
    }
    Case *cases = arena_new(build->arena, list->count, sizeof *cases);
    for (size_t i = 0; i < list->count; i++) {
        cases[i].path = schema_path(build->arena, str_of(name), list, i);
        cases[i].place = *place_of(&list->items[i]);
        reader(build, &list->items[i], &cases[i]);
        check_name(build, cases, i, list->items[i].value);
    }
    *count = list->count;
    return cases;
}

static void read_rate(Build *build, const Tree *rules) {
    const TreeItem *item = tree_item(rules, "rate");
    Plan *plan = build->plan;
    if (!item || !schema_is(item->value, ACCEPT_TABLE | NUMBER | ACCEPT_FUNCTION)) return;
    if (item->value->kind == TREE_TABLE) {
        plan->cases = read_cases(build, "rate", item->value, read_case, &plan->case_count);
        if (item->value->count) return;
        diag_add(build->diag, MESSAGE_MISSING_KEY, &item->place, STR("rate[1]"));
        build->good = false;
        return;
    }
    plan->cases =
        arena_new(build->arena, 1, sizeof *plan->cases); /* rate = FORMULA: one case for every row */
    plan->cases[0].path = STR("rate");
    plan->cases[0].place = *place_of(item);
    plan->case_count = 1;
    read_outcome(build, item->value, NULL, &item->place, &plan->cases[0]);
}

static void add_choice_error(Build *build, const Place *place, const char *path, Str value,
                             const char *choices) {
    diag_add(build->diag, MESSAGE_BAD_CHOICE, place, str_of(path), value, str_of(choices));
    build->good = false;
}

static void read_rounding(Build *build, const Tree *rules) {
    const TreeItem *item = tree_item(rules, "rounding");
    if (!item || item->value->kind != TREE_TABLE) return;
    check(build, STR("rounding"), item->value, &item->place, rounding_keys, COUNT(rounding_keys));
    const TreeItem *mode = item_of(item->value, "mode", ACCEPT_TEXT);
    const TreeItem *digits = item_of(item->value, "digits", ACCEPT_NUMBER);
    if (mode && !rounding_find(mode->value->text, &build->plan->rounding))
        add_choice_error(build, place_of(mode), "rounding.mode", mode->value->text,
                         "half_up, half_even, half_down, up, down, ceiling, floor");
    if (!digits) return;
    Decimal number = digits->value->number;
    bool whole = !number.text.size && number.scale == 0 && number.digits >= 0 && number.digits <= 12;
    if (whole) {
        build->plan->places = (unsigned)number.digits;
        return;
    }
    Buffer text = {0};
    decimal_write(&text, &number);
    add_choice_error(build, place_of(digits), "rounding.digits", buffer_view(&text), "0, 1, 2, … 12");
    buffer_release(&text);
}

static const char *const rollup_choices =
    "mean, min, max, median, weighted_mean(\"column\"), pooled, trimmed(share)";

static const char *key_path(Build *build, const char *table, const char *key) {
    return arena_format(build->arena, "%s.%s", table, key).data;
}

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
    const char *path = key_path(build, level, "weights");
    if (!weights) {
        if (rollup->aggregate != AGGREGATE_WEIGHTED_MEAN) return;
        diag_add(build->diag, MESSAGE_MISSING_KEY, place, str_of(path));
        build->good = false;
    } else if (weights->value->kind == TREE_NUMBER) {
        rollup->sum_set = true;
        rollup->sum = weights->value->number;
    } else if (!str_is(weights->value->text, "normalised")) {
        add_choice_error(build, place_of(weights), path, weights->value->text, "\"normalised\", 100");
    }
}

static void read_level(Build *build, const Tree *rules, const char *name, Level level) {
    const TreeItem *item = tree_item(rules, name);
    if (!item || item->value->kind != TREE_TABLE) return;
    if (!check(build, str_of(name), item->value, &item->place, level_keys, COUNT(level_keys))) return;
    Rollup *rollup = &build->plan->rollups[level];
    *rollup = (Rollup){.set = true, .place = *place_of(item)};
    const TreeItem *rate = tree_item(item->value, "rate"), *missing = tree_item(item->value, "missing");
    bool rows_below = level == LEVEL_PROJECT; /* weights and pooled rates are made of rows */
    bool good = read_aggregate(build, rate->value, place_of(rate), rollup);
    if (!good || (!rows_below &&
                  (rollup->aggregate == AGGREGATE_WEIGHTED_MEAN || rollup->aggregate == AGGREGATE_POOLED)))
        add_choice_error(build, place_of(rate), key_path(build, name, "rate"), rate->value->text,
                         rollup_choices);
    if (missing && !missing_child_find(missing->value->text, &rollup->missing))
        add_choice_error(build, place_of(missing), key_path(build, name, "missing"), missing->value->text,
                         "leave_out, zero, missing");
    read_weights(build, name, item->value, place_of(item), rollup);
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

static void read_band(Build *build, Str path, const TreeItem *item, Band *band) {
    const Tree *table = item->value;
    band->place = *place_of(item);
    check(build, path, table, &item->place, band_keys, COUNT(band_keys));
    const TreeItem *name = item_of(table, NULL, ACCEPT_TEXT), *key = item_of(table, "key", ACCEPT_TEXT);
    if (name) band->name = name->value->text;
    band->key = text_of(table, "key");
    read_range(build, path, table, &band->range);
    if (!key) return;
    MessageId fault = MESSAGE_COUNT;
    if (!good_key(band->key)) fault = MESSAGE_BAD_KEY;
    for (const Band *earlier = build->plan->bands; earlier < band; earlier++) {
        if (str_equal(earlier->key, band->key)) fault = MESSAGE_DUPLICATE_BAND;
    }
    if (fault == MESSAGE_COUNT) return;
    diag_add(build->diag, fault, place_of(key), path, band->key);
    bool foreign = text_length(band->key) < band->key.size; /* most often the name that is printed */
    if (fault == MESSAGE_BAD_KEY && foreign) diag_hint_plain(build->diag, TEXT_HINT_KEY_NAME);
    build->good = false;
}

static void read_bands(Build *build, const Tree *rules) {
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

static void read_header(Plan *plan, const Tree *rules) {
    plan->title = text_of(rules, "title");
    plan->data = text_of(rules, "data");
    plan->narrative = text_of(rules, "narrative");
    plan->published = text_of(rules, "published");
    plan->report = tree_get(rules, "report") ? text_of(rules, "report") : STR("status");
}

Plan *plan_compile(Str file, const Tree *rules, const Setting *settings, size_t setting_count, Diag *diag) {
    return plan_compile_at(file, rules, (Str){"", 0}, settings, setting_count, diag);
}

Plan *plan_compile_at(Str file, const Tree *rules, Str date, const Setting *settings, size_t setting_count,
                      Diag *diag) {
    Plan *plan = memory_new(1, sizeof *plan);
    plan->file = arena_copy(&plan->arena, file);
    Build build = {.plan = plan, .arena = &plan->arena, .diag = diag, .good = true};
    build.scope = (FormulaScope){.fields = &plan->fields, .param = param_value, .context = &build};
    check(&build, (Str){"", 0}, rules, &(Place){.file = file, .line = 1}, ruleset_keys, COUNT(ruleset_keys));
    read_header(plan, rules);
    read_date(&build, rules, date);
    read_params(&build, rules, settings, setting_count);
    read_rate(&build, rules);
    read_rounding(&build, rules);
    for (size_t i = 0; i < COUNT(levels); i++) read_level(&build, rules, levels[i].name, levels[i].level);
    read_bands(&build, rules);
    plan->specials =
        read_cases(&build, "special", tree_get(rules, "special"), read_special, &plan->special_count);
    if (build.good) return plan;
    plan_free(plan);
    return NULL;
}

void plan_note_unused(const Plan *plan, Diag *diag) {
    for (size_t i = 0; !plan->has_functions && i < plan->param_count; i++) {
        if (!plan->params[i].used)
            diag_add(diag, MESSAGE_UNUSED_PARAM, &plan->params[i].place, plan->params[i].name);
    }
}

void plan_free(Plan *plan) {
    if (!plan) return;
    Arena arena = plan->arena;
    memory_free(plan);
    arena_release(&arena);
}

const SchemaTable *plan_schema(size_t *count) {
    static const SchemaTable tables[] = {
        {"Ruleset", ruleset_keys, COUNT(ruleset_keys)},
        {"RateCase", case_keys, COUNT(case_keys)},
        {"SpecialCase", special_keys, COUNT(special_keys)},
        {"RoundingRule", rounding_keys, COUNT(rounding_keys)},
        {"LevelRate", level_keys, COUNT(level_keys)},
        {"VerdictBand", band_keys, COUNT(band_keys)},
        {"RangeOfNumbers", range_keys, COUNT(range_keys)},
    };
    *count = COUNT(tables);
    return tables;
}
