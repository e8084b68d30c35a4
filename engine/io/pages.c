#include "io/pages.h"

#include "base/apart.h"
#include "base/module.h"
#include "base/wire.h"

#include <stdlib.h>

/* A walk over the description. */
typedef struct Walk {
    Arena *arena;
    Diag *diag;
    const Place *place;
    Buffer path;
    size_t faults, cells, shapes;
    Pages *pages;
} Walk;

/* ---- faults */

static void add_fault(Walk *w, MessageId what, const Str *arguments, size_t count) {
    w->faults++;
    diag_add(w->diag, MESSAGE_DOCUMENT_SHAPE, w->place, buffer_view(&w->path),
             message_both_list(w->arena, what, arguments, count));
}
#define fault(w, what, ...) add_fault((w), (what), MESSAGE_LIST(__VA_ARGS__))

static void wrong_kind(Walk *w, const Tree *tree, MessageId wanted) {
    if (!tree || tree->kind == TREE_NIL)
        fault(w, TEXT_DOCUMENT_MISSING, message_words(wanted));
    else
        fault(w, TEXT_DOCUMENT_WRONG, tree_kind_name(tree), message_words(wanted));
}

static size_t enter(Walk *w, const char *name) {
    size_t from = w->path.size;
    buffer_addf(&w->path, from ? ".%s" : "%s", name);
    return from;
}

static size_t enter_at(Walk *w, size_t position) {
    size_t from = w->path.size;
    buffer_addf(&w->path, "[%zu]", position + 1);
    return from;
}

static void leave(Walk *w, size_t from) { w->path.size = from; }

/* ---- plain values */

static bool is_known(Str name, const char *const *names) {
    for (; *names; names++)
        if (str_is(name, *names)) return true;
    return false;
}

/* Whether `tree` is a table with no names but these (ending with NULL). */
static bool is_record(Walk *w, const Tree *tree, const char *const *names) {
    if (!tree || tree->kind != TREE_TABLE) {
        wrong_kind(w, tree, TEXT_SHAPE_TABLE);
        return false;
    }
    size_t before = w->faults;
    if (tree->positional) add_fault(w, TEXT_DOCUMENT_NAMELESS, NULL, 0);
    for (size_t i = tree->positional; i < tree->count && w->faults < before + 5; i++)
        if (!is_known(tree->items[i].name, names)) fault(w, TEXT_DOCUMENT_KEY, tree->items[i].name);
    return w->faults == before;
}

/* The length of a list. */
static size_t list_length(Walk *w, const Tree *tree, size_t limit) {
    if (!tree || tree->kind != TREE_TABLE)
        wrong_kind(w, tree, TEXT_SHAPE_LIST);
    else if (tree->positional < tree->count)
        add_fault(w, TEXT_DOCUMENT_NAMED, NULL, 0);
    else if (tree->count > limit)
        fault(w, TEXT_DOCUMENT_MANY, arena_format(w->arena, "%zu", tree->count),
              arena_format(w->arena, "%zu", limit));
    else
        return tree->count;
    return 0;
}

static Str text_at(Walk *w, const Tree *tree, const char *name, bool required) {
    const Tree *value = tree_get(tree, name);
    if (value && value->kind == TREE_TEXT) return value->text;
    size_t from = enter(w, name);
    if (value || required) wrong_kind(w, value, TEXT_SHAPE_TEXT);
    leave(w, from);
    return (Str){NULL, 0};
}

static bool flag_at(Walk *w, const Tree *tree, const char *name) {
    const Tree *value = tree_get(tree, name);
    if (!value) return false;
    if (value->kind == TREE_BOOL) return value->flag;
    size_t from = enter(w, name);
    wrong_kind(w, value, TEXT_SHAPE_FLAG);
    leave(w, from);
    return false;
}

/* The number itself, which must lie between two others. */
static double number_of(Walk *w, const Tree *value, double low, double high) {
    if (!value || value->kind != TREE_NUMBER) {
        wrong_kind(w, value, TEXT_SHAPE_NUMBER);
        return low;
    }
    double number = decimal_to_double(&value->number, NULL);
    if (number >= low && number <= high) return number;
    fault(w, TEXT_DOCUMENT_RANGE, arena_format(w->arena, "%g", low), arena_format(w->arena, "%g", high));
    return low;
}

static double required_at(Walk *w, const Tree *tree, const char *name, double low, double high) {
    size_t from = enter(w, name);
    double number = number_of(w, tree_get(tree, name), low, high);
    leave(w, from);
    return number;
}

