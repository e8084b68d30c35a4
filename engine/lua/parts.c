#include "lua/parts.h"

#include "lua/reader.h"

#include <lauxlib.h>

bool parts_are(lua_State *L, int index) {
    int table = lua_absindex(L, index);
    lua_pushliteral(L, "parts");
    bool is = lua_rawget(L, table) != LUA_TNIL;
    lua_pop(L, 1);
    return is;
}

/* The part on top. */
static void read_part(Reader *r, PackagePart *part) {
    static const char *const keys[] = {"name", "text", "stored", NULL};
    if (!reader_is_table(r, TEXT_SHAPE_PART)) return;
    int from = lua_gettop(r->L);
    reader_check_keys(r, keys);
    part->name = reader_text_at(r, from, "name", true);
    part->text = reader_text_at(r, from, "text", true);
    part->stored = reader_flag_at(r, from, "stored");
}

/* The list on top. */
static void read_parts(Reader *r, Package *package) {
    int list = lua_gettop(r->L);
    if (!reader_list_length(r, PACKAGE_PARTS, &package->count)) return;
    package->parts = arena_new(r->arena, package->count, sizeof *package->parts);
    for (size_t i = 0; i < package->count; i++) {
        reader_enter_at(r, list, i + 1);
        read_part(r, &package->parts[i]);
        reader_leave(r);
    }
}

/* The list is on top. */
static void add_fault(Reader *r, const PackageFault *fault) {
    int list = lua_gettop(r->L);
    if (fault->what == TEXT_DOCUMENT_EMPTY) {
        reader_fault_plain(r, fault->what);
        return;
    }
    reader_enter_at(r, list, fault->part + 1);
    reader_enter(r, lua_gettop(r->L), fault->text ? "text" : "name");
    reader_fault_plain(r, fault->what);
    reader_leave(r);
    reader_leave(r);
}

static void add_part(Buffer *out, const PackagePart *part) {
    wire_add_text(out, part->name);
    buffer_add_char(out, (char)part->stored);
    wire_add_text(out, part->text);
}

size_t parts_add(lua_State *L, int index, const Place *place, Buffer *out, Diag *diag) {
    static const char *const keys[] = {"parts", NULL};
    Arena arena = {0}; /* of a child that ends with its answer */
    Reader reader = reader_of(L, PACKAGE_TEXT, place, &arena, diag);
    Package package = {0};
    PackageFault fault;
    lua_pushvalue(L, index);
    reader_check_keys(&reader, keys);
    reader_enter(&reader, lua_gettop(L), "parts");
    read_parts(&reader, &package);
    if (!reader.faults && !package_check(&package, &fault)) add_fault(&reader, &fault);
    reader_leave(&reader);
    lua_pop(L, 1);
    wire_add_u32(out, (uint32_t)package.count);
    for (size_t i = 0; !reader.faults && i < package.count; i++) add_part(out, &package.parts[i]);
    return reader.bytes;
}

bool parts_take(Str message, Arena *arena, Package *package) {
    WireReader reader = {.bytes = message};
    PackageFault fault;
    package->count = wire_u32(&reader);
    if (package->count > PACKAGE_PARTS) return false;
    package->parts = arena_new(arena, package->count, sizeof *package->parts);
    for (size_t i = 0; i < package->count && !reader.bad; i++) {
        PackagePart *part = &package->parts[i];
        part->name = wire_text(&reader);
        Str stored = wire_bytes(&reader, 1);
        part->stored = stored.size && stored.data[0];
        part->text = wire_text(&reader);
    }
    return wire_done(&reader) && package_check(package, &fault);
}
