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
#define WORD     EXPR_WORD
#define FIELD    "perfeval.field"
#define PARAM    "perfeval.param"
#define RULESETS "perfeval.rulesets"
#define PLAN     "perfeval.plan"

/* Arithmetic: the metamethod of each operator, its name in trees, and how many operands it takes. */
static const struct {
    const char *name;
    const char *event;
    int operands;
} operators[] = {{"+", "__add", 2}, {"-", "__sub", 2},   {"*", "__mul", 2},
                 {"/", "__div", 2}, {"neg", "__unm", 1}, {"^", "__pow", 2}};

/* A formula; its operands are its user values. */
typedef struct Expr {
    const char *op; /* as in trees */
    int operands;
    bool condition; /* it holds or does not; else it is a number */
    size_t depth;
} Expr;

static const Expr *test_expr(lua_State *L, int index) { return luaL_testudata(L, index, FORMULA); }

/* Pushes a formula over the `count` values from index `first`. */
static void push_expr(lua_State *L, Expr expr, int first) {
    Expr *made = lua_newuserdatauv(L, sizeof *made, expr.operands);
    *made = expr;
    luaL_setmetatable(L, FORMULA);
    for (int i = 0; i < expr.operands; i++) {
        lua_pushvalue(L, first + i);
        lua_setiuservalue(L, -2, i + 1);
    }
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
    if (expr && expr->condition) state_raise_plain(L, TEXT_FORMULA_CONDITION);
    if (expr) return expr->depth;
    if (lua_type(L, index) != LUA_TNUMBER || !isfinite(lua_tonumber(L, index))) refuse_operand(L, index);
    return 1;
}

size_t expr_check_number(lua_State *L, int index) { return check_operand(L, index); }

size_t expr_condition_depth(lua_State *L, int index) {
    const Expr *expr = test_expr(L, index);
    return expr && expr->condition ? expr->depth : 0;
}

void expr_push(lua_State *L, const char *op, bool condition, size_t depth, int first, int count) {
    if (++depth > EXPR_DEPTH) state_raise(L, TEXT_FORMULA_DEEP, state_push_count(L, EXPR_DEPTH));
    push_expr(L, (Expr){op, count, condition, depth}, first);
}

/* Upvalue 1: the index of the operator. Lua gives unary minus its operand twice. */
static int combine(lua_State *L) {
    size_t op = (size_t)lua_tointeger(L, lua_upvalueindex(1)), depth = 0;
    for (int i = 1; i <= operators[op].operands; i++) {
        size_t below = check_operand(L, i);
        if (below > depth) depth = below;
    }
    expr_push(L, operators[op].name, false, depth, 1, operators[op].operands);
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
    {"__idiv", TEXT_FORMULA_FLOOR},       {"__band", TEXT_FORMULA_BITWISE}, {"__bor", TEXT_FORMULA_BITWISE},
    {"__bxor", TEXT_FORMULA_BITWISE},     {"__shl", TEXT_FORMULA_BITWISE},  {"__shr", TEXT_FORMULA_BITWISE},
    {"__bnot", TEXT_FORMULA_BITWISE},
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

static int push_reference(lua_State *L, const char *op, Str name) {
    lua_pushlstring(L, name.data, name.size);
    push_expr(L, (Expr){op, 1, false, 2}, lua_gettop(L));
    return 1;
}

static int field_index(lua_State *L) {
    Str name = check_name(L, "field");
    ColumnId column;
    if (column_find(name, &column)) name = str_of(column_info(column)->name);
    if (plan_in_force(L)) return state_raise(L, TEXT_FIELD_IN_FUNCTION, name);
    return push_reference(L, "field", name);
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
    if (!plan) return push_reference(L, "param", name);
    const Param *param = plan_param(plan, name);
    if (!param) return unknown_param(L, plan, name);
    value_push_number(L, &param->value);
    return 1;
}

static void add_namespace(lua_State *L, const char *name, const char *key, lua_CFunction index,
                          MessageId use) {
    lua_newuserdatauv(L, 0, 0);
    push_other_metatable(L, key, name, use);
    lua_pushcfunction(L, index);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    sandbox_share(L, name);
}

/* ---- words and ruleset */

/* The word behind those of aggregates: period = every. */
#define EVERY AGGREGATE_COUNT

static const char *word_name(Aggregate word) { return word == EVERY ? "every" : aggregate_name(word); }

static void add_words(lua_State *L) {
    push_other_metatable(L, WORD, "word", TEXT_WORD_USE);
    add_refusal(L, "__index", TEXT_WORD_USE);
    lua_pop(L, 1);
    for (Aggregate word = 0; word <= EVERY; word++) {
        if (word >= AGGREGATE_WORDS && word != AGGREGATE_POOLED && word != EVERY)
            continue; /* those are called: weighted_mean("weight") */
        Aggregate *value = lua_newuserdatauv(L, sizeof *value, 0);
        *value = word;
        luaL_setmetatable(L, WORD);
        sandbox_share(L, word_name(word));
    }
}

const char *expr_word(lua_State *L, int index) {
    const Aggregate *word = luaL_testudata(L, index, WORD);
    return word ? word_name(*word) : NULL;
}

static int mark_file(lua_State *L, ExprFile kind, MessageId use) {
    if (lua_gettop(L) != 1 || !lua_istable(L, 1)) return state_raise_plain(L, use);
    luaL_getsubtable(L, LUA_REGISTRYINDEX, RULESETS);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, (lua_Integer)kind);
    lua_rawset(L, -3);
    lua_settop(L, 1);
    return 1;
}

