#include "lua/describe.h"

#include "base/text.h"

#include <lauxlib.h>

static Str cut(Str text, size_t limit) {
    if (text.size <= limit) return text;
    while (limit > 0 && ((unsigned char)text.data[limit] & 0xC0) == 0x80) limit--;
    return str_slice(text, 0, limit);
}

void describe_text(Buffer *out, Str text) {
    size_t from = out->size;
    text_add_visible(out, cut(text, DESCRIBE_LIMIT));
    Str shown = str_slice(buffer_view(out), from, out->size);
    out->size = from + cut(shown, DESCRIBE_LIMIT).size;
}

static void describe_number(lua_State *L, int index, Buffer *out) {
    if (lua_isinteger(L, index))
        buffer_addf(out, "%lld", (long long)lua_tointeger(L, index));
    else
        buffer_addf(out, "%.14g", lua_tonumber(L, index)); /* as Lua writes it */
}

/* Objects carry their class's name in __name. */
static void describe_object(lua_State *L, int index, Buffer *out) {
    Str name = str_of(luaL_typename(L, index));
    int top = lua_gettop(L);
    if (lua_getmetatable(L, index)) {
        lua_pushliteral(L, "__name");
        if (lua_rawget(L, -2) == LUA_TSTRING) name = str_of(lua_tostring(L, -1));
    }
    describe_text(out, name);
    lua_settop(L, top);
}

void describe_value(lua_State *L, int index, Buffer *out) {
    Str text = {0};
    switch (lua_type(L, index)) {
    case LUA_TSTRING:
        text.data = lua_tolstring(L, index, &text.size);
        describe_text(out, text);
        break;
    case LUA_TNUMBER:
        describe_number(L, index, out);
        break;
    case LUA_TBOOLEAN:
        buffer_add(out, str_of(lua_toboolean(L, index) ? "true" : "false"));
        break;
    default:
        describe_object(L, index, out);
    }
}
