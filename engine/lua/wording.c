#include "lua/wording.h"

#include <lauxlib.h>

#define ARGUMENTS 9

static Str part(Arena *arena, Str text);

/* The Korean for `text` by the first template that fits; empty when none does. */
static Str korean(Arena *arena, Str text, MessageId first, MessageId last) {
    for (unsigned id = first; id <= last; id++) {
        const Message entry = message_get((MessageId)id);
        Str arguments[ARGUMENTS] = {{0}};
        if (!message_match(text, entry.text[LANGUAGE_EN], arguments)) continue;
        for (int i = 0; i < ARGUMENTS; i++) arguments[i] = part(arena, arguments[i]);
        Buffer out = {0};
        message_fill(&out, entry.text[LANGUAGE_KO], arguments, ARGUMENTS, LANGUAGE_KO);
        Str copy = arena_copy(arena, buffer_view(&out));
        buffer_release(&out);
        return copy;
    }
    return (Str){0};
}

static Str part(Arena *arena, Str text) {
    if (text.size == 0) return text;
    Str words = korean(arena, text, TEXT_LUA_PART_FIRST, TEXT_LUA_PART_LAST);
    return words.size ? words : text;
}

void wording_add(Buffer *out, Str message) {
    Arena arena = {0};
    Str words = korean(&arena, message, TEXT_LUA_FIRST, TEXT_LUA_LAST);
    buffer_add(out, message);
    if (words.size) {
        buffer_add(out, STR(MESSAGE_WORDS("", "")));
        buffer_add(out, words);
        buffer_add(out, STR(" ("));
        buffer_add(out, message);
        buffer_add_char(out, ')');
    }
    arena_release(&arena);
}

static const MessageId types[] = {
    [LUA_TNIL] = TEXT_LUA_TYPE_NIL,           [LUA_TBOOLEAN] = TEXT_LUA_TYPE_BOOLEAN,
    [LUA_TNUMBER] = TEXT_LUA_TYPE_NUMBER,     [LUA_TSTRING] = TEXT_LUA_TYPE_STRING,
    [LUA_TTABLE] = TEXT_LUA_TYPE_TABLE,       [LUA_TLIGHTUSERDATA] = TEXT_LUA_TYPE_USERDATA,
    [LUA_TFUNCTION] = TEXT_LUA_TYPE_FUNCTION, [LUA_TUSERDATA] = TEXT_LUA_TYPE_USERDATA,
};

Str wording_type(lua_State *L, int index) {
    int type = lua_type(L, index);
    if (type == LUA_TNONE) return message_words(TEXT_LUA_TYPE_NONE);
    if ((size_t)type < sizeof types / sizeof *types) return message_words(types[type]);
    return str_of(luaL_typename(L, index));
}
