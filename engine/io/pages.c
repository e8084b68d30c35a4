#include "io/pages.h"

#include "base/module.h"
#include "base/wire.h"

/* A walk over the description of pages. */
typedef struct PageWalk {
    Walk walk;
    size_t cells, shapes; /* that there is still room for */
    Pages *pages;
} PageWalk;

/* ---- tables */

static void read_widths(PageWalk *p, const Tree *tree, PageTable *table) {
    Walk *w = &p->walk;
    const Pages *pages = p->pages;
    const Tree *list = tree_get(tree, "widths");
    size_t from = walk_enter(w, "widths");
    double room = pages->width - pages->left - pages->right + 0.5, all = 0;
    table->columns = walk_list_length(w, list, PAGES_COLUMNS);
    table->widths = arena_new(w->arena, table->columns, sizeof *table->widths);
    for (size_t i = 0; i < table->columns; i++) {
        size_t at = walk_enter_at(w, i);
        all += table->widths[i] = walk_number_of(w, list->items[i].value, 1, DRAWING_SIDE);
        walk_leave(w, at);
    }
    if (all > room) walk_fault(w, TEXT_DOCUMENT_RANGE, STR("1"), arena_format(w->arena, "%g", room));
    walk_leave(w, from);
}

static void read_cell(PageWalk *p, const Tree *tree, const PageTable *table, PageCell *cell) {
    Walk *w = &p->walk;
    const Looks *looks = &p->pages->looks;
    static const char *const names[] = {"row", "column", "rows", "columns", "text", "style", "paint", NULL};
    if (!walk_is_record(w, tree, names)) return;
    cell->row = walk_whole_at(w, tree, "row", (uint32_t)table->rows, 0) - 1;
    cell->column = walk_whole_at(w, tree, "column", (uint32_t)table->columns, 0) - 1;
    cell->rows = walk_whole_at(w, tree, "rows", (uint32_t)table->rows - cell->row, 1);
    cell->columns = walk_whole_at(w, tree, "columns", (uint32_t)table->columns - cell->column, 1);
    cell->text = walk_text_at(w, tree, "text", true);
    cell->style = drawing_style_at(w, tree, "style", looks);
    cell->paint = drawing_paint_at(w, tree, "paint", looks);
}

/* Marks the places of a cell; false where another cell has one of them. */
static bool take_places(const PageTable *table, const PageCell *cell, bool *taken) {
    for (size_t r = cell->row; r < cell->row + cell->rows; r++) {
        for (size_t c = cell->column; c < cell->column + cell->columns; c++) {
            if (taken[r * table->columns + c]) return false;
            taken[r * table->columns + c] = true;
        }
    }
    return true;
}

static void read_cells(PageWalk *p, const Tree *list, PageTable *table) {
    Walk *w = &p->walk;
    bool *taken = arena_new(w->arena, table->rows * table->columns, sizeof *taken);
    table->cell_count = walk_list_length(w, list, table->rows * table->columns);
    table->cells = arena_new(w->arena, table->cell_count, sizeof *table->cells);
    for (size_t i = 0; i < table->cell_count; i++) {
        size_t from = walk_enter_at(w, i), before = w->faults;
        PageCell *cell = &table->cells[i];
        read_cell(p, list->items[i].value, table, cell);
        if (w->faults == before && !take_places(table, cell, taken))
            walk_add_fault(w, TEXT_DOCUMENT_PLACE, NULL, 0);
        if (w->faults == before && cell->row < table->head && cell->row + cell->rows > table->head)
            walk_add_fault(w, TEXT_DOCUMENT_PLACE, NULL, 0);
        walk_leave(w, from);
    }
}

static void read_table(PageWalk *p, const Tree *tree, PageTable *table) {
    Walk *w = &p->walk;
    static const char *const names[] = {"widths", "rows", "head", "padding", "cells", NULL};
    if (!walk_is_record(w, tree, names)) return;
    read_widths(p, tree, table);
    if (!table->columns) return;
    uint32_t room = (uint32_t)(p->cells / table->columns);
    table->rows = walk_whole_at(w, tree, "rows", room, 0);
    table->head = tree_get(tree, "head") ? walk_whole_at(w, tree, "head", (uint32_t)table->rows, 0) : 0;
    table->padding = walk_number_at(w, tree, "padding", 0, 50, 2);
    size_t from = walk_enter(w, "cells");
    if (table->rows <= room) {
        p->cells -= table->rows * table->columns;
        read_cells(p, tree_get(tree, "cells"), table);
    }
    walk_leave(w, from);
}

