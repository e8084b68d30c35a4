/* paper - a PDF under way: its page, and texts on it, by cairo and pango. */
#ifndef PERFEVAL_MODULE_PAPER_H
#define PERFEVAL_MODULE_PAPER_H

#include "io/pages.h"

#include <pango/pangocairo.h>

/** Bookmarks go this deep. */
#define PAPER_LEVELS 6

typedef struct Paper {
    const Pages *pages;
    cairo_surface_t *surface;
    cairo_t *cairo;
    double y;                      /* where the next block begins */
    unsigned page;                 /* number of the page under way, from 1 */
    bool empty;                    /* nothing stands on it yet */
    size_t unknown;                /* characters that no font has */
    int outline[PAPER_LEVELS + 1]; /* the last bookmark of each level; 0: the root */
} Paper;

/** Where the page's text ends. */
double paper_bottom(const Paper *paper);
/** Finishes the page, with its number, and begins another. */
void paper_turn(Paper *paper);
/** Finishes the last page. */
void paper_end(Paper *paper);

void paper_color(const Paper *paper, PageColor color);
/** The text set in lines of `width` points (0: in one line); to be given back by g_object_unref. Words are
 * kept whole where a line can hold them. Characters that no font has are counted. */
PangoLayout *paper_layout(Paper *paper, Str text, const PageStyle *style, double width);
/** Height of a layout. */
double paper_height(PangoLayout *layout);

/** A line of a layout. */
typedef struct PaperLine {
    PangoLayoutLine *line;
    double x, top, bottom, base; /* from the layout's upper left corner */
} PaperLine;

PaperLine paper_line(PangoLayoutIter *iter);
/** Draws the lines of the layout that begin at `from` or below and before `to`, moved so that `from` comes
 * to lie at (x, y). */
void paper_show(Paper *paper, PangoLayout *layout, double x, double y, double from, double to);

#endif
