#include "module/paper.h"

#include <math.h>

/* The structure of what is no part of the text. */
#define ASIDE "Private"

/* The same letters on every machine: nothing is taken from the settings of its desktop. */
static void set_font_options(PangoContext *context) {
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
}

void paper_open(Paper *paper) {
    paper->cairo = cairo_create(paper->surface);
    for (int i = 0; i < FONTS_READINGS; i++) {
        PangoContext *context = pango_font_map_create_context(paper->fonts->maps[i]);
        pango_context_set_language(context, pango_language_from_string("ko"));
        pango_context_set_round_glyph_positions(context, FALSE);
        set_font_options(context);
        paper->contexts[i] = context;
    }
}

bool paper_close(Paper *paper) {
    cairo_surface_finish(paper->surface);
    bool good = cairo_status(paper->cairo) == CAIRO_STATUS_SUCCESS &&
                cairo_surface_status(paper->surface) == CAIRO_STATUS_SUCCESS && !paper->fonts->wrong;
    for (int i = 0; i < FONTS_READINGS; i++) g_object_unref(paper->contexts[i]);
    cairo_destroy(paper->cairo);
    cairo_surface_destroy(paper->surface);
    return good;
}

double paper_bottom(const Paper *paper) { return paper->pages->height - paper->pages->bottom; }

void paper_tag(Paper *paper, const char *name) {
    if (paper->pages && !paper->aside) cairo_tag_begin(paper->cairo, name, NULL);
}

void paper_tag_with(Paper *paper, const char *name, Str entries) {
    paper_tag(paper, name);
    if (!paper->pages || paper->aside) return;
    if (paper->mark_count == paper->mark_room) {
        paper->mark_room = paper->mark_room * 2 + 64;
        paper->marks = memory_resize(paper->marks, paper->mark_room, sizeof *paper->marks);
    }
    paper->marks[paper->mark_count++] = (PdfMark){name, entries};
}

void paper_untag(Paper *paper, const char *name) {
    if (paper->pages && !paper->aside) cairo_tag_end(paper->cairo, name);
}

void paper_begin_aside(Paper *paper) {
    paper_tag(paper, ASIDE);
    paper->aside++;
}

void paper_end_aside(Paper *paper) {
    paper->aside--;
    paper_untag(paper, ASIDE);
}

/* ---- texts */

void paper_color(const Paper *paper, PageColor color) {
    uint32_t rgb = color.given ? color.rgb : 0;
    cairo_set_source_rgb(paper->cairo, (rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
}

/* Keeps each word whole that a line can hold: Korean may be broken anywhere, but reads better by words. */
static void keep_words(PangoAttrList *list, Str text, size_t most) {
    size_t from = 0, letters = 0;
    for (size_t at = 0; at <= text.size; at++) {
        bool blank = at == text.size || text.data[at] == ' ' || text.data[at] == '\n';
        if (!blank) {
            letters += (text.data[at] & 0xc0) != 0x80;
            continue;
        }
        if (letters > 1 && letters <= most) {
            PangoAttribute *whole = pango_attr_allow_breaks_new(FALSE);
            whole->start_index = (guint)from;
            whole->end_index = (guint)at;
            pango_attr_list_insert(list, whole);
        }
        from = at + 1;
        letters = 0;
    }
}

static PangoFontDescription *font_of(const PageStyle *style) {
    PangoFontDescription *font = pango_font_description_from_string(style->font.data);
    pango_font_description_set_absolute_size(font, style->size * PANGO_SCALE);
    pango_font_description_set_weight(font, style->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    return font;
}

static void set_look(PangoLayout *layout, const PageStyle *style) {
    static const PangoAlignment aligns[] = {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT};
    PangoFontDescription *font = font_of(style);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_alignment(layout, aligns[style->align]);
    pango_layout_set_line_spacing(layout, (float)style->line);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_indent(layout, (int)(-style->hang * PANGO_SCALE));
    pango_layout_set_auto_dir(layout, FALSE);
    pango_font_description_free(font);
}

static PangoLayout *set(const Paper *paper, int reading, Str text, const PageStyle *style, double width) {
    PangoContext *context = paper->contexts[reading];
    pango_cairo_update_context(paper->cairo, context);
    PangoLayout *layout = pango_layout_new(context);
    PangoAttrList *list = pango_attr_list_new();
    set_look(layout, style);
    if (width > 0) {
        pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
        keep_words(list, text, (size_t)((width - style->hang > 0 ? width - style->hang : 0) / style->size));
    }
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
    pango_layout_set_text(layout, text.data, (int)text.size);
    return layout;
}

PangoLayout *paper_layout(Paper *paper, Str text, const PageStyle *style, double width) {
    PangoLayout *layouts[FONTS_READINGS];
    for (int i = 0; i < FONTS_READINGS; i++) layouts[i] = set(paper, i, text, style, width);
    paper->unknown += (size_t)pango_layout_get_unknown_glyphs_count(layouts[0]);
    fonts_compare(paper->fonts, layouts);
    for (int i = 1; i < FONTS_READINGS; i++) g_object_unref(layouts[i]);
    return layouts[0];
}

void paper_try(Paper *paper, const PageStyle *style) {
    g_object_unref(paper_layout(paper, STR("\xea\xb0\x80\xed\x9e\xa3"), style, 0));
}

double paper_height(PangoLayout *layout) {
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    return (double)logical.height / PANGO_SCALE;
}

PaperLine paper_line(PangoLayoutIter *iter) {
    PangoRectangle logical;
    int top = 0, bottom = 0;
    pango_layout_iter_get_line_extents(iter, NULL, &logical);
    pango_layout_iter_get_line_yrange(iter, &top, &bottom);
    return (PaperLine){.line = pango_layout_iter_get_line_readonly(iter),
                       .x = (double)logical.x / PANGO_SCALE,
                       .top = (double)top / PANGO_SCALE,
                       .bottom = (double)bottom / PANGO_SCALE,
                       .base = (double)pango_layout_iter_get_baseline(iter) / PANGO_SCALE};
}

void paper_show(Paper *paper, PangoLayout *layout, double x, double y, double from, double to) {
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    do {
        PaperLine line = paper_line(iter);
        if (line.top < from || line.top >= to) continue;
        cairo_move_to(paper->cairo, x + line.x, y + line.base - from);
        pango_cairo_show_layout_line(paper->cairo, line.line);
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
}

/* ---- pages */

static void add_number(Paper *paper) {
    const Pages *pages = paper->pages;
    Arena arena = {0};
    Buffer words = {0};
    if (!pages->number.data) return;
    const char *place = strstr(pages->number.data, "{page}");
    size_t before = place ? (size_t)(place - pages->number.data) : pages->number.size;
    buffer_add(&words, str_slice(pages->number, 0, before));
    if (place) buffer_addf(&words, "%u%s", paper->page, place + strlen("{page}"));
    double width = pages->width - pages->left - pages->right;
    PangoLayout *layout =
        paper_layout(paper, arena_copy(&arena, buffer_view(&words)), pages->number_style, width);
    paper_color(paper, pages->number_style->color);
    paper_begin_aside(paper);
    paper_show(paper, layout, pages->left, paper_bottom(paper) + (pages->bottom - paper_height(layout)) / 2,
               0, pages->height);
    paper_end_aside(paper);
    g_object_unref(layout);
    buffer_release(&words);
    arena_release(&arena);
}

void paper_end(Paper *paper) {
    add_number(paper);
    cairo_show_page(paper->cairo);
}

void paper_turn(Paper *paper) {
    paper_end(paper);
    paper->page++;
    paper->y = paper->pages->top;
    paper->empty = true;
}
