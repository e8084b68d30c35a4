#include "lua/view.h"

#include "base/text.h"
#include "lua/cells.h"
#include "lua/readonly.h"
#include "lua/state.h"
#include "lua/value.h"
#include "model/excel.h"

#include <lauxlib.h>

static View *new_view(lua_State *L, const Dataset *dataset, const void *key) {
    size_t count = dataset_columns(dataset);
    View *view = lua_newuserdatauv(L, sizeof *view + count * sizeof(int), 0);
    *view = (View){.dataset = dataset, .words = (int *)(view + 1)};
    for (size_t i = 0; i < count; i++) view->words[i] = LUA_NOREF;
    for (ColumnId id = 0; id < COLUMN_KNOWN; id++)
        if (!dataset_find_column(dataset, str_of(column_info(id)->name), &view->columns[id]))
            view->columns[id] = SIZE_MAX;
    lua_rawsetp(L, LUA_REGISTRYINDEX, key);
    return view;
}

static View *find_view(lua_State *L, const void *key) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, key);
    View *view = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return view;
}

const View *view_of_dataset(lua_State *L, const Dataset *dataset) {
    View *view = find_view(L, dataset);
    return view ? view : new_view(L, dataset, dataset);
}

const View *view_of_results(lua_State *L, const Results *results, Narrative *narrative) {
    View *view = find_view(L, results);
    if (!view) view = new_view(L, results_dataset(results), results);
    view->results = results;
    view->narrative = narrative;
    return view;
}

void view_push_printed(lua_State *L, const Buffer *out) { value_push_text(L, buffer_view(out)); }

void view_push_missing(lua_State *L, Missing reason) {
    if (reason == MISSING_NONE)
        lua_pushnil(L);
    else
        lua_pushstring(L, missing_name(reason));
}

static void push_cell(lua_State *L, const View *view, size_t column, size_t row) {
    cells_push(L, view->dataset, view->words, column, row);
}

static void get_row(lua_State *L, const void *owner, size_t row, int part) {
    (void)part;
    lua_pushinteger(L, (lua_Integer)dataset_record(((const View *)owner)->dataset, row) + 1);
}

static void get_column(lua_State *L, const void *owner, size_t row, int part) {
    const View *view = owner;
    if (view->columns[part] == SIZE_MAX)
        lua_pushnil(L);
    else
        push_cell(L, view, view->columns[part], row);
}

static void get_column_printed(lua_State *L, const void *owner, size_t row, int part) {
    const View *view = owner;
    size_t column = view->columns[part];
    const NumberColumn *numbers = column == SIZE_MAX ? NULL : dataset_numbers(view->dataset, column);
    Buffer *out = value_scratch(L);
    Decimal number;
    if (numbers && dataset_number(numbers, row, &number) == MISSING_NONE) decimal_write(out, &number);
    view_push_printed(L, out);
}

/* The list is made once a project: `owner` leads to the last one in the registry. */
static void get_siblings(lua_State *L, const void *owner, size_t row, int part) {
    (void)part;
    const View *view = owner;
    uint32_t project = dataset_project(view->dataset, row);
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, owner) == LUA_TTABLE) {
        lua_rawgeti(L, -1, 1);
        bool last = lua_tointeger(L, -1) == (lua_Integer)project;
        lua_pop(L, 1);
        if (last) {
            lua_rawgeti(L, -1, 2);
            return;
        }
    }
    size_t count;
    const uint32_t *rows = dataset_children(view->dataset, LEVEL_PROJECT, project, &count);
    lua_createtable(L, 2, 0);
    lua_pushinteger(L, (lua_Integer)project);
    lua_rawseti(L, -2, 1);
    class_push_list(L, &view_indicator_class, view, rows, count);
    readonly_push(L, "siblings");
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, 2);
    lua_insert(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, owner);
}

