/* pdf - the module that draws pages as PDF, by cairo and pango. */
#include "base/module.h"
#include "module/figure.h"
#include "module/pdf_table.h"

#include <cairo-pdf.h>
#include <math.h>

/* A fixed date: the same pages give the same bytes on each run. */
#define CREATED "2000-01-01T00:00:00Z"

/* ---- drawings */

static void draw_drawing(Paper *paper, const PageDrawing *drawing) {
    double height = drawing->height * drawing->scale;
    if (paper->y + height > paper_bottom(paper) && !paper->empty) paper_turn(paper);
    Str words = drawing->alternative;
    paper_tag_with(paper, "Figure", words.data ? pdf_mark_words(paper->arena, words) : words);
    cairo_save(paper->cairo);
    cairo_translate(paper->cairo, paper->pages->left, paper->y);
    figure_draw(paper, drawing);
    cairo_restore(paper->cairo);
    paper_untag(paper, "Figure");
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

/* The entry of a list has its words in a body of their own. */
static void begin_text(Paper *paper, PageTag tag) {
    paper_tag(paper, pages_tag_name(tag));
    if (tag == PAGE_TAG_LI) paper_tag(paper, "LBody");
}

static void end_text(Paper *paper, PageTag tag) {
    if (tag == PAGE_TAG_LI) paper_untag(paper, "LBody");
    paper_untag(paper, pages_tag_name(tag));
}

/* Line by line, over as many pages as it takes; what stands on each is an element of the structure, since
 * cairo knows no element that goes on behind another within it. */
static void draw_lines(Paper *paper, PangoLayout *layout, const PageBlock *block) {
    const PageStyle *style = block->style;
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    double start = paper->y;
    begin_text(paper, block->tag);
    do {
        PaperLine line = paper_line(iter);
        if (start + line.bottom > paper_bottom(paper) && !paper->empty) {
            end_text(paper, block->tag);
            paper_turn(paper);
            begin_text(paper, block->tag);
            start = paper->y - line.top;
        }
        paper_color(paper, style->color);
        cairo_move_to(paper->cairo, paper->pages->left + style->indent + line.x, start + line.base);
        pango_cairo_show_layout_line(paper->cairo, line.line);
        paper->y = start + line.bottom;
        paper->empty = false;
    } while (pango_layout_iter_next_line(iter));
    end_text(paper, block->tag);
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
    draw_lines(paper, layout, block);
    if (block->style->rule.given) draw_rule(paper, block->style->rule);
    paper->y += block->style->below;
    g_object_unref(layout);
}

/* ---- the file */

static bool is_entry(const PageBlock *block) {
    return block->kind == PAGE_BLOCK_TEXT && block->tag == PAGE_TAG_LI;
}

static void draw_block(Paper *paper, size_t at) {
    const PageBlock *block = &paper->pages->blocks[at];
    if (block->kind == PAGE_BLOCK_TEXT)
        draw_text(paper, at);
    else if (block->kind == PAGE_BLOCK_TABLE)
        pdf_table_draw(paper, &block->table);
    else if (block->kind == PAGE_BLOCK_DRAWING)
        draw_drawing(paper, &block->drawing);
    else if (!paper->empty)
        paper_turn(paper);
}

/* Entries of a list that follow each other are one list. */
static void draw_blocks(Paper *paper) {
    const Pages *pages = paper->pages;
    paper_tag(paper, "Document");
    for (size_t i = 0; i < pages->block_count; i++) {
        bool entry = is_entry(&pages->blocks[i]);
        if (entry && !(i > 0 && is_entry(&pages->blocks[i - 1]))) paper_tag(paper, "L");
        draw_block(paper, i);
        if (entry && !(i + 1 < pages->block_count && is_entry(&pages->blocks[i + 1])))
            paper_untag(paper, "L");
    }
    paper_end(paper);
    paper_untag(paper, "Document");
}

/* Whether each style finds a font that has Korean letters. */
static bool has_korean(Paper *paper) {
    const Looks *looks = &paper->pages->looks;
    for (size_t i = 0; i < looks->style_count; i++) paper_try(paper, &looks->styles[i]);
    bool has = paper->unknown == 0;
    paper->unknown = 0;
    return has;
}

static cairo_status_t take(void *context, const unsigned char *bytes, unsigned int size) {
    buffer_add(context, (Str){(const char *)bytes, size});
    return CAIRO_STATUS_SUCCESS;
}

/* Of the whole file: its language, and that a window shows its title. */
static Str catalog_entries(Arena *arena, const Pages *pages) {
    Str language = pages->language;
    return arena_format(arena, "/ViewerPreferences << /DisplayDocTitle\ntrue >>\n%s%.*s%s",
                        language.data ? "/Lang (" : "", STR_FMT(language), language.data ? ")\n" : "");
}

static bool draw_file(Paper *paper, Buffer *file, PagesDrawn *drawn) {
    const Pages *pages = paper->pages;
    paper->surface = cairo_pdf_surface_create_for_stream(take, file, pages->width, pages->height);
    paper_open(paper);
    cairo_pdf_surface_set_metadata(paper->surface, CAIRO_PDF_METADATA_TITLE, pages->title.data);
    cairo_pdf_surface_set_metadata(paper->surface, CAIRO_PDF_METADATA_CREATE_DATE, CREATED);
    drawn->no_font = paper->fonts->none || !has_korean(paper);
    if (!drawn->no_font) draw_blocks(paper);
    drawn->unknown = paper->unknown;
    return paper_close(paper);
}

static bool write_pages(const Pages *pages, Buffer *out, PagesDrawn *drawn) {
    Arena arena = {0};
    Buffer file = {0};
    Fonts fonts;
    Paper paper = {
        .pages = pages, .fonts = &fonts, .y = pages->top, .page = 1, .empty = true, .arena = &arena};
    bool good = fonts_open(&fonts) && draw_file(&paper, &file, drawn);
    if (good) pdf_marks_write(&file, paper.marks, paper.mark_count, catalog_entries(&arena, pages));
    buffer_add(out, buffer_view(&file));
    fonts_close(&fonts);
    buffer_release(&file);
    memory_free(paper.marks);
    arena_release(&arena);
    return good;
}

static bool draw_pictures(const PageDrawing *drawings, size_t count, Buffer *outs, PagesDrawn *drawn) {
    Fonts fonts;
    bool good = fonts_open(&fonts) && figure_pictures(drawings, count, &fonts, outs, &drawn->unknown);
    fonts_close(&fonts);
    return good;
}

static bool find_korean(bool *found) {
    static const PageStyle plain = {.font = {"sans-serif", 10}, .size = 10, .line = 1};
    Fonts fonts;
    bool good = fonts_open(&fonts);
    if (good) {
        Paper paper = {.surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1, 1), .fonts = &fonts};
        paper_open(&paper);
        if (!fonts.none) paper_try(&paper, &plain);
        *found = !fonts.none && paper.unknown == 0;
        good = paper_close(&paper);
    }
    fonts_close(&fonts);
    return good;
}

static const PagesWriter pages_writer = {write_pages, draw_pictures, find_korean};
MODULE_DEFINE(&pages_writer);
