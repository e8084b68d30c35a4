#include "lua/cells.h"

#include "lua/value.h"

#include <lauxlib.h>

/* Largest dictionary whose words a state keeps: they come again and again, and are few enough for a script's
 * memory. */
#ifndef CELLS_WORDS
#define CELLS_WORDS 4096
#endif

void cells_push_number(lua_State *L, const NumberColumn *numbers, size_t row) {
    double value, error;
    Decimal number;
    uint8_t scale = numbers->scale[row];
    if (scale == 0)
        lua_pushinteger(L, (lua_Integer)number_digits(numbers, row));
    else if (scale < DATASET_SCALE_LONG &&
             decimal_short_to_double(number_digits(numbers, row), scale, &value, &error))
        lua_pushnumber(L, value);
    else if (dataset_number(numbers, row, &number) == MISSING_NONE)
        value_push_number(L, &number);
    else
        lua_pushnil(L);
}

/* Pushes the table from ids of a column's words to texts, made at its first use. */
static void push_known_words(lua_State *L, int *known) {
    if (*known == LUA_NOREF) {
        lua_newtable(L);
        *known = luaL_ref(L, LUA_REGISTRYINDEX);
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, *known);
}

bool cells_push_known(lua_State *L, const TextColumn *words, int *known) {
    if (words->word_count > CELLS_WORDS) return false;
    push_known_words(L, known);
    return true;
}

static void push_word(lua_State *L, const TextColumn *words, int *known, size_t row) {
    uint32_t id = text_id(words, row);
    if (id == 0 || !cells_push_known(L, words, known)) {
        value_push_text(L, words->words[id]);
        return;
    }
    if (lua_rawgeti(L, -1, (lua_Integer)id) != LUA_TSTRING) {
        lua_pop(L, 1);
        value_push_text(L, words->words[id]);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, (lua_Integer)id);
    }
    lua_remove(L, -2);
}

void cells_push(lua_State *L, const Dataset *dataset, int *known, size_t column, size_t row) {
    const NumberColumn *numbers = dataset_numbers(dataset, column);
    if (numbers)
        cells_push_number(L, numbers, row);
    else
        push_word(L, dataset_words(dataset, column), &known[column], row);
}
