#include "lua/objects.h"

#include "lua/readonly.h"
#include "lua/state.h"
#include "lua/units.h"
#include "lua/value.h"

#include <lauxlib.h>

/* Bands of projects, and behind them those of indicators. */
static const Band *band_of(const void *owner, size_t index) {
    const Verdicts *verdicts = results_plan(((const View *)owner)->results)->verdicts;
    size_t projects = verdicts[LEVEL_PROJECT].count;
    return index < projects ? &verdicts[LEVEL_PROJECT].bands[index]
                            : &verdicts[LEVEL_INDICATOR].bands[index - projects];
}

enum { KEY, NAME };

static void get_band_text(lua_State *L, const void *owner, size_t index, int part) {
    const Band *band = band_of(owner, index);
    value_push_text(L, part == KEY ? band->key : band->name);
}

enum { AT_MOST, BELOW, AT_LEAST, ABOVE };

static void get_bound(lua_State *L, const void *owner, size_t index, int part) {
    const Range *range = &band_of(owner, index)->range;
    const Bound *bound = part == AT_MOST || part == BELOW ? &range->high : &range->low;
    bool closed = part == AT_MOST || part == AT_LEAST;
    Buffer *out = value_scratch(L);
    if (bound->set && bound->closed == closed) decimal_write(out, &bound->value);
    view_push_printed(L, out);
}

static void set_bound(lua_State *L, const char *name, const Bound *bound, bool closed) {
    if (!bound->set || bound->closed != closed) return;
    Buffer *out = value_scratch(L);
    decimal_write(out, &bound->value);
    view_push_printed(L, out);
    lua_setfield(L, -2, name);
}

static void push_range(lua_State *L, const Range *range) {
    if (range_is_open(range)) {
        lua_pushnil(L);
        return;
    }
    lua_createtable(L, 0, 2);
    set_bound(L, "at_most", &range->high, true);
    set_bound(L, "below", &range->high, false);
    set_bound(L, "at_least", &range->low, true);
    set_bound(L, "above", &range->low, false);
}

static void get_any(lua_State *L, const void *owner, size_t index, int part) {
    (void)part;
    push_range(L, &band_of(owner, index)->any);
}

static void get_improved(lua_State *L, const void *owner, size_t index, int part) {
    (void)part;
    lua_pushboolean(L, band_of(owner, index)->improved);
}

static void get_if_improved(lua_State *L, const void *owner, size_t index, int part) {
    (void)part;
    push_range(L, &band_of(owner, index)->if_improved);
}

/* Of the upper bound, else of the lower one. */
static void get_band_param(lua_State *L, const void *owner, size_t index, int part) {
    (void)part;
    const Range *range = &band_of(owner, index)->range;
    const Bound *bound = range->high.set ? &range->high : &range->low;
    value_push_text(L, bound->set && bound->param ? bound->param->name : (Str){0});
}

static void get_share(lua_State *L, const void *owner, size_t index, int part) {
    (void)part;
    const Band *band = band_of(owner, index);
    Buffer *out = value_scratch(L);
    if (band->forced) decimal_write(out, &band->share);
    view_push_printed(L, out);
}

static const ClassField band_fields[] = {
    {"key", NULL, "text", get_band_text, KEY, "stable name, used by count, percent and verdict"},
    {"name", NULL, "text", get_band_text, NAME, "name as printed"},
    {"at_most", NULL, "text?", get_bound, AT_MOST, "upper bound that belongs to the band"},
    {"below", NULL, "text?", get_bound, BELOW, "upper bound that does not"},
    {"at_least", NULL, "text?", get_bound, AT_LEAST, "lower bound that belongs to the band"},
    {"above", NULL, "text?", get_bound, ABOVE, "lower bound that does not"},
    {"param", NULL, "text?", get_band_param, 0,
     "name of the param that its upper bound, else its lower one, is"},
    {"share", NULL, "text?", get_share, 0, "percent of the projects that get it, best first"},
    {"any_indicator", NULL, "table?", get_any, 0,
     "bounds of the same names: the band also holds when the rate of any indicator lies between them"},
    {"improved", NULL, "boolean", get_improved, 0, "true when it holds only for a rate above last year's"},
    {"if_improved", NULL, "table?", get_if_improved, 0,
     "bounds of the same names: the band also holds for a rate above last year's that lies between them"},
    {0},
};

