#include "lua/grouped.h"

#include "lua/state.h"
#include "lua/value.h"

#include <lauxlib.h>

static size_t count_digits(Str text, size_t from) {
    size_t at = from;
    while (at < text.size && text.data[at] >= '0' && text.data[at] <= '9') at++;
    return at - from;
}

/* Sign, digits, and a point with digits or nothing. */
static bool is_number(Str text, size_t *sign, size_t *digits) {
    *sign = text.size && text.data[0] == '-';
    *digits = count_digits(text, *sign);
    size_t end = *sign + *digits;
    if (*digits == 0) return false;
    if (end == text.size) return true;
    size_t places = count_digits(text, end + 1);
    return text.data[end] == '.' && places > 0 && end + 1 + places == text.size;
}

static bool is_zero(Str number, size_t sign) {
    size_t at = sign;
    while (at < number.size && (number.data[at] == '0' || number.data[at] == '.')) at++;
    return at == number.size;
}

bool grouped_add(Str number, Str minus, Str zero, Buffer *out) {
    size_t sign, digits;
    if (!is_number(number, &sign, &digits)) return false;
    if (zero.data && is_zero(number, sign)) {
        buffer_add(out, zero);
        return true;
    }
    if (sign) buffer_add(out, minus);
    size_t end = sign + digits, at = sign + (digits - 1) % 3 + 1;
    buffer_add(out, str_slice(number, sign, at));
    for (; at < end; at += 3) {
        buffer_add_char(out, ',');
        buffer_add(out, str_slice(number, at, at + 3));
    }
    buffer_add(out, str_slice(number, end, number.size));
    return true;
}

/* The text at `index`; no data for nil. */
static Str optional(lua_State *L, int index) {
    Str text = {0};
    if (!lua_isnoneornil(L, index)) text.data = luaL_checklstring(L, index, &text.size);
    return text;
}

static int show(lua_State *L, Str minus, Str zero) {
    Str number = {0};
    if (!lua_isinteger(L, 1) && lua_type(L, 1) != LUA_TSTRING) return state_refuse(L, 1, TEXT_NUMBER_WANTED);
    lua_pushvalue(L, 1);
    number.data = lua_tolstring(L, -1, &number.size);
    Buffer *out = value_scratch(L);
    if (!grouped_add(number, minus.data ? minus : STR("-"), zero, out))
        return state_refuse(L, 1, TEXT_NO_NUMBER_TEXT);
    lua_pushlstring(L, out->size ? out->data : "", out->size);
    return 1;
}

int grouped_show(lua_State *L) { return show(L, optional(L, 2), optional(L, 3)); }

static int show_made(lua_State *L) { return show(L, optional(L, lua_upvalueindex(1)), optional(L, 2)); }

int grouped_make(lua_State *L) {
    luaL_checktype(L, 1, LUA_TSTRING);
    lua_settop(L, 1);
    lua_pushcclosure(L, show_made, 1);
    return 1;
}

bool grouped_is(lua_State *L, int index, Str *minus) {
    if (lua_tocfunction(L, index) != show_made || !lua_getupvalue(L, index, 1)) return false;
    minus->data = lua_tolstring(L, -1, &minus->size);
    lua_pop(L, 1);
    return true;
}
