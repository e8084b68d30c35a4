#include "lua/blocks.h"

#include "io/boxes.h"
#include "lua/chart.h"
#include "lua/grouped.h"
#include "lua/lib_base.h"
#include "lua/state.h"

#include <lauxlib.h>

/* Keys of the registry, by address: from the tables of a document that scripts hold to those of C, and the
 * metatable of those whose columns and rows are not made yet. */
static const char known_key = 0, lazy_key = 0;

static void set_text(lua_State *L, const char *name, Str text) {
    if (!text.data) return;
    lua_pushlstring(L, text.data, text.size);
    lua_setfield(L, -2, name);
}

static void set_count(lua_State *L, const char *name, size_t count) {
    lua_pushinteger(L, (lua_Integer)count);
    lua_setfield(L, -2, name);
}

/* ---- columns and rows */

static void push_columns(lua_State *L, const DocumentTable *table) {
    lua_createtable(L, (int)table->column_count, 0);
    for (size_t c = 0; c < table->column_count; c++) {
        const DocumentColumn *column = &table->columns[c];
        lua_createtable(L, 0, 3);
        set_text(L, "title", column->title);
        set_text(L, "group", column->group);
        set_text(L, "field", column->field);
        if (column->align) set_text(L, "align", str_of(document_align_name(column->align)));
        lua_rawseti(L, -2, (lua_Integer)c + 1);
    }
}

static void push_cell(lua_State *L, const DocumentCell *cell) {
    lua_createtable(L, 0, 8);
    set_text(L, "kind", cell->number ? STR("number") : STR("text"));
    set_text(L, "text", cell->text);
    set_text(L, "zero", cell->extra->zero);
    set_text(L, "mark", cell->extra->mark);
    set_text(L, "of", cell->extra->of);
    set_text(L, "verdict", cell->extra->verdict);
    set_text(L, "formula", cell->extra->formula);
    set_count(L, "rows", cell->rows);
    set_count(L, "columns", cell->columns);
    lua_pushboolean(L, cell->spaced);
    lua_setfield(L, -2, "spaced");
    if (!cell->extra->percent) return;
    lua_pushboolean(L, true);
    lua_setfield(L, -2, "percent");
}

static void push_rows(lua_State *L, const DocumentTable *table) {
    const DocumentCell *cell = table->cells;
    lua_createtable(L, (int)table->row_count, 0);
    for (size_t r = 0; r < table->row_count; r++) {
        lua_createtable(L, (int)table->column_count, 0);
        for (size_t c = 0; c < table->column_count; c++, cell++) {
            if (cell->rows)
                push_cell(L, cell);
            else
                lua_pushboolean(L, 0);
            lua_rawseti(L, -2, (lua_Integer)c + 1);
        }
        lua_rawseti(L, -2, (lua_Integer)r + 1);
    }
}

/* What C knows of the value at `index`; NULL when it is no table of the document. */
static const DocumentTable *find_table(lua_State *L, int index) {
    int value = lua_absindex(L, index);
    const DocumentTable *table = NULL;
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &known_key) == LUA_TTABLE) {
        lua_pushvalue(L, value);
        lua_rawget(L, -2);
        table = lua_touserdata(L, -1);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return table;
}

/* Makes the columns and rows of the block at stack place 1, which is a plain table from then on. */
static void complete(lua_State *L) {
    const DocumentTable *table = find_table(L, 1);
    lua_pushnil(L);
    lua_setmetatable(L, 1);
    push_columns(L, table);
    lua_setfield(L, 1, "columns");
    push_rows(L, table);
    lua_setfield(L, 1, "rows");
}

static int read_lazy(lua_State *L) {
    const char *key = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
    if (!str_is(str_of(key), "columns") && !str_is(str_of(key), "rows")) return 0;
    complete(L);
    lua_pushvalue(L, 2);
    lua_rawget(L, 1);
    return 1;
}

static int list_lazy(lua_State *L) {
    complete(L);
    lua_pushcfunction(L, lib_base_find("pairs"));
    lua_pushvalue(L, 1);
    lua_call(L, 1, 3);
    return 3;
}

/* ---- the document */

static const luaL_Reg lazy_methods[] = {{"__index", read_lazy}, {"__pairs", list_lazy}, {NULL, NULL}};

/* Makes the table of tables that C knows, and the metatable of the lazy ones. */
static void open_registry(lua_State *L) {
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &known_key);
    luaL_newlib(L, lazy_methods);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &lazy_key);
}