static const Class band_class = {"Band", "a verdict and its bounds, in order of the rules", band_fields,
                                 NULL};

static const Param *param_of(const void *owner, size_t index) {
    return &results_plan(((const View *)owner)->results)->params[index];
}

enum { PARAM_NAME, PARAM_UNIT, PARAM_SOURCE, PARAM_DATE };

static void get_param_text(lua_State *L, const void *owner, size_t index, int part) {
    const Param *param = param_of(owner, index);
    const Str texts[] = {param->name, param->unit, param->source, param->date};
    value_push_text(L, texts[part]);
}

enum { VALUE, FILE_VALUE };

static void get_param_value(lua_State *L, const void *owner, size_t index, int part) {
    const Param *param = param_of(owner, index);
    Buffer *out = value_scratch(L);
    decimal_write(out, part == VALUE ? &param->value : &param->file_value);
    view_push_printed(L, out);
}

static void get_param_overridden(lua_State *L, const void *owner, size_t index, int part) {
    (void)part;
    lua_pushboolean(L, param_of(owner, index)->overridden);
}

static const ClassField param_fields[] = {
    {"name", NULL, "text", get_param_text, PARAM_NAME, "name in the rules"},
    {"value", NULL, "text", get_param_value, VALUE, "value of this run, as written"},
    {"unit", NULL, "text?", get_param_text, PARAM_UNIT, "unit"},
    {"source", NULL, "text?", get_param_text, PARAM_SOURCE, "where the number comes from"},
    {"date", NULL, "text?", get_param_text, PARAM_DATE, "day from which the rule file's value holds"},
    {"overridden", NULL, "boolean", get_param_overridden, 0, "true when the command line changed it"},
    {"file_value", NULL, "text", get_param_value, FILE_VALUE, "value in the rule file, as written"},
    {0},
};

static const Class param_class = {"Param", "a number that the rules name", param_fields, NULL};

enum { SPECIAL_PATH, SPECIAL_BECAUSE };

static void get_special_text(lua_State *L, const void *owner, size_t index, int part) {
    const Case *special = &results_plan(((const View *)owner)->results)->specials[index];
    value_push_text(L, part == SPECIAL_PATH ? special->path : special->because);
}

static void get_special_rows(lua_State *L, const void *owner, size_t index, int part) {
    (void)part;
    lua_pushinteger(L, (lua_Integer)results_special_rows(((const View *)owner)->results, index));
}

static void get_special_projects(lua_State *L, const void *owner, size_t index, int part) {
    (void)part;
    lua_pushinteger(L, (lua_Integer)results_special_projects(((const View *)owner)->results, index));
}

static void get_special_points(lua_State *L, const void *owner, size_t index, int part) {
    (void)part;
    const Case *special = &results_plan(((const View *)owner)->results)->specials[index];
    Buffer *out = value_scratch(L);
    if (special->adjust == ADJUST_POINTS) decimal_write(out, &special->points);
    view_push_printed(L, out);
}

static void get_special_verdict(lua_State *L, const void *owner, size_t index, int part) {
    (void)part;
    const Plan *plan = results_plan(((const View *)owner)->results);
    const Case *special = &plan->specials[index];
    if (special->adjust == ADJUST_VERDICT)
        value_push_text(L, plan->verdicts[LEVEL_PROJECT].bands[special->verdict].key);
    else
        lua_pushnil(L);
}

static void get_special_indicator(lua_State *L, const void *owner, size_t index, int part) {
    const Plan *plan = results_plan(((const View *)owner)->results);
    const Case *special = &plan->specials[index];
    const Band *bands = plan->verdicts[LEVEL_INDICATOR].bands;
    if (special->adjust != ADJUST_INDICATOR)
        lua_pushnil(L);
    else
        value_push_text(L, part == KEY ? bands[special->verdict].key : bands[special->verdict].name);
}

