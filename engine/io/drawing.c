#include "io/drawing.h"

#include <stdlib.h>

static PageColor color_at(Walk *w, const Tree *tree, const char *name) {
    Str text = walk_text_at(w, tree, name, false);
    char *end = NULL;
    if (!text.data) return (PageColor){false, 0};
    if (text.size == 7 && text.data[0] == '#' && strspn(text.data + 1, "0123456789abcdefABCDEF") == 6)
        return (PageColor){true, (uint32_t)strtoul(text.data + 1, &end, 16)};
    size_t from = walk_enter(w, name);
    walk_add_fault(w, TEXT_DOCUMENT_COLOR, NULL, 0);
    walk_leave(w, from);
    return (PageColor){false, 0};
}

/* ---- looks */

const PageStyle *drawing_style_at(Walk *w, const Tree *tree, const char *name, const Looks *looks) {
    Str text = walk_text_at(w, tree, name, true);
    for (size_t i = 0; text.data && i < looks->style_count; i++)
        if (str_equal(text, looks->styles[i].name)) return &looks->styles[i];
    size_t from = walk_enter(w, name);
    if (text.data) walk_fault(w, TEXT_DOCUMENT_STYLE, text);
    walk_leave(w, from);
    return NULL;
}

const PagePaint *drawing_paint_at(Walk *w, const Tree *tree, const char *name, const Looks *looks) {
    Str text = walk_text_at(w, tree, name, true);
    for (size_t i = 0; text.data && i < looks->paint_count; i++)
        if (str_equal(text, looks->paints[i].name)) return &looks->paints[i];
    size_t from = walk_enter(w, name);
    if (text.data) walk_fault(w, TEXT_DOCUMENT_STYLE, text);
    walk_leave(w, from);
    return NULL;
}

static PageAlign align_at(Walk *w, const Tree *tree, const char *name) {
    static const char *const aligns[] = {"left", "center", "right", NULL};
    return (PageAlign)walk_choice_at(w, tree, name, aligns);
}

static void read_style(Walk *w, const Tree *tree, PageStyle *style) {
    static const char *const names[] = {"font", "size",  "line", "above", "below", "indent",
                                        "hang", "align", "bold", "color", "rule",  NULL};
    if (!walk_is_record(w, tree, names)) return;
    style->font = walk_text_at(w, tree, "font", true);
    style->size = walk_required_at(w, tree, "size", 1, 200);
    style->line = walk_number_at(w, tree, "line", 0.5, 10, 1);
    style->above = walk_number_at(w, tree, "above", 0, 1000, 0);
    style->below = walk_number_at(w, tree, "below", 0, 1000, 0);
    style->indent = walk_number_at(w, tree, "indent", 0, 400, 0);
    style->hang = walk_number_at(w, tree, "hang", 0, 400, 0);
    style->align = align_at(w, tree, "align");
    style->bold = walk_flag_at(w, tree, "bold");
    style->color = color_at(w, tree, "color");
    style->rule = color_at(w, tree, "rule");
}

static void read_paint(Walk *w, const Tree *tree, PagePaint *paint) {
    static const char *const names[] = {"fill", "hatch", "stroke", "width", "dashed", NULL};
    if (!walk_is_record(w, tree, names)) return;
    paint->fill = color_at(w, tree, "fill");
    paint->hatch = color_at(w, tree, "hatch");
    paint->stroke = color_at(w, tree, "stroke");
    paint->width = walk_number_at(w, tree, "width", 0, 100, 1);
    paint->dashed = walk_flag_at(w, tree, "dashed");
}

/* The items of the table under `name`: all have names. */
static const Tree *named_at(Walk *w, const Tree *tree, const char *name) {
    const Tree *value = tree_get(tree, name);
    size_t from = walk_enter(w, name);
    if (!value || value->kind != TREE_TABLE)
        walk_wrong_kind(w, value, TEXT_SHAPE_TABLE);
    else if (value->positional)
        walk_add_fault(w, TEXT_DOCUMENT_NAMELESS, NULL, 0);
    else if (value->count > DRAWING_STYLES)
        walk_fault(w, TEXT_DOCUMENT_MANY, arena_format(w->arena, "%zu", value->count),
                   arena_format(w->arena, "%d", DRAWING_STYLES));
    walk_leave(w, from);
    bool good = value && value->kind == TREE_TABLE && !value->positional && value->count <= DRAWING_STYLES;
    return good ? value : NULL;
}

