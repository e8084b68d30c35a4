#include "module/figure.h"

#include <math.h>

/* From one slanting line to the next. */
#define HATCH 4.5

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

void figure_draw(Paper *paper, const PageDrawing *drawing) {
    cairo_scale(paper->cairo, drawing->scale, drawing->scale);
    for (size_t i = 0; i < drawing->count; i++) {
        if (drawing->shapes[i].kind == PAGE_TEXT)
            draw_label(paper, &drawing->shapes[i]);
        else
            draw_figure(paper, &drawing->shapes[i]);
    }
}

/* ---- pictures */

static cairo_status_t take(void *context, const unsigned char *bytes, unsigned int size) {
    buffer_add(context, (Str){(const char *)bytes, size});
    return CAIRO_STATUS_SUCCESS;
}

static bool draw_picture(const PageDrawing *drawing, Fonts *fonts, Buffer *out, size_t *unknown) {
    int width = (int)ceil(drawing->width * drawing->scale),
        height = (int)ceil(drawing->height * drawing->scale);
    Paper paper = {.surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height), .fonts = fonts};
    paper_open(&paper);
    cairo_set_source_rgb(paper.cairo, 1, 1, 1);
    cairo_paint(paper.cairo);
    figure_draw(&paper, drawing);
    bool written = cairo_surface_write_to_png_stream(paper.surface, take, out) == CAIRO_STATUS_SUCCESS;
    *unknown += paper.unknown;
    return paper_close(&paper) && written;
}

bool figure_pictures(const PageDrawing *drawings, size_t count, Fonts *fonts, Buffer *outs, size_t *unknown) {
    bool good = true;
    for (size_t i = 0; i < count && good; i++) good = draw_picture(&drawings[i], fonts, &outs[i], unknown);
    return good;
}
