#include "lua/expr.h"

#include "base/text.h"
#include "lua/sandbox.h"
#include "lua/state.h"
#include "lua/value.h"

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
    const char *metatable, *advice;
} bad_operands[] = {
    {WORD, "is a word for the project's rate, not a number"},
    {FIELD, "stands for no column: write field.NAME"},
    {PARAM, "stands for no number: write param.NAME"},
};

static int refuse_operand(lua_State *L, int index) {
    int type = lua_type(L, index);
    for (size_t i = 0; i < sizeof bad_operands / sizeof *bad_operands; i++) {
        if (!luaL_testudata(L, index, bad_operands[i].metatable)) continue;
        const char *word = expr_word(L, index);
        return state_raise(L, "a formula works with numbers and fields; %s %s",
                           word ? word : bad_operands[i].metatable + sizeof "perfeval",
                           bad_operands[i].advice);
    }
    if (type == LUA_TSTRING)
        return state_raise(
            L, "a formula works with numbers and fields, not with text: write a number without quotes");
    if (type == LUA_TNUMBER)
        return state_raise(L, "a formula needs finite numbers; this one is infinite or not a number");
    return state_raise(L, "a formula works with numbers and fields, not with %s", lua_typename(L, type));
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
    if (++depth > EXPR_DEPTH)
        return state_raise(
            L, "this formula is nested more than %d deep: split it into cases, or write a function(i)",
            EXPR_DEPTH);
    push_expr(L, op, depth);
    for (int i = 1; i <= operators[op].operands; i++) {
        lua_pushvalue(L, i);
        lua_setiuservalue(L, -2, i);
    }
    return 1;
}

/* ---- what formulas, words, field and param are not for */

typedef struct Refusal {
    const char *event, *text;
} Refusal;

#define COMPARE "a formula cannot be compared: use `when` with a range, or write a function(i)"
#define BITWISE "a formula has no bitwise operators: it is built with + - * /"

static const Refusal formula_refusals[] = {
    {"__lt", COMPARE},
    {"__le", COMPARE},
    {"__eq", COMPARE},
    {"__concat", "a formula cannot be joined to text: it has no value before the data are read"},
    {"__len", "a formula has no length"},
    {"__index", "a formula has no fields: `field.actual` is complete"},
    {"__newindex", "a formula cannot be changed: build a new one with + - * /"},
    {"__call", "a formula cannot be called: is a * missing before the parenthesis?"},
    {"__mod", "a formula has no %: write a function(i)"},
    {"__pow", "a formula has no ^: multiply, or write a function(i)"},
    {"__idiv", "a formula has no //: use / for an exact quotient, or write a function(i)"},
    {"__band", BITWISE},
    {"__bor", BITWISE},
    {"__bxor", BITWISE},
    {"__shl", BITWISE},
    {"__shr", BITWISE},
    {"__bnot", BITWISE},
    {NULL, NULL},
};

#define WORD_USE  "mean, min, max and median are words of the rules: write project = { rate = mean }"
#define FIELD_USE "field alone is no value: write field.NAME, for example field.actual"
#define PARAM_USE "param alone is no value: write param.NAME"

static const char *const other_events[] = {
    "__add", "__sub",  "__mul",  "__div", "__unm", "__mod", "__pow",  "__idiv", "__lt",       "__le",
    "__len", "__call", "__band", "__bor", "__shl", "__shr", "__bxor", "__bnot", "__newindex", "__concat",
};

/* Upvalue 1: what to say. */
static int refuse(lua_State *L) { return state_raise(L, "%s", lua_tostring(L, lua_upvalueindex(1))); }

/* Adds a metamethod to the metatable on top of the stack. */
static void add_refusal(lua_State *L, const char *event, const char *text) {
    lua_pushstring(L, text);
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

static void push_other_metatable(lua_State *L, const char *key, const char *shown, const char *use) {
    push_metatable(L, key, shown);
    for (size_t i = 0; i < sizeof other_events / sizeof *other_events; i++)
        add_refusal(L, other_events[i], use);
}

/* ---- field and param */

static Str check_name(lua_State *L, const char *what) {
    Str name = {0};
    if (lua_type(L, 2) == LUA_TSTRING) name.data = lua_tolstring(L, 2, &name.size);
    if (name.size == 0) state_raise(L, "%s takes a name: write %s.NAME or %s[\"NAME\"]", what, what, what);
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
    if (plan_in_force(L))
        return state_raise(L, "field.%.*s is a whole column: inside a function(i) write i.%.*s",
                           STR_FMT(name), STR_FMT(name));
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
    if (nearest.size == 0) return state_raise(L, "there is no param '%.*s'", STR_FMT(shown));
    return state_raise(L, "there is no param '%.*s', did you mean '%.*s'?", STR_FMT(shown), STR_FMT(nearest));
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
                          lua_CFunction index, const char *use) {
    lua_newuserdatauv(L, 0, 0);
    push_other_metatable(L, key, name, use);
    lua_pushcfunction(L, index);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    sandbox_add(L, environment, name);
}

/* ---- words and ruleset */

static void add_words(lua_State *L, int environment) {
    push_other_metatable(L, WORD, "word", WORD_USE);
    add_refusal(L, "__index", WORD_USE);
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
    if (lua_gettop(L) != 1 || !lua_istable(L, 1))
        return state_raise(L, "ruleset takes one table: write return ruleset { … }");
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
    for (const Refusal *refusal = formula_refusals; refusal->event; refusal++)
        add_refusal(L, refusal->event, refusal->text);
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
    add_namespace(L, environment, "field", FIELD, field_index, FIELD_USE);
    add_namespace(L, environment, "param", PARAM, param_index, PARAM_USE);
    add_words(L, environment);
    lua_pushcfunction(L, mark_ruleset);
    sandbox_add(L, environment, "ruleset");
}

void expr_use_plan(lua_State *L, const Plan *plan) {
    lua_pushlightuserdata(L, (void *)(uintptr_t)plan);
    lua_setfield(L, LUA_REGISTRYINDEX, PLAN);
}
