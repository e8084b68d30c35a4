/* export_cells - the cells of a table of millions of rows: what is the same for many rows is found, escaped
 * and quoted once, and numbers are written without detours. The bytes are those that csv_add_text,
 * json_add_text, decimal_write_canonical and results_write_unit give.
 */
#ifndef PERFEVAL_MODEL_EXPORT_CELLS_H
#define PERFEVAL_MODEL_EXPORT_CELLS_H

#include "base/digits.h"
#include "model/results.h"

/** A place in a buffer to write to. What is written counts once pen_end was called. */
typedef struct Pen {
    Buffer *out;
    char *at, *end;
    const struct RowRates *rates; /* of the row that is being written; NULL: the results hold them */
} Pen;

/** Goes on behind what the buffer holds. */
Pen pen_begin(Buffer *out);
void pen_end(Pen *pen);
/** Makes room for at least `size` bytes more. */
void pen_grow(Pen *pen, size_t size);
static inline void pen_room(Pen *pen, size_t size) {
    if ((size_t)(pen->end - pen->at) < size) pen_grow(pen, size);
}
void pen_add(Pen *pen, Str text);
static inline void pen_add_char(Pen *pen, char byte) {
    pen_room(pen, 1);
    *pen->at++ = byte;
}

/** Ready texts by number, one behind the other. */
typedef struct Wordlist {
    Buffer text;
    uint32_t *starts; /* count + 1 */
    size_t count, capacity;
} Wordlist;

/** Most bytes that stand before a cell. */
#define EXPORT_BEFORE 32

typedef enum RowCellKind {
    ROW_NOTHING, /* a column that the data lack */
    ROW_WORD,    /* of a text column, ready in `words` */
    ROW_TEXT,    /* of a text column with too many words to have them ready */
    ROW_NUMBER,
    ROW_RATE,   /* of the row, or of its project: `level` */
    ROW_BAND,   /* its verdict */
    ROW_MISSING /* why the row has no rate */
} RowCellKind;

/** One cell of every row. */
typedef struct RowCell {
    RowCellKind kind;
    bool json;
    char before[EXPORT_BEFORE]; /* the comma, and in JSON the name of the cell */
    size_t before_size;
    Str none; /* what stands for a missing number */
    Wordlist words;
    const TextColumn *texts;
    const NumberColumn *numbers;
    const Results *results;
    Level level; /* LEVEL_INDICATOR or LEVEL_PROJECT */
} RowCell;

/** A column of the data: text ("" where it is blank) or number. */
RowCell cell_of_column(const Results *results, size_t column, Str before, bool json);
RowCell cell_of_rate(const Results *results, Level level, Str before, bool json);
RowCell cell_of_band(const Results *results, Level level, Str before, bool json);
RowCell cell_of_missing(const Results *results, Str before, bool json);
void cell_release(RowCell *cell);
/** Writes the cell of a row, which belongs to `project`. */
void cell_put(const RowCell *cell, size_t row, size_t project, Pen *pen);

#endif