/* The block on top is a table's. */
static void add_table(lua_State *L, const DocumentTable *table) {
    set_text(L, "caption", table->caption);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &known_key);
    lua_pushvalue(L, -2);
    lua_pushlightuserdata(L, (void *)(uintptr_t)table);
    lua_rawset(L, -3);
    lua_pop(L, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &lazy_key);
    lua_setmetatable(L, -2);
}

/* Places of the names of entries behind those of the kinds. */
enum { KIND = BLOCK_KINDS, TEXT, GROUP, LEVEL, NAMES };

/* Pushes names that most blocks need, so that they are not looked for time and again; the place of the first.
 */
static int push_names(lua_State *L) {
    int first = lua_gettop(L) + 1;
    for (BlockKind kind = 0; kind < BLOCK_KINDS; kind++) lua_pushstring(L, document_kind_name(kind));
    lua_pushliteral(L, "kind");
    lua_pushliteral(L, "text");
    lua_pushliteral(L, "group");
    lua_pushliteral(L, "level");
    return first;
}

/* Gives the table on top a text under the name at a place. */
static void set_named(lua_State *L, int name, Str text) {
    if (!text.data) return;
    lua_pushvalue(L, name);
    lua_pushlstring(L, text.data, text.size);
    lua_rawset(L, -3);
}

static void push_block(lua_State *L, const DocumentBlock *block, int names) {
    bool plain = !block->table && !block->chart;
    lua_createtable(L, 0, plain ? 2 + (block->level > 0) + (block->group.data != NULL) : 4);
    lua_pushvalue(L, names + KIND);
    lua_pushvalue(L, names + (int)block->kind);
    lua_rawset(L, -3);
    set_named(L, names + TEXT, block->text);
    set_named(L, names + GROUP, block->group);
    if (block->level) {
        lua_pushvalue(L, names + LEVEL);
        lua_pushinteger(L, (lua_Integer)block->level);
        lua_rawset(L, -3);
    }
    if (block->table) add_table(L, block->table);
    if (block->chart) chart_add(L, block->chart);
}

void blocks_push(lua_State *L, const Document *document) {
    luaL_checkstack(L, 10 + NAMES, NULL);
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &known_key) != LUA_TTABLE) open_registry(L);
    lua_pop(L, 1);
    int names = push_names(L);
    lua_createtable(L, 0, 2);
    set_text(L, "title", document->title);
    lua_createtable(L, (int)document->block_count, 0);
    for (size_t i = 0; i < document->block_count; i++) {
        push_block(L, &document->blocks[i], names);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "blocks");
    lua_replace(L, names);
    lua_settop(L, names);
}

/* ---- drawing */

/* Places of the stack while tables are drawn. */
enum { BLOCKS = 1, STYLE, NUMBER, SHOWN, DRAWING };

/* Tables with the same titles, whose columns are equally wide. */
typedef struct Layout {
    BoxTable *first;
    const DocumentTable *like;
    size_t *widths;
} Layout;

/* Memory of C's while scripts run that may not come back: freed by the collector. */
typedef struct Drawing {
    lua_State *L;
    Arena arena;
    Buffer scratch, out, number;
    bool grouped; /* numbers look as a function of text.numbers makes them, with this minus */
    Str minus;
    size_t count;
    BoxTable **tables;
    Layout *layouts, **layout_of; /* of each table */
    size_t layout_count;
} Drawing;

static int free_drawing(lua_State *L) {
    Drawing *drawing = lua_touserdata(L, 1);
    arena_release(&drawing->arena);
    buffer_release(&drawing->scratch);
    buffer_release(&drawing->out);
    buffer_release(&drawing->number);
    return 0;
}

static Drawing *push_drawing(lua_State *L) {
    Drawing *drawing = lua_newuserdatauv(L, sizeof *drawing, 0);
    *drawing = (Drawing){.L = L};
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, free_drawing);
    lua_setfield(L, -2, "__gc");
    lua_setmetatable(L, -2);
    return drawing;
}

static bool same_titles(const DocumentTable *a, const DocumentTable *b) {
    if (a->columns == b->columns) return true;
    if (a->column_count != b->column_count) return false;
    for (size_t c = 0; c < a->column_count; c++)
        if (!str_equal(a->columns[c].title, b->columns[c].title)) return false;
    return true;
}

