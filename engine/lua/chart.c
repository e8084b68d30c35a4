#include "lua/chart.h"

#include <math.h>

/* ---- reading */

/* The number on top: one of Lua's, or as the engine prints it. */
static double read_number(Reader *r) {
    Str text = {0};
    bool printed = lua_type(r->L, -1) == LUA_TSTRING;
    if (printed) text.data = lua_tolstring(r->L, -1, &text.size);
    bool good = printed ? reader_is_number(text) : lua_type(r->L, -1) == LUA_TNUMBER;
    double number = good ? (double)lua_tonumber(r->L, -1) : 0;
    if (!good && !printed) {
        reader_wrong_type(r, TEXT_SHAPE_NUMBER);
    } else if (!good || !isfinite(number)) {
        reader_fault_plain(r, TEXT_DOCUMENT_NUMBER);
        return 0;
    }
    return number;
}

static double read_number_at(Reader *r, int from, const char *name) {
    reader_enter(r, from, name);
    double number = read_number(r);
    reader_leave(r);
    return number;
}

static void read_value(Reader *r, ChartValue *value) {
    static const char *const keys[] = {"value", "text", "label", "mark", "of", NULL};
    if (lua_type(r->L, -1) != LUA_TTABLE) {
        value->value = read_number(r);
        return;
    }
    int from = lua_gettop(r->L);
    reader_check_keys(r, keys);
    value->value = read_number_at(r, from, "value");
    value->text = reader_text_at(r, from, "text", false);
    value->label = reader_text_at(r, from, "label", false);
    value->mark = reader_text_at(r, from, "mark", false);
    value->of = reader_text_at(r, from, "of", false);
}

/* Length of the list `name`, on which the reader stands then. */
static size_t enter_list(Reader *r, int from, const char *name) {
    size_t count = 0;
    reader_enter(r, from, name);
    return reader_list_length(r, CHART_VALUES - r->values, &count) ? count : 0;
}

static void read_row(Reader *r, ChartRow *row, size_t series) {
    static const char *const keys[] = {"label", "of", "values", NULL};
    if (!reader_is_table(r, TEXT_SHAPE_CHART_ROW)) return;
    int from = lua_gettop(r->L);
    reader_check_keys(r, keys);
    row->label = reader_text_at(r, from, "label", true);
    row->of = reader_text_at(r, from, "of", false);
    size_t count = enter_list(r, from, "values");
    ChartValue *values = arena_new(r->arena, count, sizeof *values);
    int list = lua_gettop(r->L);
    for (size_t i = 0; i < count; i++) {
        reader_enter_at(r, list, i + 1);
        read_value(r, &values[i]);
        reader_leave(r);
    }
    if (series && count != series)
        reader_fault(r, TEXT_DOCUMENT_SERIES, reader_count(r, count), reader_count(r, series));
    reader_leave(r);
    r->values += count;
    row->values = values;
    row->value_count = count;
}

static void read_rows(Reader *r, int from, DocumentChart *chart) {
    static const bool one_each[CHART_KINDS] = {[CHART_STACKED] = true, [CHART_SLOPE] = true};
    size_t series = one_each[chart->kind] ? chart->series_count : 0, count = enter_list(r, from, "rows");
    if (chart->kind == CHART_BULLET) series = 1;
    ChartRow *rows = arena_new(r->arena, count, sizeof *rows);
    int list = lua_gettop(r->L);
    for (size_t i = 0; i < count; i++) {
        reader_enter_at(r, list, i + 1);
        read_row(r, &rows[i], series);
        reader_leave(r);
    }
    reader_leave(r);
    chart->rows = rows;
    chart->row_count = count;
}

static void read_one_series(Reader *r, ChartSeries *series) {
    static const char *const keys[] = {"name", "key", "alert", NULL};
    if (!reader_is_table(r, TEXT_SHAPE_CHART_SERIES)) return;
    int from = lua_gettop(r->L);
    reader_check_keys(r, keys);
    series->name = reader_text_at(r, from, "name", true);
    series->key = reader_text_at(r, from, "key", false);
    series->alert = reader_flag_at(r, from, "alert");
}

static void read_series(Reader *r, int from, DocumentChart *chart) {
    if (!reader_has(r, from, "series") && chart->kind != CHART_STACKED && chart->kind != CHART_SLOPE) return;
    size_t count = enter_list(r, from, "series");
    int list = lua_gettop(r->L);
    if (chart->kind == CHART_SLOPE && count != 2)
        reader_fault(r, TEXT_DOCUMENT_SERIES, reader_count(r, count), reader_count(r, 2));
    ChartSeries *series = arena_new(r->arena, count, sizeof *series);
    for (size_t i = 0; i < count; i++) {
        reader_enter_at(r, list, i + 1);
        read_one_series(r, &series[i]);
        reader_leave(r);
    }
    reader_leave(r);
    chart->series = series;
    chart->series_count = count;
}