/* A column of the vocabulary that the data lack is known too: it is blank. */
static bool find_raw(lua_State *L, const Dataset *dataset, Str name, size_t *column) {
    ColumnId id;
    *column = SIZE_MAX;
    if (dataset_find_column(dataset, name, column) || column_find(name, &id)) return true;
    size_t count = dataset_columns(dataset);
    Str *names = lua_newuserdatauv(L, (count + 2 * (size_t)COLUMN_KNOWN) * sizeof *names, 0);
    for (size_t i = 0; i < count; i++) names[i] = dataset_column_name(dataset, i);
    for (id = 0; id < COLUMN_KNOWN; id++) {
        names[count++] = str_of(column_info(id)->name);
        names[count++] = str_of(column_info(id)->label);
    }
    Str near = text_nearest(name, names, count), shown = str_slice(name, 0, text_fit(name, 60));
    if (near.size)
        state_raise(L, TEXT_NO_FIELD_NEAR, str_of(view_indicator_class.name), shown, near);
    else
        state_raise(L, TEXT_NO_FIELD, str_of(view_indicator_class.name), shown);
    return false;
}

/* Stack: the row, the column's name. */
static int raw_text(lua_State *L) {
    const void *owner;
    size_t row, column;
    if (!class_read(L, 1, &view_indicator_class, &owner, &row) || lua_type(L, 2) != LUA_TSTRING)
        return state_raise_plain(L, TEXT_RAW_USE);
    const View *view = owner;
    if (view->results) return state_raise_plain(L, TEXT_RAW_IN_REPORT);
    Str name = {0};
    name.data = lua_tolstring(L, 2, &name.size);
    if (!find_raw(L, view->dataset, name, &column)) return 0;
    Buffer *out = value_scratch(L);
    if (column != SIZE_MAX) dataset_add_written(view->dataset, column, row, out);
    lua_pushlstring(L, out->size ? out->data : "", out->size);
    return 1;
}

static void get_raw(lua_State *L, const void *owner, size_t row, int part) {
    (void)owner, (void)row, (void)part;
    lua_pushcfunction(L, raw_text);
}

static bool find_column(const void *owner, const char *name, size_t size, int *part) {
    size_t column;
    bool there = dataset_find_column(((const View *)owner)->dataset, (Str){name, size}, &column);
    if (there) *part = (int)column;
    return there;
}

static void get_other_column(lua_State *L, const void *owner, size_t row, int part) {
    push_cell(L, owner, (size_t)part, row);
}

static const ClassOther own_columns = {find_column, get_other_column};

enum {
    RATE,
    RATE_PRINTED,
    FORMULA,
    MISSING,
    CASE,
    SPECIAL,
    FAILURE,
    VERDICT,
    VERDICT_NAME,
    LAST,
    LAST_PRINTED,
    TREND,
    BECAUSE
};

void view_push_verdict(lua_State *L, const Results *results, Level level, size_t unit, bool name) {
    const Band *band = results_band(results, level, unit);
    if (band)
        value_push_text(L, name ? band->name : band->key);
    else
        lua_pushnil(L);
}

void view_push_last_year(lua_State *L, const Results *results, Level level, size_t unit, bool printed) {
    const Results *last = results_last_year(results);
    bool known =
        last && results_has_rate(last, level) && results_unit_missing(last, level, unit) == MISSING_NONE;
    Buffer *out = value_scratch(L);
    if (!known) {
        lua_pushnil(L);
    } else if (printed) {
        results_print_unit(last, level, unit, out);
        view_push_printed(L, out);
    } else {
        lua_pushnumber(L, results_unit_rate(last, level, unit));
    }
}

static void get_rate(lua_State *L, const Results *results, size_t row) {
    if (results_row_missing(results, row) == MISSING_NONE)
        lua_pushnumber(L, results_row_rate(results, row));
    else
        lua_pushnil(L);
}

static void get_case(lua_State *L, const Results *results, size_t row, int part) {
    const Case *decided = results_row_case(results, row);
    bool wanted = decided && (part == CASE || results_row_special(results, row));
    if (!wanted)
        lua_pushnil(L);
    else
        value_push_text(L, part == CASE ? decided->path : decided->because);
}

static void get_because(lua_State *L, const Results *results, size_t row) {
    const Case *given = results_row_given(results, row);
    if (given)
        value_push_text(L, given->because);
    else
        lua_pushnil(L);
}

