#include "lua/harvest.h"

#include "base/text.h"
#include "lua/describe.h"
#include "lua/expr.h"
#include "lua/readonly.h"
#include "lua/source.h"
#include "lua/state.h"
#include "lua/value.h"
#include "lua/wording.h"

#include <lauxlib.h>
#include <stdlib.h>

/* Cells of a path that a message shows. */
#define HARVEST_PATH 200

/* Its address is the key of the list of functions in the registry. */
static const char FUNCTIONS = 0;

typedef struct Harvest {
    lua_State *L;
    int functions; /* stack index of the list of functions */
    uint32_t function_count;
    size_t count; /* values so far */
    bool full;    /* too many values or levels: nothing more is read */
    bool failed;
    Buffer path;
    const Script *script;
    Source *source; /* made at the first error */
    ExprFile kind;
    Arena *arena;
    Diag *diag;
    Tree *tree;
} Harvest;

/* ---- errors */

static Place find_place(Harvest *harvest) {
    Place name, value;
    if (!harvest->source) harvest->source = source_new(harvest->script->path, harvest->script->source);
    source_find(harvest->source, buffer_view(&harvest->path), &name, &value);
    return value;
}

/* The path as messages show it: a cyclic table makes long ones. */
static Str path_of(const Harvest *harvest) {
    Str path = buffer_view(&harvest->path);
    return path.size ? str_slice(path, 0, text_fit(path, HARVEST_PATH)) : message_words(TEXT_RULESET);
}

static void wrong_type(Harvest *harvest, Str wanted, Str found) {
    Place place = find_place(harvest);
    diag_add(harvest->diag, MESSAGE_WRONG_TYPE, &place, path_of(harvest), wanted, found);
    harvest->failed = true;
}

static void wrong_value(Harvest *harvest, MessageId message) {
    Place place = find_place(harvest);
    diag_add(harvest->diag, message, &place, path_of(harvest), STR(""));
    harvest->failed = true;
}

static bool count_value(Harvest *harvest) {
    if (harvest->full) return false;
    if (++harvest->count <= HARVEST_LIMIT) return true;
    harvest->full = true;
    Str limit = arena_format(harvest->arena, "%d", HARVEST_LIMIT);
    wrong_type(harvest, message_both(harvest->arena, TEXT_WANT_FEW, limit), message_words(TEXT_FOUND_MORE));
    return false;
}

/* ---- keys */

typedef struct Keys {
    Str *names;
    size_t name_count;
    size_t positions; /* keys that are whole numbers */
} Keys;

static int compare_names(const void *a, const void *b) {
    return str_compare(*(const Str *)a, *(const Str *)b);
}

static Str string_at(lua_State *L, int index) {
    Str text = {0};
    text.data = lua_tolstring(L, index, &text.size);
    return text;
}

static void bad_key(Harvest *harvest) {
    size_t path_size = harvest->path.size;
    buffer_add_char(&harvest->path, '[');
    describe_value(harvest->L, -2, &harvest->path);
    buffer_add_char(&harvest->path, ']');
    wrong_value(harvest, MESSAGE_UNKNOWN_KEY);
    harvest->path.size = path_size;
}

/* No output could be read again that held one. */
static bool has_nul(Str text) { return str_find(text, '\0', 0) < text.size; }

static bool is_name(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TSTRING) return false;
    Str name = string_at(L, index);
    return name.size > 0 && text_invalid(name) == name.size && !has_nul(name);
}

/* Counts the keys of the table at `table`. A key is a name or a position; any other is an error. */
static Keys count_keys(Harvest *harvest, int table) {
    lua_State *L = harvest->L;
    Keys keys = {0};
    lua_pushnil(L);
    while (lua_next(L, table)) {
        bool name = is_name(L, -2);
        bool position = lua_isinteger(L, -2) && lua_tointeger(L, -2) > 0;
        keys.name_count += name;
        keys.positions += position;
        if (!name && !position) bad_key(harvest);
        lua_pop(L, 1);
    }
    return keys;
}

/* Names in order of their bytes. Their texts are the table's own keys. */
static Keys read_keys(Harvest *harvest, int table) {
    lua_State *L = harvest->L;
    Keys keys = count_keys(harvest, table);
    if (keys.name_count == 0) return keys;
    keys.names = arena_new(harvest->arena, keys.name_count, sizeof *keys.names);
    size_t count = 0;
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        if (is_name(L, -1)) keys.names[count++] = string_at(L, -1);
    }
    qsort(keys.names, count, sizeof *keys.names, compare_names);
    return keys;
}

