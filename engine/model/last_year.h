/* last_year - the figures of last year's run beside the rows of this year's data.
 *
 * Targets and actuals of last year become the columns previous_target and previous_actual, its verdict (a
 * key) the own column previous_verdict; the rules say by `last_year` what rate they make, exactly as of
 * figures that stand in the data. Rows are told apart by the names of bureau, department, project and
 * indicator, as they are written: a name that was changed finds nothing, and that is said, as are names that
 * stand twice. What the data themselves hold in these columns counts, and nothing is looked up for such a
 * row.
 */
#ifndef PERFEVAL_MODEL_LAST_YEAR_H
#define PERFEVAL_MODEL_LAST_YEAR_H

#include "io/table.h"
#include "model/dataset.h"

/** Names of a row, in order of the levels. */
#define LAST_YEAR_NAMES 4

typedef struct LastFigure {
    Str names[LAST_YEAR_NAMES];
    Str target, actual;  /* decimals; empty: there is none */
    Str verdict;         /* a key; empty: there is none, or nobody knows */
    size_t twins, taken; /* rows with these names: last year, this year */
} LastFigure;

/** Born as {0}. */
typedef struct LastYear {
    Str source; /* for messages */
    Str run;    /* of a history: its number; else empty */
    LastFigure *figures;
    size_t count, room;
    uint32_t *slots; /* by names: a figure's number + 1; 0: free */
    size_t slot_count;
    Arena arena;
} LastYear;

/** Adds a row of last year; all texts are copied. */
void last_year_add(LastYear *last, const LastFigure *figure);
/** Adds the rows of a data file of last year; a text column "verdict" has the verdicts. */
void last_year_take(LastYear *last, const Dataset *dataset);
/** The first row with these names; NULL when there is none. */
LastFigure *last_year_find(const LastYear *last, const Str names[LAST_YEAR_NAMES]);
/** Adds them as CSV, which can be read as such a data file: what a record keeps. */
void last_year_write(const LastYear *last, Buffer *out);
/** A reader over the rows of `table` with the columns; closing it closes that. `again`: another reader over
 * the same rows, by which names that stand twice are found; it is read and closed. `whole`: these are all
 * rows of this year. It warns of rows that find nothing, of names that stand twice, and (`whole`) of rows of
 * last year that no row found. A fault: MESSAGE_LAST_YEAR_PERIODS. */
Table *last_year_table(Table *table, Table *again, LastYear *last, bool whole);
void last_year_release(LastYear *last);

#endif
