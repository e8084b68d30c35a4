/* expr - what a rule file sees beside the sandbox: field, param, ruleset and the words mean, min, max,
 * median.
 *
 * `field.actual / field.target * 100` computes nothing: arithmetic on fields builds a formula, an opaque
 * value that ends up in the table that the file returns. `param.x` is a reference of the same kind while the
 * file is loaded, and the parameter's number inside a function that the engine calls. All other uses of a
 * formula raise an error that says what to write instead.
 */
#ifndef PERFEVAL_LUA_EXPR_H
#define PERFEVAL_LUA_EXPR_H

#include "model/plan.h"

#include <lua.h>

/** Name of the metatable of words. */
#define EXPR_WORD "perfeval.word"

/** Deepest formula: a table holds it at most TREE_DEPTH - EXPR_DEPTH levels down. */
#define EXPR_DEPTH (TREE_DEPTH - 16)

/** Adds the names to all environments pushed from now on. May raise Lua's memory error: called protected. */
void expr_open(lua_State *L);
/** Loading is over: from now on `param` gives the numbers of `plan` (borrowed), and `field` is an error. */
void expr_use_plan(lua_State *L, const Plan *plan);

/** True when the value at `index` is a formula: its operator (base/tree.h), a constant text, and how many
 * operands it has. */
bool expr_test(lua_State *L, int index, const char **op, size_t *operands);
/** Pushes operand number `operand` (from 1): a formula or number, or the name for "field" and "param". */
void expr_push_operand(lua_State *L, int index, size_t operand);
/** For lua/calls: checks that the value at `index` is a number or a formula that is one, and raises an error
 * otherwise; its depth. */
size_t expr_check_number(lua_State *L, int index);
/** The depth of the condition at `index`; 0 when it is none. */
size_t expr_condition_depth(lua_State *L, int index);
/** Pushes a formula of operator `op` (a constant text) over the `count` values from index `first`, the
 * deepest of which has that depth. */
void expr_push(lua_State *L, const char *op, bool condition, size_t depth, int first, int count);

/** The word of a value such as `mean`, a constant text; NULL when the value is none. */
const char *expr_word(lua_State *L, int index);
/** What a file returns: a table that went through `ruleset`, `tests` or `jobs`. */
typedef enum ExprFile { EXPR_RULESET, EXPR_TESTS, EXPR_JOBS } ExprFile;
/** Adds `tests` to all environments pushed from now on, for files of tests. May raise Lua's memory error. */
void expr_open_tests(lua_State *L);
/** The same with `jobs`, for lists of jobs. */
void expr_open_jobs(lua_State *L);
/** True when the table at `index` went through the function of its kind. */
bool expr_is_file(lua_State *L, int index, ExprFile kind);

#endif
