#include "lua/document.h"

#include "base/decimal.h"
#include "lua/chart.h"
#include "lua/project_rows.h"
#include "lua/reader.h"
#include "lua/readonly.h"

#include <assert.h>
#include <lauxlib.h>
#include <string.h>

/* The entry `align` of the column on top. */
static DocumentAlign read_align(Reader *r, int from) {
    const char *names[] = {document_align_name(DOCUMENT_LEFT), document_align_name(DOCUMENT_RIGHT),
                           document_align_name(DOCUMENT_CENTER), NULL};
    DocumentAlign align = DOCUMENT_UNALIGNED;
    reader_enter(r, from, "align");
    Str name = {0};
    if (!lua_isnil(r->L, -1)) name = reader_text(r);
    if (name.data && !document_align_find(name, &align)) reader_none_of(r, names);
    reader_leave(r);
    return align;
}

/* What the column shows of projects is for lua/project_rows to read. */
static void read_column(Reader *r, DocumentColumn *column) {
    static const char *const keys[] = {"title", "align", "group", "field", "show", NULL};
    if (!reader_is_table(r, TEXT_SHAPE_COLUMN)) return;
    int from = lua_gettop(r->L);
    reader_check_keys(r, keys);
    column->title = reader_text_at(r, from, "title", true);
    column->align = read_align(r, from);
    column->group = reader_text_at(r, from, "group", false);
    column->field = reader_text_at(r, from, "field", false);
}

/* The number on top, as text. */
static Str take_number(Reader *r) {
    if (lua_isinteger(r->L, -1)) {
        Buffer out = {0};
        Decimal number = decimal_of((int64_t)lua_tointeger(r->L, -1));
        decimal_write(&out, &number);
        Str text = arena_copy(r->arena, buffer_view(&out));
        buffer_release(&out);
        return text;
    }
    if (lua_type(r->L, -1) != LUA_TSTRING) {
        reader_wrong_type(r, TEXT_SHAPE_NUMBER);
        return (Str){0};
    }
    Str text = reader_text(r);
    if (text.data && !reader_is_number(text)) reader_fault_plain(r, TEXT_DOCUMENT_NUMBER);
    return text;
}

/* Keys of a cell, by their places in the lists below. */
enum { ROWS, COLUMNS, SPACED, MARK, OF, VERDICT, PERCENT, TEXT_OR_NUMBER, ZERO, FORMULA };

static bool has(unsigned keys, int key) { return keys >> key & 1; }

/* What few cells have; `from` is the stack place of the cell, which has these keys. */
static const DocumentExtra *read_extra(Reader *r, int from, unsigned keys, bool number) {
    const unsigned rare = 1u << ZERO | 1u << MARK | 1u << OF | 1u << VERDICT | 1u << PERCENT | 1u << FORMULA;
    if (!(keys & rare)) return &document_no_extra;
    DocumentExtra *extra = arena_new(r->arena, 1, sizeof *extra);
    if (number && has(keys, ZERO)) extra->zero = reader_text_at(r, from, "zero", false);
    if (number && has(keys, FORMULA)) extra->formula = reader_text_at(r, from, "formula", false);
    if (has(keys, MARK)) extra->mark = reader_text_at(r, from, "mark", false);
    if (has(keys, OF)) extra->of = reader_text_at(r, from, "of", false);
    if (has(keys, VERDICT)) extra->verdict = reader_text_at(r, from, "verdict", false);
    if (has(keys, PERCENT)) extra->percent = reader_flag_at(r, from, "percent");
    return extra;
}