static const ClassField special_fields[] = {
    {"path", NULL, "text", get_special_text, SPECIAL_PATH, "entry of the rules, such as special[1]"},
    {"because", NULL, "text", get_special_text, SPECIAL_BECAUSE, "reason, as the rules give it"},
    {"rows", NULL, "integer", get_special_rows, 0,
     "indicators that it decided, or that it takes when it changes projects"},
    {"points", NULL, "text?", get_special_points, 0, "points that it gives projects, as written"},
    {"verdict", NULL, "text?", get_special_verdict, 0, "key of the verdict that it gives projects"},
    {"indicator_verdict", NULL, "text?", get_special_indicator, KEY,
     "key of the verdict that it gives indicators"},
    {"indicator_verdict_name", NULL, "text?", get_special_indicator, NAME, "printed name of that verdict"},
    {"projects", NULL, "integer", get_special_projects, 0, "projects that it gave points or a verdict"},
    {0},
};

static const Class special_class = {"Special", "a special case of the rules", special_fields, NULL};

enum { TITLE, RULES_FILE };

static void get_plan_text(lua_State *L, const void *owner, size_t index, int part) {
    (void)index;
    const Plan *plan = results_plan(((const View *)owner)->results);
    Str text = part == TITLE ? plan->title : plan->file;
    lua_pushlstring(L, text.size ? text.data : "", text.size);
}

static void get_dataset(lua_State *L, const void *owner, size_t index, int part) {
    (void)index, (void)part;
    class_push(L, &view_dataset_class, owner, 0);
}

static void get_units(lua_State *L, const void *owner, size_t index, int part) {
    static const Class *const classes[LEVEL_COUNT] = {&units_bureau_class, &units_department_class,
                                                      &units_project_class};
    (void)index;
    const View *view = owner;
    class_push_list(L, classes[part], view, NULL, dataset_level_size(view->dataset, (Level)part));
}

static void get_all_indicators(lua_State *L, const void *owner, size_t index, int part) {
    (void)index, (void)part;
    const View *view = owner;
    class_push_list(L, &view_indicator_class, view, NULL, dataset_rows(view->dataset));
}

static void get_total_figures(lua_State *L, const void *owner, size_t index, int part) {
    (void)index;
    const View *view = owner;
    units_push_figures(L, view, results_total(view->results), part);
}

enum { BANDS, PARAMS, SPECIALS };

static void get_plan_list(lua_State *L, const void *owner, size_t index, int part) {
    static const Class *const classes[] = {&band_class, &param_class, &special_class};
    (void)index;
    const View *view = owner;
    const Plan *plan = results_plan(view->results);
    size_t count = part == BANDS    ? plan->verdicts[LEVEL_PROJECT].count
                   : part == PARAMS ? plan->param_count
                                    : plan->special_count;
    class_push_list(L, classes[part], view, NULL, count);
}

