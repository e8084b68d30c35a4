#include "lua/translate_build.h"

typedef struct Effect {
    uint64_t reads, sets;
    size_t next[2];
    unsigned next_count;
} Effect;

static uint64_t bits_from(unsigned number) { return number < REGISTERS ? UINT64_MAX << number : 0; }

bool translate_takes_constant(unsigned op) { return op >= CODE_ADDK && op <= CODE_IDIVK; }
bool translate_is_arithmetic(unsigned op) { return op >= CODE_ADD && op <= CODE_IDIV; }
bool translate_is_comparison(unsigned op) { return op >= CODE_EQ && op <= CODE_TESTSET; }

size_t translate_jump(const Translation *t, size_t at) {
    BytecodeParts parts = bytecode_parts(t->code.code[at]);
    ptrdiff_t target = (ptrdiff_t)at + 1 + parts.jump;
    bool forward = parts.op == CODE_JMP && target > (ptrdiff_t)at && target < (ptrdiff_t)t->code.size;
    return forward ? (size_t)target : SIZE_MAX;
}

static void add_next(const Translation *t, Effect *effect, size_t next) {
    if (next < t->code.size) effect->next[effect->next_count++] = next;
}

/* Of the instructions of a loop over children. */
static Effect effect_of_loop(const Translation *t, size_t at, const BytecodeParts *p) {
    Effect effect = {.reads = bits_from(p->a) & ~bits_from(p->a + 3)};
    effect.sets = p->op == CODE_NEXT_NUMBER
                      ? translate_bit(p->a + 3)
                      : translate_bit(p->a + 4) | (p->c == 2 ? translate_bit(p->a + 5) : 0);
    add_next(t, &effect, t->exits[at]);
    add_next(t, &effect, at + 1);
    return effect;
}

/* What leads anywhere but to a row's leaving. */
static Effect effect_of(const Translation *t, size_t at) {
    BytecodeParts p = bytecode_parts(t->code.code[at]);
    Effect effect = {0};
    size_t next = at + 1;
    if (p.op == CODE_JMP) {
        add_next(t, &effect, translate_jump(t, at));
        return effect;
    }
    if (p.op == CODE_NEXT_CHILD || p.op == CODE_NEXT_NUMBER) return effect_of_loop(t, at, &p);
    if (translate_takes_constant(p.op) || translate_is_arithmetic(p.op) || p.op == CODE_ADDI) {
        effect.reads = translate_bit(p.b) | (translate_is_arithmetic(p.op) ? translate_bit(p.c) : 0);
        effect.sets = translate_bit(p.a);
        next = at + 2;
    } else if (translate_is_comparison(p.op)) {
        bool two = p.op <= CODE_LE, set = p.op == CODE_TESTSET;
        effect.reads = (set ? 0 : translate_bit(p.a)) | (two || set ? translate_bit(p.b) : 0);
        if (next < t->code.size) add_next(t, &effect, translate_jump(t, next));
        next = at + 2;
    } else {
        switch (p.op) {
        case CODE_MOVE:
        case CODE_UNM:
        case CODE_NOT:
        case CODE_LEN:
        case CODE_GETI:
        case CODE_GETFIELD:
            effect.reads = translate_bit(p.b);
            effect.sets = translate_bit(p.a);
            break;
        case CODE_GETTABLE:
            effect.reads = translate_bit(p.b) | translate_bit(p.c);
            effect.sets = translate_bit(p.a);
            break;
        case CODE_CLOSE:
            break;
        case CODE_LOADI:
        case CODE_LOADF:
        case CODE_LOADK:
        case CODE_LOADFALSE:
        case CODE_LOADTRUE:
        case CODE_GETUPVAL:
        case CODE_GETTABUP:
            effect.sets = translate_bit(p.a);
            break;
        case CODE_LFALSESKIP:
            effect.sets = translate_bit(p.a);
            next = at + 2;
            break;
        case CODE_LOADNIL:
            effect.sets = bits_from(p.a) & ~bits_from(p.a + p.b + 1);
            break;
        case CODE_CALL:
            effect.reads = bits_from(p.a);
            effect.sets = translate_bit(p.a);
            break;
        case CODE_TAILCALL:
            effect.reads = bits_from(p.a);
            next = SIZE_MAX;
            break;
        case CODE_RETURN:
        case CODE_RETURN1:
            effect.reads = translate_bit(p.a);
            next = SIZE_MAX;
            break;
        default:
            next = SIZE_MAX;
        }
    }
    add_next(t, &effect, next);
    return effect;
}

/* Nothing leads back: one way through, from the end. */
void translate_find_live(Translation *t) {
    t->live = arena_new(t->arena, t->code.size + 1, sizeof *t->live);
    for (size_t at = t->code.size; at-- > 0;) {
        Effect effect = effect_of(t, at);
        uint64_t behind = 0;
        for (unsigned i = 0; i < effect.next_count; i++) behind |= t->live[effect.next[i]];
        t->live[at] = effect.reads | (behind & ~effect.sets);
    }
}
