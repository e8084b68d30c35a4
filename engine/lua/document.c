#include "lua/document.h"

#include "lua/reader.h"
#include "lua/readonly.h"

#include <lauxlib.h>

static void read_column(Reader *r, Tree *columns) {
    static const char *const keys[] = {"title", "align", "group", NULL};
    static const char *const sides[] = {"left", "right", "center", NULL};
    if (!reader_is_table(r, TEXT_SHAPE_COLUMN)) return;
    int from = lua_gettop(r->L);
    Tree *column = tree_new(r->arena, TREE_TABLE);
    reader_check_keys(r, keys);
    reader_add_text(r, from, "title", column, "title", true);
    reader_add_choice(r, from, "align", column, sides);
    reader_add_text(r, from, "group", column, "group", false);
    tree_add(r->arena, columns, (Str){0}, column);
}

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

/* "-1234.50": what the engine prints. */
static bool is_number(Str text) {
    size_t at = text.size && text.data[0] == '-', start = at;
    while (at < text.size && is_digit(text.data[at])) at++;
    if (at == start || at == text.size) return at > start;
    size_t point = at++;
    while (at < text.size && is_digit(text.data[at])) at++;
    return text.data[point] == '.' && at == text.size && at > point + 1;
}

/* The number on top, as text; NULL after a fault. */
static Tree *take_number(Reader *r) {
    if (lua_isinteger(r->L, -1)) {
        Buffer out = {0};
        Decimal number = decimal_of((int64_t)lua_tointeger(r->L, -1));
        decimal_write(&out, &number);
        Tree *tree = tree_text(r->arena, buffer_view(&out));
        buffer_release(&out);
        return tree;
    }
    if (lua_type(r->L, -1) != LUA_TSTRING) {
        reader_wrong_type(r, TEXT_SHAPE_NUMBER);
        return NULL;
    }
    Tree *tree = reader_text(r);
    if (!tree || is_number(tree->text)) return tree;
    reader_fault_plain(r, TEXT_DOCUMENT_NUMBER);
    return NULL;
}

static Tree *new_cell(Reader *r, const char *kind) {
    Tree *cell = tree_new(r->arena, TREE_TABLE);
    reader_add(r, cell, "kind", tree_text(r->arena, str_of(kind)));
    return cell;
}

static Tree *read_short_cell(Reader *r, const char *kind, Tree *text) {
    Tree *cell = new_cell(r, kind);
    if (text) reader_add(r, cell, "text", text);
    reader_add(r, cell, "rows", r->one);
    reader_add(r, cell, "columns", r->one);
    reader_add(r, cell, "spaced", r->no);
    return cell;
}

static void add_cell_text(Reader *r, int from, Tree *cell, bool number) {
    size_t mark = reader_enter(r, from, number ? "number" : "text");
    Tree *text = number ? take_number(r) : reader_text(r);
    if (text) reader_add(r, cell, "text", text);
    reader_leave(r, mark);
}

static Tree *read_long_cell(Reader *r, size_t *rows, size_t *columns) {
    static const char *const text_keys[] = {"text", "rows", "columns", "spaced", "mark", NULL};
    static const char *const number_keys[] = {"number", "zero", "rows", "columns", "spaced", "mark", NULL};
    int from = lua_gettop(r->L);
    bool number = reader_has(r, from, "number");
    Tree *cell = new_cell(r, number ? "number" : "text");
    reader_check_keys(r, number ? number_keys : text_keys);
    add_cell_text(r, from, cell, number);
    if (number) reader_add_text(r, from, "zero", cell, "zero", false);
    *rows = reader_add_whole(r, from, "rows", cell, DOCUMENT_CELLS);
    *columns = reader_add_whole(r, from, "columns", cell, DOCUMENT_COLUMNS);
    reader_add_flag(r, from, "spaced", cell);
    reader_add_text(r, from, "mark", cell, "mark", false);
    return cell;
}

/* The cell on top; NULL after a fault. */
static Tree *read_cell(Reader *r, size_t *rows, size_t *columns) {
    *rows = *columns = 1;
    if (lua_type(r->L, -1) == LUA_TTABLE) return read_long_cell(r, rows, columns);
    if (lua_type(r->L, -1) == LUA_TSTRING) return read_short_cell(r, "text", reader_text(r));
    if (lua_isinteger(r->L, -1)) return read_short_cell(r, "number", take_number(r));
    reader_wrong_type(r, TEXT_SHAPE_CELL);
    return NULL;
}

