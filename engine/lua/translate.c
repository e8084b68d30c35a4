#include "lua/keep.h"
#include "lua/sandbox.h"
#include "lua/state.h"
#include "lua/translate_build.h"

#include <lauxlib.h>

/* ---- steps */

static Item *add_item(Translation *t) {
    if (t->item_count == t->item_room) {
        size_t room = t->item_room ? 2 * t->item_room : 64;
        Item *items = arena_new(t->arena, room, sizeof *items);
        if (t->item_count) memcpy(items, t->items, t->item_count * sizeof *items);
        t->items = items;
        t->item_room = room;
    }
    t->items[t->item_count] = (Item){.edge = NULL};
    return &t->items[t->item_count++];
}

static void add_step(Translation *t, ProgramStep step) { add_item(t)->step = step; }

static void leave(Translation *t) {
    add_step(t, (ProgramStep){.kind = STEP_LEAVE});
    t->reached = false;
}

/* A way from here to instruction `target`; `step` leads along it, where it does not just follow. */
static Edge *add_edge(Translation *t, size_t target, ProgramStep step, bool falls) {
    Edge *edge = arena_new(t->arena, 1, sizeof *edge);
    *edge = (Edge){.state = t->state, .before = t->edges[target]};
    t->edges[target] = edge;
    Item *item = add_item(t);
    *item = (Item){step, edge, target, falls};
    return edge;
}

/* The operand that a register is; the row leaves where it is none. */
static bool operand_of(Translation *t, unsigned number, uint16_t *operand) {
    bool good = number < REGISTERS && t->state.values[number].known == KNOWN_LANES;
    *operand = good ? t->state.values[number].number : COLUMN;
    if (!good) leave(t);
    return good;
}

static void set(Translation *t, unsigned number, Value value) {
    if (number < REGISTERS) t->state.values[number] = value;
}

static uint16_t compute(Translation *t, LaneOp op, uint16_t a, uint16_t b) {
    uint16_t to = translate_variable(t);
    add_step(t, (ProgramStep){.kind = STEP_COMPUTE, .op = (uint16_t)op, .to = to, .a = a, .b = b});
    return to;
}

static LaneOp operation_of(unsigned op) {
    static const LaneOp operations[] = {LANES_ADD,   LANES_SUBTRACT, LANES_MULTIPLY, LANES_MODULO,
                                        LANES_POWER, LANES_DIVIDE,   LANES_WHOLE};
    return operations[translate_is_arithmetic(op) ? op - CODE_ADD : op - CODE_ADDK];
}

static void translate_arithmetic(Translation *t, const BytecodeParts *p) {
    uint16_t a = COLUMN, b = COLUMN;
    if (!operand_of(t, p->b, &a)) return;
    if (translate_is_arithmetic(p->op)) {
        if (!operand_of(t, p->c, &b)) return;
    } else {
        Value constant = p->op == CODE_ADDI ? translate_integer(t, p->sc) : translate_constant(t, p->c);
        if (constant.known != KNOWN_LANES) {
            leave(t);
            return;
        }
        b = constant.number;
    }
    LaneOp op = p->op == CODE_ADDI ? LANES_ADD : operation_of(p->op);
    set(t, p->a, translate_lanes(compute(t, op, a, b)));
}

/* The two sides of a comparison with a constant. */
static bool constant_sides(Translation *t, const BytecodeParts *p, ProgramStep *step) {
    Value constant = p->op == CODE_EQK ? translate_constant(t, p->b) : translate_integer(t, p->sb);
    uint16_t a;
    if (!operand_of(t, p->a, &a)) return false;
    if (constant.known != KNOWN_LANES) {
        leave(t);
        return false;
    }
    bool turned = p->op == CODE_GTI || p->op == CODE_GEI;
    step->a = turned ? constant.number : a;
    step->b = turned ? a : constant.number;
    return true;
}