static void read_long_cell(Reader *r, DocumentCell *cell) {
    static const char *const text_keys[] = {"rows",    "columns", "spaced", "mark", "of",
                                            "verdict", "percent", "text",   NULL};
    static const char *const number_keys[] = {"rows",    "columns", "spaced", "mark",    "of", "verdict",
                                              "percent", "number",  "zero",   "formula", NULL};
    int from = lua_gettop(r->L);
    unsigned keys = reader_find_keys(r, from, number_keys);
    cell->number = has(keys, TEXT_OR_NUMBER);
    if (!cell->number) keys = reader_check_keys(r, text_keys);
    if (cell->number && keys >> (FORMULA + 1)) reader_check_keys(r, number_keys);
    reader_enter(r, from, cell->number ? "number" : "text");
    cell->text = cell->number ? take_number(r) : reader_text(r);
    reader_leave(r);
    cell->extra = read_extra(r, from, keys, cell->number);
    if (has(keys, ROWS)) cell->rows = (uint32_t)reader_whole_at(r, from, "rows", DOCUMENT_CELLS);
    if (has(keys, COLUMNS)) cell->columns = (uint16_t)reader_whole_at(r, from, "columns", DOCUMENT_COLUMNS);
    if (has(keys, SPACED)) cell->spaced = reader_flag_at(r, from, "spaced");
}

static_assert(DOCUMENT_COLUMNS <= UINT16_MAX && DOCUMENT_CELLS <= UINT32_MAX, "spans fit into a cell");

/* The cell on top. */
static DocumentCell read_cell(Reader *r) {
    DocumentCell cell = {.extra = &document_no_extra, .rows = 1, .columns = 1};
    if (lua_type(r->L, -1) == LUA_TTABLE) {
        read_long_cell(r, &cell);
    } else if (lua_type(r->L, -1) == LUA_TSTRING) {
        cell.text = reader_text(r);
    } else if (lua_isinteger(r->L, -1)) {
        cell.number = true;
        cell.text = take_number(r);
    } else {
        reader_wrong_type(r, TEXT_SHAPE_CELL);
    }
    return cell;
}

typedef struct Grid {
    DocumentCell *row; /* being filled; cells that are covered stay zeroed */
    size_t reached;    /* column of the row */
    size_t *covered;   /* for each column: rows below that a span still covers */
    size_t columns;
    size_t rows_left; /* this row and those below */
} Grid;

static void pass_covered(Grid *grid) {
    while (grid->reached < grid->columns && grid->covered[grid->reached] > 0) {
        grid->covered[grid->reached]--;
        grid->reached++;
    }
}

/* Free places of the row from the one that is reached. */
static size_t free_places(const Grid *grid) {
    size_t at = grid->reached;
    while (at < grid->columns && grid->covered[at] == 0) at++;
    return at - grid->reached;
}

static void place_cell(Reader *r, Grid *grid, DocumentCell cell) {
    size_t rows = cell.rows, columns = cell.columns;
    if (columns > free_places(grid)) {
        reader_fault(r, TEXT_DOCUMENT_COLUMNS, reader_count(r, columns), reader_count(r, free_places(grid)));
        columns = free_places(grid);
    }
    if (rows > grid->rows_left) {
        reader_fault(r, TEXT_DOCUMENT_ROWS, reader_count(r, rows), reader_count(r, grid->rows_left));
        rows = grid->rows_left;
    }
    grid->row[grid->reached] = cell;
    for (size_t i = 0; i < columns; i++) grid->covered[grid->reached++] = rows - 1;
}

/* Adds the cell on top to the row; false when the row has no place for it. */
static bool add_cell(Reader *r, Grid *grid) {
    pass_covered(grid);
    if (grid->reached == grid->columns) return false;
    place_cell(r, grid, read_cell(r));
    return true;
}

static void read_row(Reader *r, Grid *grid) {
    size_t cells = 0, placed = 0;
    grid->reached = 0;
    if (reader_list_length(r, DOCUMENT_COLUMNS, &cells)) {
        int from = lua_gettop(r->L);
        for (bool room = true; room && placed < cells; placed += room) {
            reader_enter_at(r, from, placed + 1);
            room = add_cell(r, grid);
            reader_leave(r);
        }
        pass_covered(grid);
        if (placed < cells || grid->reached < grid->columns)
            reader_fault(r, TEXT_DOCUMENT_CELLS, reader_count(r, cells), reader_count(r, grid->columns));
    }
    r->cells += grid->columns;
}

