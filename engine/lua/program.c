#include "lua/program.h"

#include "base/memory.h"
#include "model/kernels.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* ---- on the wire */

static void add_u64(Buffer *out, uint64_t value) {
    wire_add_u32(out, (uint32_t)value);
    wire_add_u32(out, (uint32_t)(value >> 32));
}

static uint64_t read_u64(WireReader *reader) {
    uint64_t low = wire_u32(reader), high = wire_u32(reader);
    return low | high << 32;
}

void program_write(Buffer *out, const Program *program) {
    wire_add_u32(out, (uint32_t)program->column_count);
    for (size_t i = 0; i < program->column_count; i++) {
        wire_add_u32(out, program->columns[i]);
        wire_add_u32(out, program->children[i]);
    }
    wire_add_u32(out, (uint32_t)program->constant_count);
    for (size_t i = 0; i < program->constant_count; i++) add_u64(out, program->constants[i]);
    wire_add_u32(out, (uint32_t)program->text_count);
    for (size_t i = 0; i < program->text_count; i++) wire_add_text(out, program->texts[i]);
    wire_add_u32(out, (uint32_t)program->variable_count);
    wire_add_u32(out, (uint32_t)program->step_count);
    buffer_add(out, (Str){(const char *)program->steps, program->step_count * sizeof *program->steps});
}

static bool is_limited(uint64_t bits) {
    LaneValue lane = {.bits = bits};
    return isfinite(lane.number) || bits == LANE_NIL || bits == LANE_FALSE || bits == LANE_TRUE ||
           LANE_KIND(bits) == LANE_TEXT;
}

static bool step_is_sound(const Program *program, size_t at) {
    const ProgramStep *step = &program->steps[at];
    size_t fixed = program->column_count + program->constant_count, all = fixed + program->variable_count;
    bool sets = step->kind == STEP_COMPUTE || step->kind == STEP_NOT || step->kind == STEP_MOVE;
    bool goes = step->kind == STEP_TEST || step->kind == STEP_JUMP;
    size_t ops = step->kind == STEP_COMPUTE ? LANES_OPS : step->kind == STEP_TEST ? LANES_TESTS : 1;
    return step->kind < STEP_KINDS && step->op < ops && step->a < all && step->b < all &&
           (!sets || (step->to >= fixed && step->to < all)) &&
           (!goes || (step->target > at && step->target <= program->step_count));
}

static void read_steps(Program *program, WireReader *reader, Arena *arena) {
    program->steps = arena_new(arena, program->step_count, sizeof *program->steps);
    Str bytes = wire_bytes(reader, program->step_count * sizeof *program->steps);
    if (!reader->bad) memcpy(program->steps, bytes.data, bytes.size);
    for (size_t at = 0; at < program->step_count && !reader->bad; at++)
        reader->bad = !step_is_sound(program, at);
}

static size_t read_count(WireReader *reader, size_t most) {
    size_t count = wire_u32(reader);
    reader->bad |= count > most;
    return reader->bad ? 0 : count;
}

static bool column_is_sound(uint32_t column, uint32_t child, size_t columns, bool units) {
    if (!units || column == PROGRAM_COUNT)
        return child == 0 && (units ? column == PROGRAM_COUNT : column < columns);
    return child >= 1 && child <= PROGRAM_CHILDREN && (column < columns || column == PROGRAM_RATE);
}

Program *program_read(WireReader *reader, size_t columns, bool units, Arena *arena) {
    Program *program = arena_new(arena, 1, sizeof *program);
    program->column_count = read_count(reader, PROGRAM_COLUMNS);
    for (size_t i = 0; i < program->column_count; i++) {
        program->columns[i] = wire_u32(reader);
        program->children[i] = wire_u32(reader);
        reader->bad |= !column_is_sound(program->columns[i], program->children[i], columns, units);
    }
    program->constant_count = read_count(reader, PROGRAM_CONSTANTS);
    for (size_t i = 0; i < program->constant_count; i++) {
        program->constants[i] = read_u64(reader);
        reader->bad |= !is_limited(program->constants[i]);
    }
    program->text_count = read_count(reader, PROGRAM_CONSTANTS);
    for (size_t i = 0; i < program->text_count; i++) program->texts[i] = arena_copy(arena, wire_text(reader));
    program->variable_count = read_count(reader, PROGRAM_VARIABLES);
    reader->bad |= program->column_count + program->constant_count + program->variable_count == 0;
    program->step_count = read_count(reader, PROGRAM_STEPS);
    if (!reader->bad) read_steps(program, reader, arena);
    return wire_done(reader) ? program : NULL;
}

