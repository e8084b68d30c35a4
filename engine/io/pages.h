/* pages - a document laid out for paper, as data: styles, texts, tables with spans, drawings.
 *
 * A format's script describes it (lua/gather brings the description over as a tree, scripts/README.md lists
 * its names); pages_read checks it against a closed schema, and the module `pdf` draws it. Lengths are in
 * points, 72 to the inch; places count from the upper left corner. A text that was not given has no data.
 */
#ifndef PERFEVAL_IO_PAGES_H
#define PERFEVAL_IO_PAGES_H

#include "base/apart.h"
#include "base/wire.h"
#include "io/drawing.h"

#define PAGES_BLOCKS 100000
/** Columns of a table. */
#define PAGES_COLUMNS 64
/** Cells of all tables. */
#define PAGES_CELLS 400000

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

typedef enum PageBlockKind {
    PAGE_BLOCK_TEXT,
    PAGE_BLOCK_TABLE,
    PAGE_BLOCK_DRAWING,
    PAGE_BLOCK_BREAK
} PageBlockKind;

/** What a text is to those who do not see the page: the structure that the file carries. */
typedef enum PageTag {
    PAGE_TAG_P,
    PAGE_TAG_H1,
    PAGE_TAG_H6 = 6,
    PAGE_TAG_LI, /* an entry of a list: those that follow each other are one list */
    PAGE_TAGS
} PageTag;

typedef struct PageBlock {
    PageBlockKind kind;
    Str text, outline; /* outline: its name in the list of bookmarks */
    const PageStyle *style;
    PageTag tag;
    uint32_t level; /* of the bookmark, from 1 */
    bool keep;      /* on the page of what follows */
    PageTable table;
    PageDrawing drawing;
} PageBlock;

typedef struct Pages {
    Str title, number; /* number: "- {page} -" */
    Str language;      /* "ko"; no data: not said */
    const PageStyle *number_style;
    double width, height, top, right, bottom, left; /* of the page and its margins */
    Looks looks;
    PageBlock *blocks;
    size_t block_count;
} Pages;

/** The description in `tree`, in `arena`. NULL after errors: all faults are added, MESSAGE_DOCUMENT_SHAPE at
 * `place` with a path such as pdf.blocks[3].table.cells[2]. */
const Pages *pages_read(const Tree *tree, const Place *place, Arena *arena, Diag *diag);

/** "P", "H1", …, "LI". */
const char *pages_tag_name(PageTag tag);

/** What came of drawing. */
typedef struct PagesDrawn {
    bool no_font;   /* no font for Korean: nothing was drawn */
    size_t unknown; /* characters that no font has */
} PagesDrawn;

/** What the module `pdf` does. */
typedef struct PagesWriter {
    /** Adds the file to `out`. False when it failed. */
    bool (*write)(const Pages *pages, Buffer *out, PagesDrawn *drawn);
    /** Draws pictures of their width and height times scale, rounded up, in pixels: outs[i] gets a PNG. */
    bool (*draw)(const PageDrawing *drawings, size_t count, Buffer *outs, PagesDrawn *drawn);
    /** Whether there is a font that has Korean letters. False when that could not be found out. */
    bool (*has_korean)(bool *found);
} PagesWriter;

/** The module, loaded; only in a child (base/apart), as its libraries end their process where memory runs out
 * while they are loaded, and keep memory. NULL when that failed. Adds to `out` which it was, for
 * pages_has_writer. */
const PagesWriter *pages_load_writer(Str use, Buffer *out);
/** What pages_load_writer has added: whether the child had the module. Where not, the message that says why
 * is added to `diag` (NULL: to none). */
bool pages_has_writer(WireReader *reader, Diag *diag);
/** Adds the pages to `out` as PDF: the same pages and fonts always give the same bytes. False after errors:
 * MESSAGE_MODULE_MISSING, MESSAGE_NO_KOREAN_FONT, those of apart_run; MESSAGE_FONT_LACKS is a warning. */
bool pages_write(const Pages *pages, ApartUse use, Buffer *out, Diag *diag);

#endif