static void read_columns(Reader *r, int from, DocumentTable *table) {
    size_t count = 0;
    reader_enter(r, from, "columns");
    table->columns = reader_known(r, READER_COLUMNS, &table->column_count);
    if (table->columns) {
        reader_leave(r);
        return;
    }
    bool whole_list = reader_list_length(r, DOCUMENT_COLUMNS, &count);
    if (whole_list && count == 0) reader_fault_plain(r, TEXT_DOCUMENT_EMPTY);
    if (count > DOCUMENT_COLUMNS) count = DOCUMENT_COLUMNS;
    DocumentColumn *columns = arena_new(r->arena, count, sizeof *columns);
    int list = lua_gettop(r->L);
    for (size_t i = 0; i < count; i++) {
        reader_enter_at(r, list, i + 1);
        read_column(r, &columns[i]);
        reader_leave(r);
    }
    reader_know(r, READER_COLUMNS, columns, count);
    reader_leave(r);
    table->columns = columns;
    table->column_count = count;
}

static void read_rows(Reader *r, int from, DocumentTable *table) {
    size_t count = 0, columns = table->column_count;
    reader_enter(r, from, "rows");
    Grid grid = {.columns = columns, .covered = arena_new(r->arena, columns, sizeof(size_t))};
    size_t room = (DOCUMENT_CELLS - r->cells) / columns; /* rows that fit */
    if (reader_list_length(r, DOCUMENT_CELLS, &count)) {
        if (count > room) reader_fault(r, TEXT_DOCUMENT_LARGE, reader_count(r, DOCUMENT_CELLS));
        table->row_count = count > room ? room : count;
    }
    DocumentCell *cells = arena_new(r->arena, table->row_count * columns, sizeof *cells);
    table->cells = cells;
    int list = lua_gettop(r->L);
    for (size_t i = 0; i < table->row_count; i++) {
        reader_enter_at(r, list, i + 1);
        grid.row = cells + i * columns;
        grid.rows_left = count - i;
        read_row(r, &grid);
        reader_leave(r);
    }
    reader_leave(r);
}

/* ---- blocks */

static const DocumentTable *read_table(Reader *r, int block) {
    static const char *const keys[] = {"caption", "columns", "rows", NULL};
    static const char *const shown_keys[] = {"caption", "columns", "projects", "marks",
                                             "missing", "refs",    "formulas", NULL};
    DocumentTable *table = arena_new(r->arena, 1, sizeof *table);
    reader_enter(r, block, "table");
    if (reader_is_table(r, TEXT_SHAPE_TABLE)) {
        int from = lua_gettop(r->L);
        bool shown = reader_has(r, from, "projects");
        reader_check_keys(r, shown ? shown_keys : keys);
        table->caption = reader_text_at(r, from, "caption", false);
        read_columns(r, from, table);
        if (table->column_count && shown)
            project_rows_read(r, from, table, DOCUMENT_CELLS);
        else if (table->column_count)
            read_rows(r, from, table);
    }
    reader_leave(r);
    return table;
}

static void read_page_break(Reader *r, int block) {
    reader_enter(r, block, "page_break");
    if (!lua_isboolean(r->L, -1) || !lua_toboolean(r->L, -1)) reader_wrong_type(r, TEXT_SHAPE_TRUE);
    reader_leave(r);
}

/* The place of the lowest one. */
static size_t first_bit(unsigned bits) {
    size_t place = 0;
    while (bits && !(bits >> place & 1)) place++;
    return place;
}

/* Keys of a block behind those of kinds. */
enum { LEVEL_KEY = BLOCK_KINDS, GROUP_KEY, BLOCK_KEYS };

/* The kind of the block on top, which has these of the keys; BLOCK_KINDS after a fault. */
static BlockKind find_kind(Reader *r, unsigned found, const char *const *keys) {
    const char *names[BLOCK_KINDS + 1] = {0};
    unsigned kinds = found & ((1u << BLOCK_KINDS) - 1), others = kinds & (kinds - 1);
    BlockKind kind = (BlockKind)first_bit(kinds);
    if (kinds && !others) return kind;
    memcpy(names, keys, BLOCK_KINDS * sizeof *names);
    if (kinds) {
        reader_fault(r, TEXT_DOCUMENT_BOTH, str_of(names[kind]), str_of(names[first_bit(others)]));
    } else {
        reader_check_keys(r, names);
        reader_none_of(r, names);
    }
    return BLOCK_KINDS;
}

