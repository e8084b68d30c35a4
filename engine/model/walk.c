#include "model/walk.h"

#include "model/answers.h"
#include "model/results_build.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Cases that take rows of one block, before those rows get their rates. */
#define PARTS 32

/* The rows of a block that one case takes. */
typedef struct Part {
    size_t number; /* of the case */
    const uint32_t *rows;
    size_t count;
} Part;

typedef struct Block {
    const uint32_t *rows;
    size_t count;
    Part parts[PARTS];
    size_t part_count;
    bool whole; /* no row has its rate yet */
} Block;

static bool ask(void *context, uint32_t function, const uint32_t *rows, size_t count, Taken *taken) {
    const Walk *walk = context;
    return walk->hooks->ask(walk->context, function, rows, count, taken);
}

static void note_beyond(void *context, uint32_t row) {
    const Walk *walk = context;
    walk->hooks->beyond(walk->context, row, walk->at_work);
}

bool walk_select(Walk *walk, size_t number, const uint32_t *rows, size_t count, Taken *taken) {
    const SelectContext context = {walk->columns, ask, note_beyond, walk};
    walk->at_work = number;
    return select_block(&walk->selectors[number], &context, rows, count, taken);
}

static void set_missing(const Walk *walk, const uint32_t *rows, size_t count, Missing reason) {
    for (size_t k = 0; k < count; k++) {
        size_t at = rows[k] - walk->base;
        walk->missing[at] = (uint8_t)reason;
        walk->rate[at] = walk->error[at] = 0;
    }
}

/* A row of which doubles cannot even tell whether it has a value. */
static void set_exact(Walk *walk, size_t number, uint32_t row) {
    mpq_t exact;
    mpq_init(exact);
    Missing missing = formula_exact(results_case(walk->plan, number)->formula, walk->columns, row, exact);
    double value = missing == MISSING_NONE ? mpq_get_d(exact) : 0;
    if (missing == MISSING_TOO_LARGE) walk->hooks->beyond(walk->context, row, number);
    size_t at = row - walk->base;
    walk->missing[at] = (uint8_t)missing;
    walk->rate[at] = isfinite(value) ? value : 0;
    walk->error[at] = isfinite(value) ? fabs(value) * 0x1p-51 + DBL_MIN : (double)INFINITY;
    if (missing != MISSING_NONE) walk->error[at] = 0;
    walk->exact_checks++;
    mpq_clear(exact);
}

static void settle(Walk *walk, size_t number, uint32_t row) {
    size_t at = row - walk->base;
    if (walk->missing[at] == MISSING_NONE)
        set_exact(walk, number, row);
    else
        walk->rate[at] = walk->error[at] = 0;
}

/* Rows of a part at once: fewer than in a block, for pages of the stack that are never touched. */
#define PART_ROWS 256

static void run_rows(Walk *walk, size_t number, const uint32_t *rows, size_t count) {
    double value[PART_ROWS], error[PART_ROWS];
    uint8_t missing[PART_ROWS];
    uint32_t odd[PART_ROWS];
    const Formula *formula = results_case(walk->plan, number)->formula;
    size_t odd_count = formula_rates(formula, walk->columns, rows, count, value, error, missing, odd);
    for (size_t k = 0; k < count; k++) {
        size_t at = rows[k] - walk->base;
        walk->missing[at] = missing[k];
        walk->rate[at] = value[k];
        walk->error[at] = error[k];
    }
    for (size_t i = 0; i < odd_count; i++) settle(walk, number, rows[odd[i]]);
}

/* The formula of a case for the rows that it takes. */
static void run_part(Walk *walk, const Part *part) {
    for (size_t from = 0, count; from < part->count; from += count) {
        count = part->count - from < PART_ROWS ? part->count - from : PART_ROWS;
        run_rows(walk, part->number, part->rows + from, count);
    }
}

/* The formula of a case that takes most rows of a block, for all of them: nothing needs to be gathered. The
 * other cases give theirs afterwards. */
static void run_whole(Walk *walk, const Block *block, size_t number) {
    uint32_t odd[FORMULA_BLOCK], first = block->rows[0] - walk->base;
    const Formula *formula = results_case(walk->plan, number)->formula;
    size_t odd_count = formula_rates(formula, walk->columns, block->rows, block->count, walk->rate + first,
                                     walk->error + first, walk->missing + first, odd);
    for (size_t i = 0; i < odd_count; i++) {
        uint32_t row = block->rows[odd[i]];
        if (walk->decided[row - walk->base] == number) settle(walk, number, row);
    }
}

static void decide(Walk *walk, const Part *part) {
    const Case *rule = results_case(walk->plan, part->number);
    if (rule->formula)
        run_part(walk, part);
    else if (rule->function)
        walk->hooks->wait(walk->context, part->number, part->rows, part->count);
    else
        set_missing(walk, part->rows, part->count, MISSING_EXCLUDED);
}

/* The part that takes more than half of a block whose rows follow each other; part_count when there is none.
 */
static size_t find_main(const Walk *walk, const Block *block) {
    bool able = block->whole && block->count > 0 &&
                block->rows[block->count - 1] - block->rows[0] == block->count - 1;
    size_t i = 0;
    while (able && i < block->part_count &&
           !(2 * block->parts[i].count > block->count &&
             results_case(walk->plan, block->parts[i].number)->formula))
        i++;
    return able ? i : block->part_count;
}