static int mark_ruleset(lua_State *L) { return mark_file(L, EXPR_RULESET, TEXT_RULESET_USE); }

static int mark_tests(lua_State *L) { return mark_file(L, EXPR_TESTS, TEXT_TESTS_USE); }

static int mark_jobs(lua_State *L) { return mark_file(L, EXPR_JOBS, TEXT_JOBS_USE); }

bool expr_is_file(lua_State *L, int index, ExprFile kind) {
    index = lua_absindex(L, index);
    bool found = false;
    if (lua_getfield(L, LUA_REGISTRYINDEX, RULESETS) == LUA_TTABLE) {
        lua_pushvalue(L, index);
        found = lua_rawget(L, -2) == LUA_TNUMBER && lua_tointeger(L, -1) == (lua_Integer)kind;
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return found;
}

/* ---- for those that read and set up */

bool expr_test(lua_State *L, int index, const char **op, size_t *operands) {
    const Expr *expr = test_expr(L, index);
    if (!expr) return false;
    *op = expr->op;
    *operands = (size_t)expr->operands;
    return true;
}

void expr_push_operand(lua_State *L, int index, size_t operand) { lua_getiuservalue(L, index, (int)operand); }

static void add_formulas(lua_State *L) {
    push_metatable(L, FORMULA, "formula");
    for (size_t i = 0; i < sizeof formula_refusals / sizeof *formula_refusals; i++)
        add_refusal(L, formula_refusals[i].event, formula_refusals[i].text);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        lua_pushinteger(L, (lua_Integer)i);
        lua_pushcclosure(L, combine, 1);
        lua_setfield(L, -2, operators[i].event);
    }
    lua_pop(L, 1);
}

void expr_open(lua_State *L) {
    add_formulas(L);
    add_namespace(L, "field", FIELD, field_index, TEXT_FIELD_USE);
    add_namespace(L, "param", PARAM, param_index, TEXT_PARAM_USE);
    add_words(L);
    lua_pushcfunction(L, mark_ruleset);
    sandbox_share(L, "ruleset");
}

void expr_open_tests(lua_State *L) {
    lua_pushcfunction(L, mark_tests);
    sandbox_share(L, "tests");
}

void expr_open_jobs(lua_State *L) {
    lua_pushcfunction(L, mark_jobs);
    sandbox_share(L, "jobs");
}

void expr_use_plan(lua_State *L, const Plan *plan) {
    lua_pushlightuserdata(L, (void *)(uintptr_t)plan);
    lua_setfield(L, LUA_REGISTRYINDEX, PLAN);
}
