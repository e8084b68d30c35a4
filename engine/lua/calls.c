#include "lua/calls.h"

#include "base/text.h"
#include "lua/expr.h"
#include "lua/sandbox.h"
#include "lua/state.h"

#include <lauxlib.h>

/* Name of the metatable of what when(…) gives, before a comparison makes it a condition. */
#define SUBJECT "perfeval.subject"

static size_t deeper(size_t a, size_t b) { return a > b ? a : b; }

/* Depth of the numbers from index `first` to `last`. */
static size_t check_numbers(lua_State *L, int first, int last) {
    size_t depth = 0;
    for (int i = first; i <= last; i++) depth = deeper(depth, expr_check_number(L, i));
    return depth;
}

static void check_count(lua_State *L, int wanted, const char *usage) {
    if (lua_gettop(L) != wanted) state_raise(L, TEXT_CALL_USAGE, str_of(usage));
}

/* ---- numbers */

static int call_pick(lua_State *L, const char *op) {
    int count = lua_gettop(L);
    if (count < 1 || count > FORMULA_OPERANDS)
        state_raise(L, TEXT_CALL_NUMBERS, str_of(op), state_push_count(L, FORMULA_OPERANDS));
    expr_push(L, op, false, check_numbers(L, 1, count), 1, count);
    return 1;
}

/* min and max are words of the project's rate, and can be called in formulas. A called object comes first. */
static int call_word(lua_State *L) {
    const char *word = expr_word(L, 1);
    bool picks = str_is(str_of(word), aggregate_name(AGGREGATE_MIN)) ||
                 str_is(str_of(word), aggregate_name(AGGREGATE_MAX));
    if (!picks) return state_raise(L, TEXT_CALL_WORD, str_of(word));
    lua_remove(L, 1);
    return call_pick(L, word);
}

static int call_abs(lua_State *L) {
    check_count(L, 1, "abs(number)");
    expr_push(L, "abs", false, check_numbers(L, 1, 1), 1, 1);
    return 1;
}

static int call_clamp(lua_State *L) {
    check_count(L, 3, "clamp(number, lowest, highest)");
    expr_push(L, "clamp", false, check_numbers(L, 1, 3), 1, 3);
    return 1;
}

static int call_round(lua_State *L) {
    check_count(L, 3, "round(number, digits, \"half_up\")");
    size_t depth = check_numbers(L, 1, 1);
    bool whole = lua_isinteger(L, 2) && lua_tointeger(L, 2) >= 0 && lua_tointeger(L, 2) <= FORMULA_PLACES;
    if (!whole) return state_raise(L, TEXT_ROUND_DIGITS, state_push_count(L, FORMULA_PLACES));
    Rounding mode;
    Str name = {0};
    if (lua_type(L, 3) == LUA_TSTRING) name.data = lua_tolstring(L, 3, &name.size);
    if (!rounding_find(name, &mode)) return state_raise_plain(L, TEXT_ROUND_MODE);
    expr_push(L, "round", false, depth, 1, 3);
    return 1;
}

static int call_if_missing(lua_State *L) {
    check_count(L, 2, "if_missing(number, instead)");
    expr_push(L, "if_missing", false, check_numbers(L, 1, 2), 1, 2);
    return 1;
}

static int call_at_period(lua_State *L) {
    bool named = lua_gettop(L) == 2 && lua_type(L, 1) == LUA_TSTRING && lua_rawlen(L, 1) > 0;
    if (!named) return state_raise_plain(L, TEXT_AT_PERIOD);
    expr_push(L, "at_period", false, check_numbers(L, 2, 2), 1, 2);
    return 1;
}

static int call_choose(lua_State *L) {
    check_count(L, 3, "choose(condition, value, other_value)");
    size_t depth = expr_condition_depth(L, 1);
    if (!depth) return state_raise_plain(L, TEXT_CHOOSE_CONDITION);
    expr_push(L, "choose", false, deeper(depth, check_numbers(L, 2, 3)), 1, 3);
    return 1;
}