typedef struct Grid {
    Tree *row;       /* being filled: row->count is the column reached */
    size_t *covered; /* for each column: rows below that a span still covers */
    size_t columns;
    size_t rows_left; /* this row and those below */
} Grid;

static void pass_covered(Reader *r, Grid *grid) {
    while (grid->row->count < grid->columns && grid->covered[grid->row->count] > 0) {
        grid->covered[grid->row->count]--;
        tree_add(r->arena, grid->row, (Str){0}, r->no);
    }
}

/* Free places of the row from the one that is reached. */
static size_t free_places(const Grid *grid) {
    size_t at = grid->row->count;
    while (at < grid->columns && grid->covered[at] == 0) at++;
    return at - grid->row->count;
}

static void place_cell(Reader *r, Grid *grid, Tree *cell, size_t rows, size_t columns) {
    if (columns > free_places(grid)) {
        reader_fault(r, TEXT_DOCUMENT_COLUMNS, reader_count(r, columns), reader_count(r, free_places(grid)));
        columns = free_places(grid);
    }
    if (rows > grid->rows_left) {
        reader_fault(r, TEXT_DOCUMENT_ROWS, reader_count(r, rows), reader_count(r, grid->rows_left));
        rows = grid->rows_left;
    }
    for (size_t i = 0; i < columns; i++) {
        grid->covered[grid->row->count] = rows - 1;
        tree_add(r->arena, grid->row, (Str){0}, i == 0 ? cell : r->no);
    }
}

/* Adds the cell on top to the row; false when the row has no place for it. */
static bool add_cell(Reader *r, Grid *grid) {
    size_t rows, columns;
    pass_covered(r, grid);
    if (grid->row->count == grid->columns) return false;
    Tree *cell = read_cell(r, &rows, &columns);
    place_cell(r, grid, cell ? cell : r->no, rows, columns);
    return true;
}

static void read_row(Reader *r, Grid *grid, Tree *rows) {
    size_t cells = 0, placed = 0;
    grid->row = tree_new(r->arena, TREE_TABLE);
    if (reader_list_length(r, DOCUMENT_COLUMNS, &cells)) {
        int from = lua_gettop(r->L);
        for (bool room = true; room && placed < cells; placed += room) {
            size_t mark = reader_enter_at(r, from, placed + 1);
            room = add_cell(r, grid);
            reader_leave(r, mark);
        }
        pass_covered(r, grid);
        if (placed < cells || grid->row->count < grid->columns)
            reader_fault(r, TEXT_DOCUMENT_CELLS, reader_count(r, cells), reader_count(r, grid->columns));
    }
    r->cells += grid->columns;
    tree_add(r->arena, rows, (Str){0}, grid->row);
}

static Tree *read_columns(Reader *r, int table) {
    size_t count = 0, mark = reader_enter(r, table, "columns");
    Tree *columns = tree_new(r->arena, TREE_TABLE);
    if (reader_list_length(r, DOCUMENT_COLUMNS, &count) && count == 0)
        reader_fault_plain(r, TEXT_DOCUMENT_EMPTY);
    int from = lua_gettop(r->L);
    for (size_t i = 1; i <= count && i <= DOCUMENT_COLUMNS; i++) {
        size_t inner = reader_enter_at(r, from, i);
        read_column(r, columns);
        reader_leave(r, inner);
    }
    reader_leave(r, mark);
    return columns;
}

static Tree *read_rows(Reader *r, int table, size_t columns) {
    size_t count = 0, mark = reader_enter(r, table, "rows");
    Tree *rows = tree_new(r->arena, TREE_TABLE);
    Grid grid = {.columns = columns, .covered = arena_new(r->arena, columns + 1, sizeof(size_t))};
    bool whole_list = reader_list_length(r, DOCUMENT_CELLS, &count);
    int from = lua_gettop(r->L);
    for (size_t i = 1; whole_list && i <= count && r->cells <= DOCUMENT_CELLS; i++) {
        size_t inner = reader_enter_at(r, from, i);
        grid.rows_left = count - i + 1;
        read_row(r, &grid, rows);
        reader_leave(r, inner);
    }
    if (r->cells > DOCUMENT_CELLS) reader_fault(r, TEXT_DOCUMENT_LARGE, reader_count(r, DOCUMENT_CELLS));
    reader_leave(r, mark);
    return rows;
}

/* Blocks */

typedef struct BlockKind BlockKind;
struct BlockKind {
    const char *name; /* the key of its content, and its kind in the copy */
    void (*read)(Reader *r, int block, const BlockKind *kind, Tree *out);
    size_t levels; /* 0: it has none */
};

