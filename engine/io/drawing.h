/* drawing - what a script describes to be drawn: the looks of texts and shapes, each under its name, and
 * drawings made of shapes. Of pages (io/pages) and of pictures (io/pictures).
 *
 * Places count from the upper left corner of a drawing, in units of its own.
 */
#ifndef PERFEVAL_IO_DRAWING_H
#define PERFEVAL_IO_DRAWING_H

#include "io/walk.h"

/** Shapes of all drawings. */
#define DRAWING_SHAPES 400000
#define DRAWING_STYLES 100
/** Longest side of a page, and the farthest that a drawing reaches. */
#define DRAWING_SIDE 5000.0

/** 0xRRGGBB, or none. */
typedef struct PageColor {
    bool given;
    uint32_t rgb;
} PageColor;

typedef enum PageAlign { PAGE_LEFT, PAGE_CENTER, PAGE_RIGHT } PageAlign;

typedef struct PageStyle {
    Str name, font;
    double size, line; /* line: height of a line, in heights of the font */
    double above, below, indent, hang;
    bool bold;
    PageAlign align;
    PageColor color, rule; /* rule: of a line below the text */
} PageStyle;

/** How a shape is filled and outlined. */
typedef struct PagePaint {
    Str name;
    PageColor fill, hatch, stroke;
    double width;
    bool dashed;
} PagePaint;

typedef struct Looks {
    PageStyle *styles;
    PagePaint *paints;
    size_t style_count, paint_count;
} Looks;

typedef enum PageShapeKind { PAGE_RECT, PAGE_LINE, PAGE_DOT, PAGE_TEXT } PageShapeKind;

typedef struct PageShape {
    PageShapeKind kind;
    double x, y, w, h; /* of a line: w, h lead from its start to its end; of a dot: w is the radius */
    Str text;          /* its base line is at y, its start, middle or end at x */
    const PageStyle *style;
    const PagePaint *paint; /* NULL: of a text */
} PageShape;

typedef struct PageDrawing {
    double width, height, scale; /* scale: points, of a picture pixels, for a unit of the drawing */
    Str alternative;             /* for those who do not see it; no data: none */
    PageShape *shapes;
    size_t count;
} PageDrawing;

/** The entries `styles` and `paints` of `tree`. */
void drawing_looks(Walk *w, const Tree *tree, Looks *looks);
/** The look that the entry `name` names; NULL after a fault. */
const PageStyle *drawing_style_at(Walk *w, const Tree *tree, const char *name, const Looks *looks);
const PagePaint *drawing_paint_at(Walk *w, const Tree *tree, const char *name, const Looks *looks);
/** A drawing of at most *room shapes, which the shapes that it has are taken from. */
void drawing_read(Walk *w, const Tree *tree, const Looks *looks, size_t *room, PageDrawing *drawing);

#endif