/* ---- conditions */

static int call_when(lua_State *L) {
    check_count(L, 1, "when(number)");
    check_numbers(L, 1, 1);
    lua_newuserdatauv(L, 0, 1);
    luaL_setmetatable(L, SUBJECT);
    lua_pushvalue(L, 1);
    lua_setiuservalue(L, -2, 1);
    return 1;
}

static const struct {
    CallInfo info;
    int operands;
} comparisons[] = {
    {{"at_most", "number: Number", "Condition"}, 2},  {{"below", "number: Number", "Condition"}, 2},
    {{"at_least", "number: Number", "Condition"}, 2}, {{"above", "number: Number", "Condition"}, 2},
    {{"equals", "number: Number", "Condition"}, 2},   {{"missing", "", "Condition"}, 1},
};

/* Upvalue 1: the index of the comparison. Stack: what when(…) gave, and the number it is compared with. */
static int compare(lua_State *L) {
    lua_Integer which = lua_tointeger(L, lua_upvalueindex(1));
    const char *name = comparisons[which].info.name;
    int operands = comparisons[which].operands;
    if (!luaL_testudata(L, 1, SUBJECT) || lua_gettop(L) != operands)
        return state_raise(L, TEXT_WHEN_COLON, str_of(name),
                           str_of(operands == 2 ? MESSAGE_WORDS("number", "수") : ""));
    lua_getiuservalue(L, 1, 1);
    lua_replace(L, 1);
    expr_push(L, name, true, check_numbers(L, 1, operands), 1, operands);
    return 1;
}

/* __index behind the comparisons. Stack: their table, what was asked for. */
static int unknown_comparison(lua_State *L) {
    Str names[sizeof comparisons / sizeof *comparisons], wanted = {0};
    size_t count = sizeof comparisons / sizeof *comparisons;
    for (size_t i = 0; i < count; i++) names[i] = str_of(comparisons[i].info.name);
    wanted.data = luaL_tolstring(L, 2, &wanted.size);
    Str near = text_nearest(wanted, names, count), shown = str_slice(wanted, 0, text_fit(wanted, 60));
    if (near.size) return state_raise(L, TEXT_NO_FIELD_NEAR, STR("when(…)"), shown, near);
    return state_raise(L, TEXT_NO_FIELD, STR("when(…)"), shown);
}

static int refuse_subject(lua_State *L) { return state_raise_plain(L, TEXT_WHEN_ALONE); }

/* Parts of all, any, no: conditions, selectors { column = … } and functions. */
static size_t check_part(lua_State *L, int index, const char *op) {
    size_t depth = expr_condition_depth(L, index);
    if (depth) return depth;
    int type = lua_type(L, index);
    if (type != LUA_TTABLE && type != LUA_TFUNCTION) state_raise(L, TEXT_CONDITION_PARTS, str_of(op));
    return 2;
}

/* all { a, b } is all(a, b). */
static void spread_list(lua_State *L) {
    if (lua_gettop(L) != 1 || !lua_istable(L, 1)) return;
    lua_Unsigned count = lua_rawlen(L, 1);
    if (count == 0 || count > FORMULA_OPERANDS) return;
    luaL_checkstack(L, FORMULA_OPERANDS, NULL);
    for (lua_Unsigned i = 1; i <= count; i++) lua_rawgeti(L, 1, (lua_Integer)i);
    lua_remove(L, 1);
}

static int combine(lua_State *L, const char *op, int most) {
    spread_list(L);
    int count = lua_gettop(L);
    if (count < 1 || count > most)
        return state_raise(L, TEXT_CONDITION_COUNT, str_of(op), state_push_count(L, (size_t)most));
    size_t depth = 0;
    for (int i = 1; i <= count; i++) depth = deeper(depth, check_part(L, i, op));
    expr_push(L, op, true, depth, 1, count);
    return 1;
}

