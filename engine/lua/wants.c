#include "lua/wants.h"

#include "lua/reader.h"
#include "lua/readonly.h"

enum { WHATIF = CHART_KINDS, EXPLAIN, SKETCH, FORMULAS, PICTURES, NAMES };

static const char *name_of(int want) {
    static const char *const others[] = {"whatif", "explain", "sketch", "formulas", "pictures"};
    return want < CHART_KINDS ? chart_kind_name((ChartKind)want) : others[want - CHART_KINDS];
}

static bool *flag_of(Wants *wants, int want) {
    if (want == WHATIF) return &wants->whatif;
    if (want == SKETCH) return &wants->sketch;
    if (want == FORMULAS) return &wants->formulas;
    if (want == PICTURES) return &wants->pictures;
    return want == EXPLAIN ? &wants->explain : &wants->charts[want];
}

/* The text on top. */
static void read_want(Reader *r, Wants *wants) {
    const char *names[NAMES + 1] = {0};
    Str name = reader_text(r);
    if (!name.data) return;
    for (int want = 0; want < NAMES; want++) {
        names[want] = name_of(want);
        if (!str_is(name, names[want])) continue;
        *flag_of(wants, want) = true;
        return;
    }
    reader_none_of(r, names);
}

static void read_list(Reader *r, Wants *wants) {
    size_t count = 0;
    int list = lua_gettop(r->L);
    if (!reader_list_length(r, NAMES, &count)) return;
    for (size_t i = 0; i < count; i++) {
        reader_enter_at(r, list, i + 1);
        read_want(r, wants);
        reader_leave(r);
    }
}

Wants wants_read(lua_State *L, int index, const Place *place, Arena *arena, Diag *diag) {
    Wants wants = {0};
    Reader reader = reader_of(L, 64, place, arena, diag);
    lua_pushvalue(L, index);
    if (readonly_target(L, -1)) lua_remove(L, -2);
    reader_enter(&reader, lua_gettop(L), "wants");
    if (!lua_isnil(L, -1)) read_list(&reader, &wants);
    reader_leave(&reader);
    lua_pop(L, 1);
    return wants;
}

void wants_push(lua_State *L, const Wants *wants) {
    Wants copy = *wants;
    lua_createtable(L, 0, NAMES);
    for (int want = 0; want < NAMES; want++) {
        if (!*flag_of(&copy, want)) continue;
        lua_pushboolean(L, true);
        lua_setfield(L, -2, name_of(want));
    }
}

bool wants_charts(const Wants *wants) {
    for (int kind = 0; kind < CHART_KINDS; kind++)
        if (wants->charts[kind]) return true;
    return false;
}

void wants_trim(const Wants *wants, Document *document) {
    DocumentBlock *blocks = document->blocks;
    size_t kept = 0;
    for (size_t i = 0; i < document->block_count; i++)
        if (!blocks[i].chart || wants->charts[blocks[i].chart->kind]) blocks[kept++] = blocks[i];
    document->block_count = kept;
}
