/* pdf - the module that draws pages as PDF, by cairo and pango. */
#include "base/module.h"
#include "module/pdf_table.h"

#include <cairo-pdf.h>
#include <math.h>

/* A fixed date: the same pages give the same bytes on each run. */
#define CREATED "2000-01-01T00:00:00Z"

/* From one slanting line to the next. */
#define HATCH 4.5

/* ---- drawings */

/* Slanting lines over the rectangle. */
static void draw_hatch(const Paper *paper, const PageShape *shape) {
    cairo_t *cairo = paper->cairo;
    cairo_save(cairo);
    cairo_rectangle(cairo, shape->x, shape->y, shape->w, shape->h);
    cairo_clip(cairo);
    paper_color(paper, shape->paint->hatch);
    cairo_set_line_width(cairo, 1.2);
    size_t count = (size_t)((shape->w + shape->h) / HATCH) + 1;
    for (size_t i = 0; i < count; i++) {
        double x = shape->x - shape->h + (double)i * HATCH;
        cairo_move_to(cairo, x, shape->y + shape->h);
        cairo_line_to(cairo, x + shape->h, shape->y);
    }
    cairo_stroke(cairo);
    cairo_restore(cairo);
}

static void draw_outline(const Paper *paper, const PagePaint *paint) {
    static const double dashes[] = {4, 2.5};
    if (!paint->stroke.given) return;
    paper_color(paper, paint->stroke);
    cairo_set_line_width(paper->cairo, paint->width);
    cairo_set_dash(paper->cairo, dashes, paint->dashed ? 2 : 0, 0);
    cairo_stroke_preserve(paper->cairo);
    cairo_set_dash(paper->cairo, dashes, 0, 0);
}

static void draw_figure(const Paper *paper, const PageShape *shape) {
    cairo_t *cairo = paper->cairo;
    if (shape->kind == PAGE_RECT) {
        cairo_rectangle(cairo, shape->x, shape->y, shape->w, shape->h);
    } else if (shape->kind == PAGE_DOT) {
        cairo_arc(cairo, shape->x, shape->y, shape->w, 0, 2 * M_PI);
    } else {
        cairo_move_to(cairo, shape->x, shape->y);
        cairo_rel_line_to(cairo, shape->w, shape->h);
    }
    if (shape->paint->fill.given) {
        paper_color(paper, shape->paint->fill);
        cairo_fill_preserve(cairo);
    }
    if (shape->paint->hatch.given && shape->kind == PAGE_RECT) {
        cairo_path_t *path = cairo_copy_path(cairo);
        cairo_new_path(cairo);
        draw_hatch(paper, shape);
        cairo_append_path(cairo, path);
        cairo_path_destroy(path);
    }
    draw_outline(paper, shape->paint);
    cairo_new_path(cairo);
}

static void draw_label(Paper *paper, const PageShape *shape) {
    static const double parts[] = {0, 0.5, 1};
    PangoLayout *layout = paper_layout(paper, shape->text, shape->style, 0);
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    double base = (double)pango_layout_get_baseline(layout) / PANGO_SCALE;
    double x = shape->x - parts[shape->style->align] * (double)logical.width / PANGO_SCALE;
    paper_color(paper, shape->style->color);
    cairo_move_to(paper->cairo, x, shape->y - base);
    pango_cairo_show_layout(paper->cairo, layout);
    g_object_unref(layout);
}

static void draw_drawing(Paper *paper, const PageDrawing *drawing) {
    double height = drawing->height * drawing->scale;
    if (paper->y + height > paper_bottom(paper) && !paper->empty) paper_turn(paper);
    cairo_save(paper->cairo);
    cairo_translate(paper->cairo, paper->pages->left, paper->y);
    cairo_scale(paper->cairo, drawing->scale, drawing->scale);
    for (size_t i = 0; i < drawing->count; i++) {
        if (drawing->shapes[i].kind == PAGE_TEXT)
            draw_label(paper, &drawing->shapes[i]);
        else
            draw_figure(paper, &drawing->shapes[i]);
    }
    cairo_restore(paper->cairo);
    paper->y += height;
    paper->empty = false;
}

/* ---- texts */

static PangoLayout *lay_out(Paper *paper, const PageBlock *block) {
    const Pages *pages = paper->pages;
    return paper_layout(paper, block->text, block->style,
                        pages->width - pages->left - pages->right - block->style->indent);
}