/* ---- values: each reader looks at the value on top of the stack and leaves it there */

static Tree *read_value(Harvest *harvest, size_t depth);

static void read_positions(Harvest *harvest, int table, size_t positions, Tree *tree, size_t depth) {
    lua_State *L = harvest->L;
    size_t path_size = harvest->path.size;
    for (size_t i = 1; i <= positions && !harvest->full; i++) {
        source_path_position(&harvest->path, i);
        bool hole = lua_rawgeti(L, table, (lua_Integer)i) == LUA_TNIL;
        if (hole) wrong_type(harvest, message_words(TEXT_WANT_NO_GAP), message_words(TEXT_KIND_NIL));
        Tree *value = hole ? NULL : read_value(harvest, depth);
        if (value) tree_add(harvest->arena, tree, (Str){"", 0}, value);
        lua_pop(L, 1);
        harvest->path.size = path_size;
        if (hole) return;
    }
}

static void read_names(Harvest *harvest, int table, const Keys *keys, Tree *tree, size_t depth) {
    lua_State *L = harvest->L;
    size_t path_size = harvest->path.size;
    for (size_t i = 0; i < keys->name_count && !harvest->full; i++) {
        Str name = keys->names[i];
        source_path_name(&harvest->path, name);
        lua_pushlstring(L, name.data, name.size);
        lua_rawget(L, table);
        Tree *value = read_value(harvest, depth);
        if (value) tree_add(harvest->arena, tree, name, value);
        lua_pop(L, 1);
        harvest->path.size = path_size;
    }
}

static Tree *read_entries(Harvest *harvest, size_t depth) {
    int table = lua_gettop(harvest->L);
    if (lua_getmetatable(harvest->L, table)) {
        lua_pop(harvest->L, 1);
        wrong_type(harvest, message_words(TEXT_WANT_PLAIN_TABLE), message_words(TEXT_FOUND_LIBRARY));
        return NULL;
    }
    Tree *tree = tree_new(harvest->arena, TREE_TABLE);
    Keys keys = read_keys(harvest, table);
    read_positions(harvest, table, keys.positions, tree, depth);
    read_names(harvest, table, &keys, tree, depth);
    return tree;
}

/* What another script returned is seen through read-only views. */
static Tree *read_table(Harvest *harvest, size_t depth) {
    bool view = readonly_target(harvest->L, -1);
    Tree *tree = read_entries(harvest, depth);
    if (view) lua_pop(harvest->L, 1);
    return tree;
}

static Tree *read_text(Harvest *harvest) {
    Str text = string_at(harvest->L, -1);
    bool valid = text_invalid(text) == text.size;
    if (valid && !has_nul(text)) return tree_text(harvest->arena, text);
    wrong_type(harvest, message_words(TEXT_WANT_UTF8),
               message_words(valid ? TEXT_FOUND_NUL : TEXT_FOUND_BYTES));
    return NULL;
}

static Tree *read_number(Harvest *harvest) {
    Decimal number;
    if (value_number(harvest->L, -1, &number, harvest->arena)) return tree_number(harvest->arena, number);
    wrong_value(harvest, MESSAGE_NOT_FINITE);
    return NULL;
}

static Tree *read_bool(Harvest *harvest) {
    Tree *tree = tree_new(harvest->arena, TREE_BOOL);
    tree->flag = lua_toboolean(harvest->L, -1);
    return tree;
}

/* A function of the language itself, such as weighted_mean, was meant to be called. */
static Tree *read_function(Harvest *harvest) {
    if (lua_iscfunction(harvest->L, -1)) {
        wrong_type(harvest, message_words(TEXT_WANT_VALUE), message_words(TEXT_FOUND_UNCALLED));
        return NULL;
    }
    Tree *tree = tree_new(harvest->arena, TREE_FUNCTION);
    tree->function = ++harvest->function_count;
    lua_pushvalue(harvest->L, -1);
    lua_rawseti(harvest->L, harvest->functions, (lua_Integer)tree->function);
    return tree;
}

static Tree *read_expr(Harvest *harvest, const char *op, size_t operands, size_t depth) {
    int expr = lua_gettop(harvest->L);
    Tree *tree = tree_new(harvest->arena, TREE_EXPR);
    tree->text = str_of(op);
    for (size_t i = 1; i <= operands; i++) {
        expr_push_operand(harvest->L, expr, i);
        Tree *operand = read_value(harvest, depth);
        lua_pop(harvest->L, 1);
        if (!operand) return NULL;
        tree_add(harvest->arena, tree, (Str){"", 0}, operand);
    }
    return tree;
}

