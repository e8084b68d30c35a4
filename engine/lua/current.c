#include "lua/current.h"

#include "lua/cells.h"

#include <lauxlib.h>

/* Most columns at hand. */
#define COLUMNS 16

typedef struct Column {
    size_t number;
    const NumberColumn *numbers; /* NULL: a column of texts */
    const double *doubles;       /* those numbers, where they are at hand; else NULL */
    const TextColumn *words;
    uint32_t word; /* the id at hand; 0: none */
    bool known;    /* its texts by id are on the stack */
} Column;

struct Current {
    const View *view;
    Window *window;            /* NULL: all of the dataset is there */
    size_t *row;               /* of the object */
    int object, fields, names; /* places on the stack; */
    int named, texts;          /* from there on the names of columns at hand, and tables of their texts, */
    int ready;                 /* as far as they were made ready */
    int given;                 /* the place of what is pushed: object or fields */
    int count;
    bool others; /* something was read that is no text of a column at hand */
    Column columns[COLUMNS];
};

/* Upvalues of read_field: the object, the Current, the names, and what reads any object of the class. Names
 * are known by number, in order, and by name: true for a column at hand, false for what never is. */
enum {
    UP_OBJECT = lua_upvalueindex(1),
    UP_CURRENT = lua_upvalueindex(2),
    UP_NAMES = lua_upvalueindex(3),
    UP_READER = lua_upvalueindex(4)
};

/* True for what is not there, which was noted. Stack: fields, name. */
static bool misses(lua_State *L, const Current *current) {
    Window *window = current->window;
    size_t size, number;
    if (!window) return false;
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tolstring(L, 2, &size) : NULL;
    if (!name || current->count == COLUMNS || !view_find_cell(current->view, name, size, &number))
        window->beyond = true;
    else if (!window->there[number])
        window->lacks[number] = true;
    else
        return false;
    window->missed = true;
    return true;
}

/* Stack: fields, name. */
static bool learn(lua_State *L, Current *current) {
    size_t size, number;
    const char *name = lua_tolstring(L, 2, &size);
    bool fits = current->count < COLUMNS && view_find_cell(current->view, name, size, &number);
    lua_pushvalue(L, 2);
    lua_pushboolean(L, fits);
    lua_rawset(L, UP_NAMES);
    if (!fits) return false;
    const Dataset *dataset = current->view->dataset;
    Column *column = &current->columns[current->count++];
    *column = (Column){.number = number,
                       .numbers = dataset_numbers(dataset, number),
                       .words = dataset_words(dataset, number)};
    if (current->window && column->numbers) column->doubles = window_doubles(current->window, number);
    current->others |= dataset_words(dataset, number) == NULL;
    lua_pushvalue(L, 2);
    lua_rawseti(L, UP_NAMES, current->count);
    return true;
}

/* Stack: fields, name. Leaves what any object of the class answers. */
static void read_any(lua_State *L) {
    lua_pushvalue(L, UP_READER);
    lua_pushvalue(L, UP_OBJECT);
    lua_pushvalue(L, 2);
    lua_call(L, 2, 1);
}

/* __index of the fields. What is at hand and not there is nil. Stack: fields, name. */
static int read_field(lua_State *L) {
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    int known = lua_type(L, 2) == LUA_TSTRING ? lua_rawget(L, UP_NAMES) : LUA_TBOOLEAN;
    if (known == LUA_TBOOLEAN && lua_type(L, 2) == LUA_TSTRING && lua_toboolean(L, -1)) {
        lua_pushnil(L);
        return 1;
    }
    Current *current = lua_touserdata(L, UP_CURRENT);
    if (misses(L, current)) return luaL_error(L, "window"); /* nobody hears it: the call is void */
    bool learned = known == LUA_TNIL && learn(L, current);
    current->others |= !learned;
    read_any(L);
    if (!learned) return 1;
    lua_pushvalue(L, 2);
    lua_pushvalue(L, -2);
    lua_rawset(L, 1);
    return 1;
}

