/* dataset_build - how a Dataset comes to be; for model/load and tests, not for readers of data.
 *
 * Order of calls: dataset_new, every column, then row by row one value for each column, then dataset_finish.
 * Levels are empty until then.
 */
#ifndef PERFEVAL_MODEL_DATASET_BUILD_H
#define PERFEVAL_MODEL_DATASET_BUILD_H

#include "model/dataset.h"
#include "model/hierarchy.h"
#include "model/runmap.h"

/** An empty dataset; the name is copied. Freed with dataset_free, finished or not. */
Dataset *dataset_new(Str file);
/** Adds the next column of the file; `id` is COLUMN_KNOWN for an own column. The name is copied. */
void dataset_add_column(Dataset *dataset, Str name, ColumnId id, bool number);
/** The column's place in the vocabulary; COLUMN_KNOWN for an own column. */
ColumnId dataset_column_id(const Dataset *dataset, size_t column);
/** Makes room for so many rows, at least 1, before the first of dataset_add_row: more may come. */
void dataset_expect(Dataset *dataset, size_t rows);
/** Begins the next row. */
void dataset_add_row(Dataset *dataset, uint32_t line);
/** Sets a text of the row begun last. True when no row had it before; a blank is never new. */
bool dataset_set_text(Dataset *dataset, size_t column, Str text);
/** Sets a number of the row begun last; the text of a long number is copied. */
void dataset_set_number(Dataset *dataset, size_t column, Decimal number);
/** Sets the reason why the row begun last has no number. */
void dataset_set_missing(Dataset *dataset, size_t column, Missing reason);
/** Keeps what stands in a cell of numbers of the row begun last; the text is copied. */
void dataset_set_written(Dataset *dataset, size_t column, Str text);
/** The first row whose cell in a text column equals that of the row begun last. Walks over the rows. */
size_t dataset_first_equal(const Dataset *dataset, size_t column);
/** Makes `rows` rows at once, blank, instead of dataset_add_row; their cells are written in place. */
void dataset_add_rows(Dataset *dataset, size_t rows);
/** The same once all words of its columns are known: texts take no more memory than these need, and are
 * written with dataset_put_ids; numbers are written with dataset_put_numbers, and those of a column with
 * `shorts` (one a column; NULL: none) have digits of 32 bits. */
void dataset_add_packed_rows(Dataset *dataset, size_t rows, const bool *shorts);
/** Ids of words as bytes. */
typedef struct PackedIds {
    const char *bytes;
    size_t width; /* of an id: 1, 2 or 4 */
    size_t count;
} PackedIds;
/** Cells of a text column from row `first` on: the words new_ids[ids[0]], new_ids[ids[1]], … */
void dataset_put_ids(Dataset *dataset, size_t column, size_t first, PackedIds ids, const uint32_t *new_ids);
/** Cells of a number column from row `first` on: the bytes of int32_t (`shorts`) or int64_t, and scales. */
void dataset_put_numbers(Dataset *dataset, size_t column, size_t first, const char *digits, bool shorts,
                         const char *scales, size_t count);
/** Such rows stand on lines that follow each other. */
void dataset_number_lines(Dataset *dataset, uint32_t first);
/** The cells of such rows: ids of a text column, digits and scales of a number column, lines of the file
 * where they do not follow each other. */
uint32_t *dataset_ids(Dataset *dataset, size_t column);
int64_t *dataset_digits(Dataset *dataset, size_t column);
uint8_t *dataset_scales(Dataset *dataset, size_t column);
uint32_t *dataset_lines(Dataset *dataset);
/** The id of a word of a text column, added where it is new. */
uint32_t dataset_word(Dataset *dataset, size_t column, Str text);
/** The same for a text that dataset_take_texts brings to the dataset. */
uint32_t dataset_word_kept(Dataset *dataset, size_t column, Str text);
/** The dataset owns these texts from now on. */
void dataset_take_texts(Dataset *dataset, Arena *texts);
/** As dataset_set_written for any row; a column's rows in order. */
void dataset_keep_written(Dataset *dataset, size_t column, size_t row, Str text);
/** Builds the levels and frees what only building needs. Needs the columns bureau, department and project. */
void dataset_finish(Dataset *dataset);

/* What the rules say of a finished dataset, before anybody reads it. */

/** Adds a column of numbers behind the others: a copy of `column`. Its number. */
size_t dataset_copy_numbers(Dataset *dataset, size_t column, Str name, ColumnId id);
/** Gives a row the number, or the reason, that another column of numbers has there. */
void dataset_take_number(Dataset *dataset, size_t column, size_t from, size_t row);
/** What dataset_arrange is told. */
typedef struct Arrangement {
    const uint32_t *order;      /* every row of the file once: indicators, rated rows, those set aside */
    const uint32_t *indicators; /* by row of the file: the indicator's place in `order`; UINT32_MAX: none */
    size_t indicator_count, rated_count;
} Arrangement;
/** Puts the rows in another order and builds the levels anew, over the indicators only. Once a dataset. */
void dataset_arrange(Dataset *dataset, const Arrangement *arrangement);

/* What it is made of, for the rooms that build and read it (model/dataset). */

typedef struct Column {
    Str name;
    ColumnId id;
    bool is_number;
    NumberColumn numbers;
    size_t long_capacity;
    size_t written_capacity;
    TextColumn words;
    size_t word_capacity;
    Lookup lookup;
} Column;

struct Dataset {
    Arena arena;
    Str file;
    Column *columns;
    size_t column_count;
    size_t column_capacity;
    size_t rows;
    size_t rated;
    size_t all;
    size_t row_capacity;
    uint32_t *lines;         /* by row; NULL: one behind the other, from */
    uint32_t first_line;     /* this on */
    bool packed;             /* rows came all at once: they are many */
    uint32_t *projects;      /* by indicator; NULL: they stand in runs, a project each: */
    RunMap runs;             /* these */
    uint32_t *records;       /* by row: its place in the file; NULL: the same */
    uint32_t *indicators;    /* by rated row: its indicator; NULL: itself */
    uint32_t *period_rows;   /* of all indicators, one's behind the other's; NULL: not arranged */
    uint32_t *period_starts; /* indicators + 1 places in `period_rows` */
    Units levels[LEVEL_COUNT];
    size_t name_columns[LEVEL_COUNT]; /* whose words name the units */
};

/** Builds the levels over the rows that there are; for dataset_finish and dataset_arrange. Of packed rows
 * that are grouped, the names of units are kept by unit, no longer by row. */
void dataset_build_levels(Dataset *dataset);
/** The opposite: no levels, and names by row. */
void dataset_release_levels(Dataset *dataset);

#endif
