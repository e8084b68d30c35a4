#include "lua/watched.h"

#include "base/wire.h"
#include "lua/harvest.h"

/* Lines of a file that can be noted: a script has at most 64 KiB. */
#define LINE_LIMIT 65536

/* Its address is the key of the Watched in the registry. */
static const char WATCH = 0;

/* Which file a function stands in; count: another script. */
static size_t file_of(const Watched *watched, const char *source) {
    size_t i = 0;
    while (i < watched->count && !(*source == '@' && str_is(watched->scripts[i].path, source + 1))) i++;
    return i;
}

static void note_line(lua_State *L, lua_Debug *about) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &WATCH);
    Watched *watched = lua_touserdata(L, -1);
    lua_pop(L, 1);
    lua_getinfo(L, "S", about);
    size_t file = file_of(watched, about->source);
    if (file < watched->count && about->currentline > 0 && about->currentline < LINE_LIMIT)
        watched->ran[file][about->currentline] = 1;
}

int watched_start(lua_State *L) {
    Watched *watched = lua_touserdata(L, 1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &WATCH);
    for (size_t i = 0; i < watched->count; i++) watched->ran[i] = arena_new(&watched->arena, LINE_LIMIT, 1);
    lua_sethook(L, note_line, LUA_MASKLINE, 0);
    return 0;
}

/* The lines of the function on top of the stack, which goes. */
static void add_lines(lua_State *L, const Watched *watched, Buffer *reply) {
    lua_Debug about = {0};
    lua_getinfo(L, ">SL", &about);
    size_t file = file_of(watched, about.source);
    for (int line = about.linedefined; file < watched->count && line <= about.lastlinedefined; line++) {
        bool code = lua_rawgeti(L, -1, line) != LUA_TNIL && line < LINE_LIMIT;
        lua_pop(L, 1);
        if (!code) continue;
        wire_add_text(reply, watched->scripts[file].path);
        wire_add_u32(reply, (uint32_t)line);
        wire_add_u32(reply, watched->ran[file][line]);
    }
    lua_pop(L, 1);
}

int watched_add_lines(lua_State *L) {
    const Watched *watched = lua_touserdata(L, 1);
    Buffer *reply = lua_touserdata(L, 2);
    lua_sethook(L, NULL, 0, 0);
    for (uint32_t number = 1; harvest_push_function(L, number); number++) add_lines(L, watched, reply);
    return 0;
}
