#include "lua/units.h"

#include "base/digits.h"
#include "lua/value.h"

#include <lauxlib.h>

/* Counts, the same for every level that has them. */

static void set_count(lua_State *L, Str key, size_t count) {
    lua_pushlstring(L, key.data, key.size);
    lua_pushinteger(L, (lua_Integer)count);
    lua_rawset(L, -3);
}

static void push_counts(lua_State *L, const View *view, Level level, const Counts *counts) {
    const Verdicts *verdicts = &results_plan(view->results)->verdicts[level];
    lua_createtable(L, 0, (int)verdicts->count + 2);
    for (size_t i = 0; i < verdicts->count; i++) set_count(L, verdicts->bands[i].key, counts->band[i]);
    set_count(L, STR("total"), counts->total);
    set_count(L, STR("none"), counts->none);
}

static void set_percent(lua_State *L, const View *view, Str key, size_t part, size_t whole) {
    Buffer *out = value_scratch(L);
    results_print_percent(view->results, part, whole, out);
    lua_pushlstring(L, key.data, key.size);
    view_push_printed(L, out);
    lua_rawset(L, -3);
}

static void push_percents(lua_State *L, const View *view, Level level, const Counts *counts) {
    const Verdicts *verdicts = &results_plan(view->results)->verdicts[level];
    lua_createtable(L, 0, (int)verdicts->count + 2);
    for (size_t i = 0; i < verdicts->count; i++)
        set_percent(L, view, verdicts->bands[i].key, counts->band[i], counts->total);
    set_percent(L, view, STR("total"), counts->total, counts->total);
    set_percent(L, view, STR("none"), counts->none, counts->total);
}

void units_push_figures(lua_State *L, const View *view, const Counts *counts, int part) {
    if (part == UNITS_COUNT)
        push_counts(L, view, LEVEL_PROJECT, counts);
    else
        push_percents(L, view, LEVEL_PROJECT, counts);
}

/* Indicators by verdict: `part` is the level of the unit, LEVEL_INDICATOR for all of them; LEVEL_ALL more: in
 * percent. Nil where the rules do not judge indicators. */
void units_get_indicators(lua_State *L, const void *owner, size_t unit, int part) {
    const View *view = owner;
    if (!results_has_verdict(view->results, LEVEL_INDICATOR)) {
        lua_pushnil(L);
        return;
    }
    Counts counts;
    results_count_indicators(view->results, (Level)(part % LEVEL_ALL), unit, &counts);
    if (part < LEVEL_ALL)
        push_counts(L, view, LEVEL_INDICATOR, &counts);
    else
        push_percents(L, view, LEVEL_INDICATOR, &counts);
}

/* Names of units and of those above them: `part` is the level whose name is wanted. */

static void push_unit_name(lua_State *L, const View *view, Level level, size_t unit, int part) {
    for (; (int)level > part; level = (Level)(level - 1)) unit = dataset_parent(view->dataset, level, unit);
    Str name = dataset_level_name(view->dataset, level, unit);
    lua_pushlstring(L, name.data, name.size);
}

static void get_project_name(lua_State *L, const void *owner, size_t project, int part) {
    push_unit_name(L, owner, LEVEL_PROJECT, project, part);
}

static void get_indicators(lua_State *L, const void *owner, size_t project, int part) {
    (void)part;
    const View *view = owner;
    size_t count;
    const uint32_t *rows = dataset_children(view->dataset, LEVEL_PROJECT, project, &count);
    class_push_list(L, &view_indicator_class, view, rows, count);
}

/* Rates of a project, a department, a bureau: `part` is the level. Nil where the rules give that level none.
 */
static void get_unit_rate(lua_State *L, const void *owner, size_t unit, int part) {
    const Results *results = ((const View *)owner)->results;
    Level level = (Level)part;
    if (results_has_rate(results, level) && results_unit_missing(results, level, unit) == MISSING_NONE)
        lua_pushnumber(L, results_unit_rate(results, level, unit));
    else
        lua_pushnil(L);
}