static double number_at(Walk *w, const Tree *tree, const char *name, double low, double high, double other) {
    return tree_get(tree, name) ? required_at(w, tree, name, low, high) : other;
}

/* A whole number from 1. */
static uint32_t whole_at(Walk *w, const Tree *tree, const char *name, uint32_t most, uint32_t other) {
    const Tree *value = tree_get(tree, name);
    if (!value && other) return other;
    double number = value && value->kind == TREE_NUMBER ? decimal_to_double(&value->number, NULL) : 0;
    if (number >= 1 && number <= most && number == (double)(uint32_t)number) return (uint32_t)number;
    size_t from = enter(w, name);
    fault(w, TEXT_DOCUMENT_WHOLE, arena_format(w->arena, "%u", most));
    leave(w, from);
    return 1;
}

static PageColor color_at(Walk *w, const Tree *tree, const char *name) {
    Str text = text_at(w, tree, name, false);
    char *end = NULL;
    if (!text.data) return (PageColor){false, 0};
    if (text.size == 7 && text.data[0] == '#' && strspn(text.data + 1, "0123456789abcdefABCDEF") == 6)
        return (PageColor){true, (uint32_t)strtoul(text.data + 1, &end, 16)};
    size_t from = enter(w, name);
    add_fault(w, TEXT_DOCUMENT_COLOR, NULL, 0);
    leave(w, from);
    return (PageColor){false, 0};
}

/* The position of the text among the names (ending with NULL); the first where it is not given. */
static unsigned choice_at(Walk *w, const Tree *tree, const char *name, const char *const *names) {
    Str text = text_at(w, tree, name, false);
    Buffer list = {0};
    if (!text.data) return 0;
    for (unsigned i = 0; names[i]; i++)
        if (str_is(text, names[i])) return i;
    for (unsigned i = 0; names[i]; i++) buffer_addf(&list, i ? ", %s" : "%s", names[i]);
    size_t from = enter(w, name);
    fault(w, TEXT_DOCUMENT_NONE_OF, buffer_view(&list));
    leave(w, from);
    buffer_release(&list);
    return 0;
}

/* ---- styles and paints, each under its name */

static const PageStyle *style_at(Walk *w, const Tree *tree, const char *name) {
    Str text = text_at(w, tree, name, true);
    for (size_t i = 0; text.data && i < w->pages->style_count; i++)
        if (str_equal(text, w->pages->styles[i].name)) return &w->pages->styles[i];
    size_t from = enter(w, name);
    if (text.data) fault(w, TEXT_DOCUMENT_STYLE, text);
    leave(w, from);
    return NULL;
}

static const PagePaint *paint_at(Walk *w, const Tree *tree, const char *name) {
    Str text = text_at(w, tree, name, true);
    for (size_t i = 0; text.data && i < w->pages->paint_count; i++)
        if (str_equal(text, w->pages->paints[i].name)) return &w->pages->paints[i];
    size_t from = enter(w, name);
    if (text.data) fault(w, TEXT_DOCUMENT_STYLE, text);
    leave(w, from);
    return NULL;
}

static PageAlign align_at(Walk *w, const Tree *tree, const char *name) {
    static const char *const aligns[] = {"left", "center", "right", NULL};
    return (PageAlign)choice_at(w, tree, name, aligns);
}

static void read_style(Walk *w, const Tree *tree, PageStyle *style) {
    static const char *const names[] = {"font", "size",  "line", "above", "below", "indent",
                                        "hang", "align", "bold", "color", "rule",  NULL};
    if (!is_record(w, tree, names)) return;
    style->font = text_at(w, tree, "font", true);
    style->size = required_at(w, tree, "size", 1, 200);
    style->line = number_at(w, tree, "line", 0.5, 10, 1);
    style->above = number_at(w, tree, "above", 0, 1000, 0);
    style->below = number_at(w, tree, "below", 0, 1000, 0);
    style->indent = number_at(w, tree, "indent", 0, 400, 0);
    style->hang = number_at(w, tree, "hang", 0, 400, 0);
    style->align = align_at(w, tree, "align");
    style->bold = flag_at(w, tree, "bold");
    style->color = color_at(w, tree, "color");
    style->rule = color_at(w, tree, "rule");
}

static void read_paint(Walk *w, const Tree *tree, PagePaint *paint) {
    static const char *const names[] = {"fill", "hatch", "stroke", "width", "dashed", NULL};
    if (!is_record(w, tree, names)) return;
    paint->fill = color_at(w, tree, "fill");
    paint->hatch = color_at(w, tree, "hatch");
    paint->stroke = color_at(w, tree, "stroke");
    paint->width = number_at(w, tree, "width", 0, 100, 1);
    paint->dashed = flag_at(w, tree, "dashed");
}

