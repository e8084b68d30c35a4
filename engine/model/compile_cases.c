#include "model/compile_cases.h"

#include "model/compile_bands.h"

#define CASE_LIMIT 10000
#define SELECTOR   (ACCEPT_TABLE | ACCEPT_FUNCTION | ACCEPT_FORMULA)
/* Selectors inside each other: all { any { … } }. */
#define SELECTOR_DEPTH 16

static const SchemaKey case_keys[] = {
    {NULL, NUMBER | ACCEPT_FUNCTION, false},
    {"name", ACCEPT_TEXT, false},
    {"when", SELECTOR, false},
    {"exclude", ACCEPT_YES, false},
};
static const SchemaKey special_keys[] = {
    {"name", ACCEPT_TEXT, false},    {"when", SELECTOR, true},
    {"because", ACCEPT_TEXT, true},  {"rate", NUMBER | ACCEPT_FUNCTION, false},
    {"exclude", ACCEPT_YES, false},  {"points", NUMBER, false},
    {"verdict", ACCEPT_TEXT, false}, {"indicator_verdict", ACCEPT_TEXT, false},
};
static const SchemaKey range_keys[] = {
    {"at_most", NUMBER, false},
    {"below", NUMBER, false},
    {"at_least", NUMBER, false},
    {"above", NUMBER, false},
};
static const SchemaKey last_year_keys[] = {{"rate", ACCEPT_TABLE | NUMBER | ACCEPT_FUNCTION, true}};
const SchemaTable compile_case_schema[4] = {{"RateCase", case_keys, COUNT(case_keys)},
                                            {"SpecialCase", special_keys, COUNT(special_keys)},
                                            {"RangeOfNumbers", range_keys, COUNT(range_keys)},
                                            {"LastYear", last_year_keys, COUNT(last_year_keys)}};

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
        add_word(condition, list->items[i].value, compile_place(&list->items[i]));
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
        build->good &= compile_bound(build, path, item, true, &condition->range.low);
        condition->range.high = condition->range.low;
    } else if (value->kind != TREE_TABLE) {
        add_word(condition, value, compile_place(item));
    } else if (value->positional) {
        build->good &= read_choices(build, path, value, condition);
    } else if (value->count) {
        condition->kind = CONDITION_RANGE;
        compile_keys(build, path, value, &item->place, range_keys, COUNT(range_keys));
        compile_range(build, path, value, &condition->range);
        if (!build->params.bad && range_is_empty(&condition->range)) {
            diag_add(build->diag, MESSAGE_BAND_INVERTED, compile_place(item), path);
            build->good = false;
        }
    } else {
        diag_add(build->diag, MESSAGE_MISSING_KEY, compile_place(item),
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
    selector->tree = when;
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
    out->value = value;
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
    compile_keys(build, out->path, table, &item->place, case_keys, COUNT(case_keys));
    read_when(build, out->path, table, &item->place, &out->when);
    const Tree *value = table->positional ? table->items[0].value : NULL;
    read_outcome(build, value, tree_get(table, "exclude"), &out->place, out);
}

/* points = 3 */
static void read_points(Build *build, const TreeItem *item, Case *out) {
    Bound points = {0};
    out->adjust = ADJUST_POINTS;
    compile_bound(build, arena_format(build->arena, "%.*s.points", STR_FMT(out->path)), item, true, &points);
    out->points = points.value;
}

/* verdict = "normal", indicator_verdict = "met" */
static void read_verdict(Build *build, const TreeItem *item, Level level, Case *out) {
    const Verdicts *verdicts = &build->plan->verdicts[level];
    out->adjust = level == LEVEL_PROJECT ? ADJUST_VERDICT : ADJUST_INDICATOR;
    if (verdicts->count == 0) { /* bad ones were reported */
        if (build->good && level == LEVEL_INDICATOR)
            diag_add(build->diag, MESSAGE_MISSING_KEY, compile_place(item), STR("indicator.verdict"));
        build->good = false;
        return;
    }
    Str path = arena_format(build->arena, "%.*s.%.*s", STR_FMT(out->path), STR_FMT(item->name));
    compile_verdict(build, path, item, verdicts, &out->verdict);
}

/* One of rate, exclude, points, verdict, indicator_verdict. */
static void read_change(Build *build, const Tree *table, Case *out) {
    static const char *const names[] = {"rate", "exclude", "points", "verdict", "indicator_verdict"};
    size_t given = 0;
    for (size_t i = 0; i < COUNT(names); i++) given += tree_get(table, names[i]) != NULL;
    if (given != 1) {
        diag_add(build->diag, MESSAGE_SPECIAL_VALUE, &out->place, out->path,
                 arena_format(build->arena, "%zu", given));
        build->good = false;
        return;
    }
    const TreeItem *points = compile_item(table, "points", NUMBER);
    const TreeItem *verdict = compile_item(table, "verdict", ACCEPT_TEXT);
    if (points) read_points(build, points, out);
    const TreeItem *indicator = compile_item(table, "indicator_verdict", ACCEPT_TEXT);
    if (verdict) read_verdict(build, verdict, LEVEL_PROJECT, out);
    if (indicator) read_verdict(build, indicator, LEVEL_INDICATOR, out);
    if (tree_get(table, "rate") || tree_get(table, "exclude"))
        read_outcome(build, tree_get(table, "rate"), tree_get(table, "exclude"), &out->place, out);
}

static void read_special(Build *build, const TreeItem *item, Case *out) {
    const Tree *table = item->value;
    compile_keys(build, out->path, table, &item->place, special_keys, COUNT(special_keys));
    const TreeItem *because = compile_item(table, "because", ACCEPT_TEXT);
    out->because = compile_text(table, "because");
    if (because && !str_trim(out->because).size) {
        diag_add(build->diag, MESSAGE_MISSING_KEY, &because->place,
                 arena_format(build->arena, "%.*s.because", STR_FMT(out->path)));
        diag_hint_plain(build->diag, TEXT_HINT_BECAUSE);
        build->good = false;
    }
    read_when(build, out->path, table, &item->place, &out->when);
    read_change(build, table, out);
}

/* A name says which case an overlay means. */
static void check_name(Build *build, Case *cases, size_t number, const Tree *table) {
    cases[number].name = compile_text(table, "name");
    for (size_t i = 0; cases[number].name.size && i < number; i++) {
        if (!str_equal(cases[i].name, cases[number].name)) continue;
        diag_add(build->diag, MESSAGE_DUPLICATE_NAME, compile_place(tree_item(table, "name")),
                 cases[number].path, cases[number].name);
        build->good = false;
        return;
    }
}

typedef void (*CaseReader)(Build *build, const TreeItem *item, Case *out);

static Case *read_cases(Build *build, Str path, const Tree *list, CaseReader reader, size_t *count) {
    if (!list || list->kind != TREE_TABLE) return NULL;
    if (!schema_list(build->arena, path, list, ACCEPT_TABLE, build->diag)) {
        build->good = false;
        return NULL;
    }
    if (list->count > CASE_LIMIT) {
        diag_add(build->diag, MESSAGE_TOO_MANY_ENTRIES, &list->place, path,
                 arena_format(build->arena, "%zu", list->count),
                 arena_format(build->arena, "%d", CASE_LIMIT));
        build->good = false;
        return NULL;
    }
    Case *cases = arena_new(build->arena, list->count, sizeof *cases);
    for (size_t i = 0; i < list->count; i++) {
        cases[i].path = schema_path(build->arena, path, list, i);
        cases[i].place = *compile_place(&list->items[i]);
        reader(build, &list->items[i], &cases[i]);
        check_name(build, cases, i, list->items[i].value);
    }
    *count = list->count;
    return cases;
}

/* `rate` of a table: a list of cases, or one for every row. */
static Case *read_rates(Build *build, Str path, const Tree *table, size_t *count) {
    const TreeItem *item = compile_item(table, "rate", ACCEPT_TABLE | NUMBER | ACCEPT_FUNCTION);
    if (!item) return NULL;
    if (item->value->kind != TREE_TABLE) {
        Case *only = arena_new(build->arena, 1, sizeof *only);
        only->path = path;
        only->place = *compile_place(item);
        *count = 1;
        read_outcome(build, item->value, NULL, &item->place, only);
        return only;
    }
    if (item->value->count == 0) {
        diag_add(build->diag, MESSAGE_MISSING_KEY, &item->place,
                 arena_format(build->arena, "%.*s[1]", STR_FMT(path)));
        build->good = false;
    }
    return read_cases(build, path, item->value, read_case, count);
}

void compile_rate(Build *build, const Tree *rules) {
    build->plan->cases = read_rates(build, STR("rate"), rules, &build->plan->case_count);
}

void compile_last_year(Build *build, const Tree *rules) {
    const TreeItem *item = tree_item(rules, "last_year");
    if (!item) return;
    Plan *last = build->plan->last_year = arena_new(build->arena, 1, sizeof *last);
    if (item->value->kind != TREE_TABLE) return;
    compile_keys(build, STR("last_year"), item->value, &item->place, last_year_keys, COUNT(last_year_keys));
    last->cases = read_rates(build, STR("last_year.rate"), item->value, &last->case_count);
}

void compile_specials(Build *build, const Tree *rules) {
    build->plan->specials = read_cases(build, STR("special"), tree_get(rules, "special"), read_special,
                                       &build->plan->special_count);
}
