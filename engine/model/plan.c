#include "model/plan.h"

#include "base/memory.h"
#include "model/schema.h"

#include <string.h>

#define CASE_LIMIT   10000
#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const aggregates[AGGREGATE_COUNT] = {"mean", "min", "max", "median"};

const char *aggregate_name(Aggregate aggregate) { return aggregates[aggregate]; }

bool aggregate_find(Str name, Aggregate *aggregate) {
    for (int i = 0; i < AGGREGATE_COUNT; i++) {
        if (!str_is(name, aggregates[i])) continue;
        *aggregate = (Aggregate)i;
        return true;
    }
    return false;
}

/* What a compilation carries along. `good` turns false at the first fault; compilation goes on, to report
 * all. */
typedef struct Build {
    Plan *plan;
    Arena *arena;
    FormulaScope scope;
    Diag *diag;
    bool good;
    bool params_unknown; /* `params` is no table: its names are not known */
    bool params_bad;     /* some have no number: what is computed from them says nothing */
} Build;

#define NUMBER (ACCEPT_NUMBER | ACCEPT_FORMULA)

static const SchemaKey ruleset_keys[] = {
    {"title", ACCEPT_TEXT, true},
    {"data", ACCEPT_TEXT, true},
    {"narrative", ACCEPT_TEXT, false},
    {"published", ACCEPT_TEXT, false},
    {"report", ACCEPT_TEXT, false},
    {"params", ACCEPT_TABLE, false},
    {"rate", ACCEPT_TABLE | NUMBER | ACCEPT_FUNCTION, true},
    {"rounding", ACCEPT_TABLE, true},
    {"project", ACCEPT_TABLE, true},
    {"verdict", ACCEPT_TABLE, true},
    {"special", ACCEPT_TABLE, false},
};
static const SchemaKey param_keys[] = {
    {NULL, ACCEPT_NUMBER, true},   {"unit", ACCEPT_TEXT, false},   {"min", ACCEPT_NUMBER, false},
    {"max", ACCEPT_NUMBER, false}, {"source", ACCEPT_TEXT, false},
};
static const SchemaKey case_keys[] = {
    {NULL, NUMBER | ACCEPT_FUNCTION, false},
    {"when", ACCEPT_TABLE | ACCEPT_FUNCTION, false},
    {"exclude", ACCEPT_YES, false},
};
static const SchemaKey special_keys[] = {
    {"when", ACCEPT_TABLE | ACCEPT_FUNCTION, true},
    {"because", ACCEPT_TEXT, true},
    {"rate", NUMBER | ACCEPT_FUNCTION, false},
    {"exclude", ACCEPT_YES, false},
};
static const SchemaKey rounding_keys[] = {{"digits", ACCEPT_NUMBER, true}, {"mode", ACCEPT_TEXT, true}};
static const SchemaKey project_keys[] = {{"rate", ACCEPT_WORD, true}};
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

static void suggest_param(Build *build, Str name) {
    Str *words = arena_new(build->arena, build->plan->param_count, sizeof *words);
    for (size_t i = 0; i < build->plan->param_count; i++) words[i] = build->plan->params[i].name;
    schema_suggest(build->diag, name, words, build->plan->param_count);
}

