#include "lua/lib_text.h"

#include "base/text.h"
#include "lua/blocks.h"
#include "lua/grouped.h"
#include "lua/state.h"
#include "lua/value.h"

#include <lauxlib.h>
#include <nettle/base64.h>
#include <nettle/sha2.h>

/* A text that is not too long. */
static Str take_text(lua_State *L, int argument) {
    Str text = {0};
    luaL_checktype(L, argument, LUA_TSTRING);
    text.data = lua_tolstring(L, argument, &text.size);
    if (text.size > LIB_TEXT_SIZE) state_refuse(L, argument, TEXT_TOO_LONG);
    return text;
}

static void check_bytes(lua_State *L, int argument, Str text) {
    if (text_invalid(text) != text.size) state_refuse(L, argument, TEXT_NOT_UTF8);
}

/* A text that is whole UTF-8: widths of anything else mean nothing. */
static Str check_text(lua_State *L, int argument) {
    Str text = take_text(L, argument);
    check_bytes(L, argument, text);
    return text;
}

/* The same as it is shown, where it must be changed for that in the state's scratch buffer; *width is its. */
static Str check_shown(lua_State *L, int argument, size_t *width) {
    Str text = take_text(L, argument);
    if (text_measure(text, width)) return text; /* so it is whole */
    check_bytes(L, argument, text);
    Buffer *out = value_scratch(L);
    text_add_visible(out, text);
    *width = text_width(buffer_view(out));
    return buffer_view(out);
}

static size_t check_width(lua_State *L, int argument, int least) {
    lua_Integer width = luaL_checkinteger(L, argument);
    if (width < least || width > BLOCKS_WIDTH) state_refuse(L, argument, TEXT_WIDTH_RANGE);
    return (size_t)width;
}

static int width_of(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)text_width(check_text(L, 1)));
    return 1;
}

static void add_blanks(luaL_Buffer *out, size_t count) {
    while (count-- > 0) luaL_addchar(out, ' ');
}

static int pad(lua_State *L) {
    static const char *const sides[] = {"left", "right", "center", NULL};
    enum { LEFT, RIGHT, CENTER };
    Str text = check_text(L, 1);
    size_t width = check_width(L, 2, 0);
    int side = luaL_checkoption(L, 3, "left", sides);
    size_t taken = text_width(text);
    size_t blanks = taken < width ? width - taken : 0;
    size_t before = side == RIGHT ? blanks : side == CENTER ? blanks / 2 : 0;
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    add_blanks(&out, before);
    luaL_addlstring(&out, text.data, text.size);
    add_blanks(&out, blanks - before);
    luaL_pushresult(&out);
    return 1;
}

static int wrap(lua_State *L) {
    Str rest = text_wrap_begin(check_text(L, 1));
    size_t width = check_width(L, 2, 1);
    lua_newtable(L);
    lua_Integer lines = 0;
    do {
        Str line = text_wrap(&rest, width);
        lua_pushlstring(L, line.size ? line.data : "", line.size);
        lua_rawseti(L, -2, ++lines);
    } while (rest.size);
    return 1;
}

static void add_text(luaL_Buffer *out, Str text) { luaL_addlstring(out, text.data, text.size); }

/* Stack: what the first line begins with, the words, the width. */
static int block(lua_State *L) {
    size_t taken;
    Str first = check_text(L, 1), words = check_shown(L, 2, &taken), rest = text_wrap_begin(words);
    size_t width = check_width(L, 3, 1), indent = text_width(first);
    if (indent >= width) return state_refuse(L, 1, TEXT_WIDTH_RANGE);
    luaL_Buffer lines;
    luaL_buffinit(L, &lines);
    add_text(&lines, first);
    if (taken <= width - indent) { /* a line, as most are */
        add_text(&lines, rest);
        rest.size = 0;
    }
    for (size_t line = 0; rest.size; line++) {
        Str next = text_wrap(&rest, width - indent);
        if (line) luaL_addchar(&lines, '\n');
        if (line) add_blanks(&lines, indent);
        add_text(&lines, next);
    }
    luaL_pushresult(&lines);
    return 1;
}

static int letters(lua_State *L) {
    Str text = check_text(L, 1);
    lua_newtable(L);
    lua_Integer count = 0;
    for (size_t at = 0, size; at < text.size; at += size) {
        size = text_letter(str_slice(text, at, text.size));
        lua_pushlstring(L, text.data + at, size);
        lua_rawseti(L, -2, ++count);
    }
    return 1;
}

static int visible(lua_State *L) {
    Str text = check_text(L, 1);
    if (text_is_visible(text)) {
        lua_settop(L, 1);
        return 1;
    }
    Buffer *out = value_scratch(L);
    text_add_visible(out, text);
    lua_pushlstring(L, out->size ? out->data : "", out->size);
    return 1;
}

static int markup(lua_State *L) {
    Str text = check_text(L, 1);
    Buffer *out = value_scratch(L);
    text_add_markup(out, text);
    lua_pushlstring(L, out->size ? out->data : "", out->size);
    return 1;
}

/* Of any bytes. */
static int sha256(lua_State *L) {
    struct sha256_ctx state;
    uint8_t digest[SHA256_DIGEST_SIZE];
    char letters[BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE)];
    luaL_checktype(L, 1, LUA_TSTRING);
    size_t size;
    const char *bytes = lua_tolstring(L, 1, &size);
    sha256_init(&state);
    sha256_update(&state, size, (const uint8_t *)bytes);
    sha256_digest(&state, sizeof digest, digest);
    base64_encode_raw(letters, sizeof digest, digest);
    lua_pushlstring(L, letters, sizeof letters);
    return 1;
}

static const luaL_Reg functions[] = {
    {"width", width_of},
    {"pad", pad},
    {"wrap", wrap},
    {"block", block},
    {"grouped", grouped_show},
    {"numbers", grouped_make},
    {"letters", letters},
    {"visible", visible},
    {"markup", markup},
    {"sha256", sha256},
    {"tables", blocks_draw_tables},
    {NULL, NULL},
};

void lib_text_push(lua_State *L) { luaL_newlib(L, functions); }