static Layout *find_layout(Drawing *drawing, const DocumentTable *table, BoxTable *boxes) {
    for (size_t i = 0; i < drawing->layout_count; i++)
        if (same_titles(drawing->layouts[i].like, table)) return &drawing->layouts[i];
    Layout *layout = &drawing->layouts[drawing->layout_count++];
    *layout = (Layout){boxes, table, boxes_widths(&drawing->arena, boxes)};
    return layout;
}

/* The style's function says how a number looks; its answer stays on the stack until the next one. */
static Str show_number(void *context, Str printed, Str zero) {
    Drawing *drawing = context;
    lua_State *L = drawing->L;
    Str shown = {0};
    drawing->number.size = 0;
    if (drawing->grouped && grouped_add(printed, drawing->minus, zero, &drawing->number))
        return buffer_view(&drawing->number);
    lua_pushvalue(L, NUMBER);
    lua_pushlstring(L, printed.data, printed.size);
    if (zero.data)
        lua_pushlstring(L, zero.data, zero.size);
    else
        lua_pushnil(L);
    lua_call(L, 2, 1);
    if (lua_type(L, -1) != LUA_TSTRING) state_raise_plain(L, TEXT_STYLE_NUMBER);
    lua_replace(L, SHOWN);
    shown.data = lua_tolstring(L, SHOWN, &shown.size);
    return shown;
}

static size_t style_count(lua_State *L, const char *name) {
    lua_getfield(L, STYLE, name);
    lua_Integer count = lua_isinteger(L, -1) ? lua_tointeger(L, -1) : 0;
    if (count < 1 || count > BLOCKS_WIDTH) state_refuse(L, STYLE, TEXT_WIDTH_RANGE);
    lua_pop(L, 1);
    return (size_t)count;
}

static BoxStyle read_style(lua_State *L, Drawing *drawing) {
    luaL_checktype(L, STYLE, LUA_TTABLE);
    BoxStyle style = {.number = show_number, .context = drawing, .scratch = &drawing->scratch};
    style.width = style_count(L, "width");
    style.least = style_count(L, "least");
    lua_getfield(L, STYLE, "number");
    if (!lua_isfunction(L, -1)) state_refuse(L, STYLE, TEXT_STYLE_NUMBER);
    lua_replace(L, NUMBER);
    drawing->grouped = grouped_is(L, NUMBER, &drawing->minus);
    return style;
}

static void read_tables(lua_State *L, Drawing *drawing, const BoxStyle *style) {
    drawing->count = lua_rawlen(L, BLOCKS);
    drawing->tables = arena_new(&drawing->arena, drawing->count, sizeof(BoxTable *));
    drawing->layouts = arena_new(&drawing->arena, drawing->count, sizeof *drawing->layouts);
    drawing->layout_of = arena_new(&drawing->arena, drawing->count, sizeof(Layout *));
    for (size_t i = 0; i < drawing->count; i++) {
        lua_rawgeti(L, BLOCKS, (lua_Integer)i + 1);
        const DocumentTable *table = find_table(L, -1);
        if (!table) {
            state_refuse(L, BLOCKS, TEXT_TABLE_BLOCKS);
            return;
        }
        lua_pop(L, 1);
        drawing->tables[i] = boxes_new(&drawing->arena, table, style, i ? drawing->tables[i - 1] : NULL);
        drawing->layout_of[i] = find_layout(drawing, table, drawing->tables[i]);
    }
}

static void set_widths(Drawing *drawing) {
    for (size_t i = 0; i < drawing->count; i++)
        boxes_widen(drawing->tables[i], drawing->layout_of[i]->widths);
    for (size_t i = 0; i < drawing->count; i++)
        boxes_widen_spans(drawing->tables[i], drawing->layout_of[i]->widths);
    for (size_t i = 0; i < drawing->layout_count; i++)
        boxes_shrink(drawing->layouts[i].first, drawing->layouts[i].widths);
}

int blocks_draw_tables(lua_State *L) {
    luaL_checktype(L, BLOCKS, LUA_TTABLE);
    lua_settop(L, DRAWING - 1);
    Drawing *drawing = push_drawing(L);
    BoxStyle style = read_style(L, drawing);
    read_tables(L, drawing, &style);
    set_widths(drawing);
    lua_createtable(L, (int)drawing->count, 0);
    for (size_t i = 0; i < drawing->count; i++) {
        drawing->out.size = 0;
        boxes_draw(drawing->tables[i], drawing->layout_of[i]->widths, &drawing->out);
        lua_pushlstring(L, drawing->out.data, drawing->out.size);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}