static void get_unit_printed(lua_State *L, const void *owner, size_t unit, int part) {
    const Results *results = ((const View *)owner)->results;
    Buffer *out = value_scratch(L);
    if (results_has_rate(results, (Level)part)) results_print_unit(results, (Level)part, unit, out);
    view_push_printed(L, out);
}

static void get_unit_missing(lua_State *L, const void *owner, size_t unit, int part) {
    const Results *results = ((const View *)owner)->results;
    view_push_missing(L, results_has_rate(results, (Level)part)
                             ? results_unit_missing(results, (Level)part, unit)
                             : MISSING_NONE);
}

static void get_shortfall(lua_State *L, const void *owner, size_t project, int part) {
    (void)part;
    Buffer *out = value_scratch(L);
    results_print_shortfall(((const View *)owner)->results, project, out);
    view_push_printed(L, out);
}

/* The verdict of a unit: `part` is the level, or for the band's name LEVEL_ALL more. Last year's rate in the
 * same way: what stands behind LEVEL_ALL is as printed. */

static void get_verdict(lua_State *L, const void *owner, size_t unit, int part) {
    const Results *results = ((const View *)owner)->results;
    view_push_verdict(L, results, (Level)(part % LEVEL_ALL), unit, part >= LEVEL_ALL);
}

static void get_last_year(lua_State *L, const void *owner, size_t unit, int part) {
    const Results *results = ((const View *)owner)->results;
    view_push_last_year(L, results, (Level)(part % LEVEL_ALL), unit, part >= LEVEL_ALL);
}

static void get_trend(lua_State *L, const void *owner, size_t unit, int part) {
    lua_pushstring(L, trend_name(results_trend(((const View *)owner)->results, (Level)part, unit)));
}

static void set_text(lua_State *L, const char *name, Str text) {
    lua_pushlstring(L, text.data, text.size);
    lua_setfield(L, -2, name);
}

/* What a special case changes of a project: points or verdict. */
static void set_change(lua_State *L, const Results *results, const Case *special) {
    if (special->adjust == ADJUST_POINTS) {
        Buffer *out = value_scratch(L);
        decimal_write(out, &special->points);
        view_push_printed(L, out);
        lua_setfield(L, -2, "points");
    } else {
        const Band *band = &results_plan(results)->verdicts[LEVEL_PROJECT].bands[special->verdict];
        set_text(L, "verdict", band->key);
        set_text(L, "verdict_name", band->name);
    }
}

