/* paper - a PDF under way: its page, and texts and structure on it, by cairo and pango. */
#ifndef PERFEVAL_MODULE_PAPER_H
#define PERFEVAL_MODULE_PAPER_H

#include "io/pages.h"
#include "module/fonts.h"
#include "module/pdf_marks.h"

/** Bookmarks go this deep. */
#define PAPER_LEVELS 6

typedef struct Paper {
    const Pages *pages; /* NULL: a picture, which has no pages, margins and tags */
    cairo_surface_t *surface;
    cairo_t *cairo;
    Fonts *fonts;
    PangoContext *contexts[FONTS_READINGS];
    double y;       /* where the next block begins */
    unsigned page;  /* number of the page under way, from 1 */
    bool empty;     /* nothing stands on it yet */
    size_t unknown; /* characters that no font has */
    unsigned aside; /* what is drawn is no part of the text */
    Arena *arena;   /* of marks */
    PdfMark *marks; /* of all figures and cells, in order */
    size_t mark_count, mark_room;
    int outline[PAPER_LEVELS + 1]; /* the last bookmark of each level; 0: the root */
} Paper;

/** Begins to draw on the paper's surface, with its fonts. */
void paper_open(Paper *paper);
/** Ends it, and frees the surface; false when drawing failed. */
bool paper_close(Paper *paper);
/** Where the page's text ends. */
double paper_bottom(const Paper *paper);
/** Finishes the page, with its number, and begins another. */
void paper_turn(Paper *paper);
/** Finishes the last page. */
void paper_end(Paper *paper);

/** What stands between the two is of that structure, such as "H1"; they nest. */
void paper_tag(Paper *paper, const char *name);
/** The same for a figure or a cell of a table, with entries for its dictionary (empty: none), borrowed. */
void paper_tag_with(Paper *paper, const char *name, Str entries);
void paper_untag(Paper *paper, const char *name);
/** What stands between the two is no part of the text: page numbers, heads that stand again on each page. */
void paper_begin_aside(Paper *paper);
void paper_end_aside(Paper *paper);
void paper_color(const Paper *paper, PageColor color);
/** The text set in lines of `width` points (0: in one line); to be given back by g_object_unref. Words are
 * kept whole where a line can hold them. Characters that no font has are counted. Set from each reading of
 * the fonts, which must agree (module/fonts). */
PangoLayout *paper_layout(Paper *paper, Str text, const PageStyle *style, double width);
/** Counts what the style's fonts lack of Korean letters. */
void paper_try(Paper *paper, const PageStyle *style);
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
