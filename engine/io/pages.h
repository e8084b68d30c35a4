/* pages - a document laid out for paper, as data: styles, texts, tables with spans, drawings.
 *
 * A format's script describes it (lua/gather brings the description over as a tree, scripts/README.md lists
 * its names); pages_read checks it against a closed schema, and the module `pdf` draws it. Lengths are in
 * points, 72 to the inch; places count from the upper left corner. A text that was not given has no data.
 */
#ifndef PERFEVAL_IO_PAGES_H
#define PERFEVAL_IO_PAGES_H

#include "base/tree.h"

#define PAGES_BLOCKS 100000
/** Columns of a table. */
#define PAGES_COLUMNS 64
/** Cells of all tables, and shapes of all drawings. */
#define PAGES_CELLS  400000
#define PAGES_SHAPES 400000
#define PAGES_STYLES 100
/** Longest side of a page, and the farthest that a drawing reaches. */
#define PAGES_SIDE 5000.0

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

typedef struct PageCell {
    uint32_t row, column, rows, columns; /* row and column from 0 */
    Str text;
    const PageStyle *style;
    const PagePaint *paint;
} PageCell;

typedef struct PageTable {
    double *widths;
    size_t columns, rows, head; /* head: rows at the top that are repeated on each page */
    double padding;
    PageCell *cells;
    size_t cell_count;
} PageTable;

typedef enum PageShapeKind { PAGE_RECT, PAGE_LINE, PAGE_DOT, PAGE_TEXT } PageShapeKind;

typedef struct PageShape {
    PageShapeKind kind;
    double x, y, w, h; /* of a line: w, h lead from its start to its end; of a dot: w is the radius */
    Str text;          /* its base line is at y, its start, middle or end at x */
    const PageStyle *style;
    const PagePaint *paint; /* NULL: of a text */
} PageShape;

typedef struct PageDrawing {
    double width, height, scale; /* scale: points for a unit of the drawing */
    PageShape *shapes;
    size_t count;
} PageDrawing;

typedef enum PageBlockKind {
    PAGE_BLOCK_TEXT,
    PAGE_BLOCK_TABLE,
    PAGE_BLOCK_DRAWING,
    PAGE_BLOCK_BREAK
} PageBlockKind;

typedef struct PageBlock {
    PageBlockKind kind;
    Str text, outline; /* outline: its name in the list of bookmarks */
    const PageStyle *style;
    uint32_t level; /* of the bookmark, from 1 */
    bool keep;      /* on the page of what follows */
    PageTable table;
    PageDrawing drawing;
} PageBlock;

typedef struct Pages {
    Str title, number; /* number: "- {page} -" */
    const PageStyle *number_style;
    double width, height, top, right, bottom, left; /* of the page and its margins */
    PageStyle *styles;
    PagePaint *paints;
    PageBlock *blocks;
    size_t style_count, paint_count, block_count;
} Pages;

/** The description in `tree`, in `arena`. NULL after errors: all faults are added, MESSAGE_DOCUMENT_SHAPE at
 * `place` with a path such as pdf.blocks[3].table.cells[2]. */
const Pages *pages_read(const Tree *tree, const Place *place, Arena *arena, Diag *diag);

/** What came of drawing. */
typedef struct PagesDrawn {
    bool no_font;   /* no font for Korean: nothing was drawn */
    size_t unknown; /* characters that no font has */
} PagesDrawn;

/** What the module `pdf` does: adds the file to `out`. False when it failed. */
typedef struct PagesWriter {
    bool (*write)(const Pages *pages, Buffer *out, PagesDrawn *drawn);
} PagesWriter;

/** Adds the pages to `out` as PDF: the same pages and fonts always give the same bytes. `use`: for messages.
 * False after errors: MESSAGE_MODULE_MISSING, MESSAGE_NO_KOREAN_FONT; MESSAGE_FONT_LACKS is a warning. */
bool pages_write(const Pages *pages, Str use, Buffer *out, Diag *diag);

#endif