static bool sides_of(Translation *t, const BytecodeParts *p, ProgramStep *step) {
    static const LaneTestOp tests[] = {
        [CODE_EQ - CODE_EQ] = LANES_EQUAL,       [CODE_LT - CODE_EQ] = LANES_BELOW,
        [CODE_LE - CODE_EQ] = LANES_AT_MOST,     [CODE_EQK - CODE_EQ] = LANES_EQUAL,
        [CODE_EQI - CODE_EQ] = LANES_EQUAL,      [CODE_LTI - CODE_EQ] = LANES_BELOW,
        [CODE_LEI - CODE_EQ] = LANES_AT_MOST,    [CODE_GTI - CODE_EQ] = LANES_BELOW,
        [CODE_GEI - CODE_EQ] = LANES_AT_MOST,    [CODE_TEST - CODE_EQ] = LANES_TRUTHY,
        [CODE_TESTSET - CODE_EQ] = LANES_TRUTHY,
    };
    step->op = (uint16_t)tests[p->op - CODE_EQ];
    if (p->op <= CODE_LE) return operand_of(t, p->a, &step->a) && operand_of(t, p->b, &step->b);
    if (p->op <= CODE_GEI) return constant_sides(t, p, step);
    return operand_of(t, p->op == CODE_TEST ? p->a : p->b, &step->a);
}

/* The jump behind it is taken where the comparison is as its k says. */
static void translate_comparison(Translation *t, size_t at, const BytecodeParts *p) {
    ProgramStep step = {.kind = STEP_TEST, .wanted = p->k};
    size_t target = at + 1 < t->code.size ? translate_jump(t, at + 1) : SIZE_MAX;
    if (target == SIZE_MAX) {
        leave(t);
        return;
    }
    if (!sides_of(t, p, &step)) return;
    Edge *edge = add_edge(t, target, step, false);
    if (p->op == CODE_TESTSET && p->a < REGISTERS) edge->state.values[p->a] = t->state.values[p->b];
}

/* Child `number` of a unit, which has so many; the row leaves where that is not sure. Every unit has one. */
static void load_child(Translation *t, unsigned to, const Value *of, double number) {
    bool sure = of->known == KNOWN_LIST && number >= 1 && number == (unsigned)number &&
                (number == 1 || number <= t->state.children);
    if (sure)
        set(t, to, (Value){KNOWN_CHILD, (uint16_t)number});
    else
        leave(t);
}

static void translate_element(Translation *t, const BytecodeParts *p) {
    double number = p->c;
    Value of = p->b < REGISTERS ? t->state.values[p->b] : translate_unknown();
    bool known =
        p->op == CODE_GETI || (p->c < REGISTERS && translate_known_number(t, t->state.values[p->c], &number));
    if (known && number < 1000)
        load_child(t, p->a, &of, number);
    else
        leave(t);
}

/* Whether a loop is one over the children of the unit: from 1, by 1, to their number; or by ipairs. */
static bool loops_children(Translation *t, const BytecodeParts *p) {
    const Value *values = &t->state.values[p->a];
    double first, step;
    if (p->op == CODE_NEXT_CHILD)
        return values[0].known == KNOWN_OBJECT && values[0].number == OBJECT_ITERATOR &&
               values[1].known == KNOWN_LIST;
    return translate_known_number(t, values[0], &first) && first == 1 && values[1].known == KNOWN_LANES &&
           values[1].number == translate_count(t) && translate_known_number(t, values[2], &step) && step == 1;
}

/* The loop goes on where the unit has so many children. */
static void translate_next(Translation *t, size_t at, const BytecodeParts *p) {
    if (p->a + 5 >= REGISTERS || !loops_children(t, p)) {
        leave(t);
        return;
    }
    Value number = translate_integer(t, p->b);
    ProgramStep step = {.kind = STEP_TEST, .op = LANES_AT_MOST, .a = number.number, .b = translate_count(t)};
    add_edge(t, t->exits[at], step, false);
    if (t->state.children < p->b) t->state.children = p->b;
    set(t, p->a + (p->op == CODE_NEXT_CHILD ? 4 : 3), number);
    if (p->op == CODE_NEXT_CHILD && p->c == 2) set(t, p->a + 5, (Value){KNOWN_CHILD, (uint16_t)p->b});
}