/* ---- the whole */

static const char *const tags[] = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "LI", NULL};

const char *pages_tag_name(PageTag tag) { return tags[tag]; }

static void read_text(PageWalk *p, const Tree *tree, PageBlock *block) {
    static const char *const names[] = {"text", "style", "outline", "level", "keep", "tag", NULL};
    Walk *w = &p->walk;
    if (!walk_is_record(w, tree, names)) return;
    block->kind = PAGE_BLOCK_TEXT;
    block->text = walk_text_at(w, tree, "text", true);
    block->style = drawing_style_at(w, tree, "style", &p->pages->looks);
    block->outline = walk_text_at(w, tree, "outline", false);
    block->level = walk_whole_at(w, tree, "level", 6, 1);
    block->keep = walk_flag_at(w, tree, "keep");
    block->tag = (PageTag)walk_choice_at(w, tree, "tag", tags);
}

static void read_block(PageWalk *p, const Tree *tree, PageBlock *block) {
    static const char *const tables[] = {"table", NULL}, *const drawings[] = {"drawing", NULL},
                             *const breaks[] = {"page_break", NULL};
    Walk *w = &p->walk;
    if (tree && tree->kind == TREE_TABLE && tree_get(tree, "table")) {
        block->kind = PAGE_BLOCK_TABLE;
        size_t from = walk_enter(w, "table");
        if (walk_is_record(w, tree, tables)) read_table(p, tree_get(tree, "table"), &block->table);
        walk_leave(w, from);
    } else if (tree && tree->kind == TREE_TABLE && tree_get(tree, "drawing")) {
        block->kind = PAGE_BLOCK_DRAWING;
        size_t from = walk_enter(w, "drawing");
        if (walk_is_record(w, tree, drawings))
            drawing_read(w, tree_get(tree, "drawing"), &p->pages->looks, &p->shapes, &block->drawing);
        walk_leave(w, from);
    } else if (tree && tree->kind == TREE_TABLE && tree_get(tree, "page_break")) {
        block->kind = PAGE_BLOCK_BREAK;
        walk_is_record(w, tree, breaks);
    } else {
        read_text(p, tree, block);
    }
}

static void read_page(PageWalk *p, const Tree *tree) {
    static const char *const names[] = {"width", "height", "top", "right", "bottom", "left", NULL};
    Walk *w = &p->walk;
    Pages *pages = p->pages;
    size_t from = walk_enter(w, "page");
    if (walk_is_record(w, tree, names)) {
        pages->width = walk_required_at(w, tree, "width", 100, DRAWING_SIDE);
        pages->height = walk_required_at(w, tree, "height", 100, DRAWING_SIDE);
        pages->top = walk_required_at(w, tree, "top", 0, pages->height * 0.4);
        pages->bottom = walk_required_at(w, tree, "bottom", 0, pages->height * 0.4);
        pages->left = walk_required_at(w, tree, "left", 0, pages->width * 0.4);
        pages->right = walk_required_at(w, tree, "right", 0, pages->width * 0.4);
    }
    walk_leave(w, from);
}

static void read_blocks(PageWalk *p, const Tree *list) {
    Walk *w = &p->walk;
    Pages *pages = p->pages;
    size_t from = walk_enter(w, "blocks");
    pages->block_count = walk_list_length(w, list, PAGES_BLOCKS);
    pages->blocks = arena_new(w->arena, pages->block_count, sizeof *pages->blocks);
    for (size_t i = 0; i < pages->block_count; i++) {
        size_t at = walk_enter_at(w, i);
        read_block(p, list->items[i].value, &pages->blocks[i]);
        walk_leave(w, at);
    }
    walk_leave(w, from);
}