static int call_all(lua_State *L) { return combine(L, "all", FORMULA_OPERANDS); }
static int call_any(lua_State *L) { return combine(L, "any", FORMULA_OPERANDS); }
static int call_no(lua_State *L) { return combine(L, "no", 1); }

/* ---- the project's rate */

static int call_weighted_mean(lua_State *L) {
    bool table = lua_istable(L, 1);
    if (lua_gettop(L) != 1 || (!table && lua_type(L, 1) != LUA_TSTRING))
        return state_raise_plain(L, TEXT_WEIGHTED_MEAN);
    expr_push(L, "weighted_mean", false, table ? 2 : 1, 1, 1);
    return 1;
}

static int call_count_share(lua_State *L) {
    if (lua_gettop(L) != 1 || !lua_istable(L, 1)) return state_raise_plain(L, TEXT_COUNT_SHARE);
    expr_push(L, "count_share", false, 3, 1, 1);
    return 1;
}

static int call_trimmed(lua_State *L) {
    bool share = lua_gettop(L) == 1 && lua_type(L, 1) == LUA_TNUMBER && lua_tonumber(L, 1) >= 0 &&
                 lua_tonumber(L, 1) < 0.5;
    if (!share) return state_raise_plain(L, TEXT_TRIMMED);
    expr_push(L, "trimmed", false, 1, 1, 1);
    return 1;
}

static const struct {
    CallInfo info;
    lua_CFunction call;
} calls[] = {
    {{"abs", "number: Number", "Formula"}, call_abs},
    {{"clamp", "number: Number, lowest: Number, highest: Number", "Formula"}, call_clamp},
    {{"round", "number: Number, digits: integer, mode: string", "Formula"}, call_round},
    {{"if_missing", "number: Number, instead: Number", "Formula"}, call_if_missing},
    {{"choose", "condition: Condition, value: Number, other_value: Number", "Formula"}, call_choose},
    {{"at_period", "period: string, number: Number", "Formula"}, call_at_period},
    {{"when", "number: Number", "Subject"}, call_when},
    {{"all", "...: Part", "Condition"}, call_all},
    {{"any", "...: Part", "Condition"}, call_any},
    {{"no", "part: Part", "Condition"}, call_no},
    {{"weighted_mean", "weights: string|table", "Formula"}, call_weighted_mean},
    {{"count_share", "what: CountShare", "Formula"}, call_count_share},
    {{"trimmed", "share: number", "Formula"}, call_trimmed},
};

const CallInfo *calls_info(size_t index) {
    return index < sizeof calls / sizeof *calls ? &calls[index].info : NULL;
}

const CallInfo *calls_comparison(size_t index) {
    return index < sizeof comparisons / sizeof *comparisons ? &comparisons[index].info : NULL;
}

static void open_subjects(lua_State *L) {
    static const char *const refused[] = {"__add", "__sub", "__mul",  "__div",    "__unm",      "__pow",
                                          "__lt",  "__le",  "__call", "__concat", "__newindex", "__len"};
    luaL_newmetatable(L, SUBJECT);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushliteral(L, "when");
    lua_setfield(L, -2, "__name");
    lua_createtable(L, 0, sizeof comparisons / sizeof *comparisons);
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++) {
        lua_pushinteger(L, (lua_Integer)i);
        lua_pushcclosure(L, compare, 1);
        lua_setfield(L, -2, comparisons[i].info.name);
    }
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, unknown_comparison);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_setfield(L, -2, "__index");
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        lua_pushcfunction(L, refuse_subject);
        lua_setfield(L, -2, refused[i]);
    }
    lua_pop(L, 1);
}

void calls_open(lua_State *L) {
    open_subjects(L);
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        lua_pushcfunction(L, calls[i].call);
        sandbox_share(L, calls[i].info.name);
    }
    luaL_getmetatable(L, EXPR_WORD);
    lua_pushcfunction(L, call_word);
    lua_setfield(L, -2, "__call");
    lua_pop(L, 1);
}