static void translate_length(Translation *t, const BytecodeParts *p) {
    if (p->b < REGISTERS && t->state.values[p->b].known == KNOWN_LIST)
        set(t, p->a, translate_lanes(translate_count(t)));
    else
        leave(t);
}

/* ipairs(children): the iterator, the list and 0. */
static bool translate_ipairs(Translation *t, const BytecodeParts *p) {
    const Value *values = p->a + 5 < REGISTERS ? &t->state.values[p->a] : NULL;
    bool called = values && p->op == CODE_CALL && p->b == 2 && values[0].known == KNOWN_OBJECT &&
                  values[0].number == OBJECT_IPAIRS && values[1].known == KNOWN_LIST;
    if (!called) return false;
    Value list = values[1];
    for (unsigned i = p->a; i < REGISTERS; i++) set(t, i, translate_unknown());
    set(t, p->a, (Value){KNOWN_OBJECT, OBJECT_ITERATOR});
    set(t, p->a + 1, list);
    set(t, p->a + 2, translate_integer(t, 0));
    set(t, p->a + 3, translate_lanes(translate_bits(t, LANE_NIL)));
    t->state.top = -1;
    return true;
}

/* Results of a function of `math`; false when it is none, or not called as it should be. */
static bool translate_call(Translation *t, const BytecodeParts *p, uint16_t *result) {
    int count = p->b ? (int)p->b - 1 : t->state.top - (int)p->a - 1;
    bool known = p->a < REGISTERS && t->state.values[p->a].known == KNOWN_OBJECT &&
                 t->state.values[p->a].number >= OBJECT_FUNCTION && (p->b || t->state.top >= 0);
    size_t number = known ? (size_t)t->state.values[p->a].number - OBJECT_FUNCTION : 0;
    known = known && (translate_functions[number].two ? count >= 2 : count == 1);
    if (!known) {
        leave(t);
        return false;
    }
    uint16_t operand;
    if (!operand_of(t, p->a + 1, result)) return false;
    if (!translate_functions[number].two)
        *result = compute(t, translate_functions[number].op, *result, *result);
    for (int i = 2; i <= count; i++) {
        if (!operand_of(t, p->a + (unsigned)i, &operand)) return false;
        *result = compute(t, translate_functions[number].op, *result, operand);
    }
    return true;
}

static void translate_return(Translation *t, uint16_t operand) {
    add_step(t, (ProgramStep){.kind = STEP_RETURN, .a = operand});
    t->reached = false;
    t->answered = true;
}

static void translate_results(Translation *t, const BytecodeParts *p) {
    uint16_t operand;
    if (p->op == CODE_RETURN0 || (p->op == CODE_RETURN && p->b == 1))
        translate_return(t, translate_bits(t, LANE_NIL));
    else if (operand_of(t, p->a, &operand))
        translate_return(t, operand);
}

static void translate_unary(Translation *t, const BytecodeParts *p) {
    uint16_t a, to;
    if (!operand_of(t, p->b, &a)) return;
    if (p->op == CODE_UNM) {
        to = compute(t, LANES_NEGATE, a, a);
    } else {
        to = translate_variable(t);
        add_step(t, (ProgramStep){.kind = STEP_NOT, .to = to, .a = a});
    }
    set(t, p->a, translate_lanes(to));
}

static void translate_called(Translation *t, const BytecodeParts *p) {
    uint16_t result;
    if (translate_ipairs(t, p)) return;
    if (!translate_call(t, p, &result)) return;
    if (p->op == CODE_TAILCALL) {
        translate_return(t, result);
        return;
    }
    for (unsigned i = p->a; i < REGISTERS; i++) set(t, i, translate_unknown());
    set(t, p->a, translate_lanes(result));
    for (unsigned i = 1; i + 1 < p->c; i++) set(t, p->a + i, translate_lanes(translate_bits(t, LANE_NIL)));
    t->state.top = p->c == 0 ? (int)p->a + 1 : -1;
}

/* What is read may be an error, whether anybody uses it or not. */
static void load_field(Translation *t, unsigned to, Value of, size_t key) {
    Value value = translate_field(t, of, key);
    if (value.known == KNOWN_NOT)
        leave(t);
    else
        set(t, to, value);
}