/* ---- running */

void program_begin(ProgramRun *run, const Program *program, const ProgramUnits *units) {
    size_t registers = program->column_count + program->constant_count + program->variable_count;
    *run = (ProgramRun){.program = program};
    if (units) run->units = *units;
    run->lanes = memory_new(registers * LANES, sizeof *run->lanes);
    run->masks = memory_new(program->step_count + 1, sizeof *run->masks);
    run->waiting = memory_new(program->step_count + 1, sizeof *run->waiting);
    LaneValue *constant = run->lanes + program->column_count * LANES;
    for (size_t i = 0; i < program->constant_count; i++)
        for (size_t k = 0; k < LANES; k++) (constant++)->bits = program->constants[i];
}

void program_end(ProgramRun *run) {
    memory_free(run->lanes);
    memory_free(run->masks);
    memory_free(run->waiting);
    for (size_t i = 0; i < PROGRAM_COLUMNS; i++) memory_free(run->boxes[i]);
    *run = (ProgramRun){0};
}

void program_forget(ProgramRun *run) { memset(run->box_count, 0, sizeof run->box_count); }

/* Rows that cells are read of, one a lane. */
typedef struct Rows {
    const uint32_t *rows;
    size_t count;
    bool dense; /* they follow each other */
} Rows;

/* One block under way. */
typedef struct Block {
    ProgramRun *run;
    const LaneKernels *kernels;
    Rows own; /* its rows, or its units; */
    const uint32_t *children[LANES];
    uint32_t child_count[LANES], chosen[LANES]; /* of those the children, and one child each */
    LaneMask *at_work; /* where it stands: all rows at first, or those that waited for a step */
    LaneMask all, left, more;
    LaneValue result[LANES];
} Block;

static void leave(Block *block, size_t lane) {
    block->left.rows[lane] = UINT64_MAX;
    block->at_work->rows[lane] = 0;
}

/* A cell that the kernel does not read, as lua/cells gives it to Lua. */
static void load_cell(Block *block, const NumberColumn *numbers, const Rows *at, size_t lane,
                      LaneValue *out) {
    uint32_t row = at->rows[lane];
    double error;
    out->bits = LANE_NIL;
    if (numbers->scale[row] == DATASET_SCALE_MISSING) return;
    bool sure =
        numbers->scale[row] < DATASET_SCALE_LONG &&
        decimal_short_to_double(number_digits(numbers, row), numbers->scale[row], &out->number, &error);
    if (!sure || fabs(out->number) >= LANES_LIMIT) leave(block, lane);
}

/* Cells that are looked at together: most blocks have some that the kernel does not read. */
#define CHECKED 16

static bool all_finite(const double *numbers, size_t count) {
    uint64_t odd = 0;
    for (size_t k = 0; k < count; k++) odd |= 0 - (uint64_t) !(fabs(numbers[k]) <= DBL_MAX);
    return odd == 0;
}

static void load_numbers(Block *block, const NumberColumn *numbers, const Rows *at, LaneValue *out) {
    int64_t digits[LANES];
    uint8_t scale[LANES];
    double error[LANES];
    const int64_t *from = digits;
    const uint8_t *places = scale;
    if (at->dense && numbers->digits) {
        from = numbers->digits + at->rows[0];
        places = numbers->scale + at->rows[0];
    } else {
        for (size_t k = 0; k < at->count; k++) {
            digits[k] = number_digits(numbers, at->rows[k]);
            scale[k] = numbers->scale[at->rows[k]];
        }
    }
    bool all = kernels_here()->load(from, places, at->count, &out->number, error);
    for (size_t k = 0; k < at->count && !all; k += CHECKED) {
        size_t end = k + CHECKED < at->count ? k + CHECKED : at->count;
        if (all_finite(error + k, end - k)) continue;
        for (size_t i = k; i < end; i++)
            if (!isfinite(error[i])) load_cell(block, numbers, at, i, &out[i]);
    }
}

static uint64_t box_of(const Program *program, size_t column, const TextColumn *words, size_t word) {
    if (word == 0) return LANE_NIL;
    for (size_t i = 0; i < program->text_count; i++)
        if (str_equal(program->texts[i], words->words[word])) return LANE_TEXT | i;
    return LANE_WORD | (uint64_t)column << 32 | word;
}