/* The number `name` as text; one of Lua's is an integer. */
static Str printed_at(Reader *r, int from, const char *name) {
    Str text = {0};
    reader_enter(r, from, name);
    if (lua_isinteger(r->L, -1))
        text = arena_format(r->arena, "%lld", (long long)lua_tointeger(r->L, -1));
    else
        text = reader_text(r);
    reader_leave(r);
    return text;
}

static void read_line(Reader *r, int from, const char *name, ChartLine *line) {
    static const char *const keys[] = {"value", "label", "param", NULL};
    if (!reader_has(r, from, name)) return;
    reader_enter(r, from, name);
    if (reader_is_table(r, TEXT_SHAPE_CHART_LINE)) {
        int table = lua_gettop(r->L);
        reader_check_keys(r, keys);
        line->set = true;
        line->value = read_number_at(r, table, "value");
        line->text = printed_at(r, table, "value");
        line->label = reader_text_at(r, table, "label", true);
        line->param = reader_text_at(r, table, "param", false);
    }
    reader_leave(r);
}

static void read_kind(Reader *r, int from, DocumentChart *chart) {
    const char *names[CHART_KINDS + 1] = {0};
    for (ChartKind kind = 0; kind < CHART_KINDS; kind++) names[kind] = chart_kind_name(kind);
    reader_enter(r, from, "kind");
    Str name = reader_text(r);
    chart->kind = CHART_DOTS; /* asks least of the rest, where the name is wrong */
    if (name.data && !chart_kind_find(name, &chart->kind)) reader_none_of(r, names);
    reader_leave(r);
}

const DocumentChart *chart_read(Reader *r, int block) {
    static const char *const keys[] = {"kind", "title",     "text",   "unit", "series",
                                       "rows", "threshold", "target", NULL};
    DocumentChart *chart = arena_new(r->arena, 1, sizeof *chart);
    reader_enter(r, block, "chart");
    if (reader_is_table(r, TEXT_SHAPE_CHART)) {
        int from = lua_gettop(r->L);
        reader_check_keys(r, keys);
        read_kind(r, from, chart);
        chart->title = reader_text_at(r, from, "title", true);
        chart->text = reader_text_at(r, from, "text", false);
        chart->unit = reader_text_at(r, from, "unit", false);
        read_series(r, from, chart);
        read_rows(r, from, chart);
        read_line(r, from, "threshold", &chart->threshold);
        read_line(r, from, "target", &chart->target);
    }
    reader_leave(r);
    return chart;
}

/* ---- what formats see */

static void set_text(lua_State *L, const char *name, Str text) {
    if (!text.data) return;
    lua_pushlstring(L, text.data, text.size);
    lua_setfield(L, -2, name);
}

/* A whole number is an integer, as the report had it. */
static void set_number(lua_State *L, const char *name, double number) {
    lua_Integer whole;
    if (lua_numbertointeger(number, &whole) && (double)whole == number)
        lua_pushinteger(L, whole);
    else
        lua_pushnumber(L, number);
    lua_setfield(L, -2, name);
}

static void push_value(lua_State *L, const ChartValue *value) {
    lua_createtable(L, 0, 5);
    set_number(L, "value", value->value);
    set_text(L, "text", value->text);
    set_text(L, "label", value->label);
    set_text(L, "mark", value->mark);
    set_text(L, "of", value->of);
}

static void push_row(lua_State *L, const ChartRow *row) {
    lua_createtable(L, 0, 3);
    set_text(L, "label", row->label);
    set_text(L, "of", row->of);
    lua_createtable(L, (int)row->value_count, 0);
    for (size_t i = 0; i < row->value_count; i++) {
        push_value(L, &row->values[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "values");
}

static void push_series(lua_State *L, const ChartSeries *series) {
    lua_createtable(L, 0, 3);
    set_text(L, "name", series->name);
    set_text(L, "key", series->key);
    lua_pushboolean(L, series->alert);
    lua_setfield(L, -2, "alert");
}

static void add_line(lua_State *L, const char *name, const ChartLine *line) {
    if (!line->set) return;
    lua_createtable(L, 0, 4);
    set_number(L, "value", line->value);
    set_text(L, "text", line->text);
    set_text(L, "label", line->label);
    set_text(L, "param", line->param);
    lua_setfield(L, -2, name);
}

void chart_add(lua_State *L, const DocumentChart *chart) {
    set_text(L, "chart", str_of(chart_kind_name(chart->kind)));
    set_text(L, "title", chart->title);
    set_text(L, "text", chart->text);
    set_text(L, "unit", chart->unit);
    lua_createtable(L, (int)chart->series_count, 0);
    for (size_t i = 0; i < chart->series_count; i++) {
        push_series(L, &chart->series[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "series");
    lua_createtable(L, (int)chart->row_count, 0);
    for (size_t i = 0; i < chart->row_count; i++) {
        push_row(L, &chart->rows[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "rows");
    add_line(L, "threshold", &chart->threshold);
    add_line(L, "target", &chart->target);
}