static void get_result(lua_State *L, const void *owner, size_t row, int part) {
    const View *view = owner;
    const Results *results = view->results;
    if (!results) {
        state_raise_plain(L, TEXT_NO_RESULT_YET);
        return;
    }
    Buffer *out = value_scratch(L);
    switch (part) {
    case RATE:
        get_rate(L, results, row);
        break;
    case RATE_PRINTED:
        results_print_row(results, row, out);
        view_push_printed(L, out);
        break;
    case FORMULA:
        excel_row(results, row, out);
        view_push_printed(L, out);
        break;
    case MISSING:
        view_push_missing(L, results_row_missing(results, row));
        break;
    case FAILURE:
        /* reports are in Korean, whatever the language of messages */
        value_push_text(L, message_part(results_row_failure(results, row), LANGUAGE_KO));
        break;
    case VERDICT:
    case VERDICT_NAME:
        view_push_verdict(L, results, LEVEL_INDICATOR, row, part == VERDICT_NAME);
        break;
    case LAST:
    case LAST_PRINTED:
        view_push_last_year(L, results, LEVEL_INDICATOR, row, part == LAST_PRINTED);
        break;
    case BECAUSE:
        get_because(L, results, row);
        break;
    case TREND:
        lua_pushstring(L, trend_name(results_trend(results, LEVEL_INDICATOR, row)));
        break;
    default:
        get_case(L, results, row, part);
    }
}

/* ---- periods and revisions */

enum { PERIOD_RATE, PERIOD_RATE_PRINTED, PERIOD_MISSING };

/* Of a row in its period; a row that is set aside has none. */
static void get_period_result(lua_State *L, const void *owner, size_t row, int part) {
    const View *view = owner;
    if (!view->results) {
        state_raise_plain(L, TEXT_NO_RESULT_YET);
        return;
    }
    Buffer *out = value_scratch(L);
    bool rated = row < dataset_rated_rows(view->dataset);
    Missing missing = rated ? results_period_missing(view->results, row) : MISSING_NONE;
    if (part == PERIOD_MISSING) {
        view_push_missing(L, missing);
    } else if (part == PERIOD_RATE && rated && missing == MISSING_NONE) {
        lua_pushnumber(L, results_period_rate(view->results, row));
    } else {
        if (part == PERIOD_RATE_PRINTED && rated) results_print_period(view->results, row, out);
        view_push_printed(L, out);
    }
}

static void get_period_counts(lua_State *L, const void *owner, size_t row, int part) {
    (void)part;
    lua_pushboolean(L, row < dataset_rated_rows(((const View *)owner)->dataset));
}

static const ClassField period_fields[] = {
    {"row", NULL, "integer", get_row, 0, "number of the record in the data, from 1"},
    {"name", "기간", "text", get_column, COLUMN_PERIOD, "the period"},
    {"target", "목표", "number?", get_column, COLUMN_TARGET, "target of the period"},
    {"target_printed", NULL, "text?", get_column_printed, COLUMN_TARGET, "that target as written"},
    {"actual", "실적", "number?", get_column, COLUMN_ACTUAL, "actual of the period"},
    {"actual_printed", NULL, "text?", get_column_printed, COLUMN_ACTUAL, "that actual as written"},
    {"counts", NULL, "boolean", get_period_counts, 0,
     "true when it goes into the rate, false when set aside"},
    {"rate", NULL, "number?", get_period_result, PERIOD_RATE,
     "rate in the period, where it counts; reports only"},
    {"rate_printed", NULL, "text?", get_period_result, PERIOD_RATE_PRINTED,
     "that rate as the rules round it; reports only"},
    {"missing", NULL, "text?", get_period_result, PERIOD_MISSING,
     "why there is no rate, where it counts; reports only"},
    {0},
};

const Class view_period_class = {"Period", "one record of an indicator that stands in several periods",
                                 period_fields, &own_columns};

static void get_periods(lua_State *L, const void *owner, size_t row, int part) {
    (void)part;
    const View *view = owner;
    size_t count = 0;
    const uint32_t *rows = NULL;
    if (row < dataset_rows(view->dataset)) rows = dataset_periods(view->dataset, row, &count);
    class_push_list(L, &view_period_class, view, rows, count);
}