void drawing_looks(Walk *w, const Tree *tree, Looks *looks) {
    const Tree *styles = named_at(w, tree, "styles"), *paints = named_at(w, tree, "paints");
    looks->style_count = styles ? styles->count : 0;
    looks->paint_count = paints ? paints->count : 0;
    looks->styles = arena_new(w->arena, looks->style_count, sizeof *looks->styles);
    looks->paints = arena_new(w->arena, looks->paint_count, sizeof *looks->paints);
    for (size_t i = 0; i < looks->style_count; i++) {
        size_t from = walk_enter(w, "styles"), at = walk_enter(w, styles->items[i].name.data);
        looks->styles[i].name = styles->items[i].name;
        read_style(w, styles->items[i].value, &looks->styles[i]);
        walk_leave(w, at), walk_leave(w, from);
    }
    for (size_t i = 0; i < looks->paint_count; i++) {
        size_t from = walk_enter(w, "paints"), at = walk_enter(w, paints->items[i].name.data);
        looks->paints[i].name = paints->items[i].name;
        read_paint(w, paints->items[i].value, &looks->paints[i]);
        walk_leave(w, at), walk_leave(w, from);
    }
}

/* ---- drawings */

static void read_shape(Walk *w, const Tree *tree, const Looks *looks, PageShape *shape) {
    static const char *const kinds[] = {"rect", "line", "dot", "text", NULL};
    static const char *const names[] = {"shape", "x", "y",    "w",     "h",     "x2",
                                        "y2",    "r", "text", "style", "paint", NULL};
    if (!walk_is_record(w, tree, names)) return;
    double far = DRAWING_SIDE * 4;
    shape->kind = (PageShapeKind)walk_choice_at(w, tree, "shape", kinds);
    shape->x = walk_required_at(w, tree, "x", -far, far);
    shape->y = walk_required_at(w, tree, "y", -far, far);
    if (shape->kind == PAGE_RECT) {
        shape->w = walk_required_at(w, tree, "w", 0, far);
        shape->h = walk_required_at(w, tree, "h", 0, far);
    } else if (shape->kind == PAGE_LINE) {
        shape->w = walk_required_at(w, tree, "x2", -far, far) - shape->x;
        shape->h = walk_required_at(w, tree, "y2", -far, far) - shape->y;
    } else if (shape->kind == PAGE_DOT) {
        shape->w = walk_required_at(w, tree, "r", 0, far);
    } else {
        shape->text = walk_text_at(w, tree, "text", true);
        shape->style = drawing_style_at(w, tree, "style", looks);
        return;
    }
    shape->paint = drawing_paint_at(w, tree, "paint", looks);
}

void drawing_read(Walk *w, const Tree *tree, const Looks *looks, size_t *room, PageDrawing *drawing) {
    static const char *const names[] = {"width", "height", "scale", "items", "alt", NULL};
    if (!walk_is_record(w, tree, names)) return;
    const Tree *list = tree_get(tree, "items");
    drawing->width = walk_required_at(w, tree, "width", 1, DRAWING_SIDE * 4);
    drawing->height = walk_required_at(w, tree, "height", 1, DRAWING_SIDE * 4);
    drawing->scale = walk_number_at(w, tree, "scale", 0.01, 10, 1);
    drawing->alternative = walk_text_at(w, tree, "alt", false);
    size_t from = walk_enter(w, "items");
    drawing->count = walk_list_length(w, list, *room);
    *room -= drawing->count;
    drawing->shapes = arena_new(w->arena, drawing->count, sizeof *drawing->shapes);
    for (size_t i = 0; i < drawing->count; i++) {
        size_t at = walk_enter_at(w, i);
        read_shape(w, list->items[i].value, looks, &drawing->shapes[i]);
        walk_leave(w, at);
    }
    walk_leave(w, from);
}
