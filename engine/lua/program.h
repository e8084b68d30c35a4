/* program - a function of the rules as a small program over blocks of rows.
 *
 * lua/translate makes it in the confined child, from bytecode; it is run by the program itself, which trusts
 * no child: program_read takes nothing that could read or write beyond its own lanes, and no jump goes back,
 * so that it ends. A row that meets what Lua alone can do (an error among them) is left: it is to be asked of
 * Lua, from the beginning. Functions that are translated keep nothing, so nobody can tell.
 *
 * Registers are the columns, then the constants, then the variables; of the latter each is set by one step,
 * or by moves where branches meet.
 */
#ifndef PERFEVAL_LUA_PROGRAM_H
#define PERFEVAL_LUA_PROGRAM_H

#include "base/wire.h"
#include "lua/lanes.h"
#include "model/results.h"

#define PROGRAM_COLUMNS   64
#define PROGRAM_CONSTANTS 256
#define PROGRAM_VARIABLES 512
#define PROGRAM_STEPS     4096
/** Children of a unit that a program looks at, at most. */
#define PROGRAM_CHILDREN 8
/** Columns that the data do not have: the rates of rows, nil where there is none; the numbers of children of
 * units. */
#define PROGRAM_RATE  UINT32_MAX
#define PROGRAM_COUNT (UINT32_MAX - 1)
/** Most words of a column of texts. */
#ifndef PROGRAM_WORDS
#define PROGRAM_WORDS ((size_t)1 << 20)
#endif

typedef enum StepKind {
    STEP_COMPUTE, /* to = op(a, b) */
    STEP_NOT,     /* to = not a */
    STEP_MOVE,    /* to = a, for the rows at work alone */
    STEP_TEST,    /* rows for which op(a, b) is as wanted go to the target */
    STEP_JUMP,    /* all rows at work go to the target */
    STEP_RETURN,  /* a */
    STEP_LEAVE,
    STEP_KINDS
} StepKind;

typedef struct ProgramStep {
    uint16_t kind; /* a StepKind */
    uint16_t op;   /* a LaneOp, a LaneTestOp */
    uint16_t to, a, b;
    uint16_t wanted;
    uint32_t target; /* a step behind this one, or step_count: the row leaves */
} ProgramStep;

typedef struct Program {
    uint32_t columns[PROGRAM_COLUMNS];  /* of the data */
    uint32_t children[PROGRAM_COLUMNS]; /* of units: which of their children it is read of, from 1; else 0 */
    size_t column_count;
    uint64_t constants[PROGRAM_CONSTANTS]; /* bits of lanes */
    size_t constant_count;
    Str texts[PROGRAM_CONSTANTS]; /* what LANE_TEXT numbers */
    size_t text_count;
    size_t variable_count;
    ProgramStep *steps;
    size_t step_count;
} Program;

void program_write(Buffer *out, const Program *program);
/** Reads what program_write wrote, for data of that many columns; for rows, or for units. Lives in `arena`;
 * NULL when it makes no sense. */
Program *program_read(WireReader *reader, size_t columns, bool units, Arena *arena);

/** The cells of one column: one of both, or for PROGRAM_RATE and PROGRAM_COUNT neither. */
typedef struct ProgramCells {
    const NumberColumn *numbers;
    const TextColumn *words;
} ProgramCells;

/** Units whose children are rows, in the place of rows. */
typedef struct ProgramUnits {
    const Dataset *dataset;
    const Results *results; /* NULL: no row has a rate, and the children are those of the dataset */
    Level level;
} ProgramUnits;

/** What running a program needs, one a thread. Born as {0}. Its cells are always those of the same data; the
 * dictionaries may grow. */
typedef struct ProgramRun {
    const Program *program;
    ProgramUnits units; /* no dataset: of rows */
    LaneValue *lanes;   /* LANES a register */
    LaneMask *masks;    /* one a step */
    bool *waiting;      /* one a step: rows wait in its mask */
    uint64_t *boxes[PROGRAM_COLUMNS];
    size_t box_count[PROGRAM_COLUMNS];
} ProgramRun;

/** `units`: of these the program is; NULL: of rows. */
void program_begin(ProgramRun *run, const Program *program, const ProgramUnits *units);
void program_end(ProgramRun *run);
/** The cells are of other data from now on. */
void program_forget(ProgramRun *run);
/** Runs it for `count` rows (or units): answers[k] belongs to rows[k], where it is known. The numbers k of
 * the rows that are left, in order, go to `left`, which has room for all; how many they are. `cells`: one a
 * column of the program. */
size_t program_run(ProgramRun *run, const ProgramCells *cells, const uint32_t *rows, size_t count,
                   Answer *answers, uint32_t *left);

#endif
