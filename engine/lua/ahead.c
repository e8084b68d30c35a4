#include "lua/ahead.h"

#include <string.h>

/* Behind the next require(" at `from`; the end of the source when there is none. */
static size_t next_name(Str source, size_t from) {
    static const char call[] = "require(\"";
    if (from >= source.size) return source.size;
    const char *found = memmem(source.data + from, source.size - from, call, sizeof call - 1);
    return found ? (size_t)(found - source.data) + sizeof call - 1 : source.size;
}

static void read_one(Ahead *ahead, const Folders *folders, Str name, Arena *arena) {
    if (ahead->count == AHEAD_SCRIPTS || ahead_find(ahead, name)) return;
    Diag *faults = diag_new();
    Script *script = &ahead->scripts[ahead->count];
    if (folder_read_script(folders, "", name, arena, script, faults)) {
        ahead->names[ahead->count++] = name;
        ahead_read(ahead, folders, script->source, arena); /* as deep as there are scripts */
    }
    diag_free(faults);
}

void ahead_read(Ahead *ahead, const Folders *folders, Str source, Arena *arena) {
    for (size_t at = next_name(source, 0); at < source.size; at = next_name(source, at))
        read_one(ahead, folders, str_slice(source, at, str_find(source, '"', at)), arena);
}

const Script *ahead_find(const Ahead *ahead, Str name) {
    for (size_t i = 0; i < ahead->count; i++)
        if (str_equal(ahead->names[i], name)) return &ahead->scripts[i];
    return NULL;
}
