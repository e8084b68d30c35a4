/* embed - scripts as C (make): embed SCRIPT… writes for each its text and what Lua compiles of it, with names
 * and lines. The program takes the latter where the file it reads has the same bytes (lua/shipped). */
#include <lauxlib.h>
#include <lua.h>
#include <stdio.h>
#include <stdlib.h>

static int column = 0;

static void put(const unsigned char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        printf("%u,", bytes[i]);
        if (++column % 32 == 0) putchar('\n');
    }
}

/* lua_dump calls it piece by piece; what the first bytes are is known to lua/shipped. */
static int write_code(lua_State *L, const void *bytes, size_t size, void *context) {
    (void)L;
    *(size_t *)context += size;
    put(bytes, size);
    return 0;
}

static char *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    char *text = malloc(1 << 20);
    *size = text ? fread(text, 1, 1 << 20, file) : 0;
    fclose(file);
    return text;
}

typedef struct Sizes {
    size_t text, code;
} Sizes;

/* The name "@" is replaced by that of the file when the code is loaded. */
static int embed(const char *path, int number, Sizes *sizes) {
    lua_State *L = luaL_newstate();
    char *text = read_file(path, &sizes->text);
    if (!L || !text || luaL_loadbufferx(L, text, sizes->text, "@", "t") != LUA_OK) {
        fprintf(stderr, "embed: %s: %s\n", path, L && text ? lua_tostring(L, -1) : "cannot be read");
        return 1;
    }
    printf("static const unsigned char text_%d[] = {", number);
    put((const unsigned char *)text, sizes->text);
    printf("};\nstatic const unsigned char code_%d[] = {", number);
    lua_dump(L, write_code, &sizes->code, 0);
    printf("};\n");
    lua_close(L);
    free(text);
    return 0;
}

int main(int count, char **paths) {
    Sizes *sizes = calloc((size_t)count, sizeof *sizes);
    if (!sizes) return 1;
    puts("#include \"lua/shipped.h\"");
    for (int i = 1; i < count; i++)
        if (embed(paths[i], i, &sizes[i])) return 1;
    puts("const Shipped shipped_scripts[] = {");
    for (int i = 1; i < count; i++)
        printf("{{(const char *)text_%d, %zu}, {(const char *)code_%d, %zu}},\n", i, sizes[i].text, i,
               sizes[i].code);
    puts("{{0}, {0}}};");
    free(sizes);
    return 0;
}
