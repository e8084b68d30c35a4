/* boxes - tables of a document as text: box lines, columns as wide as a terminal shows them.
 *
 * A table is laid out in steps, so that several tables can share the widths of their columns: boxes_new for
 * each table, boxes_widen for all, boxes_widen_spans for all, boxes_shrink once, boxes_draw for each. Widths
 * are cells of a terminal (base/text). Too wide a table gets narrower columns, and texts are wrapped.
 */
#ifndef PERFEVAL_IO_BOXES_H
#define PERFEVAL_IO_BOXES_H

#include "base/arena.h"
#include "io/document.h"

typedef struct BoxStyle {
    size_t width; /* of the widest table, with its lines */
    size_t least; /* of a column */
    /** How a number looks: the text for a printed number and the cell's word for zero (data NULL: none). The
     * result is copied at once. */
    Str (*number)(void *context, Str printed, Str zero);
    void *context;
    Buffer *scratch; /* empty; the caller's, since `number` may not come back */
} BoxStyle;

typedef struct BoxTable BoxTable;

/** A table ready to be laid out, in `arena`; it borrows the texts of `table`. `like`: one of the same style
 * that is not drawn yet, whose titles are taken over where its columns are these; or NULL. */
BoxTable *boxes_new(Arena *arena, const DocumentTable *table, const BoxStyle *style, const BoxTable *like);
/** The first widths of columns: the least one for each. */
size_t *boxes_widths(Arena *arena, const BoxTable *table);
/** Widens columns for what stands in one column alone, and then for what spans several. */
void boxes_widen(const BoxTable *table, size_t *widths);
void boxes_widen_spans(const BoxTable *table, size_t *widths);
/** Makes the widest columns narrower until the whole fits the style's width. */
void boxes_shrink(const BoxTable *table, size_t *widths);
/** Draws the table; its lines end with a line end each, but for the last. Once for a table. */
void boxes_draw(BoxTable *table, const size_t *widths, Buffer *out);

#endif