static void get_adjustments(lua_State *L, const void *owner, size_t project, int part) {
    (void)part;
    const Results *results = ((const View *)owner)->results;
    size_t count = results_adjustments(results, project);
    lua_newtable(L);
    for (size_t i = 0; i < count; i++) {
        const Case *special = results_adjustment(results, project, i);
        lua_createtable(L, 0, 4);
        set_text(L, "path", special->path);
        set_text(L, "because", special->because);
        set_change(L, results, special);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

enum { REF_ROOM = 1 + DIGITS_ROOM };

static Str write_ref(char *room, Level level, size_t unit) {
    room[0] = "bdp"[level];
    return (Str){room, (size_t)(digits_put(room + 1, (int64_t)unit + 1, 0) - room)};
}

Str units_ref(Arena *arena, Level level, size_t unit) {
    char room[REF_ROOM];
    return arena_copy(arena, write_ref(room, level, unit));
}

static void get_ref(lua_State *L, const void *owner, size_t unit, int level) {
    (void)owner;
    char room[REF_ROOM];
    Str ref = write_ref(room, (Level)level, unit);
    lua_pushlstring(L, ref.data, ref.size);
}

static const ClassField project_fields[] = {
    {"name", "주요사업", "text", get_project_name, LEVEL_PROJECT, "the project's name"},
    {"ref", NULL, "text", get_ref, LEVEL_PROJECT, "what a cell or a chart names it by: of = project.ref"},
    {"bureau", "국", "text", get_project_name, LEVEL_BUREAU, "name of its bureau"},
    {"department", "부서", "text", get_project_name, LEVEL_DEPARTMENT, "name of its department"},
    {"indicators", NULL, "list of Indicator", get_indicators, 0, "its indicators, in order of the data"},
    {"rate", NULL, "number?", get_unit_rate, LEVEL_PROJECT, "rate in percent, for comparisons"},
    {"rate_printed", NULL, "text?", get_unit_printed, LEVEL_PROJECT, "rate as the rules round it"},
    {"missing", NULL, "text?", get_unit_missing, LEVEL_PROJECT, "why there is no rate"},
    {"verdict", NULL, "text?", get_verdict, LEVEL_PROJECT, "key of its band; nil without a rate"},
    {"verdict_name", NULL, "text?", get_verdict, LEVEL_ALL + LEVEL_PROJECT, "printed name of its band"},
    {"adjustments", NULL, "list of table", get_adjustments, 0,
     "special cases that changed it: { path, because, points } or { path, because, verdict, verdict_name }"},
    {"shortfall_printed", NULL, "text?", get_shortfall, 0,
     "by how many points the rate lies below the upper bound of its band"},
    {"last_year", NULL, "number?", get_last_year, LEVEL_PROJECT,
     "last year's rate, where the rules say what it is"},
    {"last_year_printed", NULL, "text?", get_last_year, LEVEL_ALL + LEVEL_PROJECT,
     "that rate as the rules round it"},
    {"trend", NULL, "text?", get_trend, LEVEL_PROJECT,
     "where the rate went since last year: \"up\", \"down\" or \"same\""},
    {"indicator_count", NULL, "table?", units_get_indicators, LEVEL_PROJECT,
     "its indicators by key of their band, and total and none, where the rules judge them"},
    {"indicator_percent", NULL, "table?", units_get_indicators, LEVEL_ALL + LEVEL_PROJECT,
     "the same in percent of total, printed"},
    {0},
};

const Class units_project_class = {"Project", "a project: its indicators, rate and verdict", project_fields,
                                   NULL};

static void get_department_name(lua_State *L, const void *owner, size_t department, int part) {
    push_unit_name(L, owner, LEVEL_DEPARTMENT, department, part);
}

static void get_department_projects(lua_State *L, const void *owner, size_t department, int part) {
    (void)part;
    const View *view = owner;
    size_t count;
    const uint32_t *projects = dataset_children(view->dataset, LEVEL_DEPARTMENT, department, &count);
    class_push_list(L, &units_project_class, view, projects, count);
}

static void get_department_figures(lua_State *L, const void *owner, size_t department, int part) {
    const View *view = owner;
    units_push_figures(L, view, results_department(view->results, department), part);
}

static const ClassField department_fields[] = {
    {"name", "부서", "text", get_department_name, LEVEL_DEPARTMENT, "the department's name"},
    {"ref", NULL, "text", get_ref, LEVEL_DEPARTMENT,
     "what a cell or a chart names it by: of = department.ref"},
    {"bureau", "국", "text", get_department_name, LEVEL_BUREAU, "name of its bureau"},
    {"projects", NULL, "list of Project", get_department_projects, 0, "its projects, in order of the data"},
    {"rate", NULL, "number?", get_unit_rate, LEVEL_DEPARTMENT, "rate, where the rules give departments one"},
    {"rate_printed", NULL, "text?", get_unit_printed, LEVEL_DEPARTMENT, "that rate as the rules round it"},
    {"missing", NULL, "text?", get_unit_missing, LEVEL_DEPARTMENT, "why there is none, where it should be"},
    {"verdict", NULL, "text?", get_verdict, LEVEL_DEPARTMENT,
     "key of its band, where the rules judge departments"},
    {"verdict_name", NULL, "text?", get_verdict, LEVEL_ALL + LEVEL_DEPARTMENT, "printed name of that band"},
    {"count", NULL, "table", get_department_figures, UNITS_COUNT,
     "projects by key of their band, and total and none"},
    {"percent", NULL, "table", get_department_figures, UNITS_PERCENT,
     "the same in percent of total, printed"},
    {"last_year", NULL, "number?", get_last_year, LEVEL_DEPARTMENT,
     "last year's rate, where the rules say what it is"},
    {"last_year_printed", NULL, "text?", get_last_year, LEVEL_ALL + LEVEL_DEPARTMENT,
     "that rate as the rules round it"},
    {"trend", NULL, "text?", get_trend, LEVEL_DEPARTMENT,
     "where the rate went since last year: \"up\", \"down\" or \"same\""},
    {"indicator_count", NULL, "table?", units_get_indicators, LEVEL_DEPARTMENT,
     "its indicators by key of their band, and total and none, where the rules judge them"},
    {"indicator_percent", NULL, "table?", units_get_indicators, LEVEL_ALL + LEVEL_DEPARTMENT,
     "the same in percent of total, printed"},
    {0},
};

const Class units_department_class = {"Department", "a department and its projects", department_fields, NULL};

static void get_bureau_name(lua_State *L, const void *owner, size_t bureau, int part) {
    push_unit_name(L, owner, LEVEL_BUREAU, bureau, part);
}

static void get_bureau_departments(lua_State *L, const void *owner, size_t bureau, int part) {
    (void)part;
    const View *view = owner;
    size_t count;
    const uint32_t *departments = dataset_children(view->dataset, LEVEL_BUREAU, bureau, &count);
    class_push_list(L, &units_department_class, view, departments, count);
}

/* The projects of all departments of the bureau. */
static void get_bureau_projects(lua_State *L, const void *owner, size_t bureau, int part) {
    (void)part;
    const View *view = owner;
    size_t departments, projects;
    const uint32_t *department = dataset_children(view->dataset, LEVEL_BUREAU, bureau, &departments);
    lua_Integer length = 0;
    lua_newtable(L);
    for (size_t i = 0; i < departments; i++) {
        const uint32_t *project = dataset_children(view->dataset, LEVEL_DEPARTMENT, department[i], &projects);
        for (size_t k = 0; k < projects; k++) {
            class_push(L, &units_project_class, view, project[k]);
            lua_rawseti(L, -2, ++length);
        }
    }
}

static void get_bureau_figures(lua_State *L, const void *owner, size_t bureau, int part) {
    const View *view = owner;
    units_push_figures(L, view, results_bureau(view->results, bureau), part);
}

static const ClassField bureau_fields[] = {
    {"name", "국", "text", get_bureau_name, LEVEL_BUREAU, "the bureau's name"},
    {"ref", NULL, "text", get_ref, LEVEL_BUREAU, "what a cell or a chart names it by: of = bureau.ref"},
    {"departments", NULL, "list of Department", get_bureau_departments, 0,
     "its departments, in order of the data"},
    {"projects", NULL, "list of Project", get_bureau_projects, 0, "the projects of all its departments"},
    {"rate", NULL, "number?", get_unit_rate, LEVEL_BUREAU, "rate, where the rules give bureaus one"},
    {"rate_printed", NULL, "text?", get_unit_printed, LEVEL_BUREAU, "that rate as the rules round it"},
    {"missing", NULL, "text?", get_unit_missing, LEVEL_BUREAU, "why there is none, where it should be"},
    {"verdict", NULL, "text?", get_verdict, LEVEL_BUREAU, "key of its band, where the rules judge bureaus"},
    {"verdict_name", NULL, "text?", get_verdict, LEVEL_ALL + LEVEL_BUREAU, "printed name of that band"},
    {"count", NULL, "table", get_bureau_figures, UNITS_COUNT,
     "projects by key of their band, and total and none"},
    {"percent", NULL, "table", get_bureau_figures, UNITS_PERCENT, "the same in percent of total, printed"},
    {"last_year", NULL, "number?", get_last_year, LEVEL_BUREAU,
     "last year's rate, where the rules say what it is"},
    {"last_year_printed", NULL, "text?", get_last_year, LEVEL_ALL + LEVEL_BUREAU,
     "that rate as the rules round it"},
    {"trend", NULL, "text?", get_trend, LEVEL_BUREAU,
     "where the rate went since last year: \"up\", \"down\" or \"same\""},
    {"indicator_count", NULL, "table?", units_get_indicators, LEVEL_BUREAU,
     "its indicators by key of their band, and total and none, where the rules judge them"},
    {"indicator_percent", NULL, "table?", units_get_indicators, LEVEL_ALL + LEVEL_BUREAU,
     "the same in percent of total, printed"},
    {0},
};

const Class units_bureau_class = {"Bureau", "a bureau, its departments and projects", bureau_fields, NULL};