/* Levels that a kind has; 0: none. */
static size_t levels(BlockKind kind) { return kind == BLOCK_HEADING ? 4 : kind == BLOCK_BULLET ? 6 : 0; }

/* Which of the keys the block on top has, one of them a kind; others are faults. */
static unsigned find_block_keys(Reader *r, const char *const *keys, BlockKind *kind) {
    unsigned found = reader_find_keys(r, lua_gettop(r->L), keys);
    *kind = find_kind(r, found, keys);
    if (*kind == BLOCK_KINDS) return found;
    unsigned allowed = 1u << *kind;
    if (levels(*kind)) allowed |= 1u << LEVEL_KEY;
    if (*kind == BLOCK_HEADING) allowed |= 1u << GROUP_KEY;
    if (found & ~allowed) {
        const char *good[] = {keys[*kind], levels(*kind) ? "level" : NULL, NULL, NULL};
        if (*kind == BLOCK_HEADING) good[2] = "group";
        reader_check_keys(r, good);
    }
    return found;
}

/* `names` are the keys that blocks have. */
static void read_block(Reader *r, const char *const *names, DocumentBlock *block) {
    BlockKind kind = BLOCK_KINDS;
    unsigned keys = reader_is_table(r, TEXT_SHAPE_BLOCK) ? find_block_keys(r, names, &kind) : 0;
    if (kind == BLOCK_KINDS) return;
    int from = lua_gettop(r->L);
    block->kind = kind;
    if (kind == BLOCK_TABLE)
        block->table = read_table(r, from);
    else if (kind == BLOCK_CHART)
        block->chart = chart_read(r, from);
    else if (kind == BLOCK_PAGE_BREAK)
        read_page_break(r, from);
    else
        block->text = reader_text_at(r, from, names[kind], true);
    if (kind == BLOCK_HEADING && has(keys, GROUP_KEY)) block->group = reader_text_at(r, from, "group", false);
    if (levels(kind))
        block->level = has(keys, LEVEL_KEY) ? reader_whole_at(r, from, "level", levels(kind)) : 1;
}

static void read_blocks(Reader *r, int from, Document *document) {
    const char *names[BLOCK_KEYS + 1] = {[LEVEL_KEY] = "level", [GROUP_KEY] = "group"};
    for (BlockKind i = 0; i < BLOCK_KINDS; i++) names[i] = document_kind_name(i);
    size_t count = 0;
    reader_enter(r, from, "blocks");
    if (!reader_list_length(r, DOCUMENT_BLOCKS, &count)) count = 0;
    DocumentBlock *blocks = arena_new(r->arena, count, sizeof *blocks);
    int list = lua_gettop(r->L);
    for (size_t i = 0; i < count; i++) {
        reader_enter_at(r, list, i + 1);
        read_block(r, names, &blocks[i]);
        reader_leave(r);
    }
    reader_leave(r);
    document->blocks = blocks;
    document->block_count = count;
}

static Document *read_document(Reader *r) {
    static const char *const keys[] = {"title", "blocks", NULL};
    Document *document = arena_new(r->arena, 1, sizeof *document);
    if (!reader_is_table(r, TEXT_SHAPE_DOCUMENT)) return document;
    int from = lua_gettop(r->L);
    reader_check_keys(r, keys);
    document->title = reader_text_at(r, from, "title", true);
    read_blocks(r, from, document);
    if (r->bytes > DOCUMENT_BYTES) reader_fault(r, TEXT_DOCUMENT_TEXT, reader_count(r, DOCUMENT_BYTES >> 20));
    return document;
}

Document *document_read(lua_State *L, int index, const Place *place, Arena *arena, Diag *diag) {
    lua_pushvalue(L, index);
    if (readonly_target(L, -1)) lua_remove(L, -2);
    Reader reader = reader_of(L, DOCUMENT_TEXT, place, arena, diag);
    Document *document = read_document(&reader);
    lua_pop(L, 1);
    return reader.faults ? NULL : document;
}
