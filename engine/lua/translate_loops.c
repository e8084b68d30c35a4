#include "lua/translate_build.h"

/* A loop of the bytecode: its first instruction, its body, and what follows it. */
typedef struct Loop {
    size_t begin, body, end, behind; /* body: begin + 1 … end */
    unsigned a, vars;
    bool counts; /* by numbers, not by ipairs */
} Loop;

/* Most loops, one behind the other. */
#define LOOPS 8

typedef struct Unrolling {
    Translation *t;
    unsigned times;
    Loop loops[LOOPS];
    size_t loop_count;
    uint32_t *code;
    size_t *exits, size;
} Unrolling;

static bool is_loop(unsigned op) { return op >= CODE_FORLOOP && op <= CODE_TFORLOOP; }

/* The loop that begins at `at`, as luac makes them; it has no other one within. */
static bool read_loop(const Bytecode *code, size_t at, Loop *loop) {
    BytecodeParts first = bytecode_parts(code->code[at]);
    size_t end = at + 1 + first.bx, last = end + (first.op == CODE_TFORPREP);
    if ((first.op != CODE_FORPREP && first.op != CODE_TFORPREP) || last + 1 >= code->size) return false;
    BytecodeParts call = bytecode_parts(code->code[end]), back = bytecode_parts(code->code[last]);
    bool counts = first.op == CODE_FORPREP;
    *loop = (Loop){at, at + 1, end, last + 1, first.a, call.c, counts};
    bool sound = back.op == (counts ? CODE_FORLOOP : CODE_TFORLOOP) && back.a == first.a &&
                 last + 1 - back.bx == at + 1 &&
                 (counts || (call.op == CODE_TFORCALL && call.a == first.a && call.c >= 1 && call.c <= 2));
    for (size_t i = at + 1; i < end && sound; i++) sound = !is_loop(bytecode_parts(code->code[i]).op);
    return sound && first.a + 5 < REGISTERS;
}

static bool find_loops(Unrolling *unrolling) {
    const Bytecode *code = &unrolling->t->code;
    for (size_t at = 0; at < code->size; at++) {
        if (!is_loop(bytecode_parts(code->code[at]).op)) continue;
        if (unrolling->loop_count == LOOPS) return false;
        Loop *loop = &unrolling->loops[unrolling->loop_count++];
        if (!read_loop(code, at, loop)) return false;
        at = loop->behind - 1;
    }
    return true;
}

/* Each time the body with an instruction before it; then one more for units with more children, which leave.
 */
static size_t unrolled_size(const Unrolling *unrolling, const Loop *loop) {
    return unrolling->times * (loop->end - loop->body + 1) + 2;
}

/* Where an instruction that is in no body comes to stand. */
static size_t place_of(const Unrolling *unrolling, size_t at) {
    size_t place = at;
    for (size_t i = 0; i < unrolling->loop_count && unrolling->loops[i].behind <= at; i++)
        place += unrolled_size(unrolling, &unrolling->loops[i]) -
                 (unrolling->loops[i].behind - unrolling->loops[i].begin);
    return place;
}

static void put(Unrolling *unrolling, uint32_t instruction) {
    unrolling->code[unrolling->size++] = instruction;
}

/* An instruction from `at`; a jump leads to where its target came to stand. `loop`: it is of that body, which
 * stands from `base` on. */
static bool put_moved(Unrolling *unrolling, size_t at, const Loop *loop, size_t base) {
    const Translation *t = unrolling->t;
    uint32_t instruction = t->code.code[at];
    BytecodeParts parts = bytecode_parts(instruction);
    if (parts.op == CODE_JMP) {
        size_t target = translate_jump(t, at);
        if (target == SIZE_MAX) return false;
        bool within = loop && target <= loop->end;
        size_t place = within ? base + (target - loop->body) : place_of(unrolling, target);
        int64_t jump = (int64_t)place - (int64_t)unrolling->size - 1;
        instruction = (uint32_t)CODE_JMP | (uint32_t)(jump + 16777215) << 7;
    }
    put(unrolling, instruction);
    return true;
}

static void put_next(Unrolling *unrolling, const Loop *loop, unsigned number) {
    unsigned op = loop->counts ? CODE_NEXT_NUMBER : CODE_NEXT_CHILD;
    unrolling->exits[unrolling->size] = place_of(unrolling, loop->behind);
    put(unrolling, op | loop->a << 7 | number << 16 | loop->vars << 24);
}

static bool put_loop(Unrolling *unrolling, const Loop *loop) {
    bool good = true;
    for (unsigned number = 1; number <= unrolling->times && good; number++) {
        put_next(unrolling, loop, number);
        size_t base = unrolling->size;
        for (size_t at = loop->body; at < loop->end && good; at++)
            good = put_moved(unrolling, at, loop, base);
    }
    put_next(unrolling, loop, unrolling->times + 1);
    put(unrolling, CODE_LEAVE);
    return good;
}

bool translate_unroll(Translation *t, unsigned times) {
    Unrolling unrolling = {.t = t, .times = times};
    if (!find_loops(&unrolling)) return false;
    size_t size = place_of(&unrolling, t->code.size), next = 0;
    if (size > SIZE) return false;
    unrolling.code = arena_new(t->arena, size + 1, sizeof *unrolling.code);
    unrolling.exits = arena_new(t->arena, size + 1, sizeof *unrolling.exits);
    bool good = true;
    for (size_t i = 0; i <= unrolling.loop_count && good; i++) {
        const Loop *loop = i < unrolling.loop_count ? &unrolling.loops[i] : NULL;
        for (size_t end = loop ? loop->begin : t->code.size; next < end && good; next++)
            good = put_moved(&unrolling, next, NULL, 0);
        if (!loop || !good) continue;
        good = put_loop(&unrolling, loop);
        next = loop->behind;
    }
    t->code.code = unrolling.code;
    t->code.size = unrolling.size;
    t->exits = unrolling.exits;
    return good;
}