static void get_indicator_bands(lua_State *L, const void *owner, size_t index, int part) {
    (void)index, (void)part;
    const Verdicts *verdicts = results_plan(((const View *)owner)->results)->verdicts;
    lua_newtable(L);
    for (size_t i = 0; i < verdicts[LEVEL_INDICATOR].count; i++) {
        class_push(L, &band_class, owner, verdicts[LEVEL_PROJECT].count + i);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void get_sluggish(lua_State *L, const void *owner, size_t index, int part) {
    (void)index, (void)part;
    const Plan *plan = results_plan(((const View *)owner)->results);
    class_push(L, &band_class, owner,
               bands_sluggish(plan->verdicts[LEVEL_PROJECT].bands, plan->verdicts[LEVEL_PROJECT].count));
}

static void get_ties(lua_State *L, const void *owner, size_t index, int part) {
    (void)index, (void)part;
    const Verdicts *verdicts = &results_plan(((const View *)owner)->results)->verdicts[LEVEL_PROJECT];
    if (verdicts->forced)
        lua_pushstring(L, ties_name(verdicts->ties));
    else
        lua_pushnil(L);
}

static void get_special_indicators(lua_State *L, const void *owner, size_t index, int part) {
    (void)index, (void)part;
    const View *view = owner;
    lua_Integer length = 0;
    lua_newtable(L);
    for (size_t row = 0; row < dataset_rows(view->dataset); row++) {
        if (!results_row_special(view->results, row)) continue;
        class_push(L, &view_indicator_class, view, row);
        lua_rawseti(L, -2, ++length);
    }
}

static void get_revised(lua_State *L, const void *owner, size_t index, int part) {
    (void)index, (void)part;
    const View *view = owner;
    Revision revision;
    lua_Integer length = 0;
    lua_newtable(L);
    if (view->columns[COLUMN_REVISED_TARGET] == SIZE_MAX) return;
    for (size_t row = 0; row < dataset_rows(view->dataset); row++) {
        if (!revision_of(view->dataset, row, &revision)) continue;
        class_push(L, &view_indicator_class, view, row);
        lua_rawseti(L, -2, ++length);
    }
}

static void get_missing(lua_State *L, const void *owner, size_t index, int part) {
    (void)index, (void)part;
    const View *view = owner;
    lua_Integer length = 0;
    lua_newtable(L);
    for (Missing reason = MISSING_NONE + 1; reason < MISSING_COUNT; reason++) {
        size_t rows = results_missing_rows(view->results, reason);
        if (rows == 0) continue;
        lua_createtable(L, 0, 2);
        view_push_missing(L, reason);
        lua_setfield(L, -2, "reason");
        lua_pushinteger(L, (lua_Integer)rows);
        lua_setfield(L, -2, "rows");
        lua_rawseti(L, -2, ++length);
    }
}

static void get_narrative(lua_State *L, const void *owner, size_t index, int part) {
    (void)index, (void)part;
    Narrative *narrative = ((const View *)owner)->narrative;
    if (narrative && narrative->take) narrative->take(narrative);
    if (narrative && narrative->tree) {
        value_push_tree(L, narrative->tree);
    } else if (narrative && narrative->values.size) {
        WireReader reader = {.bytes = narrative->values};
        value_push_wire(L, &reader, state_arena(L));
    } else {
        lua_pushnil(L);
    }
}

/* Nil unless the rules, or the command line, choose among periods. */
static void get_period(lua_State *L, const void *owner, size_t index, int part) {
    (void)index, (void)part;
    const PeriodRule *rule = &results_plan(((const View *)owner)->results)->period;
    if (rule->count == 0) {
        lua_pushnil(L);
        return;
    }
    lua_createtable(L, 0, 5);
    if (rule->mode == PERIOD_ONE) view_set_text(L, "name", rule->shares[0].name);
    lua_createtable(L, (int)rule->count, 0);
    for (size_t i = 0; rule->mode == PERIOD_WEIGHTED && i < rule->count; i++) {
        Buffer *out = value_scratch(L);
        lua_createtable(L, 0, 2);
        view_set_text(L, "name", rule->shares[i].name);
        decimal_write(out, &rule->shares[i].weight);
        view_set_text(L, "weight", buffer_view(out));
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "weights");
    if (rule->mode == PERIOD_WEIGHTED) view_set_text(L, "missing", str_of(missing_child_name(rule->missing)));
    lua_pushboolean(L, rule->overridden);
    lua_setfield(L, -2, "overridden");
    if (rule->overridden && rule->declared.size) view_set_text(L, "declared", rule->declared);
}

enum { TARGETS, REVISED_BY };

static void get_targets(lua_State *L, const void *owner, size_t index, int part) {
    (void)index;
    const TargetRule *rule = &results_plan(((const View *)owner)->results)->targets;
    const char *name = targets_name(rule->mode);
    value_push_text(L, part == REVISED_BY ? rule->by : str_of(name ? name : ""));
}

static void get_ref(lua_State *L, const void *owner, size_t index, int part) {
    (void)owner, (void)index, (void)part;
    lua_pushliteral(L, "all");
}

static const ClassField results_fields[] = {
    {"title", NULL, "text", get_plan_text, TITLE, "title of the rule set"},
    {"rules_file", NULL, "text", get_plan_text, RULES_FILE, "the rule file"},
    {"ref", NULL, "text", get_ref, 0, "what a cell or a chart names all projects by: of = results.ref"},
    {"dataset", NULL, "Dataset", get_dataset, 0, "the data that were evaluated"},
    {"period", NULL, "table?", get_period, 0,
     "what the rules choose among periods: name, or weights (a list of name and weight) and missing; overridden "
     "and declared, where the command line chose"},
    {"targets", NULL, "text?", get_targets, TARGETS, "which targets count: \"original\", \"revised\""},
    {"revised_by", NULL, "text?", get_targets, REVISED_BY, "day after which revised targets do not count"},
    {"bureaus", NULL, "list of Bureau", get_units, LEVEL_BUREAU, "all bureaus, in order of the data"},
    {"departments", NULL, "list of Department", get_units, LEVEL_DEPARTMENT, "all departments"},
    {"projects", NULL, "list of Project", get_units, LEVEL_PROJECT, "all projects"},
    {"indicators", NULL, "list of Indicator", get_all_indicators, 0, "all indicators"},
    {"count", NULL, "table", get_total_figures, UNITS_COUNT,
     "projects by key of their band, and total and none"},
    {"percent", NULL, "table", get_total_figures, UNITS_PERCENT, "the same in percent of total, printed"},
    {"indicator_count", NULL, "table?", units_get_indicators, LEVEL_INDICATOR,
     "indicators by key of their band, and total and none, where the rules judge them"},
    {"indicator_percent", NULL, "table?", units_get_indicators, LEVEL_ALL + LEVEL_INDICATOR,
     "the same in percent of total, printed"},
    {"bands", NULL, "list of Band", get_plan_list, BANDS, "the verdicts, in order of the rules"},
    {"indicator_bands", NULL, "list of Band", get_indicator_bands, 0,
     "the verdicts of indicators, in order of the rules; empty where there are none"},
    {"sluggish", NULL, "Band", get_sluggish, 0,
     "the verdict that stands for sluggish: its key is \"sluggish\", else the one of the lowest rates"},
    {"ties", NULL, "text?", get_ties, 0,
     "where equal rates go when the bands have shares: \"better\" or \"worse\""},
    {"params", NULL, "list of Param", get_plan_list, PARAMS, "the numbers that the rules name"},
    {"specials", NULL, "list of Special", get_plan_list, SPECIALS, "the special cases of the rules"},
    {"special_indicators", NULL, "list of Indicator", get_special_indicators, 0,
     "indicators that a special case decided"},
    {"revised_indicators", NULL, "list of Indicator", get_revised, 0, "indicators whose target was revised"},
    {"missing", NULL, "list of table", get_missing, 0, "indicators without a rate: { reason = …, rows = … }"},
    {"narrative", NULL, "table?", get_narrative, 0, "the narrative file, as it is written"},
    {0},
};

static const Class results_class = {"Results", "everything that an evaluation found", results_fields, NULL};

void objects_push_row(lua_State *L, const Dataset *dataset, size_t row) {
    class_push(L, &view_indicator_class, view_of_dataset(L, dataset), row);
}

void objects_push_children(lua_State *L, const Results *results, Level level, size_t unit) {
    static const Class *const classes[LEVEL_COUNT + 1] = {&units_bureau_class, &units_department_class,
                                                          &units_project_class, &view_indicator_class};
    size_t count;
    const uint32_t *children = results_children(results, level, unit, &count);
    class_push_list(L, classes[results_plan(results)->rollups[level].children],
                    view_of_results(L, results, NULL), children, count);
    readonly_push(L, "children");
}

void objects_push_results(lua_State *L, const Results *results, Narrative *narrative) {
    class_push(L, &results_class, view_of_results(L, results, narrative), 0);
}

const Class *const *objects_classes(void) {
    static const Class *const classes[] = {
        &results_class,
        &view_dataset_class,
        &units_bureau_class,
        &units_department_class,
        &units_project_class,
        &view_indicator_class,
        &view_period_class,
        &band_class,
        &param_class,
        &special_class,
        NULL,
    };
    return classes;
}