static void translate_load(Translation *t, const BytecodeParts *p) {
    switch (p->op) {
    case CODE_MOVE:
        set(t, p->a, p->b < REGISTERS ? t->state.values[p->b] : translate_unknown());
        break;
    case CODE_LOADI:
        set(t, p->a, translate_integer(t, p->sbx));
        break;
    case CODE_LOADF:
        set(t, p->a, translate_number(t, p->sbx));
        break;
    case CODE_LOADK:
        set(t, p->a, translate_constant(t, p->bx));
        break;
    case CODE_LOADFALSE:
    case CODE_LFALSESKIP:
        set(t, p->a, translate_lanes(translate_bits(t, LANE_FALSE)));
        break;
    case CODE_LOADTRUE:
        set(t, p->a, translate_lanes(translate_bits(t, LANE_TRUE)));
        break;
    case CODE_LOADNIL:
        for (unsigned i = 0; i <= p->b; i++) set(t, p->a + i, translate_lanes(translate_bits(t, LANE_NIL)));
        break;
    case CODE_GETUPVAL:
        set(t, p->a, translate_upvalue(t, p->b));
        break;
    case CODE_GETTABUP:
        load_field(t, p->a, translate_upvalue(t, p->b), p->c);
        break;
    case CODE_GETFIELD:
        load_field(t, p->a, p->b < REGISTERS ? t->state.values[p->b] : translate_unknown(), p->c);
        break;
    default:
        leave(t);
    }
}

/* One instruction that control comes to; the one that follows it, where control goes on. */
static size_t translate_instruction(Translation *t, size_t at) {
    BytecodeParts p = bytecode_parts(t->code.code[at]);
    size_t target;
    if (translate_takes_constant(p.op) || translate_is_arithmetic(p.op) || p.op == CODE_ADDI) {
        translate_arithmetic(t, &p);
        return at + 2;
    }
    if (translate_is_comparison(p.op)) {
        translate_comparison(t, at, &p);
        return at + 2;
    }
    switch (p.op) {
    case CODE_JMP:
        target = translate_jump(t, at);
        if (target == SIZE_MAX)
            leave(t);
        else
            add_edge(t, target, (ProgramStep){.kind = STEP_JUMP}, false);
        t->reached = false;
        return at + 1;
    case CODE_CALL:
    case CODE_TAILCALL:
        translate_called(t, &p);
        return at + 1;
    case CODE_RETURN:
    case CODE_RETURN0:
    case CODE_RETURN1:
        translate_results(t, &p);
        return at + 1;
    case CODE_UNM:
    case CODE_NOT:
        translate_unary(t, &p);
        return at + 1;
    case CODE_NEXT_CHILD:
    case CODE_NEXT_NUMBER:
        translate_next(t, at, &p);
        return at + 1;
    case CODE_GETTABLE:
    case CODE_GETI:
        translate_element(t, &p);
        return at + 1;
    case CODE_LEN:
        translate_length(t, &p);
        return at + 1;
    case CODE_CLOSE: /* closures, which could hold on to variables, are not translated */
        return at + 1;
    case CODE_LFALSESKIP:
        translate_load(t, &p);
        if (at + 2 < t->code.size)
            add_edge(t, at + 2, (ProgramStep){.kind = STEP_JUMP}, false);
        else
            t->failed = true;
        t->reached = false;
        return at + 2;
    default:
        translate_load(t, &p);
        return at + 1;
    }
}

/* ---- where ways meet */

static void add_move(Translation *t, Edge *edge, uint16_t to, uint16_t from) {
    if (!edge->moves) edge->moves = arena_new(t->arena, REGISTERS, sizeof *edge->moves);
    edge->moves[edge->move_count++] = (Move){to, from};
}

/* A register that ways bring different values of gets a variable. */
static Value meet(Translation *t, Edge *edges, unsigned number) {
    bool same = true, all = true;
    Value first = edges->state.values[number];
    for (const Edge *edge = edges; edge; edge = edge->before) {
        Value value = edge->state.values[number];
        same &= value.known == first.known && value.number == first.number;
        all &= value.known == KNOWN_LANES;
    }
    if (same || !all) return same ? first : translate_unknown();
    uint16_t to = translate_variable(t);
    for (Edge *edge = edges; edge; edge = edge->before)
        add_move(t, edge, to, edge->state.values[number].number);
    return translate_lanes(to);
}