/* The items of the table under `name`: all have names. */
static const Tree *named_at(Walk *w, const Tree *tree, const char *name) {
    const Tree *value = tree_get(tree, name);
    size_t from = enter(w, name);
    if (!value || value->kind != TREE_TABLE)
        wrong_kind(w, value, TEXT_SHAPE_TABLE);
    else if (value->positional)
        add_fault(w, TEXT_DOCUMENT_NAMELESS, NULL, 0);
    else if (value->count > PAGES_STYLES)
        fault(w, TEXT_DOCUMENT_MANY, arena_format(w->arena, "%zu", value->count),
              arena_format(w->arena, "%d", PAGES_STYLES));
    leave(w, from);
    bool good = value && value->kind == TREE_TABLE && !value->positional && value->count <= PAGES_STYLES;
    return good ? value : NULL;
}

static void read_looks(Walk *w, const Tree *tree) {
    const Tree *styles = named_at(w, tree, "styles"), *paints = named_at(w, tree, "paints");
    Pages *pages = w->pages;
    pages->style_count = styles ? styles->count : 0;
    pages->paint_count = paints ? paints->count : 0;
    pages->styles = arena_new(w->arena, pages->style_count, sizeof *pages->styles);
    pages->paints = arena_new(w->arena, pages->paint_count, sizeof *pages->paints);
    for (size_t i = 0; i < pages->style_count; i++) {
        size_t from = enter(w, "styles"), at = enter(w, styles->items[i].name.data);
        pages->styles[i].name = styles->items[i].name;
        read_style(w, styles->items[i].value, &pages->styles[i]);
        leave(w, at), leave(w, from);
    }
    for (size_t i = 0; i < pages->paint_count; i++) {
        size_t from = enter(w, "paints"), at = enter(w, paints->items[i].name.data);
        pages->paints[i].name = paints->items[i].name;
        read_paint(w, paints->items[i].value, &pages->paints[i]);
        leave(w, at), leave(w, from);
    }
}

/* ---- tables */

static void read_widths(Walk *w, const Tree *tree, PageTable *table) {
    const Tree *list = tree_get(tree, "widths");
    size_t from = enter(w, "widths");
    double room = w->pages->width - w->pages->left - w->pages->right + 0.5, all = 0;
    table->columns = list_length(w, list, PAGES_COLUMNS);
    table->widths = arena_new(w->arena, table->columns, sizeof *table->widths);
    for (size_t i = 0; i < table->columns; i++) {
        size_t at = enter_at(w, i);
        all += table->widths[i] = number_of(w, list->items[i].value, 1, PAGES_SIDE);
        leave(w, at);
    }
    if (all > room) fault(w, TEXT_DOCUMENT_RANGE, STR("1"), arena_format(w->arena, "%g", room));
    leave(w, from);
}

