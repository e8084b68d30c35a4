#include "lua/expr.h"

#include "base/text.h"
#include "lua/sandbox.h"
#include "lua/state.h"
#include "lua/value.h"
#include "lua/wording.h"

#include <lauxlib.h>
#include <math.h>

/* Names in the registry: of metatables, of the set of tables that went through `ruleset`, of the plan in
 * force. */
#define FORMULA  "perfeval.formula"
#define WORD     "perfeval.word"
#define FIELD    "perfeval.field"
#define PARAM    "perfeval.param"
#define RULESETS "perfeval.rulesets"
#define PLAN     "perfeval.plan"

typedef enum Operator { OP_FIELD, OP_PARAM, OP_ADD, OP_SUB, OP_MUL, OP_DIV, OP_NEG } Operator;

static const struct {
    const char *name;
    const char *event;
    int operands;
} operators[] = {
    [OP_FIELD] = {"field", NULL, 1}, [OP_PARAM] = {"param", NULL, 1}, [OP_ADD] = {"+", "__add", 2},
    [OP_SUB] = {"-", "__sub", 2},    [OP_MUL] = {"*", "__mul", 2},    [OP_DIV] = {"/", "__div", 2},
    [OP_NEG] = {"neg", "__unm", 1},
};

/* A formula; its operands are its user values. */
typedef struct Expr {
    Operator op;
    size_t depth;
} Expr;

static const Expr *test_expr(lua_State *L, int index) { return luaL_testudata(L, index, FORMULA); }

static Expr *push_expr(lua_State *L, Operator op, size_t depth) {
    Expr *expr = lua_newuserdatauv(L, sizeof *expr, operators[op].operands);
    *expr = (Expr){op, depth};
    luaL_setmetatable(L, FORMULA);
    return expr;
}

static const Plan *plan_in_force(lua_State *L) {
    lua_getfield(L, LUA_REGISTRYINDEX, PLAN);
    const Plan *plan = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return plan;
}

/* ---- arithmetic */

static const struct {
    const char *metatable;
    MessageId text;
} bad_operands[] = {
    {WORD, TEXT_FORMULA_WITH_WORD}, {FIELD, TEXT_FORMULA_WITH_FIELD}, {PARAM, TEXT_FORMULA_WITH_PARAM}};

static int refuse_operand(lua_State *L, int index) {
    int type = lua_type(L, index);
    for (size_t i = 0; i < sizeof bad_operands / sizeof *bad_operands; i++) {
        if (luaL_testudata(L, index, bad_operands[i].metatable))
            return state_raise(L, bad_operands[i].text, str_of(expr_word(L, index)));
    }
    if (type == LUA_TSTRING) return state_raise_plain(L, TEXT_FORMULA_WITH_TEXT);
    if (type == LUA_TNUMBER) return state_raise_plain(L, TEXT_FORMULA_WITH_INFINITE);
    return state_raise(L, TEXT_FORMULA_WITH_OTHER, wording_type(L, index));
}

/* The depth that an operand of a formula has. */
static size_t check_operand(lua_State *L, int index) {
    const Expr *expr = test_expr(L, index);
    if (expr) return expr->depth;
    if (lua_type(L, index) != LUA_TNUMBER || !isfinite(lua_tonumber(L, index))) refuse_operand(L, index);
    return 1;
}

/* Upvalue 1: the Operator. Lua gives unary minus its operand twice. */
static int combine(lua_State *L) {
    Operator op = (Operator)lua_tointeger(L, lua_upvalueindex(1));
    size_t depth = 0;
    for (int i = 1; i <= operators[op].operands; i++) {
        size_t below = check_operand(L, i);
        if (below > depth) depth = below;
    }
    if (++depth > EXPR_DEPTH) return state_raise(L, TEXT_FORMULA_DEEP, state_push_count(L, EXPR_DEPTH));
    push_expr(L, op, depth);
    for (int i = 1; i <= operators[op].operands; i++) {
        lua_pushvalue(L, i);
        lua_setiuservalue(L, -2, i);
    }
    return 1;
}