/* The metatable of the fields. */
static void push_metatable(lua_State *L, const Current *current) {
    lua_createtable(L, 0, 1);
    lua_pushvalue(L, current->object);
    lua_pushvalue(L, current->names + 1);
    lua_pushvalue(L, current->names);
    class_push_reader(L, &view_indicator_class);
    lua_pushcclosure(L, read_field, 4);
    lua_setfield(L, -2, "__index");
}

Current *current_begin(lua_State *L, const Dataset *dataset, Window *window, bool inward) {
    luaL_checkstack(L, 2 * COLUMNS + 20, NULL);
    const View *view = view_of_dataset(L, dataset);
    int top = lua_gettop(L);
    lua_createtable(L, 0, CLASS_ROOM);
    size_t *at = class_push_quick(L, &view_indicator_class, view, top + 1);
    lua_newtable(L);
    Current *current = lua_newuserdatauv(L, sizeof *current, 0);
    *current = (Current){.view = view,
                         .window = window,
                         .row = at,
                         .fields = top + 1,
                         .object = top + 2,
                         .given = inward ? top + 1 : top + 2,
                         .names = top + 3,
                         .named = top + 4,
                         .texts = top + 4 + COLUMNS};
    push_metatable(L, current);
    lua_setmetatable(L, current->fields);
    lua_settop(L, current->texts + COLUMNS);
    return current;
}

/* Columns that were learned since the last call. */
static void make_ready(lua_State *L, Current *current) {
    for (; current->ready < current->count; current->ready++) {
        Column *column = &current->columns[current->ready];
        column->known =
            column->words && cells_push_known(L, column->words, &current->view->words[column->number]);
        if (column->known) lua_replace(L, current->texts + current->ready);
        lua_rawgeti(L, current->names, current->ready + 1);
        lua_replace(L, current->named + current->ready);
    }
}

static void push_number(lua_State *L, const Column *column, size_t row) {
    bool known = column->doubles && column->doubles[row] == column->doubles[row];
    if (known && column->numbers->scale[row] > 0)
        lua_pushnumber(L, column->doubles[row]);
    else
        cells_push_number(L, column->numbers, row);
}

static void push_text(lua_State *L, const Current *current, int index, size_t row) {
    const Column *column = &current->columns[index];
    if (column->known && lua_rawgeti(L, current->texts + index, column->word) == LUA_TSTRING) return;
    if (column->known) lua_pop(L, 1);
    cells_push(L, current->view->dataset, current->view->words, column->number, row);
}

static void bring(lua_State *L, const Current *current, int index, size_t row) {
    const Column *column = &current->columns[index];
    lua_pushvalue(L, current->named + index);
    if (column->numbers)
        push_number(L, column, row);
    else
        push_text(L, current, index, row);
    lua_settable(L, current->fields); /* no entry of the metatable is for writing */
}

bool current_is_texts(const Current *current) { return !current->others; }

bool current_texts(const Current *current, size_t row, CurrentTexts *texts) {
    if (current->others || current->count > CURRENT_TEXTS) return false;
    texts->count = (size_t)current->count;
    for (size_t i = 0; i < texts->count; i++) {
        texts->columns[i] = (uint32_t)current->columns[i].number;
        texts->words[i] = text_id(current->columns[i].words, row);
    }
    return true;
}

void current_push(lua_State *L, Current *current, size_t row) {
    *current->row = row;
    if (current->ready < current->count) make_ready(L, current);
    for (int i = 0; i < current->count; i++) {
        Column *column = &current->columns[i];
        uint32_t word = column->words ? text_id(column->words, row) : 0;
        if (word && word == column->word) continue; /* texts are often those of the row before */
        column->word = word;
        bring(L, current, i, row);
    }
    lua_pushvalue(L, current->given);
}
