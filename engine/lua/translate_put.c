#include "lua/translate_build.h"

static size_t item_size(const Item *item) {
    if (!item->edge) return 1;
    size_t moves = item->edge->move_count;
    if (item->falls) return moves;
    return moves && item->step.kind == STEP_TEST ? moves + 2 : moves + 1;
}

static uint16_t final_operand(const Program *program, uint16_t operand) {
    uint16_t part = operand & PART, number = operand & (uint16_t)~PART;
    size_t before = part == COLUMN     ? 0
                    : part == CONSTANT ? program->column_count
                                       : program->column_count + program->constant_count;
    return (uint16_t)(before + number);
}

static void put_step(Program *out, ProgramStep step) {
    step.to = final_operand(out, step.to);
    step.a = final_operand(out, step.a);
    step.b = final_operand(out, step.b);
    out->steps[out->step_count++] = step;
}

static void put_item(Program *out, const Item *item, size_t target) {
    ProgramStep step = item->step;
    size_t moves = item->edge ? item->edge->move_count : 0, behind = out->step_count + moves + 2;
    bool around = item->edge && moves && step.kind == STEP_TEST;
    step.target = (uint32_t)(around ? behind : target);
    if (around) step.wanted = !step.wanted; /* the others go around the moves */
    if (!item->edge || step.kind == STEP_TEST) put_step(out, step);
    for (size_t i = 0; i < moves; i++)
        put_step(out, (ProgramStep){
                          .kind = STEP_MOVE, .to = item->edge->moves[i].to, .a = item->edge->moves[i].from});
    bool jumps = item->edge && !item->falls && (around || step.kind == STEP_JUMP);
    if (jumps) put_step(out, (ProgramStep){.kind = STEP_JUMP, .target = (uint32_t)target});
}

bool translate_put(Translation *t) {
    Program *out = t->out;
    size_t *places = arena_new(t->arena, t->item_count + 1, sizeof *places), size = 0;
    for (size_t i = 0; i < t->item_count; i++) {
        places[i] = size;
        size += item_size(&t->items[i]);
    }
    places[t->item_count] = size;
    if (size > PROGRAM_STEPS) return false;
    out->steps = arena_new(t->arena, size, sizeof *out->steps);
    for (size_t i = 0; i < t->item_count; i++) {
        const Item *item = &t->items[i];
        put_item(out, item, item->edge ? places[t->labels[item->target]] : 0);
    }
    return true;
}