/* The boxes of words that are new since the last time. */
static void make_boxes(ProgramRun *run, size_t column, const TextColumn *words) {
    if (run->box_count[column] == words->word_count) return;
    run->boxes[column] =
        memory_resize(run->boxes[column], memory_growth(run->box_count[column], words->word_count),
                      sizeof *run->boxes[column]);
    for (size_t word = run->box_count[column]; word < words->word_count; word++)
        run->boxes[column][word] = box_of(run->program, column, words, word);
    run->box_count[column] = words->word_count;
}

static void load_words(const Block *block, size_t column, const TextColumn *words, const Rows *at,
                       LaneValue *out) {
    const uint64_t *boxes = block->run->boxes[column];
    const uint32_t *rows = at->rows, *ids = words->ids;
    if (ids && at->dense)
        for (size_t k = 0; k < at->count; k++) out[k].bits = boxes[ids[rows[0] + k]];
    else
        for (size_t k = 0; k < at->count; k++) out[k].bits = boxes[text_id(words, rows[k])];
}

/* Rates that lanes do not hold leave. */
static void load_rates(Block *block, const Rows *at, LaneValue *out) {
    const Results *results = block->run->units.results;
    for (size_t k = 0; k < at->count; k++) {
        out[k].bits = LANE_NIL;
        if (!results || results_row_missing(results, at->rows[k]) != MISSING_NONE) continue;
        out[k].number = results_row_rate(results, at->rows[k]);
        bool held = fabs(out[k].number) < LANES_LIMIT && !(out[k].number == 0 && signbit(out[k].number));
        if (!held) leave(block, k);
    }
}

static void load_column(Block *block, const ProgramCells *cells, size_t column, const Rows *at) {
    LaneValue *out = block->run->lanes + column * LANES;
    if (cells[column].numbers)
        load_numbers(block, cells[column].numbers, at, out);
    else if (cells[column].words)
        load_words(block, column, cells[column].words, at, out);
    else
        load_rates(block, at, out);
}

/* ---- of units: a column is that of one of their children */

static void find_children(Block *block) {
    const ProgramUnits *units = &block->run->units;
    for (size_t k = 0; k < block->own.count; k++) {
        size_t count;
        uint32_t unit = block->own.rows[k];
        block->children[k] = units->results ? results_children(units->results, units->level, unit, &count)
                                            : dataset_children(units->dataset, units->level, unit, &count);
        block->child_count[k] = count < UINT32_MAX ? (uint32_t)count : UINT32_MAX;
        if (count == 0) leave(block, k);
    }
}

/* Child number `child` of each unit; of those that have fewer the first, whose cells nobody reads. False when
 * no unit has so many. */
static bool choose_child(Block *block, uint32_t child, Rows *at) {
    bool any = false;
    for (size_t k = 0; k < block->own.count; k++) {
        uint32_t count = block->child_count[k];
        block->chosen[k] = count == 0 ? 0 : block->children[k][child <= count ? child - 1 : 0];
        any |= child <= count;
    }
    *at = (Rows){block->chosen, block->own.count, false};
    return any;
}

static void load_counts(const Block *block, LaneValue *out) {
    for (size_t k = 0; k < block->own.count; k++) out[k].number = block->child_count[k];
}

static void load_child_column(Block *block, const ProgramCells *cells, size_t column) {
    const Program *program = block->run->program;
    Rows at;
    if (program->columns[column] == PROGRAM_COUNT)
        load_counts(block, block->run->lanes + column * LANES);
    else if (choose_child(block, program->children[column], &at))
        load_column(block, cells, column, &at);
}

/* ---- a block */

static void begin_block(Block *block, const ProgramCells *cells, const uint32_t *rows, size_t count) {
    const Program *program = block->run->program;
    bool units = block->run->units.dataset != NULL;
    uint32_t apart = 0;
    for (size_t k = 0; k < count; k++) apart |= rows[k] ^ (rows[0] + (uint32_t)k);
    block->own = (Rows){rows, count, apart == 0};
    for (size_t k = 0; k < LANES; k++) block->all.rows[k] = 0 - (uint64_t)(k < count);
    block->at_work = &block->all;
    memset(&block->left, 0, sizeof block->left);
    if (units) find_children(block);
    for (size_t i = 0; i < program->column_count; i++) {
        if (units)
            load_child_column(block, cells, i);
        else
            load_column(block, cells, i, &block->own);
    }
}

static LaneValue *lanes_of(const Block *block, size_t number) { return block->run->lanes + number * LANES; }

static bool any_row(const LaneMask *mask) {
    uint64_t any = 0;
    for (size_t k = 0; k < LANES; k++) any |= mask->rows[k];
    return any != 0;
}

