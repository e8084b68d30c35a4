/* translate_build - the inside of lua/translate: what its rooms share.
 */
#ifndef PERFEVAL_LUA_TRANSLATE_BUILD_H
#define PERFEVAL_LUA_TRANSLATE_BUILD_H

#include "lua/bytecode.h"
#include "lua/translate.h"

#define REGISTERS 64   /* of the function, at most */
#define SIZE      2048 /* instructions, at most */

/* What a register holds, as far as it is known without the rows. */
typedef enum Known { KNOWN_NOT, KNOWN_ROW, KNOWN_LIST, KNOWN_CHILD, KNOWN_OBJECT, KNOWN_LANES } Known;

typedef struct Value {
    uint16_t known;
    uint16_t number; /* a child's, from 1; an Object; an operand */
} Value;

/* Numbers of operands until all columns and constants are known. */
enum { COLUMN = 0, CONSTANT = 0x4000, VARIABLE = 0x8000, PART = 0xC000 };

/* What is no value of a row. Behind OBJECT_FUNCTION: a function of `math`. */
typedef enum Object {
    OBJECT_NAMES,
    OBJECT_MATH,
    OBJECT_PARAM,
    OBJECT_IPAIRS,
    OBJECT_ITERATOR, /* what ipairs gives first */
    OBJECT_FUNCTION
} Object;

/** What a function of `math` becomes. */
typedef struct TranslateFunction {
    const char *name;
    LaneOp op;
    bool two; /* of two numbers or more */
} TranslateFunction;
extern const TranslateFunction translate_functions[];

typedef struct State {
    Value values[REGISTERS];
    int top;           /* behind the results of a call that gave all of them; -1: none did */
    unsigned children; /* that every unit which comes here has, at least */
} State;

typedef struct Move {
    uint16_t to, from;
} Move;

/* A way to an instruction: what the registers hold there, and what is to be moved on the way. */
typedef struct Edge {
    State state;
    struct Edge *before; /* another one to the same instruction */
    Move *moves;
    size_t move_count;
} Edge;

/* A step, or a way that a test, a jump or no step at all leads along. */
typedef struct Item {
    ProgramStep step;
    Edge *edge;
    size_t target; /* the instruction that the way leads to */
    bool falls;    /* no jump: it follows */
} Item;

typedef struct Translation {
    lua_State *L;
    const View *view;
    const Plan *plan;
    Arena *arena;
    Program *out;
    Bytecode code;
    bool units;
    size_t *exits;              /* where loops end: of their own instructions; NULL: there are none */
    int function, math, ipairs; /* places on the stack */
    uint64_t *live;             /* registers that are read, before each instruction */
    Edge **edges;               /* to each instruction */
    size_t *labels;             /* the item that each instruction begins with */
    Item *items;
    size_t item_count, item_room;
    State state;
    bool reached;  /* control comes to the instruction at work */
    bool failed;   /* too much of something */
    bool answered; /* some row gets an answer */
} Translation;

/** Takes loops over children apart, `times` times each. False when there is anything that this does not know.
 */
bool translate_unroll(Translation *t, unsigned times);
/** Puts the items into the program, one behind the other; false when they are too many. */
bool translate_put(Translation *t);
/** Finds the registers that are read behind each instruction. */
void translate_find_live(Translation *t);
/** The instruction that a jump leads to; SIZE_MAX when it is none, or leads back. */
size_t translate_jump(const Translation *t, size_t at);
bool translate_is_arithmetic(unsigned op);  /* of two registers */
bool translate_takes_constant(unsigned op); /* of a register and a constant */
bool translate_is_comparison(unsigned op);
static inline uint64_t translate_bit(unsigned number) {
    return number < REGISTERS ? (uint64_t)1 << number : 0;
}

static inline Value translate_lanes(uint16_t operand) { return (Value){KNOWN_LANES, operand}; }
static inline Value translate_unknown(void) { return (Value){KNOWN_NOT, 0}; }
uint16_t translate_variable(Translation *t);
/** The operand of a lane of these bits in every row. */
uint16_t translate_bits(Translation *t, uint64_t bits);
/** A constant number; not known where lanes cannot hold it. */
Value translate_number(Translation *t, double number);
Value translate_integer(Translation *t, int64_t integer);
/** A constant of the bytecode. */
Value translate_constant(Translation *t, size_t number);
/** The number that a constant operand is in every row; false where it is none. */
bool translate_known_number(const Translation *t, Value value, double *number);
/** How many children a unit has. */
uint16_t translate_count(Translation *t);
/** What stands under the bytecode's constant `key` in a value; of upvalue `number`. */
Value translate_field(Translation *t, Value of, size_t key);
Value translate_upvalue(Translation *t, unsigned number);

#endif
