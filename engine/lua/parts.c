#include "lua/parts.h"

#include "lua/gather.h"

#include <lauxlib.h>

bool parts_are(lua_State *L, int index) {
    int table = lua_absindex(L, index);
    lua_pushliteral(L, "parts");
    bool is = lua_rawget(L, table) != LUA_TNIL;
    lua_pop(L, 1);
    return is;
}

/* A package under way in the child. */
typedef struct Gathered {
    Package package;
    const Tree **drawings; /* of each part; NULL: it has a text */
    Tree *looks;           /* styles and paints; NULL: no part is a picture */
} Gathered;

/* The entry `name` of the table on top, as a tree; NULL after a fault. */
static Tree *gather_at(Reader *r, const char *name) {
    reader_enter(r, lua_gettop(r->L), name);
    Tree *tree = gather_tree(r);
    reader_leave(r);
    return tree;
}

/* The part on top. */
static void read_part(Reader *r, PackagePart *part, const Tree **drawing) {
    static const char *const keys[] = {"name", "text", "drawing", "stored", NULL};
    if (!reader_is_table(r, TEXT_SHAPE_PART)) return;
    int from = lua_gettop(r->L);
    reader_check_keys(r, keys);
    part->name = reader_text_at(r, from, "name", true);
    part->stored = reader_flag_at(r, from, "stored");
    if (reader_has(r, from, "drawing")) {
        *drawing = gather_at(r, "drawing");
        if (reader_has(r, from, "text")) reader_fault(r, TEXT_DOCUMENT_BOTH, STR("text"), STR("drawing"));
    } else {
        part->text = reader_text_at(r, from, "text", true);
    }
}

/* The list on top. */
static void read_parts(Reader *r, Gathered *gathered) {
    int list = lua_gettop(r->L);
    Package *package = &gathered->package;
    if (!reader_list_length(r, PACKAGE_PARTS, &package->count)) return;
    package->parts = arena_new(r->arena, package->count, sizeof *package->parts);
    gathered->drawings = arena_new(r->arena, package->count, sizeof *gathered->drawings);
    for (size_t i = 0; i < package->count; i++) {
        reader_enter_at(r, list, i + 1);
        read_part(r, &package->parts[i], &gathered->drawings[i]);
        reader_leave(r);
    }
}

/* The styles and paints of the table on top, where a part is a picture. */
static void read_looks(Reader *r, Gathered *gathered) {
    bool any = false;
    for (size_t i = 0; i < gathered->package.count; i++) any |= gathered->drawings[i] != NULL;
    if (!any) return;
    gathered->looks = tree_new(r->arena, TREE_TABLE);
    Tree *styles = gather_at(r, "styles"), *paints = gather_at(r, "paints");
    if (styles) tree_add(r->arena, gathered->looks, STR("styles"), styles);
    if (paints) tree_add(r->arena, gathered->looks, STR("paints"), paints);
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

static void add_part(Buffer *out, const PackagePart *part, bool picture) {
    wire_add_text(out, part->name);
    buffer_add_char(out, (char)part->stored);
    buffer_add_char(out, (char)picture);
    wire_add_text(out, part->text);
}

static void add_gathered(Buffer *out, const Gathered *gathered) {
    const Package *package = &gathered->package;
    wire_add_u32(out, (uint32_t)package->count);
    for (size_t i = 0; i < package->count; i++)
        add_part(out, &package->parts[i], gathered->drawings[i] != NULL);
    if (!gathered->looks) return;
    wire_add_tree(out, gathered->looks);
    for (size_t i = 0; i < package->count; i++)
        if (gathered->drawings[i]) wire_add_tree(out, gathered->drawings[i]);
}

size_t parts_add(lua_State *L, int index, const Place *place, Buffer *out, Diag *diag) {
    static const char *const keys[] = {"parts", "styles", "paints", NULL};
    Arena arena = {0}; /* of a child that ends with its answer */
    Reader reader = reader_of(L, PACKAGE_TEXT, place, &arena, diag);
    Gathered gathered = {0};
    PackageFault fault;
    lua_pushvalue(L, index);
    reader_check_keys(&reader, keys);
    reader_enter(&reader, lua_gettop(L), "parts");
    read_parts(&reader, &gathered);
    if (!reader.faults && !package_check(&gathered.package, &fault)) add_fault(&reader, &fault);
    reader_leave(&reader);
    if (!reader.faults) read_looks(&reader, &gathered);
    lua_pop(L, 1);
    if (!reader.faults) add_gathered(out, &gathered);
    return reader.bytes;
}

static void take_pictures(WireReader *reader, Arena *arena, Pictures *pictures) {
    if (!pictures->count) return;
    pictures->looks = wire_tree(reader, arena);
    for (size_t i = 0; i < pictures->count && !reader->bad; i++)
        pictures->list[i].drawing = wire_tree(reader, arena);
}

bool parts_take(Str message, Arena *arena, Package *package, Pictures *pictures) {
    WireReader reader = {.bytes = message};
    PackageFault fault;
    package->count = wire_u32(&reader);
    if (package->count > PACKAGE_PARTS) return false;
    package->parts = arena_new(arena, package->count, sizeof *package->parts);
    *pictures = (Pictures){.list = arena_new(arena, package->count, sizeof *pictures->list)};
    for (size_t i = 0; i < package->count && !reader.bad; i++) {
        PackagePart *part = &package->parts[i];
        part->name = wire_text(&reader);
        Str flags = wire_bytes(&reader, 2);
        part->stored = flags.size && flags.data[0];
        if (flags.size && flags.data[1]) pictures->list[pictures->count++].part = i;
        part->text = wire_text(&reader);
    }
    if (!reader.bad) take_pictures(&reader, arena, pictures);
    return wire_done(&reader) && package_check(package, &fault);
}