static void add_bookmark(Paper *paper, const PageBlock *block) {
    Arena arena = {0};
    int parent = 0;
    for (uint32_t level = 1; level < block->level; level++)
        if (paper->outline[level]) parent = paper->outline[level];
    Str place = arena_format(&arena, "pos=[%d %d] page=%u", (int)paper->pages->left,
                             (int)fmax(paper->y - 4, 0), paper->page);
    paper->outline[block->level] =
        cairo_pdf_surface_add_outline(paper->surface, parent, block->outline.data, place.data,
                                      block->level == 1 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
    for (uint32_t level = block->level + 1; level <= PAPER_LEVELS; level++) paper->outline[level] = 0;
    arena_release(&arena);
}

/* What must fit on the page where the block begins: with `keep`, the beginning of the next one too. */
static double needed(Paper *paper, size_t at) {
    double height = 0, page = paper_bottom(paper) - paper->pages->top;
    size_t unknown = paper->unknown;
    for (bool more = true; more && at < paper->pages->block_count; at++) {
        const PageBlock *block = &paper->pages->blocks[at];
        more = block->kind == PAGE_BLOCK_TEXT && block->keep;
        if (block->kind == PAGE_BLOCK_TABLE) height += pdf_table_start(paper, &block->table);
        if (block->kind == PAGE_BLOCK_DRAWING) height += block->drawing.height * block->drawing.scale;
        if (block->kind != PAGE_BLOCK_TEXT) continue;
        PangoLayout *layout = lay_out(paper, block);
        height += paper_height(layout) + block->style->above + block->style->below;
        g_object_unref(layout);
    }
    paper->unknown = unknown;
    return height > page ? 0 : height;
}

static void draw_rule(Paper *paper, PageColor color) {
    paper_color(paper, color);
    cairo_set_line_width(paper->cairo, 0.8);
    cairo_move_to(paper->cairo, paper->pages->left, paper->y + 1);
    cairo_line_to(paper->cairo, paper->pages->width - paper->pages->right, paper->y + 1);
    cairo_stroke(paper->cairo);
    paper->y += 3;
}

/* Line by line, over as many pages as it takes. */
static void draw_lines(Paper *paper, PangoLayout *layout, const PageStyle *style) {
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    double start = paper->y;
    do {
        PaperLine line = paper_line(iter);
        if (start + line.bottom > paper_bottom(paper) && !paper->empty) {
            paper_turn(paper);
            start = paper->y - line.top;
        }
        paper_color(paper, style->color);
        cairo_move_to(paper->cairo, paper->pages->left + style->indent + line.x, start + line.base);
        pango_cairo_show_layout_line(paper->cairo, line.line);
        paper->y = start + line.bottom;
        paper->empty = false;
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
}

static void draw_text(Paper *paper, size_t at) {
    const PageBlock *block = &paper->pages->blocks[at];
    if (!paper->empty && block->keep && paper->y + needed(paper, at) > paper_bottom(paper)) paper_turn(paper);
    if (!paper->empty) paper->y += block->style->above;
    PangoLayout *layout = lay_out(paper, block);
    double line = paper_height(layout) / pango_layout_get_line_count(layout);
    if (!paper->empty && paper->y + line > paper_bottom(paper)) paper_turn(paper);
    if (block->outline.data) add_bookmark(paper, block);
    draw_lines(paper, layout, block->style);
    if (block->style->rule.given) draw_rule(paper, block->style->rule);
    paper->y += block->style->below;
    g_object_unref(layout);
}

/* ---- the file */

static void draw_blocks(Paper *paper) {
    for (size_t i = 0; i < paper->pages->block_count; i++) {
        const PageBlock *block = &paper->pages->blocks[i];
        if (block->kind == PAGE_BLOCK_TEXT)
            draw_text(paper, i);
        else if (block->kind == PAGE_BLOCK_TABLE)
            pdf_table_draw(paper, &block->table);
        else if (block->kind == PAGE_BLOCK_DRAWING)
            draw_drawing(paper, &block->drawing);
        else if (!paper->empty)
            paper_turn(paper);
    }
    paper_end(paper);
}

/* Whether each style finds a font that has Korean letters. */
static bool has_korean(Paper *paper) {
    for (size_t i = 0; i < paper->pages->style_count; i++)
        g_object_unref(paper_layout(paper, STR("\xea\xb0\x80\xed\x9e\xa3"), &paper->pages->styles[i], 0));
    bool has = paper->unknown == 0;
    paper->unknown = 0;
    return has;
}

static cairo_status_t take(void *context, const unsigned char *bytes, unsigned int size) {
    buffer_add(context, (Str){(const char *)bytes, size});
    return CAIRO_STATUS_SUCCESS;
}

static bool write_pages(const Pages *pages, Buffer *out, PagesDrawn *drawn) {
    Paper paper = {.pages = pages, .y = pages->top, .page = 1, .empty = true};
    paper.surface = cairo_pdf_surface_create_for_stream(take, out, pages->width, pages->height);
    paper.cairo = cairo_create(paper.surface);
    cairo_pdf_surface_set_metadata(paper.surface, CAIRO_PDF_METADATA_TITLE, pages->title.data);
    cairo_pdf_surface_set_metadata(paper.surface, CAIRO_PDF_METADATA_CREATE_DATE, CREATED);
    drawn->no_font = !has_korean(&paper);
    if (!drawn->no_font) draw_blocks(&paper);
    cairo_surface_finish(paper.surface);
    bool good = cairo_status(paper.cairo) == CAIRO_STATUS_SUCCESS &&
                cairo_surface_status(paper.surface) == CAIRO_STATUS_SUCCESS;
    drawn->unknown = paper.unknown;
    cairo_destroy(paper.cairo);
    cairo_surface_destroy(paper.surface);
    pango_cairo_font_map_set_default(NULL);
    return good;
}

static const PagesWriter pages_writer = {write_pages};
MODULE_DEFINE(&pages_writer);