static Tree *read_object(Harvest *harvest, size_t depth) {
    const char *op, *word = expr_word(harvest->L, -1);
    size_t operands;
    if (expr_test(harvest->L, -1, &op, &operands)) return read_expr(harvest, op, operands, depth);
    if (word) {
        Tree *tree = tree_new(harvest->arena, TREE_WORD);
        tree->text = str_of(word);
        return tree;
    }
    Buffer found = {0};
    describe_value(harvest->L, -1, &found);
    wrong_type(harvest, message_words(TEXT_WANT_VALUE), buffer_view(&found));
    buffer_release(&found);
    return NULL;
}

/* `depth` is that of the value's holder. NULL after an error. */
static Tree *read_value(Harvest *harvest, size_t depth) {
    if (!count_value(harvest)) return NULL;
    if (++depth > TREE_DEPTH) {
        Str limit = arena_format(harvest->arena, "%d", TREE_DEPTH);
        wrong_type(harvest, message_both(harvest->arena, TEXT_WANT_SHALLOW, limit),
                   message_words(TEXT_FOUND_DEEPER));
        harvest->full = true;
        return NULL;
    }
    luaL_checkstack(harvest->L, LUA_MINSTACK, NULL);
    switch (lua_type(harvest->L, -1)) {
    case LUA_TTABLE:
        return read_table(harvest, depth);
    case LUA_TSTRING:
        return read_text(harvest);
    case LUA_TNUMBER:
        return read_number(harvest);
    case LUA_TBOOLEAN:
        return read_bool(harvest);
    case LUA_TFUNCTION:
        return read_function(harvest);
    default:
        return read_object(harvest, depth);
    }
}

/* ---- the whole */

static void not_a_ruleset(Harvest *harvest, int results) {
    lua_State *L = harvest->L;
    Place place = find_place(harvest);
    Str found = message_words(results ? TEXT_FOUND_SEVERAL : TEXT_KIND_NIL);
    if (results == 1) found = wording_type(L, -1);
    bool plain = results == 1 && lua_istable(L, -1);
    if (plain) found = message_words(TEXT_FOUND_PLAIN_TABLE);
    static const MessageId messages[] = {MESSAGE_RULES_NOT_A_TABLE, MESSAGE_TESTS_NOT_A_TABLE,
                                         MESSAGE_JOBS_NOT_A_TABLE};
    static const MessageId hints[] = {TEXT_HINT_RULESET, TEXT_HINT_TESTS, TEXT_HINT_JOBS};
    diag_add(harvest->diag, messages[harvest->kind], &place, found);
    if (plain) diag_hint_plain(harvest->diag, hints[harvest->kind]);
    harvest->failed = true;
}

/* Pushes the list of functions of all files so far. */
static void push_functions(lua_State *L) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &FUNCTIONS) == LUA_TTABLE) return;
    lua_pop(L, 1);
    lua_createtable(L, 0, 0);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &FUNCTIONS);
}

/* Stack: what the file returned, and the Harvest. */
static int read_results(lua_State *L) {
    Harvest *harvest = lua_touserdata(L, -1);
    lua_pop(L, 1);
    int results = lua_gettop(L);
    push_functions(L);
    lua_insert(L, 1);
    harvest->functions = 1;
    harvest->function_count = (uint32_t)lua_rawlen(L, 1);
    if (results == 1 && lua_istable(L, -1) && expr_is_file(L, -1, harvest->kind))
        harvest->tree = read_value(harvest, 0);
    else
        not_a_ruleset(harvest, results);
    return 0;
}

Tree *harvest_tree(lua_State *L, int results, ExprFile kind, const Script *script, Arena *arena, Diag *diag) {
    Harvest harvest = {.L = L, .script = script, .kind = kind, .arena = arena, .diag = diag};
    lua_pushcfunction(L, read_results);
    lua_insert(L, -results - 1);
    lua_pushlightuserdata(L, &harvest);
    bool called = state_call(L, results + 1, 0, diag);
    buffer_release(&harvest.path);
    source_free(harvest.source);
    return called && !harvest.failed ? harvest.tree : NULL;
}

bool harvest_push_function(lua_State *L, uint32_t number) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &FUNCTIONS);
    if (lua_istable(L, -1))
        lua_rawgeti(L, -1, (lua_Integer)number);
    else
        lua_pushnil(L);
    lua_remove(L, -2);
    if (lua_isfunction(L, -1)) return true;
    lua_pop(L, 1);
    return false;
}
