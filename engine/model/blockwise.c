#include "model/blockwise.h"

#include "model/kernels.h"

#include <float.h>

#define ROWS BLOCKWISE_UNITS

_Static_assert(PLAN_BANDS <= BLOCKWISE_UNSURE, "a verdict is a byte");

void blockwise_verdicts(const RangeCuts *cuts, size_t bands, const double *mean, const double *bound,
                        size_t count, uint8_t *verdicts) {
    const Kernels *kernels = kernels_here();
    double verdict[ROWS];
    for (size_t k = 0; k < count; k++) verdict[k] = RESULTS_NO_BAND;
    for (size_t number = bands; number-- > 0;) {
        KernelBand band = {cuts[number].low, cuts[number].low_error, cuts[number].high,
                           cuts[number].high_error, (double)number};
        kernels->near(mean, bound, &band, count, verdict);
    }
    for (size_t k = 0; k < count; k++) verdicts[k] = (uint8_t)verdict[k];
}

/* A row that is excluded is nothing, and one that is too large is the end of it, whatever becomes of others.
 */
bool blockwise_can(const Results *results, Level level) {
    const Rollup *rollup = &results->plan->rollups[level];
    bool excluded = results->missing_rows[MISSING_EXCLUDED] > 0 && rollup->missing != MISSING_CHILD_LEFT_OUT;
    return rollup->aggregate == AGGREGATE_MEAN && rollup->children == LEVEL_COUNT && !excluded &&
           results->missing_rows[MISSING_TOO_LARGE] == 0;
}

/* Rows of some units, one unit's behind the other's. */
typedef struct Block {
    double rate[ROWS + KERNEL_RUN], error[ROWS + KERNEL_RUN];
    double present[ROWS + KERNEL_RUN], link[ROWS + KERNEL_RUN];
    uint32_t units[ROWS], starts[ROWS]; /* a unit, and where it begins */
    size_t rows, count;
} Block;

static void add_row(const Results *results, Block *block, uint32_t row, double link) {
    size_t at = block->rows++;
    Guess rate = results_guess(results, LEVEL_INDICATOR, row);
    block->rate[at] = rate.value;
    block->error[at] = rate.error;
    block->present[at] = rate.missing == MISSING_NONE;
    block->link[at] = link;
}

/* False when there is no room for all rows of the unit. */
static bool add_unit(const Results *results, Block *block, size_t unit, const uint32_t *rows, size_t count) {
    if (block->rows + count > ROWS) return false;
    block->units[block->count] = (uint32_t)unit;
    block->starts[block->count++] = (uint32_t)block->rows;
    for (size_t i = 0; i < count; i++) add_row(results, block, rows[i], i > 0);
    return true;
}

static void find_means(Results *results, Level level, Block *block, BlockwiseOther other) {
    double mean[ROWS], bound[ROWS], divisor[ROWS];
    MissingChild policy = results->plan->rollups[level].missing;
    const KernelRuns runs = {block->rate, block->error, block->present, block->link};
    const KernelShare share = {policy == MISSING_CHILD_ZERO, policy == MISSING_CHILD_SPREADS};
    for (size_t k = block->rows; k < block->rows + KERNEL_RUN; k++)
        block->rate[k] = block->error[k] = block->present[k] = block->link[k] = 0;
    kernels_here()->means(runs, share, block->rows, mean, bound, divisor);
    for (size_t i = 0; i < block->count; i++) {
        size_t k = block->starts[i];
        if (divisor[k] > 0 && bound[k] < DBL_MAX / 2)
            results_set_guess(&results->units[level], block->units[i],
                              (Guess){mean[k], bound[k], MISSING_NONE});
        else
            other(results, level, block->units[i]);
    }
    block->rows = block->count = 0;
}

void blockwise_means(Results *results, Level level, size_t first, size_t end, BlockwiseOther other) {
    Block block;
    block.rows = block.count = 0;
    for (size_t unit = first; unit < end; unit++) {
        size_t count;
        const uint32_t *rows = lineage_children(&results->children[level], unit, &count);
        if (count == 0 || count > KERNEL_RUN) {
            other(results, level, unit);
            continue;
        }
        if (!add_unit(results, &block, unit, rows, count)) {
            find_means(results, level, &block, other);
            add_unit(results, &block, unit, rows, count);
        }
    }
    find_means(results, level, &block, other);
}
