#include "lua/inward.h"

#include "lua/bytecode.h"

/* Which parts of an instruction are registers, by its number (lua/bytecode): a A; b A and B; c A, B and C;
 * k A, and C where there is no k; l A and B, and C where there is no k; s C where there is no k; - none; x is
 * for instructions that let go of the row: nested functions could hold it, further arguments move it. */
static const char registers[] = "b"             /* MOVE */
                                "aaaaaaaa"      /* LOADI to LOADNIL */
                                "aaa"           /* GETUPVAL, SETUPVAL, GETTABUP */
                                "cbb"           /* GETTABLE, GETI, GETFIELD */
                                "slkk"          /* SETTABUP, SETTABLE, SETI, SETFIELD */
                                "al"            /* NEWTABLE, SELF */
                                "bbbbbbbbbbbbb" /* ADDI to SHLI: a constant behind B */
                                "cccccccccccc"  /* ADD to SHR */
                                "baa"           /* MMBIN, MMBINI, MMBINK */
                                "bbbb"          /* UNM, BNOT, NOT, LEN */
                                "aaa-"          /* CONCAT, CLOSE, TBC, JMP */
                                "bbb"           /* EQ, LT, LE */
                                "aaaaaaa"       /* EQK to TEST */
                                "b"             /* TESTSET */
                                "aaa-a"         /* CALL, TAILCALL, RETURN, RETURN0, RETURN1 */
                                "aaaaaa"        /* FORLOOP to TFORLOOP, SETLIST */
                                "xxx-";         /* CLOSURE, VARARG, VARARGPREP, EXTRAARG */

_Static_assert(sizeof registers == CODE_LAST + 2, "one an instruction");

/* The row is in register 0, and stays there. Ranges of registers begin behind it. */
static bool leaves_row(const BytecodeParts *parts) {
    char used = registers[parts->op];
    bool looks_up = parts->op == CODE_GETFIELD || parts->op == CODE_GETI || parts->op == CODE_GETTABLE;
    bool has_a = used != 's' && used != '-', has_b = used == 'b' || used == 'c' || used == 'l';
    bool has_c = used == 'c' || (!parts->k && (used == 's' || used == 'k' || used == 'l'));
    if (used == 'x') return false;
    return (!has_a || parts->a != 0) && (!has_b || parts->b != 0 || looks_up) && (!has_c || parts->c != 0);
}

bool inward_only(lua_State *L, int index) {
    Bytecode code;
    Arena arena = {0};
    lua_pushvalue(L, index);
    bool only = bytecode_read(L, &arena, &code) && code.params > 0 && !code.variadic;
    for (size_t i = 0; i < code.size && only; i++) {
        BytecodeParts parts = bytecode_parts(code.code[i]);
        only = leaves_row(&parts);
    }
    arena_release(&arena);
    lua_pop(L, 1);
    return only;
}