/* Control comes to instruction `at`, by edges and where `follows` from the one before. */
static void arrive(Translation *t, size_t at, bool follows) {
    if (follows && t->edges[at]) add_edge(t, at, (ProgramStep){.kind = STEP_MOVE}, true);
    t->failed |= t->reached && !follows;
    t->reached = true;
    t->labels[at] = t->item_count;
    if (!t->edges[at]) return;
    State state = {.top = -1, .children = t->edges[at]->state.children};
    for (const Edge *edge = t->edges[at]; edge; edge = edge->before)
        if (edge->state.children < state.children) state.children = edge->state.children;
    for (unsigned number = 0; number < REGISTERS; number++)
        state.values[number] =
            t->live[at] & translate_bit(number) ? meet(t, t->edges[at], number) : translate_unknown();
    t->state = state;
}

static void translate_code(Translation *t) {
    size_t next = 0;
    t->state = (State){.top = -1};
    for (unsigned i = 0; i < t->code.params; i++) set(t, i, translate_lanes(translate_bits(t, LANE_NIL)));
    if (t->code.params) set(t, 0, (Value){t->units ? KNOWN_LIST : KNOWN_ROW, 0});
    t->reached = true;
    for (size_t at = 0; at < t->code.size && !t->failed; at++) {
        bool follows = t->reached && at == next;
        if (!follows && !t->edges[at]) continue;
        arrive(t, at, follows);
        next = translate_instruction(t, at);
    }
}

bool translate_scripts_keep_still(lua_State *L) {
    bool still = true;
    Arena arena = {0};
    Str source;
    for (size_t number = 0; still && state_source(L, number, &source); number++) {
        Bytecode code;
        still = luaL_loadbufferx(L, source.data, source.size, "=script", "t") == LUA_OK &&
                bytecode_read(L, &arena, &code) && !code.writes_upvalues;
        lua_pop(L, 1);
    }
    arena_release(&arena);
    return still;
}

/* Whether the function on top of the stack could keep something. */
static bool could_keep(lua_State *L) {
    Keep keep;
    keep_watch(L, lua_gettop(L), &keep);
    lua_pop(L, 1);
    return keep.free;
}

/* Of bytecode that was read. */
static bool translate_whole(Translation *t) {
    t->edges = arena_new(t->arena, t->code.size + 1, sizeof *t->edges);
    t->labels = arena_new(t->arena, t->code.size + 1, sizeof *t->labels);
    translate_find_live(t);
    translate_code(t);
    return !t->failed && t->answered && translate_put(t);
}

/* Loops are taken apart as often as there is room for. */
static bool translate_units(const Translation *read) {
    bool done = false;
    for (unsigned times = PROGRAM_CHILDREN; times >= 2 && !done; times /= 2) {
        Translation t = *read;
        *t.out = (Program){0};
        done = translate_unroll(&t, times) && translate_whole(&t);
    }
    return done;
}

bool translate(lua_State *L, const View *view, const Plan *plan, bool units, Arena *arena, Program *out) {
    Translation t = {.L = L,
                     .view = view,
                     .plan = plan,
                     .arena = arena,
                     .out = out,
                     .units = units,
                     .function = lua_gettop(L)};
    *out = (Program){0};
    luaL_checkstack(L, 20, NULL);
    bool can = bytecode_read(L, arena, &t.code) && !t.code.variadic && t.code.registers <= REGISTERS &&
               t.code.size <= SIZE && !could_keep(L);
    if (!can) return false;
    sandbox_push(L);
    lua_getfield(L, -1, "math");
    t.math = lua_gettop(L);
    lua_getfield(L, -2, "ipairs");
    t.ipairs = lua_gettop(L);
    bool done = units ? translate_units(&t) : translate_whole(&t);
    lua_settop(L, t.function);
    return done;
}