static void send_rows(Block *block, const LaneMask *rows, size_t target) {
    ProgramRun *run = block->run;
    if (run->waiting[target])
        block->kernels->add(&run->masks[target], rows);
    else
        run->masks[target] = *rows;
    run->waiting[target] = true;
}

static void negate_truth(const LaneValue *a, LaneValue *to) {
    for (size_t k = 0; k < LANES; k++)
        to[k].bits = a[k].bits == LANE_NIL || a[k].bits == LANE_FALSE ? LANE_TRUE : LANE_FALSE;
}

/* Constants are no words of the data. */
static bool is_constant(const Program *program, size_t number) {
    return number >= program->column_count && number < program->column_count + program->constant_count;
}

static bool run_test(Block *block, const ProgramStep *step) {
    ProgramRun *run = block->run;
    bool waiting = run->waiting[step->target];
    LaneMask *taken = waiting ? &block->more : &run->masks[step->target];
    bool same = step->op == LANES_EQUAL && is_constant(run->program, step->b);
    LaneTest test = same ? block->kernels->same : block->kernels->tests[step->op];
    unsigned split = test(lanes_of(block, step->a), lanes_of(block, step->b), step->wanted, block->at_work,
                          taken, &block->left);
    if (split & LANES_TAKEN) {
        if (waiting) block->kernels->add(&run->masks[step->target], taken);
        run->waiting[step->target] = true;
    }
    return split & LANES_STAY;
}

/* True while rows are at work. */
static bool run_step(Block *block, const ProgramStep *step) {
    LaneValue *a = lanes_of(block, step->a), *to = lanes_of(block, step->to);
    switch (step->kind) {
    case STEP_COMPUTE:
        return block->kernels->operations[step->op](a, lanes_of(block, step->b), block->at_work, to) ||
               lanes_drop(to, block->at_work, &block->left);
    case STEP_NOT:
        negate_truth(a, to);
        return true;
    case STEP_MOVE:
        if (to != a) block->kernels->move(to, a, block->at_work);
        return true;
    case STEP_TEST:
        return run_test(block, step);
    case STEP_JUMP:
        send_rows(block, block->at_work, step->target);
        return false;
    case STEP_RETURN:
        block->kernels->move(block->result, a, block->at_work);
        return false;
    default:
        block->kernels->add(&block->left, block->at_work);
        return false;
    }
}

static void run_steps(Block *block) {
    ProgramRun *run = block->run;
    size_t steps = run->program->step_count;
    bool working = any_row(block->at_work);
    for (size_t at = 0; at <= steps; at++) {
        if (run->waiting[at]) {
            if (working)
                block->kernels->add(block->at_work, &run->masks[at]);
            else
                block->at_work = &run->masks[at];
            run->waiting[at] = false;
            working = true;
        }
        if (working && at < steps) working = run_step(block, &run->program->steps[at]);
    }
    if (working) block->kernels->add(&block->left, block->at_work);
}

/* False for what no rate and no condition is. */
static bool read_other(LaneValue lane, Answer *answer) {
    bool truth = lane.bits == LANE_TRUE || lane.bits == LANE_FALSE;
    if (truth) *answer = (Answer){.kind = lane.bits == LANE_TRUE ? ANSWER_YES : ANSWER_NO};
    return truth || lane.bits == LANE_NIL || isfinite(lane.number);
}

size_t program_run(ProgramRun *run, const ProgramCells *cells, const uint32_t *rows, size_t count,
                   Answer *answers, uint32_t *left) {
    size_t left_count = 0;
    Block block; /* each block of rows sets what it reads, but for results, into which rows are moved */
    memset(block.result, 0, sizeof block.result);
    block.run = run;
    block.kernels = lanes_here();
    bool few = true;
    for (size_t i = 0; i < run->program->column_count; i++)
        few &= !cells[i].words || cells[i].words->word_count <= PROGRAM_WORDS;
    for (size_t i = 0; i < run->program->column_count && few; i++)
        if (cells[i].words) make_boxes(run, i, cells[i].words);
    for (size_t k = 0; k < count && !few; k++) left[left_count++] = (uint32_t)k;
    for (size_t first = 0; first < count && few; first += LANES) {
        begin_block(&block, cells, rows + first, count - first < LANES ? count - first : LANES);
        run_steps(&block);
        if (block.kernels->answer(block.result, &block.left, block.own.count, answers + first)) continue;
        for (size_t k = 0; k < block.own.count; k++)
            if (block.left.rows[k] || !read_other(block.result[k], &answers[first + k]))
                left[left_count++] = (uint32_t)(first + k);
    }
    return left_count;
}
