/* document - what a report is before it has a format: blocks of text and tables, plain data.
 *
 * lua/document reads it from what a report script returns and checks it; formats draw it. All of it lives in
 * one arena and is never changed once it is read. A text that was not given has no data (NULL).
 */
#ifndef PERFEVAL_IO_DOCUMENT_H
#define PERFEVAL_IO_DOCUMENT_H

#include "base/str.h"

typedef enum DocumentAlign {
    DOCUMENT_UNALIGNED, /* numbers to the right, texts to the left */
    DOCUMENT_LEFT,
    DOCUMENT_RIGHT,
    DOCUMENT_CENTER
} DocumentAlign;

typedef struct DocumentColumn {
    Str title, group; /* neighbours of the same group stand under its name */
    DocumentAlign align;
} DocumentColumn;

typedef struct DocumentCell {
    Str text; /* of a number: as the engine prints it, "-1234.50" */
    Str zero; /* what stands for a number that is zero */
    Str mark; /* a word beside the text, such as the verdict */
    uint32_t rows, columns;
    bool number, spaced; /* spaced: letters apart */
} DocumentCell;

typedef struct DocumentTable {
    Str caption;
    const DocumentColumn *columns;
    const DocumentCell **cells; /* row by row, one for each column; NULL where another's span covers it */
    size_t column_count, row_count;
} DocumentTable;

typedef enum BlockKind {
    BLOCK_HEADING,
    BLOCK_PARAGRAPH,
    BLOCK_NOTE,
    BLOCK_BULLET,
    BLOCK_TABLE,
    BLOCK_PAGE_BREAK,
    BLOCK_KINDS
} BlockKind;

typedef struct DocumentBlock {
    BlockKind kind;
    Str text;                   /* all but tables and page breaks */
    size_t level;               /* headings and bullets, from 1 */
    const DocumentTable *table; /* tables */
} DocumentBlock;

typedef struct Document {
    Str title;
    const DocumentBlock *blocks;
    size_t block_count;
} Document;

/** The kind's name: "heading", "page_break". */
const char *document_kind_name(BlockKind kind);
/** "left", "right", "center"; NULL for none. */
const char *document_align_name(DocumentAlign align);
/** Finds an alignment by its name. */
bool document_align_find(Str name, DocumentAlign *align);

#endif
