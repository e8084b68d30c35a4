/* lanes - the operations of translated functions (lua/program) on blocks of rows, in straight lines that the
 * compiler turns into vector code.
 *
 * A lane is the value that a variable of a function has for one row: a number, or one of the boxes below,
 * which are NaNs that no operation makes. Numbers are finite, within LANES_LIMIT and never -0: there Lua's
 * integers and floats cannot be told apart, and all operations are IEEE ones on doubles. A row whose value
 * would be anything else leaves: Lua itself answers for it. The same bits with AVX2 and without; nothing is
 * fused.
 */
#ifndef PERFEVAL_LUA_LANES_H
#define PERFEVAL_LUA_LANES_H

#include "model/plan.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Rows of a block. */
#define LANES 256

/** Numbers of this size and beyond may be integers that no double holds. */
#define LANES_LIMIT 0x1p53

typedef union LaneValue {
    double number;
    uint64_t bits;
} LaneValue;

/** Boxes: quiet NaNs, none of them the one that operations give. */
#define LANE_NIL   0xFFF9000000000000u
#define LANE_FALSE 0xFFF9000000000001u
#define LANE_TRUE  0xFFF9000000000002u
/** A text that the function names: its number in the program. */
#define LANE_TEXT 0xFFFA000000000000u
/** Any other text of the data: column << 32 | id of the word. */
#define LANE_WORD 0xFFFB000000000000u
/** Its kind. */
#define LANE_KIND(bits) ((bits)&0xFFFF000000000000u)

/** Rows that are at work: all ones; the others 0. */
typedef struct LaneMask {
    uint64_t rows[LANES];
} LaneMask;

/** out = a op b, for all lanes. True when every row at work has a number. */
typedef bool (*LaneOperation)(const LaneValue *a, const LaneValue *b, const LaneMask *at_work,
                              LaneValue *out);
/** Moves the rows at work for which the test is `wanted` into `taken`, whatever that held; the others stay.
 * Rows that cannot be compared are added to `left`. What came of it: a set of LaneSplit. */
typedef unsigned (*LaneTest)(const LaneValue *a, const LaneValue *b, bool wanted, LaneMask *at_work,
                             LaneMask *taken, LaneMask *left);

enum LaneSplit { LANES_TAKEN = 1, LANES_STAY = 2 };

typedef enum LaneOp {
    LANES_ADD,
    LANES_SUBTRACT,
    LANES_MULTIPLY,
    LANES_DIVIDE,
    LANES_MODULO,
    LANES_POWER,
    LANES_WHOLE, /* a // b */
    LANES_MIN,
    LANES_MAX,
    LANES_NEGATE, /* of a alone, as all below */
    LANES_ABS,
    LANES_FLOOR,
    LANES_CEIL,
    LANES_ROOT,
    LANES_OPS
} LaneOp;

typedef enum LaneTestOp {
    LANES_EQUAL, /* the same bits; two words of different columns cannot be compared */
    LANES_BELOW,
    LANES_AT_MOST,
    LANES_TRUTHY, /* of a alone */
    LANES_TESTS
} LaneTestOp;

typedef struct LaneKernels {
    LaneOperation operations[LANES_OPS];
    LaneTest tests[LANES_TESTS];
    LaneTest same; /* LANES_EQUAL where one side is no word of the data: all rows can be compared */
    void (*add)(LaneMask *to, const LaneMask *rows);                          /* more rows */
    void (*move)(LaneValue *to, const LaneValue *from, const LaneMask *rows); /* the values of those rows */
    /** What `count` rows are answered: numbers, and nil as none. True where that was all, and none left. */
    bool (*answer)(const LaneValue *values, const LaneMask *left, size_t count, Answer *answers);
} LaneKernels;

/** The fastest that this machine may use (base/cpu). */
const LaneKernels *lanes_here(void);

/** Moves the rows at work whose value is no number into `left`. True when any stays. */
bool lanes_drop(const LaneValue *values, LaneMask *at_work, LaneMask *left);

#endif