static bool param_value(void *context, Str name, const Place *place, Decimal *value, Diag *diag) {
    Build *build = context;
    const Param *param = plan_param(build->plan, name);
    if (param) {
        *value = param->value;
        return true;
    }
    *value = decimal_of(0);
    if (build->params_unknown) return true;
    diag_add(diag, MESSAGE_UNKNOWN_PARAM, place, name);
    suggest_param(build, name);
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

static bool in_range(const Param *param, const Decimal *value) {
    return (!param->min.set || decimal_compare(value, &param->min.value) >= 0) &&
           (!param->max.set || decimal_compare(value, &param->max.value) <= 0);
}

static void check_param_range(Build *build, const Param *param, const Decimal *value, bool setting) {
    if (in_range(param, value)) return;
    Buffer number = {0}, low = {0}, high = {0};
    decimal_write(&number, value);
    if (param->min.set) decimal_write(&low, &param->min.value);
    if (param->max.set) decimal_write(&high, &param->max.value);
    diag_add(build->diag, setting ? MESSAGE_SETTING_RANGE : MESSAGE_PARAM_RANGE,
             setting ? NULL : &param->place, param->name, buffer_view(&number), buffer_view(&low),
             buffer_view(&high));
    buffer_release(&number);
    buffer_release(&low);
    buffer_release(&high);
    build->good = false;
}

static void read_param(Build *build, const TreeItem *item, Param *param) {
    Str path = arena_format(build->arena, "params.%.*s", STR_FMT(item->name));
    *param = (Param){.name = item->name, .place = *place_of(item)};
    const TreeItem *number = item;
    if (item->value->kind == TREE_TABLE) {
        check(build, path, item->value, &item->place, param_keys, COUNT(param_keys));
        number = item_of(item->value, NULL, ACCEPT_NUMBER);
        param->unit = text_of(item->value, "unit");
        param->source = text_of(item->value, "source");
        const TreeItem *min = item_of(item->value, "min", ACCEPT_NUMBER);
        const TreeItem *max = item_of(item->value, "max", ACCEPT_NUMBER);
        if (min) read_bound(build, path, min, true, &param->min);
        if (max) read_bound(build, path, max, true, &param->max);
    }
    if (!number || number->value->kind != TREE_NUMBER) {
        build->params_bad = true;
        return;
    }
    param->value = param->file_value = number->value->number;
    check_param_range(build, param, &param->value, false);
}

static void read_params(Build *build, const Tree *rules) {
    const Tree *table = tree_get(rules, "params");
    build->params_unknown = build->params_bad = table && table->kind != TREE_TABLE;
    if (!table || table->kind != TREE_TABLE) return;
    Plan *plan = build->plan;
    plan->params = arena_new(build->arena, table->count, sizeof *plan->params);
    for (size_t i = 0; i < table->count; i++) {
        const TreeItem *item = &table->items[i];
        Str path = schema_path(build->arena, STR("params"), table, i);
        if (!item->name.size) {
            diag_add(build->diag, MESSAGE_UNKNOWN_KEY, &item->place, path);
            build->good = false;
        } else {
            build->good &=
                schema_accepts(path, item->value, &item->place, ACCEPT_NUMBER | ACCEPT_TABLE, build->diag);
            read_param(build, item, &plan->params[plan->param_count++]);
        }
    }
}

static void apply_setting(Build *build, const Setting *setting) {
    Param *param = (Param *)plan_param(build->plan, setting->name);
    Decimal value;
    if (!param) {
        diag_add(build->diag, MESSAGE_UNKNOWN_SETTING, NULL, setting->name);
        suggest_param(build, setting->name);
        build->good = false;
    } else if (decimal_parse(setting->value, &value, build->arena, NULL) > DECIMAL_LENIENT) {
        diag_add(build->diag, MESSAGE_PARAM_VALUE, NULL, setting->value, setting->name);
        build->good = false;
    } else {
        check_param_range(build, param, &value, true);
        param->value = value;
        param->overridden = true;
    }
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
        if (!build->params_bad && range_is_empty(&condition->range)) {
            diag_add(build->diag, MESSAGE_BAND_INVERTED, place_of(item), path);
            build->good = false;
        }
    } else {
        diag_add(build->diag, MESSAGE_MISSING_KEY, place_of(item),
                 arena_format(build->arena, "%.*s[1]", STR_FMT(path)));
        build->good = false;
    }
}

static void read_selector(Build *build, Str path, const Tree *when, Selector *selector) {
    if (!when || !schema_is(when, ACCEPT_TABLE | ACCEPT_FUNCTION)) return;
    if (when->kind == TREE_FUNCTION) {
        selector->function = when->function;
        build->plan->has_functions = true;
        return;
    }
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
    read_selector(build, arena_format(build->arena, "%.*s.when", STR_FMT(out->path)), tree_get(table, "when"),
                  &out->when);
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
    read_selector(build, arena_format(build->arena, "%.*s.when", STR_FMT(out->path)), tree_get(table, "when"),
                  &out->when);
    read_outcome(build, tree_get(table, "rate"), tree_get(table, "exclude"), &out->place, out);
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

static void read_project(Build *build, const Tree *rules) {
    const TreeItem *item = tree_item(rules, "project");
    if (!item || item->value->kind != TREE_TABLE) return;
    check(build, STR("project"), item->value, &item->place, project_keys, COUNT(project_keys));
    const TreeItem *rate = item_of(item->value, "rate", ACCEPT_WORD);
    if (rate && !aggregate_find(rate->value->text, &build->plan->project_rate))
        add_choice_error(build, place_of(rate), "project.rate", rate->value->text, "mean, min, max, median");
}

/* The names taken stand beside the counts by key in results and in JSON. */
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
    bool comparable = build->good && !build->params_bad; /* bounds that could not be read have no order */
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
    Plan *plan = memory_new(1, sizeof *plan);
    plan->file = arena_copy(&plan->arena, file);
    Build build = {.plan = plan, .arena = &plan->arena, .diag = diag, .good = true};
    build.scope = (FormulaScope){.fields = &plan->fields, .param = param_value, .context = &build};
    check(&build, (Str){"", 0}, rules, &(Place){.file = file, .line = 1}, ruleset_keys, COUNT(ruleset_keys));
    read_header(plan, rules);
    read_params(&build, rules);
    for (size_t i = 0; i < setting_count; i++) apply_setting(&build, &settings[i]);
    read_rate(&build, rules);
    read_rounding(&build, rules);
    read_project(&build, rules);
    read_bands(&build, rules);
    plan->specials =
        read_cases(&build, "special", tree_get(rules, "special"), read_special, &plan->special_count);
    if (build.good) return plan;
    plan_free(plan);
    return NULL;
}

void plan_free(Plan *plan) {
    if (!plan) return;
    Arena arena = plan->arena;
    memory_free(plan);
    arena_release(&arena);
}