static void read_words(Reader *r, int block, const BlockKind *kind, Tree *out) {
    reader_add_text(r, block, kind->name, out, "text", true);
    if (kind->levels) reader_add_whole(r, block, "level", out, kind->levels);
}

static void read_table(Reader *r, int block, const BlockKind *kind, Tree *out) {
    static const char *const keys[] = {"caption", "columns", "rows", NULL};
    size_t mark = reader_enter(r, block, kind->name);
    if (reader_is_table(r, TEXT_SHAPE_TABLE)) {
        int from = lua_gettop(r->L);
        reader_check_keys(r, keys);
        reader_add_text(r, from, "caption", out, "caption", false);
        Tree *columns = read_columns(r, from);
        reader_add(r, out, "columns", columns);
        if (columns->count) reader_add(r, out, "rows", read_rows(r, from, columns->count));
    }
    reader_leave(r, mark);
}

static void read_page_break(Reader *r, int block, const BlockKind *kind, Tree *out) {
    (void)out;
    size_t mark = reader_enter(r, block, kind->name);
    if (!lua_isboolean(r->L, -1) || !lua_toboolean(r->L, -1)) reader_wrong_type(r, TEXT_SHAPE_TRUE);
    reader_leave(r, mark);
}

static const BlockKind kinds[] = {
    {"heading", read_words, 4}, {"paragraph", read_words, 0}, {"note", read_words, 0},
    {"bullet", read_words, 6},  {"table", read_table, 0},     {"page_break", read_page_break, 0},
};

enum { KINDS = sizeof kinds / sizeof *kinds };

/* The kind of the block on top; NULL after a fault. */
static const BlockKind *find_kind(Reader *r) {
    const char *names[KINDS + 1] = {0};
    const BlockKind *kind = NULL;
    for (size_t i = 0; i < KINDS; i++) {
        names[i] = kinds[i].name;
        if (!reader_has(r, lua_gettop(r->L), kinds[i].name)) continue;
        if (kind) {
            reader_fault(r, TEXT_DOCUMENT_BOTH, str_of(kind->name), str_of(kinds[i].name));
            return NULL;
        }
        kind = &kinds[i];
    }
    if (kind) return kind;
    reader_check_keys(r, names);
    reader_none_of(r, names);
    return NULL;
}

static void read_block(Reader *r, Tree *blocks) {
    const BlockKind *kind = reader_is_table(r, TEXT_SHAPE_BLOCK) ? find_kind(r) : NULL;
    if (!kind) return;
    const char *keys[] = {kind->name, kind->levels ? "level" : NULL, NULL};
    Tree *block = tree_new(r->arena, TREE_TABLE);
    reader_check_keys(r, keys);
    reader_add(r, block, "kind", tree_text(r->arena, str_of(kind->name)));
    kind->read(r, lua_gettop(r->L), kind, block);
    tree_add(r->arena, blocks, (Str){0}, block);
}

static Tree *read_blocks(Reader *r, int document) {
    size_t count = 0, mark = reader_enter(r, document, "blocks");
    Tree *blocks = tree_new(r->arena, TREE_TABLE);
    bool whole_list = reader_list_length(r, DOCUMENT_BLOCKS, &count);
    int from = lua_gettop(r->L);
    for (size_t i = 1; whole_list && i <= count; i++) {
        size_t inner = reader_enter_at(r, from, i);
        read_block(r, blocks);
        reader_leave(r, inner);
    }
    reader_leave(r, mark);
    return blocks;
}

static Tree *read_document(Reader *r) {
    static const char *const keys[] = {"title", "blocks", NULL};
    if (!reader_is_table(r, TEXT_SHAPE_DOCUMENT)) return NULL;
    int from = lua_gettop(r->L);
    Tree *document = tree_new(r->arena, TREE_TABLE);
    reader_check_keys(r, keys);
    reader_add_text(r, from, "title", document, "title", true);
    reader_add(r, document, "blocks", read_blocks(r, from));
    if (r->bytes > DOCUMENT_BYTES) reader_fault(r, TEXT_DOCUMENT_TEXT, reader_count(r, DOCUMENT_BYTES >> 20));
    return document;
}

Tree *document_read(lua_State *L, int index, const Place *place, Arena *arena, Diag *diag) {
    lua_pushvalue(L, index);
    if (readonly_target(L, -1)) lua_remove(L, -2);
    Reader reader = reader_of(L, DOCUMENT_TEXT, place, arena, diag);
    Tree *document = read_document(&reader);
    lua_pop(L, 1);
    return reader.faults ? NULL : document;
}