static void read_cell(Walk *w, const Tree *tree, const PageTable *table, PageCell *cell) {
    static const char *const names[] = {"row", "column", "rows", "columns", "text", "style", "paint", NULL};
    if (!is_record(w, tree, names)) return;
    cell->row = whole_at(w, tree, "row", (uint32_t)table->rows, 0) - 1;
    cell->column = whole_at(w, tree, "column", (uint32_t)table->columns, 0) - 1;
    cell->rows = whole_at(w, tree, "rows", (uint32_t)table->rows - cell->row, 1);
    cell->columns = whole_at(w, tree, "columns", (uint32_t)table->columns - cell->column, 1);
    cell->text = text_at(w, tree, "text", true);
    cell->style = style_at(w, tree, "style");
    cell->paint = paint_at(w, tree, "paint");
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

static void read_cells(Walk *w, const Tree *list, PageTable *table) {
    bool *taken = arena_new(w->arena, table->rows * table->columns, sizeof *taken);
    table->cell_count = list_length(w, list, table->rows * table->columns);
    table->cells = arena_new(w->arena, table->cell_count, sizeof *table->cells);
    for (size_t i = 0; i < table->cell_count; i++) {
        size_t from = enter_at(w, i), before = w->faults;
        PageCell *cell = &table->cells[i];
        read_cell(w, list->items[i].value, table, cell);
        if (w->faults == before && !take_places(table, cell, taken))
            add_fault(w, TEXT_DOCUMENT_PLACE, NULL, 0);
        if (w->faults == before && cell->row < table->head && cell->row + cell->rows > table->head)
            add_fault(w, TEXT_DOCUMENT_PLACE, NULL, 0);
        leave(w, from);
    }
}

static void read_table(Walk *w, const Tree *tree, PageTable *table) {
    static const char *const names[] = {"widths", "rows", "head", "padding", "cells", NULL};
    if (!is_record(w, tree, names)) return;
    read_widths(w, tree, table);
    if (!table->columns) return;
    uint32_t room = (uint32_t)((PAGES_CELLS - w->cells) / table->columns);
    table->rows = whole_at(w, tree, "rows", room, 0);
    table->head = tree_get(tree, "head") ? whole_at(w, tree, "head", (uint32_t)table->rows, 0) : 0;
    table->padding = number_at(w, tree, "padding", 0, 50, 2);
    w->cells += table->rows * table->columns;
    size_t from = enter(w, "cells");
    if (table->rows <= room) read_cells(w, tree_get(tree, "cells"), table);
    leave(w, from);
}

/* ---- drawings */

static void read_shape(Walk *w, const Tree *tree, PageShape *shape) {
    static const char *const kinds[] = {"rect", "line", "dot", "text", NULL};
    static const char *const names[] = {"shape", "x", "y",    "w",     "h",     "x2",
                                        "y2",    "r", "text", "style", "paint", NULL};
    if (!is_record(w, tree, names)) return;
    double far = PAGES_SIDE * 4;
    shape->kind = (PageShapeKind)choice_at(w, tree, "shape", kinds);
    shape->x = required_at(w, tree, "x", -far, far);
    shape->y = required_at(w, tree, "y", -far, far);
    if (shape->kind == PAGE_RECT) {
        shape->w = required_at(w, tree, "w", 0, far);
        shape->h = required_at(w, tree, "h", 0, far);
    } else if (shape->kind == PAGE_LINE) {
        shape->w = required_at(w, tree, "x2", -far, far) - shape->x;
        shape->h = required_at(w, tree, "y2", -far, far) - shape->y;
    } else if (shape->kind == PAGE_DOT) {
        shape->w = required_at(w, tree, "r", 0, far);
    } else {
        shape->text = text_at(w, tree, "text", true);
        shape->style = style_at(w, tree, "style");
        return;
    }
    shape->paint = paint_at(w, tree, "paint");
}

static void read_drawing(Walk *w, const Tree *tree, PageDrawing *drawing) {
    static const char *const names[] = {"width", "height", "scale", "items", NULL};
    if (!is_record(w, tree, names)) return;
    const Tree *list = tree_get(tree, "items");
    drawing->width = required_at(w, tree, "width", 1, PAGES_SIDE * 4);
    drawing->height = required_at(w, tree, "height", 1, PAGES_SIDE * 4);
    drawing->scale = number_at(w, tree, "scale", 0.01, 10, 1);
    size_t from = enter(w, "items");
    drawing->count = list_length(w, list, PAGES_SHAPES - w->shapes);
    w->shapes += drawing->count;
    drawing->shapes = arena_new(w->arena, drawing->count, sizeof *drawing->shapes);
    for (size_t i = 0; i < drawing->count; i++) {
        size_t at = enter_at(w, i);
        read_shape(w, list->items[i].value, &drawing->shapes[i]);
        leave(w, at);
    }
    leave(w, from);
}

/* ---- the whole */

static void read_text(Walk *w, const Tree *tree, PageBlock *block) {
    static const char *const names[] = {"text", "style", "outline", "level", "keep", NULL};
    if (!is_record(w, tree, names)) return;
    block->kind = PAGE_BLOCK_TEXT;
    block->text = text_at(w, tree, "text", true);
    block->style = style_at(w, tree, "style");
    block->outline = text_at(w, tree, "outline", false);
    block->level = whole_at(w, tree, "level", 6, 1);
    block->keep = flag_at(w, tree, "keep");
}

static void read_block(Walk *w, const Tree *tree, PageBlock *block) {
    static const char *const tables[] = {"table", NULL}, *const drawings[] = {"drawing", NULL},
                             *const breaks[] = {"page_break", NULL};
    if (tree && tree->kind == TREE_TABLE && tree_get(tree, "table")) {
        block->kind = PAGE_BLOCK_TABLE;
        size_t from = enter(w, "table");
        if (is_record(w, tree, tables)) read_table(w, tree_get(tree, "table"), &block->table);
        leave(w, from);
    } else if (tree && tree->kind == TREE_TABLE && tree_get(tree, "drawing")) {
        block->kind = PAGE_BLOCK_DRAWING;
        size_t from = enter(w, "drawing");
        if (is_record(w, tree, drawings)) read_drawing(w, tree_get(tree, "drawing"), &block->drawing);
        leave(w, from);
    } else if (tree && tree->kind == TREE_TABLE && tree_get(tree, "page_break")) {
        block->kind = PAGE_BLOCK_BREAK;
        is_record(w, tree, breaks);
    } else {
        read_text(w, tree, block);
    }
}

static void read_page(Walk *w, const Tree *tree) {
    static const char *const names[] = {"width", "height", "top", "right", "bottom", "left", NULL};
    Pages *pages = w->pages;
    size_t from = enter(w, "page");
    if (is_record(w, tree, names)) {
        pages->width = required_at(w, tree, "width", 100, PAGES_SIDE);
        pages->height = required_at(w, tree, "height", 100, PAGES_SIDE);
        pages->top = required_at(w, tree, "top", 0, pages->height * 0.4);
        pages->bottom = required_at(w, tree, "bottom", 0, pages->height * 0.4);
        pages->left = required_at(w, tree, "left", 0, pages->width * 0.4);
        pages->right = required_at(w, tree, "right", 0, pages->width * 0.4);
    }
    leave(w, from);
}

static void read_blocks(Walk *w, const Tree *list) {
    Pages *pages = w->pages;
    size_t from = enter(w, "blocks");
    pages->block_count = list_length(w, list, PAGES_BLOCKS);
    pages->blocks = arena_new(w->arena, pages->block_count, sizeof *pages->blocks);
    for (size_t i = 0; i < pages->block_count; i++) {
        size_t at = enter_at(w, i);
        read_block(w, list->items[i].value, &pages->blocks[i]);
        leave(w, at);
    }
    leave(w, from);
}

const Pages *pages_read(const Tree *tree, const Place *place, Arena *arena, Diag *diag) {
    static const char *const names[] = {"title",  "page",   "number", "number_style",
                                        "styles", "paints", "blocks", NULL};
    Pages *pages = arena_new(arena, 1, sizeof *pages);
    Walk walk = {.arena = arena, .diag = diag, .place = place, .pages = pages};
    enter(&walk, "pdf");
    if (is_record(&walk, tree, names)) {
        pages->title = text_at(&walk, tree, "title", true);
        read_page(&walk, tree_get(tree, "page"));
        read_looks(&walk, tree);
        pages->number = text_at(&walk, tree, "number", false);
        if (pages->number.data) pages->number_style = style_at(&walk, tree, "number_style");
        if (!walk.faults) read_blocks(&walk, tree_get(tree, "blocks"));
    }
    buffer_release(&walk.path);
    return walk.faults ? NULL : pages;
}

typedef struct Task {
    const PagesWriter *writer;
    const Pages *pages;
} Task;

/* What was found out, then the file. */
static bool draw(void *context, Buffer *out) {
    const Task *task = context;
    PagesDrawn drawn = {0};
    Buffer file = {0};
    bool written = task->writer->write(task->pages, &file, &drawn);
    wire_add_u32(out, drawn.no_font);
    wire_add_u32(out, (uint32_t)drawn.unknown);
    buffer_add(out, buffer_view(&file));
    buffer_release(&file);
    return written || drawn.no_font;
}

static bool take_drawn(Str made, Buffer *out, Diag *diag) {
    WireReader reader = {made, 0, false};
    bool no_font = wire_u32(&reader) != 0;
    uint32_t unknown = wire_u32(&reader);
    if (no_font) {
        diag_add_plain(diag, MESSAGE_NO_KOREAN_FONT, NULL);
        return false;
    }
    Arena arena = {0};
    if (unknown) diag_add(diag, MESSAGE_FONT_LACKS, NULL, arena_format(&arena, "%u", unknown));
    arena_release(&arena);
    buffer_add(out, str_slice(made, reader.at, made.size));
    return true;
}

/* Apart: the libraries end their process when there is no memory. */
bool pages_write(const Pages *pages, Str use, Buffer *out, Diag *diag) {
    Task task = {module_load("pdf", use, diag), pages};
    Buffer made = {0};
    if (!task.writer) return false;
    bool good =
        apart_run(draw, &task, APART_MAY_TALK, use, &made, diag) && take_drawn(buffer_view(&made), out, diag);
    buffer_release(&made);
    return good;
}