static void decide_parts(Walk *walk, Block *block) {
    size_t most = find_main(walk, block);
    if (most < block->part_count) run_whole(walk, block, block->parts[most].number);
    for (size_t i = 0; i < block->part_count; i++)
        if (i != most) decide(walk, &block->parts[i]);
    block->part_count = 0;
    block->whole = false;
}

static void add_part(Walk *walk, Block *block, size_t number, const uint32_t *rows, size_t count) {
    if (count == 0) return;
    if (block->part_count == PARTS) decide_parts(walk, block);
    block->parts[block->part_count++] = (Part){number, rows, count};
    for (size_t k = 0; k < count; k++) walk->decided[rows[k] - walk->base] = (uint16_t)number;
    if (walk->special_rows && number < walk->plan->special_count) walk->special_rows[number] += count;
}

static bool takes_all(const BoundSelector *selector) {
    return selector->selector->kind == SELECT_COLUMNS && selector->selector->count == 0;
}

/* Splits the rows that are left by what case `number` takes; a row that failed is done, and in neither part.
 */
static bool split_rows(Walk *walk, size_t number, const uint32_t *rows, size_t count, RowSplit *split) {
    Taken taken[FORMULA_BLOCK];
    if (select_split(&walk->selectors[number], rows, count, split)) return true;
    if (!walk_select(walk, number, rows, count, taken)) return false;
    split->taken_count = split->left_count = 0;
    for (size_t k = 0; k < count; k++) {
        uint32_t row = rows[k];
        split->taken[split->taken_count] = split->left[split->left_count] = row;
        split->taken_count += taken[k] == TAKEN_YES;
        split->left_count += taken[k] == TAKEN_NO;
    }
    return true;
}

bool walk_block(Walk *walk, const uint32_t *rows, size_t count) {
    uint32_t waiting[FORMULA_BLOCK], chosen[FORMULA_BLOCK]; /* the latter by all cases so far */
    RowSplit split = {.taken = chosen, .left = waiting};
    Block block = {.rows = rows, .count = count, .whole = true};
    const uint32_t *left = rows;
    for (size_t number = 0; number < walk->case_count && count > 0; number++) {
        if (results_case(walk->plan, number)->adjust != ADJUST_NOTHING) continue;
        if (takes_all(&walk->selectors[number])) {
            add_part(walk, &block, number, left, count);
            count = 0;
            break;
        }
        if (!split_rows(walk, number, left, count, &split)) return false;
        block.whole &= split.taken_count + split.left_count == count;
        add_part(walk, &block, number, split.taken, split.taken_count);
        split.taken += split.taken_count;
        left = split.left;
        count = split.left_count;
    }
    for (size_t k = 0; k < count; k++) walk->decided[left[k] - walk->base] = RESULTS_NO_CASE;
    decide_parts(walk, &block);
    set_missing(walk, left, count, MISSING_NO_CASE);
    return true;
}

void walk_count_missing(const Walk *walk, size_t first, size_t end, size_t counts[MISSING_COUNT]) {
    const uint8_t *missing = walk->missing;
    first -= walk->base;
    end -= walk->base;
    for (; first + sizeof(uint64_t) <= end; first += sizeof(uint64_t)) {
        uint64_t eight;
        memcpy(&eight, missing + first, sizeof eight);
        if (eight == 0) continue; /* nearly always */
        for (size_t i = 0; i < sizeof eight; i++)
            counts[missing[first + i]] += missing[first + i] != MISSING_NONE;
    }
    for (; first < end; first++) counts[missing[first]] += missing[first] != MISSING_NONE;
}

static bool find_fraction(const Walk *walk, size_t row, Fraction *rate) {
    const Formula *formula = results_case(walk->plan, walk->decided[row - walk->base])->formula;
    if (formula) return formula_fraction(formula, walk->columns, row, rate);
    if (!walk->answer) return false;
    Answer answer = walk->answer(walk->context, row);
    return answers_fraction(&answer, rate);
}

/* What a row adds to the sum, and whether it counts. False where that takes more than machine integers. */
static bool add_fraction(const Walk *walk, size_t row, MissingChild policy, Fraction *sum, size_t *count) {
    size_t at = row - walk->base;
    Missing missing = (Missing)walk->missing[at];
    if (missing == MISSING_EXCLUDED) return true;
    if (missing != MISSING_NONE) {
        *count += policy == MISSING_CHILD_ZERO;
        return missing != MISSING_TOO_LARGE && policy != MISSING_CHILD_SPREADS;
    }
    Fraction rate;
    ++*count;
    return find_fraction(walk, row, &rate) && fraction_add(*sum, rate, sum);
}

bool walk_mean(const Walk *walk, size_t first, size_t end, MissingChild policy, Fraction *out) {
    size_t bits = walk->plan->exact_bits, count = 0;
    bool good = bits == 0 || bits >= 128; /* else it may be too large */
    *out = (Fraction){0, 1};
    for (size_t row = first; good && row < end; row++) good = add_fraction(walk, row, policy, out, &count);
    return good && fraction_share(*out, count, out);
}
