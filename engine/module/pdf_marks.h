/* pdf_marks - what cairo cannot say of a PDF's structure, written into the finished file: its language, words
 * for pictures, heads and spans of tables.
 */
#ifndef PERFEVAL_MODULE_PDF_MARKS_H
#define PERFEVAL_MODULE_PDF_MARKS_H

#include "base/arena.h"
#include "base/memory.h"

/** What is to be said of one element of the structure. */
typedef struct PdfMark {
    const char *element; /* "Figure", "TH", "TD" */
    Str entries;         /* as they stand in its dictionary; empty: nothing */
} PdfMark;

/** The entry that gives words to an element: "/Alt <feff…>". */
Str pdf_mark_words(Arena *arena, Str words);
/** Writes the entries of the marks, which stand for all elements of these names in the order in which they
 * were begun, and `catalog` into the file's dictionaries. A file whose objects cannot be found (another
 * version of cairo packs them) stays as it is. */
void pdf_marks_write(Buffer *pdf, const PdfMark *marks, size_t count, Str catalog);

#endif