void view_set_text(lua_State *L, const char *name, Str text) {
    value_push_text(L, text);
    lua_setfield(L, -2, name);
}

static void get_revision(lua_State *L, const void *owner, size_t row, int part) {
    (void)part;
    const View *view = owner;
    Revision revision;
    bool any = view->columns[COLUMN_REVISED_TARGET] != SIZE_MAX;
    if (!any || !revision_of(view->dataset, row, &revision)) {
        lua_pushnil(L);
        return;
    }
    lua_createtable(L, 0, 6);
    value_push_number(L, &revision.target);
    lua_setfield(L, -2, "target");
    Buffer *out = value_scratch(L);
    decimal_write(out, &revision.target);
    view_push_printed(L, out);
    lua_setfield(L, -2, "target_printed");
    view_set_text(L, "date", revision.date);
    view_set_text(L, "reason", revision.reason);
    view_set_text(L, "evidence", revision.evidence);
    if (!view->results) return;
    lua_pushboolean(L, revision_counts(&results_plan(view->results)->targets, &revision));
    lua_setfield(L, -2, "counts");
}

static const ClassField indicator_fields[] = {
    {"row", NULL, "integer", get_row, 0, "number of the record in the data, from 1"},
    {"name", NULL, "text", get_column, COLUMN_INDICATOR, "the indicator's name (as `indicator`)"},
    {"bureau", "국", "text", get_column, COLUMN_BUREAU, "bureau that the department belongs to"},
    {"department", "부서", "text", get_column, COLUMN_DEPARTMENT, "department that runs the project"},
    {"project", "주요사업", "text", get_column, COLUMN_PROJECT, "project that the indicator measures"},
    {"indicator", "성과지표", "text", get_column, COLUMN_INDICATOR, "what is measured"},
    {"unit", "단위", "text?", get_column, COLUMN_UNIT, "unit of target and actual"},
    {"target", "목표", "number?", get_column, COLUMN_TARGET, "value to be reached"},
    {"target_printed", NULL, "text?", get_column_printed, COLUMN_TARGET, "target as written, such as 97.0"},
    {"actual", "실적", "number?", get_column, COLUMN_ACTUAL, "value that was reached"},
    {"actual_printed", NULL, "text?", get_column_printed, COLUMN_ACTUAL, "actual as written"},
    {"published_rate", "공표달성률", "number?", get_column, COLUMN_PUBLISHED_RATE,
     "rate as published, in percent"},
    {"published_rate_printed", NULL, "text?", get_column_printed, COLUMN_PUBLISHED_RATE,
     "published rate as written"},
    {"id", "번호", "text?", get_column, COLUMN_ID, "name of the record, unique in the data"},
    {"polarity", "지표방향", "text?", get_column, COLUMN_POLARITY,
     "whether a higher or a lower actual is better"},
    {"weight", "가중치", "number?", get_column, COLUMN_WEIGHT, "weight of the indicator in its project"},
    {"note", "비고", "text?", get_column, COLUMN_NOTE, "remark"},
    {"reason", "사유", "text?", get_column, COLUMN_REASON, "why the target was missed"},
    {"countermeasure", "대책", "text?", get_column, COLUMN_COUNTERMEASURE, "what is done about it"},
    {"base", "기준연도실적", "number?", get_column, COLUMN_BASE, "actual of the base year"},
    {"lower_bound", "하한", "number?", get_column, COLUMN_LOWER_BOUND, "lower end of the range aimed at"},
    {"upper_bound", "상한", "number?", get_column, COLUMN_UPPER_BOUND, "upper end of the range aimed at"},
    {"milestones", "단계", "text?", get_column, COLUMN_MILESTONES, "stages that actual counts, in words"},
    {"period", "기간", "text?", get_column, COLUMN_PERIOD, "period that the numbers are of"},
    {"grade", "등급", "text?", get_column, COLUMN_GRADE, "grade that a judge gave"},
    {"previous_target", "전년목표", "number?", get_column, COLUMN_PREVIOUS_TARGET,
     "target of the year before"},
    {"previous_actual", "전년실적", "number?", get_column, COLUMN_PREVIOUS_ACTUAL,
     "actual of the year before"},
    {"previous_rate", "전년달성률", "number?", get_column, COLUMN_PREVIOUS_RATE,
     "rate of the year before, in percent"},
    {"periods", NULL, "list of Period", get_periods, 0,
     "its records in all periods, in order of the data; none where the rules choose no period"},
    {"original_target", "당초목표", "number?", get_column, COLUMN_ORIGINAL_TARGET,
     "target of the file, where a revised one may count as target"},
    {"original_target_printed", NULL, "text?", get_column_printed, COLUMN_ORIGINAL_TARGET,
     "that target as written"},
    {"revised_target", "변경목표", "number?", get_column, COLUMN_REVISED_TARGET, "revised target"},
    {"revised_on", "변경일", "text?", get_column, COLUMN_REVISED_ON, "day of the revision, YYYY-MM-DD"},
    {"revision_reason", "변경사유", "text?", get_column, COLUMN_REVISION_REASON,
     "why the target was revised"},
    {"revision_evidence", "변경근거", "text?", get_column, COLUMN_REVISION_EVIDENCE,
     "document that revised the target"},
    {"revision", NULL, "table?", get_revision, 0,
     "the revision of the target: target, target_printed, date, reason, evidence and, in reports, whether it "
     "counts"},
    {"siblings", NULL, "list of Indicator", get_siblings, 0,
     "all records of its project, itself too, in order of the data"},
    {"raw", NULL, "function", get_raw, 0, "i:raw(\"target\"): the cell as it stands in the file; rules only"},
    {"rate", NULL, "number?", get_result, RATE, "rate in percent, for comparisons; reports only"},
    {"rate_printed", NULL, "text?", get_result, RATE_PRINTED, "rate as the rules round it; reports only"},
    {"rate_formula", NULL, "text?", get_result, FORMULA,
     "what computes that in a spreadsheet, with {target} for cells of the row; reports only"},
    {"missing", NULL, "text?", get_result, MISSING, "why there is no rate; reports only"},
    {"verdict", NULL, "text?", get_result, VERDICT,
     "key of its band, where the rules judge indicators; reports only"},
    {"verdict_name", NULL, "text?", get_result, VERDICT_NAME, "printed name of that band; reports only"},
    {"verdict_because", NULL, "text?", get_result, BECAUSE,
     "reason of the special case that gave that verdict; reports only"},
    {"last_year", NULL, "number?", get_result, LAST,
     "last year's rate, where the rules say what it is; reports only"},
    {"last_year_printed", NULL, "text?", get_result, LAST_PRINTED,
     "that rate as the rules round it; reports only"},
    {"trend", NULL, "text?", get_result, TREND,
     "where the rate went since last year: \"up\", \"down\" or \"same\"; reports only"},
    {"case", NULL, "text?", get_result, CASE,
     "entry of the rules that decided, such as rate[1]; reports only"},
    {"special", NULL, "text?", get_result, SPECIAL, "reason of the special case that decided; reports only"},
    {"failure", NULL, "text?", get_result, FAILURE,
     "what the rule's function said when it failed; reports only"},
    {0},
};

const Class view_indicator_class = {"Indicator", "one record of the data; its own columns are fields too",
                                    indicator_fields, &own_columns};

/* The Indicator's field of that name or label. */
static const ClassField *find_field(Str name) {
    const ClassField *field = indicator_fields;
    while (field->name && !str_is(name, field->name) && !(field->label && str_is(name, field->label)))
        field++;
    return field->name ? field : NULL;
}

bool view_find_cell(const View *view, const char *name, size_t size, size_t *column) {
    const ClassField *field = find_field((Str){name, size});
    if (!field) return dataset_find_column(view->dataset, (Str){name, size}, column);
    *column = field->get == get_column ? view->columns[field->part] : SIZE_MAX;
    return *column != SIZE_MAX;
}

bool view_lacks_cell(const View *view, Str name) {
    const ClassField *field = find_field(name);
    return field && field->get == get_column && view->columns[field->part] == SIZE_MAX;
}