/* A tag such as ko or ko-KR. */
static void read_language(Walk *w, const Tree *tree, Pages *pages) {
    Str tag = walk_text_at(w, tree, "language", false);
    bool good = tag.size > 1 && tag.size <= 20;
    for (size_t i = 0; i < tag.size; i++) {
        char byte = tag.data[i];
        good &= (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte == '-' && i > 0);
    }
    pages->language = tag;
    if (!tag.data || good) return;
    size_t from = walk_enter(w, "language");
    walk_add_fault(w, TEXT_DOCUMENT_LANGUAGE, NULL, 0);
    walk_leave(w, from);
}

const Pages *pages_read(const Tree *tree, const Place *place, Arena *arena, Diag *diag) {
    static const char *const names[] = {"title",  "page",   "number", "number_style", "language", "styles",
                                        "paints", "blocks", NULL};
    Pages *pages = arena_new(arena, 1, sizeof *pages);
    PageWalk walk = {{.arena = arena, .diag = diag, .place = place}, PAGES_CELLS, DRAWING_SHAPES, pages};
    Walk *w = &walk.walk;
    walk_enter(w, "pdf");
    if (walk_is_record(w, tree, names)) {
        pages->title = walk_text_at(w, tree, "title", true);
        read_language(w, tree, pages);
        read_page(&walk, tree_get(tree, "page"));
        drawing_looks(w, tree, &pages->looks);
        pages->number = walk_text_at(w, tree, "number", false);
        if (pages->number.data)
            pages->number_style = drawing_style_at(w, tree, "number_style", &pages->looks);
        if (!w->faults) read_blocks(&walk, tree_get(tree, "blocks"));
    }
    buffer_release(&w->path);
    return w->faults ? NULL : pages;
}

/* ---- drawing */

const PagesWriter *pages_load_writer(Str use, Buffer *out) {
    Diag *diag = diag_new();
    const PagesWriter *writer = module_load("pdf", use, diag);
    const DiagItem *item = writer ? NULL : diag_item(diag, 0);
    wire_add_u32(out, writer ? 0 : (uint32_t)item->argument_count);
    if (item) wire_add_u32(out, (uint32_t)item->message);
    for (size_t i = 0; item && i < item->argument_count; i++) wire_add_text(out, item->arguments[i]);
    diag_free(diag);
    return writer;
}

bool pages_has_writer(WireReader *reader, Diag *diag) {
    Str arguments[DIAG_ARGUMENTS];
    uint32_t count = wire_u32(reader);
    if (!count && !reader->bad) return true;
    MessageId message = (MessageId)wire_u32(reader);
    if (count > DIAG_ARGUMENTS) reader->bad = true;
    for (size_t i = 0; i < count && !reader->bad; i++) arguments[i] = wire_text(reader);
    if (diag && !reader->bad) diag_add_list(diag, message, NULL, arguments, count);
    return false;
}

typedef struct Task {
    const Pages *pages;
    Str use;
} Task;

/* What was found out, then the file. */
static bool draw(void *context, Buffer *out) {
    const Task *task = context;
    const PagesWriter *writer = pages_load_writer(task->use, out);
    PagesDrawn drawn = {0};
    Buffer file = {0};
    bool done = !writer || writer->write(task->pages, &file, &drawn);
    wire_add_u32(out, drawn.no_font);
    wire_add_u32(out, (uint32_t)drawn.unknown);
    buffer_add(out, buffer_view(&file));
    buffer_release(&file);
    return done;
}

static bool take_drawn(Str made, Buffer *out, Diag *diag) {
    WireReader reader = {made, 0, false};
    if (!pages_has_writer(&reader, diag)) return false;
    bool no_font = wire_u32(&reader) != 0;
    uint32_t unknown = wire_u32(&reader);
    if (no_font) diag_add_plain(diag, MESSAGE_NO_KOREAN_FONT, NULL);
    if (no_font) return false;
    Arena arena = {0};
    if (unknown) diag_add(diag, MESSAGE_FONT_LACKS, NULL, arena_format(&arena, "%u", unknown));
    arena_release(&arena);
    buffer_add(out, str_slice(made, reader.at, made.size));
    return true;
}

bool pages_write(const Pages *pages, ApartUse use, Buffer *out, Diag *diag) {
    Task task = {pages, use.name};
    Buffer made = {0};
    bool good =
        apart_run(draw, &task, APART_DRAWS, use, &made, diag) && take_drawn(buffer_view(&made), out, diag);
    buffer_release(&made);
    return good;
}