/* ---- what formulas, words, field and param are not for */

typedef struct Refusal {
    const char *event;
    MessageId text;
} Refusal;

static const Refusal formula_refusals[] = {
    {"__lt", TEXT_FORMULA_COMPARED},      {"__le", TEXT_FORMULA_COMPARED},  {"__eq", TEXT_FORMULA_COMPARED},
    {"__concat", TEXT_FORMULA_JOINED},    {"__len", TEXT_FORMULA_LENGTH},   {"__index", TEXT_FORMULA_FIELDS},
    {"__newindex", TEXT_FORMULA_CHANGED}, {"__call", TEXT_FORMULA_CALLED},  {"__mod", TEXT_FORMULA_MODULO},
    {"__pow", TEXT_FORMULA_POWER},        {"__idiv", TEXT_FORMULA_FLOOR},   {"__band", TEXT_FORMULA_BITWISE},
    {"__bor", TEXT_FORMULA_BITWISE},      {"__bxor", TEXT_FORMULA_BITWISE}, {"__shl", TEXT_FORMULA_BITWISE},
    {"__shr", TEXT_FORMULA_BITWISE},      {"__bnot", TEXT_FORMULA_BITWISE},
};

static const char *const other_events[] = {
    "__add", "__sub",  "__mul",  "__div", "__unm", "__mod", "__pow",  "__idiv", "__lt",       "__le",
    "__len", "__call", "__band", "__bor", "__shl", "__shr", "__bxor", "__bnot", "__newindex", "__concat",
};

/* Upvalue 1: the text to say. */
static int refuse(lua_State *L) {
    return state_raise_plain(L, (MessageId)lua_tointeger(L, lua_upvalueindex(1)));
}

/* Adds a metamethod to the metatable on top of the stack. */
static void add_refusal(lua_State *L, const char *event, MessageId text) {
    lua_pushinteger(L, text);
    lua_pushcclosure(L, refuse, 1);
    lua_setfield(L, -2, event);
}

/* Pushes a new metatable that is no table for scripts. */
static void push_metatable(lua_State *L, const char *key, const char *shown) {
    luaL_newmetatable(L, key);
    lua_pushstring(L, shown);
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
}

static void push_other_metatable(lua_State *L, const char *key, const char *shown, MessageId use) {
    push_metatable(L, key, shown);
    for (size_t i = 0; i < sizeof other_events / sizeof *other_events; i++)
        add_refusal(L, other_events[i], use);
}

/* ---- field and param */

static Str check_name(lua_State *L, const char *what) {
    Str name = {0};
    if (lua_type(L, 2) == LUA_TSTRING) name.data = lua_tolstring(L, 2, &name.size);
    if (name.size == 0) state_raise(L, TEXT_TAKES_NAME, str_of(what));
    return name;
}

static int push_reference(lua_State *L, Operator op, Str name) {
    push_expr(L, op, 2);
    lua_pushlstring(L, name.data, name.size);
    lua_setiuservalue(L, -2, 1);
    return 1;
}

static int field_index(lua_State *L) {
    Str name = check_name(L, "field");
    ColumnId column;
    if (column_find(name, &column)) name = str_of(column_info(column)->name);
    if (plan_in_force(L)) return state_raise(L, TEXT_FIELD_IN_FUNCTION, name);
    return push_reference(L, OP_FIELD, name);
}

static Str nearest_param(lua_State *L, const Plan *plan, Str name) {
    Str *names = lua_newuserdatauv(L, (plan->param_count + 1) * sizeof *names, 0);
    for (size_t i = 0; i < plan->param_count; i++) names[i] = plan->params[i].name;
    return text_nearest(name, names, plan->param_count);
}

static int unknown_param(lua_State *L, const Plan *plan, Str name) {
    Str nearest = nearest_param(L, plan, name);
    Str shown = str_slice(name, 0, text_fit(name, 60));
    if (nearest.size == 0) return state_raise(L, TEXT_NO_PARAM, shown);
    return state_raise(L, TEXT_NO_PARAM_NEAR, shown, nearest);
}

