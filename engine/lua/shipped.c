#include "lua/shipped.h"

#include <lauxlib.h>
#include <string.h>

/* A dump begins with a header and the number of upvalues; then stands the name, which is "@". */
enum { HEAD = 32, NAME = 2 };

/* Longest name that is put in the place of "@": what its size takes in a dump is two bytes then. */
enum { LONGEST = 16000 };

/* A dump with another name, piece by piece. */
typedef struct Pieces {
    Str piece[4];
    size_t next;
} Pieces;

static const char *read_piece(lua_State *L, void *context, size_t *size) {
    Pieces *pieces = context;
    (void)L;
    if (pieces->next == sizeof pieces->piece / sizeof *pieces->piece) return NULL;
    Str piece = pieces->piece[pieces->next++];
    *size = piece.size;
    return piece.data;
}

static const Shipped *find(Str source) {
    for (const Shipped *script = shipped_scripts; script->text.data; script++)
        if (str_equal(script->text, source)) return script;
    return NULL;
}

bool shipped_is(Str source) { return find(source) != NULL; }

int shipped_load(lua_State *L, Str source, const char *name) {
    const Shipped *script = find(source);
    size_t size = strlen(name);
    if (!script || size > LONGEST) return luaL_loadbufferx(L, source.data, source.size, name, "t");
    /* one more than its length, seven bits a byte, the last one marked */
    char length[2] = {(char)((size + 1) >> 7), (char)(((size + 1) & 0x7f) | 0x80)};
    Pieces pieces = {{str_slice(script->code, 0, HEAD),
                      {length, sizeof length},
                      {name, size},
                      str_slice(script->code, HEAD + NAME, script->code.size)},
                     0};
    return lua_load(L, read_piece, &pieces, name, "b");
}
