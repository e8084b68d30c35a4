/* bytecode - what lua_dump writes of a function, read: the formats of Lua 5.4.0 to 5.4.7, and no other.
 *
 * Only for functions that this program compiled itself, in the confined child.
 */
#ifndef PERFEVAL_LUA_BYTECODE_H
#define PERFEVAL_LUA_BYTECODE_H

#include "base/arena.h"

#include <lua.h>

typedef enum BytecodeKind {
    BYTECODE_NIL,
    BYTECODE_FALSE,
    BYTECODE_TRUE,
    BYTECODE_INTEGER,
    BYTECODE_FLOAT,
    BYTECODE_TEXT
} BytecodeKind;

typedef struct BytecodeConstant {
    BytecodeKind kind;
    int64_t integer;
    double number;
    Str text;
} BytecodeConstant;

typedef struct Bytecode {
    const uint32_t *code;
    size_t size;
    const BytecodeConstant *constants;
    size_t constant_count;
    unsigned params, registers;
    bool variadic;
    bool writes_upvalues; /* it, or a function within it */
} Bytecode;

/** Reads the function on top of the stack, which stays. False when it is no Lua function, or anything about
 * its bytecode is unknown. Lives in `arena`. */
bool bytecode_read(lua_State *L, Arena *arena, Bytecode *out);

/* The instructions of Lua 5.4; those that nobody asks for have no name here. */
enum {
    CODE_MOVE = 0,
    CODE_LOADI = 1,
    CODE_LOADF = 2,
    CODE_LOADK = 3,
    CODE_LOADFALSE = 5,
    CODE_LFALSESKIP = 6,
    CODE_LOADTRUE = 7,
    CODE_LOADNIL = 8,
    CODE_GETUPVAL = 9,
    CODE_SETUPVAL = 10,
    CODE_GETTABUP = 11,
    CODE_GETTABLE = 12,
    CODE_GETI = 13,
    CODE_GETFIELD = 14,
    CODE_ADDI = 21,
    CODE_ADDK = 22,
    CODE_SUBK = 23,
    CODE_MULK = 24,
    CODE_MODK = 25,
    CODE_POWK = 26,
    CODE_DIVK = 27,
    CODE_IDIVK = 28,
    CODE_ADD = 34,
    CODE_SUB = 35,
    CODE_MUL = 36,
    CODE_MOD = 37,
    CODE_POW = 38,
    CODE_DIV = 39,
    CODE_IDIV = 40,
    CODE_UNM = 49,
    CODE_NOT = 51,
    CODE_LEN = 52,
    CODE_CLOSE = 54,
    CODE_JMP = 56,
    CODE_EQ = 57,
    CODE_LT = 58,
    CODE_LE = 59,
    CODE_EQK = 60,
    CODE_EQI = 61,
    CODE_LTI = 62,
    CODE_LEI = 63,
    CODE_GTI = 64,
    CODE_GEI = 65,
    CODE_TEST = 66,
    CODE_TESTSET = 67,
    CODE_CALL = 68,
    CODE_TAILCALL = 69,
    CODE_RETURN = 70,
    CODE_RETURN0 = 71,
    CODE_RETURN1 = 72,
    CODE_FORLOOP = 73,
    CODE_FORPREP = 74,
    CODE_TFORPREP = 75,
    CODE_TFORCALL = 76,
    CODE_TFORLOOP = 77,
    CODE_LAST = 82
};

/* Instructions of lua/translate_loops alone. */
enum {
    CODE_NEXT_CHILD = 100, /* R[A+4], R[A+5] := B, child B; where the unit has fewer, the loop ends */
    CODE_NEXT_NUMBER,      /* R[A+3] := B; where that is beyond R[A+1], the loop ends */
    CODE_LEAVE
};

/** The parts of an instruction. */
typedef struct BytecodeParts {
    unsigned op, a, b, c;
    bool k;
    unsigned bx; /* 17 bits */
    int sb, sc;  /* b and c with a sign */
    int sbx;
    int jump; /* 25 bits with a sign */
} BytecodeParts;

BytecodeParts bytecode_parts(uint32_t instruction);

#endif