static int param_index(lua_State *L) {
    Str name = check_name(L, "param");
    const Plan *plan = plan_in_force(L);
    if (!plan) return push_reference(L, OP_PARAM, name);
    const Param *param = plan_param(plan, name);
    if (!param) return unknown_param(L, plan, name);
    value_push_number(L, &param->value);
    return 1;
}

static void add_namespace(lua_State *L, int environment, const char *name, const char *key,
                          lua_CFunction index, MessageId use) {
    lua_newuserdatauv(L, 0, 0);
    push_other_metatable(L, key, name, use);
    lua_pushcfunction(L, index);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    sandbox_add(L, environment, name);
}

/* ---- words and ruleset */

static void add_words(lua_State *L, int environment) {
    push_other_metatable(L, WORD, "word", TEXT_WORD_USE);
    add_refusal(L, "__index", TEXT_WORD_USE);
    lua_pop(L, 1);
    for (Aggregate word = 0; word < AGGREGATE_COUNT; word++) {
        Aggregate *value = lua_newuserdatauv(L, sizeof *value, 0);
        *value = word;
        luaL_setmetatable(L, WORD);
        sandbox_add(L, environment, aggregate_name(word));
    }
}

const char *expr_word(lua_State *L, int index) {
    const Aggregate *word = luaL_testudata(L, index, WORD);
    return word ? aggregate_name(*word) : NULL;
}

static int mark_ruleset(lua_State *L) {
    if (lua_gettop(L) != 1 || !lua_istable(L, 1)) return state_raise_plain(L, TEXT_RULESET_USE);
    luaL_getsubtable(L, LUA_REGISTRYINDEX, RULESETS);
    lua_pushvalue(L, 1);
    lua_pushboolean(L, 1);
    lua_rawset(L, -3);
    lua_settop(L, 1);
    return 1;
}

bool expr_is_ruleset(lua_State *L, int index) {
    index = lua_absindex(L, index);
    bool found = false;
    if (lua_getfield(L, LUA_REGISTRYINDEX, RULESETS) == LUA_TTABLE) {
        lua_pushvalue(L, index);
        found = lua_rawget(L, -2) == LUA_TBOOLEAN;
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return found;
}

/* ---- for those that read and set up */

bool expr_test(lua_State *L, int index, const char **op, size_t *operands) {
    const Expr *expr = test_expr(L, index);
    if (!expr) return false;
    *op = operators[expr->op].name;
    *operands = (size_t)operators[expr->op].operands;
    return true;
}

void expr_push_operand(lua_State *L, int index, size_t operand) { lua_getiuservalue(L, index, (int)operand); }

static void add_formulas(lua_State *L) {
    push_metatable(L, FORMULA, "formula");
    for (size_t i = 0; i < sizeof formula_refusals / sizeof *formula_refusals; i++)
        add_refusal(L, formula_refusals[i].event, formula_refusals[i].text);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (!operators[i].event) continue;
        lua_pushinteger(L, (lua_Integer)i);
        lua_pushcclosure(L, combine, 1);
        lua_setfield(L, -2, operators[i].event);
    }
    lua_pop(L, 1);
}

void expr_open(lua_State *L, int environment) {
    environment = lua_absindex(L, environment);
    add_formulas(L);
    add_namespace(L, environment, "field", FIELD, field_index, TEXT_FIELD_USE);
    add_namespace(L, environment, "param", PARAM, param_index, TEXT_PARAM_USE);
    add_words(L, environment);
    lua_pushcfunction(L, mark_ruleset);
    sandbox_add(L, environment, "ruleset");
}

void expr_use_plan(lua_State *L, const Plan *plan) {
    lua_pushlightuserdata(L, (void *)(uintptr_t)plan);
    lua_setfield(L, LUA_REGISTRYINDEX, PLAN);
}
