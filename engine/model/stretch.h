/* stretch - some whole rows of a CSV text, parsed into columns: the fast way of reading data.
 *
 * It reads what nearly all files hold and reports nothing: a stretch with anything else (an unusual number, a
 * blank name, a row with too few cells, a byte that is no UTF-8) is not parsed at all, and its caller begins
 * again with model/load, which says what is wrong and where. What it does read, it reads as model/load does.
 *
 * Rows of one project that follow each other are a run.
 */
#ifndef PERFEVAL_MODEL_STRETCH_H
#define PERFEVAL_MODEL_STRETCH_H

#include "io/cells.h"
#include "io/input_limits.h"
#include "io/marks.h"
#include "model/absence.h"
#include "model/lookup.h"

/** Bytes before a stretch's first one that must be readable. */
#define STRETCH_LEAD CELLS_LEAD

typedef enum CellRole {
    CELL_SKIPPED, /* text that nothing asks for */
    CELL_WORD,    /* text that gets an id */
    CELL_NUMBER
} CellRole;

/** What the columns of a file are; shared by all stretches of it. */
typedef struct StretchForm {
    size_t columns;
    CellRole *roles;           /* one a column */
    bool *filled;              /* one a column: its cells are never blank */
    size_t names[LEVEL_COUNT]; /* the columns that name bureau, department and project */
    const Absence *absence;    /* may be NULL; no word of it is a number */
    InputLimits limits;
    bool no_runs;  /* nobody asks for runs */
    bool no_names; /* names are looked at by stretch_names; with no_runs */
} StretchForm;

/** Rows of one project that follow each other. There are nearly as many as rows, and several passes go over
 * them: the names of bureau and department stand apart, that of the project is stretch_cell of its first row.
 */
typedef struct Run {
    uint32_t first;      /* its first row; it ends where the next one begins */
    uint32_t department; /* of the stretch's departments */
    Level changed; /* the highest level whose name differs from the run before; the first run: the bureau */
    uint64_t hash; /* of the project's name */
} Run;

/** A department whose runs follow each other. Names are trimmed, without quotes, never empty; they live as
 * long as the stretch and its text. */
typedef struct RunDepartment {
    Str names[LEVEL_PROJECT];
} RunDepartment;

typedef struct WordColumn {
    TextColumn words; /* the dictionary lives on from stretch to stretch: ids keep their meaning */
    size_t word_capacity;
    Lookup lookup;
    struct ShortWord *shorts; /* a cache of short words */
} WordColumn;

/** A cell that holds a word of absence ("-"). */
typedef struct AbsentCell {
    uint32_t row, column;
} AbsentCell;

typedef struct Stretch {
    const StretchForm *form;
    Str text;
    size_t rows;
    NumberColumn *numbers; /* one a column; those of other roles are empty */
    WordColumn *words;     /* the same */
    Run *runs;             /* run_count, and behind them one that begins at row `rows` */
    size_t run_count;
    RunDepartment *departments;
    size_t department_count;
    AbsentCell *absent; /* by column, then row */
    size_t absent_count;
    /* inside */
    uint32_t *mark_block, *marks; /* marks[-1] is there too */
    Cells cells;
    size_t mark_capacity, row_capacity, run_capacity, department_capacity, absent_capacity;
    Str project;  /* the name of the last run */
    bool quoted;  /* the text has quotes, parsed or not */
    bool returns; /* its lines end in CRLF */
    Arena texts;  /* of cells whose doubled quotes were taken out; until the next stretch */
    Arena words_arena;
} Stretch;

/** A stretch is made once a thread, and then parses many texts. `form` is borrowed. */
void stretch_begin(Stretch *stretch, const StretchForm *form);
/** Frees it; once more does nothing. */
void stretch_end(Stretch *stretch);
/** Parses `text`: whole rows, the last one with its line end, below 4 GiB, beginning outside quotes, with
 * STRETCH_LEAD readable bytes before it. False when there is anything that this way does not read. */
bool stretch_parse(Stretch *stretch, Str text);
/** A cell of the stretch parsed last, trimmed and without quotes. */
Str stretch_cell(Stretch *stretch, size_t row, size_t column);
/** The names of rows first to end - 1 of the stretch parsed last, as those of a Run; where the text has no
 * quotes, each stands in it. False when one is blank, or its quotes are wrong. */
bool stretch_names(Stretch *stretch, size_t first, size_t end, Str (*names)[LEVEL_COUNT]);
/** The byte of the text that a row begins with; that of row `rows` is the end of the text. */
static inline size_t stretch_offset(const Stretch *stretch, size_t row) {
    return (uint32_t)(stretch->marks[(ptrdiff_t)(row * stretch->form->columns) - 1] + 1);
}

#endif
